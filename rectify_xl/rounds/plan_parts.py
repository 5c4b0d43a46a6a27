"""A list that has some parts of a task: in the office's columns these say what the plan's list says of just them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.collection.readings import read_units
from rectify_xl.common.text_keys import text_key
from rectify_xl.rounds.known_values import task_of_rows
from rectify_xl.schema.conversion import convert, shown, shown_in
from rectify_xl.tasks import is_split, meaning_of, measure_keys, roster_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.collection.base import BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported


def says_what_the_plan_says(collection: Collection, reported: Reported, known: Field) -> bool:
    """Whether a list repeats, of the parts of a task that it has, what the plan's list says of them."""
    task = task_of_rows(collection).get(reported.positions[0]) if collection.base else None
    return task is not None and says_parts_of(collection, task, reported, known)


def says_parts_of(collection: Collection, task: BaseTask, reported: Reported, known: Field) -> bool:
    """The same where it is known which task of the base it is.

    What the office has written over since, of the whole, no part of the plan's list speaks of any more.
    """
    kept = task.parts
    if known.owner != "office" or not kept or not is_split(known, kept):
        return False
    by_measure = dict(zip(measure_keys(kept), kept, strict=True))
    if len(by_measure) < len(kept) or "" in by_measure or not _still_stands(collection, task, known):
        return False
    measures, column = collection.values("measures"), collection.values(known.key)
    rows = [(by_measure.get(text_key(shown(measures[at]))), column[at]) for at in reported.positions]
    return all(
        part is not None
        and (
            value is None
            or meaning_of(collection, known, value) == meaning_of(collection, known, convert(known, part.get(known.key)))
        )
        for part, value in rows
    )


def on_the_same_parts(collection: Collection, reported: Reported, other: Reported) -> tuple[Reported, Reported] | None:
    """Two lists of a task as far as they speak of the same parts, where different units lead these; None where of none."""
    task = task_of_rows(collection).get(reported.positions[0]) if collection.base else None
    column = collection.values("measures")
    rows = [{text_key(shown(column[at])): at for at in one.positions} for one in (reported, other)]
    known = frozenset(task.part_measures if task else ())
    if not all(len(own) == len(one.positions) and own.keys() <= known for own, one in zip(rows, (reported, other), strict=True)):
        return reported, other
    shared = [words for words in rows[0] if words in rows[1]]
    mine, theirs = (tuple(own[words] for words in shared) for own in rows)
    return (replace(reported, positions=mine, older=()), replace(other, positions=theirs, older=())) if shared else None


def _still_stands(collection: Collection, task: BaseTask, known: Field) -> bool:
    """Whether 总台账 says what the parts of the plan's list say together."""
    ours, said = shown_in(known, task.values.get(known.key)), [part.get(known.key, "") for part in task.parts]
    if known.role == "units":
        return _names(collection, [ours]) == _names(collection, said)
    return {*map(text_key, ours.split("\n"))} == {*map(text_key, filter(None, said))}


def _names(collection: Collection, cells: Iterable[str]) -> frozenset[str]:
    return frozenset(roster_name(collection, name) for cell in cells if cell for name in read_units(cell).names)
