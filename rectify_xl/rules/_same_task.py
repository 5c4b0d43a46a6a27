"""One task in two files: which report is the newer one, and in which fields they differ."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rectify_xl.language.units import parse_units
from rectify_xl.model import UNREADABLE
from rectify_xl.rules._tasks import category_key, content_keys, number_keys
from rectify_xl.rules._units import official
from rectify_xl.text_keys import number_key, text_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.book import Book
    from rectify_xl.model import Submission


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows of different files that report one task.

    ``ordered``: both are the same unit's, and ``second`` is known to be the newer; otherwise ``second`` is the
    one that comes later in the order of files.
    """

    first: int
    second: int
    same_unit: bool
    ordered: bool


def pairs(book: Book) -> Iterator[Pair]:
    """Every row that reports a task anew, paired with the report it is compared to.

    The files of one unit are compared with its newest one; different units, by their newest, with the first unit.
    """
    for rows in _reports(book).values():
        newest: list[int] = []
        for unit_rows in rows.values():
            latest = unit_rows[0]
            for row in unit_rows[1:]:
                if _newer(_file(book, row), _file(book, latest)) is True:
                    latest = row
            newest.append(latest)
            yield from _within_unit(book, unit_rows, latest)
        for other in sorted(newest)[1:]:
            yield Pair(min(newest), other, same_unit=False, ordered=False)


def _within_unit(book: Book, rows: list[int], latest: int) -> Iterator[Pair]:
    for row in rows:
        if row != latest:
            if _newer(_file(book, latest), _file(book, row)):
                yield Pair(row, latest, same_unit=True, ordered=True)
            else:
                yield Pair(min(row, latest), max(row, latest), same_unit=True, ordered=False)


def _reports(book: Book) -> dict[tuple[Any, ...], dict[str, list[int]]]:
    """Task -> unit -> its rows, one per file. Parts of a task pair by their order where every file has as many."""
    found: dict[tuple[str, str], list[int]] = {}
    numbers, contents = number_keys(book), content_keys(book)
    known: dict[str, set[str]] = {}
    for number, content in zip(numbers, contents, strict=True):
        known.setdefault(content, set()).update({number} - {""})
    for position, (number, content) in enumerate(zip(numbers, contents, strict=True)):
        # A list without numbers means the one number that the others give to the same problem.
        only = next(iter(known[content])) if not number and len(known[content]) == 1 else number
        if content:
            found.setdefault((only, content), []).append(position)
    reports: dict[tuple[Any, ...], dict[str, list[int]]] = {}
    for task, positions in found.items():
        files = [list(rows) for _, rows in groupby(positions, key=lambda row: _file(book, row).path)]
        if len(files) > 1 and len({len(rows) for rows in files}) == 1:
            for part, rows in enumerate(zip(*files, strict=True)):
                for row in rows:
                    reports.setdefault((*task, part), {}).setdefault(_unit(book, row), []).append(row)
    return reports


def _file(book: Book, position: int) -> Submission:
    return book.places[position].submission


def _unit(book: Book, position: int) -> str:
    """The reporting unit; a file that names none speaks for itself."""
    path = _file(book, position).path
    reporting = book.reporting[path]
    return reporting.unit if reporting.covers or reporting.written else path


def _newer(one: Submission, other: Submission) -> bool | None:
    """Whether ``one`` was filled in after ``other``; None where neither line nor document property tells."""
    if one.filled_on and other.filled_on and one.filled_on != other.filled_on:
        return one.filled_on > other.filled_on
    if one.modified and other.modified and one.modified != other.modified:
        return one.modified > other.modified
    return None


def differing(book: Book, pair: Pair) -> list[str]:
    """The fields that both reports fill in, and differently. A field left blank in one of them says nothing."""
    found = []
    for key in book.campaign.schema.keys:
        said = all(_says(book, key, row) for row in (pair.first, pair.second))
        if said and _meaning(book, key, pair.first) != _meaning(book, key, pair.second):
            found.append(key)
    return found


def _says(book: Book, key: str, position: int) -> bool:
    value = book.values(key)[position]
    return key in book.places[position].table.columns and value is not None and not isinstance(value, UNREADABLE)


def _meaning(book: Book, key: str, position: int) -> object:
    """A value in the form in which reports are compared."""
    value = book.values(key)[position]
    role = book.campaign.schema[key].role
    if role == "deadline":
        reading = book.deadlines[position]
        return (reading.due, reading.kinds) if reading.problem is None else text_key(str(value))
    if role == "leader":
        names = tuple(leader.name for leader in book.leaders[position])
        return names if all(names) and names else text_key(str(value))
    if role == "units" and isinstance(value, str):
        units = parse_units(value)
        return frozenset(official(book, name) for name in units.names) or text_key(value)
    if key == "task_id":
        return number_key(str(value))
    if key == "category":
        return category_key(str(value))[0]
    return text_key(value) if isinstance(value, str) else value
