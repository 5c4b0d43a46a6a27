"""A task of several measures that a list has in one row each: those rows are its parts, as below one merged number."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks.wording import wording_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rectify_xl.collection.base import Base
    from rectify_xl.collection.collection import Collection

_SEMICOLON = LazyPattern("[;；]")


def split_up(collection: Collection, groups: Iterable[list[int]]) -> list[list[int]]:
    """The rows of a collection by task, those joined that together are one task of the last master.

    Args:
        collection: with its base.
        groups: the positions of each task, as the lists have them.

    Returns:
        The positions of each task; of joined rows in the order of the ledger's measures, in the place of the first.
    """
    found = list(groups)
    lines = _lines_of_measures(collection.base) if collection.base else {}
    alike: dict[tuple[Any, str, str], list[int]] = defaultdict(list)
    for at, positions in enumerate(found) if lines else ():
        place, subject = collection.places[positions[0]], _subject(collection, positions[0])
        if len(positions) == 1 and subject in lines:
            alike[place.table_key, place.task.key, subject].append(at)
    for (_, _, subject), several in alike.items():
        by_measure = {wording_key(shown(collection.values("measures")[found[at][0]])): found[at][0] for at in several}
        if len(by_measure) == len(several) > 1 and by_measure.keys() == set(lines[subject]):
            found[several[0]] = [by_measure[line] for line in lines[subject]]
            for at in several[1:]:
                found[at] = []
    return [positions for positions in found if positions]


def _lines_of_measures(base: Base) -> Mapping[str, Sequence[str]]:
    """Problem -> the measures of the only task that has it, where they are several."""
    several = {task.key: measures for task in base.tasks if len(measures := measures_in(shown(task.values.get("measures")))) > 1}
    found: dict[str, Sequence[str]] = {}
    for task in base.tasks if several else ():
        subject = wording_key(shown(task.values.get("problem")))
        found[subject] = () if subject in found else [*map(wording_key, several.get(task.key, ()))]
    return {subject: lines for subject, lines in found.items() if subject and len(set(lines)) == len(lines) > 1}


def measures_in(cell: str) -> list[str]:
    """What a cell asks for line by line; of one line, from semicolon to semicolon."""
    lines = cell.split("\n") if "\n" in cell else _SEMICOLON.split(cell)
    return [line.strip() for line in lines if wording_key(line)] if len(lines) > 1 else lines


def _subject(collection: Collection, position: int) -> str:
    return wording_key(shown(collection.values("problem")[position]))
