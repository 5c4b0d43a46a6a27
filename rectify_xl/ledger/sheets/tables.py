"""Plain tables: what a sheet of the master shows, without any looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

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

    ``empty`` is what it says when it has no rows; ``group`` is the column whose runs of equal cells belong together;
    ``dated`` is what it says of its day, where that is not the workbook's.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    empty: str
    note: str = ""
    group: int | None = None
    dated: str = ""
