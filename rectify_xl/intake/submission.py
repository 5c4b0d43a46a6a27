"""One input file, read: its task tables row by row, and the faults of its structure.

Rows and columns are 1-based here as they are in Excel; a *cell* is an A1 address in the unit's own file.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from rectify_xl.common.addresses import a1
from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


class RowKind(StrEnum):
    """What a row of a visible sheet is. Every row that shows anything is exactly one of these."""

    ABOVE = "above"  # title, unit, date or note above a table
    HEADING = "heading"
    REPEATED = "repeated"  # the same headings again, as on each printed page
    TASK = "task"
    PART = "part"  # a further row of the task above
    CARD = "card"  # a further row of a task that is laid out as a card
    SECTION = "section"
    TOTAL = "total"
    NOTE = "note"  # footer, signature, note, example, instruction, statement of a zero report
    UNFILLED = "unfilled"  # numbered or set beforehand, but nobody has written a word into it
    OWN = "own"  # our own remarks in a returned copy
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, repr=False)
class UnreadRow(ShortRepr):
    """A row that shows something and was read as nothing: the first cell with words, and how its text begins."""

    row: int
    cell: str
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Fault(ShortRepr):
    """Something the reader met in the structure of a file; a rule of family S turns it into a finding."""

    slug: str
    sheet: str | None = None
    cell: str | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class TaskRow(ShortRepr):
    """One task row as it stands in a file.

    ``values`` holds the raw value of every column the list has (blank cells are None); ``anchors`` the
    cell of those values that stand in a merged range whose top-left cell lies elsewhere; ``extras`` the
    non-blank values of unknown columns by heading; ``part_of`` the first row of the task when several rows
    share one merged number or problem; ``odd`` the fields whose text has characters by which a text can be damaged; ``key``
    which task of the ledger the row claims to be, in a list that carries that column; ``sheets`` the sheet of those values that
    stand on another one than the row.
    """

    row: int
    values: Mapping[str, Any]
    anchors: Mapping[str, str] = dataclasses.field(default_factory=dict)
    extras: Mapping[str, str] = dataclasses.field(default_factory=dict)
    part_of: int | None = None
    hidden: bool = False
    odd: tuple[str, ...] = ()
    key: str = ""
    sheets: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Section(ShortRepr):
    """A heading row inside the table, e.g. 一、水环境(5项), with the number of items it declares."""

    row: int
    cell: str
    text: str
    declared: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Table(ShortRepr):
    """The task table of one sheet. ``columns`` maps field keys to 1-based column numbers.

    ``declared_count`` is the number of tasks it announces for itself, ``declared_cell`` and ``declared_text`` where and in
    which words; ``unit_text`` the reporting unit and ``filled_on`` the day of filling in that stand at this very table.
    ``kinds`` says of every row from its title to its last note what it is, ``unread`` are those that are nothing.
    ``inferred`` are the fields whose column was recognised by parts of its heading or by its content.
    ``upright`` says that it is one task of a list turned on its side, whose headings stand below each other.
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
    kinds: Mapping[int, RowKind] = dataclasses.field(default_factory=dict)
    unread: tuple[UnreadRow, ...] = ()
    inferred: frozenset[str] = frozenset()
    upright: bool = False

    @property
    def first_column(self) -> int:
        """The leftmost column of a field: it tells tables apart that stand side by side."""
        return min(self.columns.values(), default=0)

    def cell(self, task: TaskRow, key: str) -> str:
        """The A1 address where field ``key`` of ``task`` stands."""
        return task.anchors.get(key) or a1(task.row, self.columns[key])

    def sheet_of(self, task: TaskRow, key: str) -> str:
        """The sheet on which that cell is."""
        return task.sheets.get(key, self.sheet)


@dataclass(frozen=True, slots=True, repr=False)
class ExtensionRow(ShortRepr):
    """One row of 延期申请 in which a unit has written something. Days are as the cells hold them."""

    sheet: str
    row: int
    key: str
    task_id: str
    asked_on: Any
    new_deadline: Any
    reason: str
    cells: Mapping[str, str]


FileStatus = Literal["accepted", "rejected", "skipped"]


@dataclass(frozen=True, slots=True, repr=False)
class Submission(ShortRepr):
    """One input file, read: its task tables and the faults of its structure.

    ``stamp`` is what a file made from our template says of itself: the keys of :mod:`rectify_xl.provenance.stamp`.
    ``claims`` are the names of all document properties that look like ours; ``format`` is what the file is by its content.
    ``dispatched`` is what a dispatched workbook says it was sent out with: key of the row -> field -> text as shown.
    ``fits`` says how well each of the schemas to choose from fits: name -> score; empty where none had to be chosen.
    ``extensions`` are the requests for a later deadline that stand on its sheet 延期申请.
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
    claims: tuple[str, ...] = ()
    format: str = ""
    dispatched: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    fits: Mapping[str, int] = dataclasses.field(default_factory=dict)
    extensions: tuple[ExtensionRow, ...] = ()
