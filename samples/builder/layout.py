"""What a unit's workbook looks like, as data: sheets, columns, rows and their troubles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.tasks import Fault


@dataclass(frozen=True)
class Row:
    """A task row (several, if the task has parts), with what this file says differently from the task data."""

    task_id: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] | None = None  # None: the faults of the task data


@dataclass(frozen=True)
class Text:
    """A row that is no task: a section heading (merged across the table) or cells of their own."""

    cells: tuple[Any, ...]
    merged: bool = True
    faults: tuple[Fault, ...] = ()  # at its first cell


class Blank:
    """An empty spacer row."""


class Header:
    """The header row once more, in the middle of the table."""


Item = Row | Text | Blank | Header


@dataclass(frozen=True)
class Sheet:
    """One worksheet. ``columns`` pairs each heading with a key of the task values."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[Item, ...]
    name: str = "整改任务清单"
    top_left: tuple[int, int] = (1, 1)
    title: tuple[str, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    merges: tuple[tuple[str, tuple[int, ...]], ...] = ()
    hidden_tasks: frozenset[int] = frozenset()
    footer: tuple[str, ...] = ()
    numbering: str = "{n}.{text}"
    comments: tuple[tuple[int, str, str], ...] = ()
    dropdown: bool = False
    hidden: bool = False
    date_format: str = "yyyy-mm-dd"
    faults: tuple[Fault, ...] = ()  # field "" = the sheet, "title" = first title cell, "=heading" = a header cell


@dataclass(frozen=True)
class Notes:
    """A sheet without a task table: plain rows of text from A1 on."""

    name: str
    lines: tuple[tuple[Any, ...], ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Book:
    """One submission. ``macros``, ``external_link`` and ``mac_dates`` name what is done to the package.

    ``template`` are the document properties of the template it was made from.
    """

    file: str
    unit: str
    sheets: tuple[Sheet | Notes, ...]
    macros: bool = False
    external_link: bool = False
    mac_dates: bool = False
    template: tuple[tuple[str, str], ...] = ()
    faults: tuple[Fault, ...] = ()
