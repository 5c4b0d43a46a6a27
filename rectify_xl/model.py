"""The nouns every floor shares: frozen values without behaviour that reads or writes anything.

Rows and columns are 1-based here as they are in Excel; a *cell* is an A1 address in the unit's own file.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime


class Severity(StrEnum):
    """How much a finding weighs; the order is the order of the summary."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITY_LABELS: Mapping[str, Mapping[str, str]] = {
    "error": {"zh": "错误", "en": "error"},
    "warning": {"zh": "提醒", "en": "warning"},
    "info": {"zh": "提示", "en": "info"},
}


class RectifyError(Exception):
    """The job cannot be done; the message says what is wrong and what to do (exit status 2)."""


@dataclass(frozen=True, slots=True)
class CellError:
    """An Excel error value such as ``#REF!`` standing in a cell."""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Uncached:
    """A formula whose value was never calculated, so that the file does not hold it."""

    formula: str

    def __str__(self) -> str:
        return f"={self.formula}"


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number of more than 15 digits stored as a number: its last digits are lost."""

    digits: str

    def __str__(self) -> str:
        return self.digits


UNREADABLE = (CellError, Uncached, Rounded)


def column_letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """The A1 address of a 1-based row and column."""
    return f"{column_letters(column)}{row}"


_A1 = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@lru_cache(maxsize=16384)  # lists are alike: the same few hundred addresses, file after file
def from_a1(cell: str) -> tuple[int, int]:
    """Row and column of an A1 address.

    Raises:
        ValueError: the text is no A1 address.
    """
    match = _A1.fullmatch(cell)
    if not match:
        message = f"not an A1 address: {cell!r}"
        raise ValueError(message)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def runs(rows: Iterable[int]) -> list[list[int]]:
    """Ascending row numbers cut into runs without a gap."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][-1] + 1:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def cell_order(cell: str | None) -> tuple[int, int]:
    """Sort key that puts whole-file findings first and cells by row, then column."""
    return from_a1(cell) if cell else (0, 0)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the reader met in the structure of a file; a rule of family S turns it into a finding."""

    slug: str
    sheet: str | None = None
    cell: str | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task row as it stands in a file.

    ``values`` holds the raw value of every column the list has (blank cells are None); ``anchors`` the
    cell of those values that stand in a merged range whose top-left cell lies elsewhere; ``extras`` the
    non-blank values of unknown columns by heading; ``part_of`` the first row of the task when several rows
    share one merged number or problem; ``odd`` the fields whose text has characters by which a text can be damaged.
    """

    row: int
    values: Mapping[str, Any]
    anchors: Mapping[str, str] = dataclasses.field(default_factory=dict)
    extras: Mapping[str, str] = dataclasses.field(default_factory=dict)
    part_of: int | None = None
    hidden: bool = False
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading row inside the table, e.g. 一、水环境(5项), with the number of items it declares."""

    row: int
    cell: str
    text: str
    declared: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The task table of one sheet. ``columns`` maps field keys to 1-based column numbers.

    ``declared_count`` is the number of tasks it announces for itself, ``declared_cell`` and ``declared_text`` where and in
    which words; ``unit_text`` the reporting unit and ``filled_on`` the day of filling in that stand at this very table.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]
    rows: tuple[TaskRow, ...]
    sections: tuple[Section, ...] = ()
    title: str = ""
    title_cell: str | None = None
    declared_count: int | None = None
    declared_cell: str | None = None
    declared_text: str = ""
    unit_text: str = ""
    filled_on: date | None = None

    def cell(self, task: TaskRow, key: str) -> str:
        """The A1 address where field ``key`` of ``task`` stands."""
        return task.anchors.get(key) or a1(task.row, self.columns[key])


FileStatus = Literal["accepted", "rejected", "skipped"]


@dataclass(frozen=True, slots=True)
class Submission:
    """One input file, read: its task tables and the faults of its structure.

    ``stamp`` is what a file made from our template says of itself: the keys of :mod:`rectify_xl.stamp`.
    """

    path: str
    sha256: str = ""
    status: FileStatus = "accepted"
    tables: tuple[Table, ...] = ()
    faults: tuple[Fault, ...] = ()
    unit_text: str = ""
    filled_on: date | None = None
    modified: datetime | None = None
    reason: str = ""
    stamp: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction that a rule offers: ``value`` replaces what stands in the finding's cell."""

    value: Any
    safe: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One judgement of one rule, at a cell, a file, a unit or the campaign."""

    code: str
    slug: str
    severity: Severity
    message: str
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    field: str | None = None
    task_id: str | None = None
    value: str | None = None
    unit: str | None = None
    fix: Fix | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The shape of contract section 3; ``unit`` is present only where there is one."""
        shown: dict[str, Any] = {
            "code": self.code,
            "slug": self.slug,
            "severity": str(self.severity),
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "field": self.field,
            "task_id": self.task_id,
            "value": self.value,
            "message": self.message,
            "fix": None if self.fix is None else {"safe": self.fix.safe, "value": str(self.fix.value)},
        }
        if self.unit:
            shown["unit"] = self.unit
        return shown

    @property
    def order(self) -> tuple[str, str, tuple[int, int], str]:
        """File, sheet, row, column, code: the order of every report. Campaign-level findings come last."""
        return (self.file or "\uffff", self.sheet or "", cell_order(self.cell), self.code)
