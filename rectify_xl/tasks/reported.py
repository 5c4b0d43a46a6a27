"""One task as one list has it, and what its values say however they are worded."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.model import UNREADABLE, a1
from rectify_xl.readings import read_units
from rectify_xl.text_keys import number_key, text_key
from rectify_xl.values import shown

if TYPE_CHECKING:
    from rectify_xl.book import Book, Place
    from rectify_xl.schema import Field

_CATEGORY_NUMBER = re.compile(r"^\s*(?:\(?[一二三四五六七八九十百\d]+\)?[、.)\s]|第[一二三四五六七八九十\d]+类)\s*")
_CATEGORY_COUNT = re.compile(r"\(\s*(?:共|计|合计)?\s*(\d{1,4})\s*[项个条件]\s*(?:任务|问题)?\s*\)")


@dataclass(frozen=True)
class Reported:
    """One task as one list has it. ``positions`` are the rows of the book that are its parts."""

    book: Book
    positions: tuple[int, ...]

    @property
    def place(self) -> Place:
        """Where its first row stands."""
        return self.book.places[self.positions[0]]

    @property
    def unit(self) -> str:
        """The unit that reported it."""
        return self.book.unit_of(self.positions[0])

    @property
    def sender(self) -> str:
        """Whose file it came in: the unit, or the file itself where it names none."""
        path = self.place.submission.path
        reporting = self.book.reporting[path]
        return reporting.unit if reporting.covers or reporting.written else path

    @cached_property
    def values(self) -> dict[str, Any]:
        """Field -> value; the values of parts that differ are listed one per line."""
        if len(self.positions) == 1:
            return {key: self.book.values(key)[self.positions[0]] for key in self.book.campaign.schema.keys}
        return {known.key: self._value(known) for known in self.book.campaign.schema.fields}

    def _value(self, known: Field) -> Any:  # noqa: ANN401 - a cell holds anything
        column = self.book.values(known.key)
        parts = [column[position] for position in self.positions]
        distinct = list({_key(value): value for value in parts if value is not None}.values())
        if len(distinct) <= 1:
            return distinct[0] if distinct else None
        if known.kind == "choice" and all(value in known.choices for value in distinct):
            # A task is as far as the part that is least far.
            return min(distinct, key=known.choices.index)
        if all(type(value) is date for value in distinct):
            return max(distinct, key=shown)
        return "\n".join(shown(value) for value in distinct)

    @cached_property
    def key(self) -> tuple[str, str]:
        """Comparison keys of number and subject (the problem, else the measures)."""
        subject = text_key(shown(self.values.get("problem"))) or text_key(shown(self.values.get("measures")))
        return number_key(shown(self.values.get("task_id"))), subject

    @cached_property
    def leads(self) -> frozenset[str]:
        """Roster names (names as written where the roster has none) of the units that lead it."""
        units = [self.book.units[position] for position in self.positions]
        return frozenset(roster_name(self.book, name) for unit in units for name in unit.lead)

    def cell(self, key: str) -> str:
        """The address of a field in the list; of the row's first column where the list lacks the field."""
        table, task = self.place.table, self.place.task
        if key in table.columns:
            return table.cell(task, key)
        return a1(task.row, min(table.columns.values()))

    @property
    def source(self) -> str:
        """``file!cell``, with the sheet in between where the file has several task tables."""
        place = self.place
        sheet = f"{place.table.sheet}!" if len(place.submission.tables) > 1 else ""
        key = "task_id" if "task_id" in place.table.columns else "problem"
        return f"{place.submission.path}!{sheet}{self.cell(key)}"

    def compared(self, known: Field) -> Any:  # noqa: ANN401
        """The value in the form in which two reports are compared; None when there is nothing to compare."""
        meanings = tuple(meaning(self.book, known, position) for position in self.positions)
        distinct = tuple(dict.fromkeys(meaning for meaning in meanings if meaning is not None))
        return distinct or None


def meaning(book: Book, known: Field, position: int) -> Any:  # noqa: ANN401
    """What a row's value says, however it is worded; None where it says nothing."""
    value = book.values(known.key)[position]
    if value is None or isinstance(value, UNREADABLE):
        return None
    if known.role == "deadline":
        reading = book.deadlines[position]
        return _key(value) if reading.problem else (reading.kinds, reading.due)
    if known.role == "leader":
        names = tuple(leader.name for leader in book.leaders[position])
        return names if names and all(names) else _key(value)
    if known.role == "units" and isinstance(value, str):
        return frozenset(roster_name(book, name) for name in read_units(value).names) or _key(value)
    if known.key == "category":
        return category_key(shown(value))[0]
    return _key(value)


def category_key(category: str) -> tuple[str, int | None]:
    """A category without numbering and count, and the count: 一、组织领导(13项) -> 组织领导, 13."""
    folded = unicodedata.normalize("NFKC", category)
    count = _CATEGORY_COUNT.search(folded)
    plain = _CATEGORY_NUMBER.sub("", _CATEGORY_COUNT.sub("", folded))
    return text_key(plain), int(count[1]) if count else None


def _key(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.date()
    return text_key(value) if isinstance(value, str) else value


def roster_name(book: Book, name: str) -> str:
    """The roster's name of a unit, or the name as written."""
    match = book.match(name)
    return match.unit.name if match.unit else name


def reported_tasks(book: Book) -> tuple[Reported, ...]:
    """The rows of the book grouped into reported tasks, in file order."""
    groups: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for position, place in enumerate(book.places):
        first = place.task.part_of or place.task.row
        groups[(place.submission.path, place.table.sheet, first)].append(position)
    return tuple(Reported(book, tuple(positions)) for positions in groups.values())
