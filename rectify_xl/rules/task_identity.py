"""Which rows are the same task: within one table, within one file and across files."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.collection.untouched import is_as_dispatched
from rectify_xl.common.figures import whole_number
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.rules.cell_texts import SAME_AS_ABOVE
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks import category_of, joined, number_keys, numbering_scopes, ordered, wording_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rectify_xl.collection.collection import Collection

__all__ = [
    "CONTENT",
    "Numbers",
    "anchor_field",
    "category_of",
    "cell_of",
    "content_key",
    "content_keys",
    "number_keys",
    "numbering_scopes",
    "numbers_in_use",
    "repeated_numbers",
    "same_task",
    "sent_out_as_two",
]  # fmt: skip

CONTENT = ("problem", "measures")
_LONGEST_NUMBER = 9
_LEAST_OTHERS = 2
_IN_BRACKETS = LazyPattern(r"[(]\d{1,3}[)]")
_MOST_STRAY = 0.1


@dataclass(frozen=True)
class Numbers:
    """The whole task numbers of a collection: number -> file -> the first rows of its tasks.

    ``strays`` stand for different tasks in different files although the files otherwise share one numbering.
    ``own`` says that the files number their tasks for themselves.
    """

    rows: Mapping[int, Mapping[str, tuple[int, ...]]]
    strays: frozenset[int]
    own: bool


def numbers_in_use(collection: Collection) -> Numbers:
    """Which numbers the files use, and whether they share one numbering."""
    return collection.once(_numbers_in_use)


def _numbers_in_use(collection: Collection) -> Numbers:
    rows: dict[int, dict[str, dict[tuple[object, ...], int]]] = {}
    for position, (place, number) in enumerate(zip(collection.places, number_keys(collection), strict=True)):
        counted = whole_number(number)
        if counted is not None and len(number) <= _LONGEST_NUMBER:
            rows.setdefault(counted, {}).setdefault(place.submission.path, {}).setdefault(place.root, position)
    found = {number: {path: tuple(roots.values()) for path, roots in files.items()} for number, files in rows.items()}
    tasks = _task_of(collection)
    colliding = {
        number
        for number, files in found.items()
        if len(files) > 1 and not set.intersection(*({tasks[at] for at in positions} for positions in files.values()))
    }
    stray = len(colliding) <= max(1, int(_MOST_STRAY * len(found))) and all(
        sum(path in others and number not in colliding for number, others in found.items()) >= _LEAST_OTHERS
        for stray_number in colliding
        for path in found[stray_number]
    )
    return Numbers(found, frozenset(colliding if stray else ()), own=bool(colliding) and not stray)


def same_task(collection: Collection, one: int, other: int) -> bool:
    """Whether two rows with one number are one task: the ledger takes them for one, or their words are the same (or 同上)."""
    tasks, contents = _task_of(collection), content_keys(collection)
    as_above = any(not contents[at] and any(collection.values(key)[at] for key in CONTENT) for at in (one, other))
    return tasks[one] == tasks[other] or contents[one] == contents[other] or as_above


def _task_of(collection: Collection) -> list[int]:
    return collection.once(_tasks_by_row)


def _tasks_by_row(collection: Collection) -> list[int]:
    found = [0] * len(collection)
    for index, task in enumerate(joined(collection)):
        for report in (*task.reports, *task.superseded):
            for position in report.positions:
                found[position] = index
    return found


def repeated_numbers(collection: Collection) -> Iterator[tuple[int, int]]:
    """Rows whose number stands further up in the same list, each with the first row that has it; parts of a task aside."""
    seen: dict[tuple[str, ...], int] = {}
    written = collection.values("task_id")
    for position, (number, scope) in enumerate(zip(number_keys(collection), numbering_scopes(collection), strict=True)):
        if not number:
            continue
        # (2) below 1 is another number than 2, which follows it.
        inner = "()" if _IN_BRACKETS.fullmatch(unicodedata.normalize("NFKC", shown(written[position])).strip()) else ""
        first = seen.setdefault((*scope, number, inner), position)
        place, here = collection.places[first], collection.places[position]
        if place.root != here.root and not ordered(place, here) and not sent_out_as_two(collection, first, position):
            yield position, first


def sent_out_as_two(collection: Collection, one: int, other: int) -> bool:
    """Whether the office itself has sent two rows out as two tasks: no unit can mend what they have in common."""
    keys = [collection.places[at].task.key for at in (one, other)]
    columns = collection.campaign.schema.by_key.keys() & {"task_id", *CONTENT}
    return keys[0] != keys[1] and all(is_as_dispatched(collection, at, key) for at in (one, other) for key in columns)


def content_keys(collection: Collection) -> list[str]:
    """Every row's problem, or its measures where it has none, in the form in which texts are compared."""
    return collection.once(_content_keys)


def _content_keys(collection: Collection) -> list[str]:
    rows = zip(*(collection.values(key) for key in CONTENT), strict=True)
    return [content_key(row) for row in rows]


def content_key(texts: Iterable[object]) -> str:
    """The first of the texts of one task (problem, measures) that says anything, in the form in which texts are compared."""
    return next(filter(None, map(_content, texts)), "")


def _content(value: object) -> str:
    key = wording_key(value) if isinstance(value, str) else ""
    return "" if key in SAME_AS_ABOVE else key


def anchor_field(collection: Collection, position: int) -> str:
    """The field where a finding about a whole task stands: its number, else what names it."""
    columns = collection.places[position].table.columns
    return next((key for key in ("task_id", *CONTENT) if key in columns), next(iter(columns)))


def cell_of(collection: Collection, position: int, key: str) -> str:
    """The A1 address of a row's field in its own file."""
    place = collection.places[position]
    return place.table.cell(place.task, key)
