"""Plain tables: what a sheet of the master shows, without any looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from rectify_xl.summary.months import Month

ColumnKind = Literal["text", "long_text", "number", "percent", "date", "choice", "flag", "severity"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list sheet; ``width`` in characters of Latin text."""

    label: str
    kind: ColumnKind = "text"
    width: float = 14


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet of the workbook.

    ``empty`` is what it says when it has no rows; ``group`` is the column whose runs of equal cells belong together.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    empty: str
    note: str = ""
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of 汇总.

    ``by_unit`` holds unit, tasks, closed, overdue; ``unit_bars`` unit, closed, open, overdue, each task in one of them.
    """

    figures: tuple[tuple[str, int], ...]
    by_status: tuple[tuple[str, int], ...]
    by_flag: tuple[tuple[str, int], ...]
    by_unit: tuple[tuple[str, int, int, int], ...] = ()
    unit_bars: tuple[tuple[str, int, int, int], ...] = ()
    months: tuple[Month, ...] = ()
