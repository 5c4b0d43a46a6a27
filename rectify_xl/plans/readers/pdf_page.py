"""What stands on a page of a PDF: characters with their boxes, and tables with their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.plans.source import Grid


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box; y grows upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line: its text, edges, height on the page and the width of its characters.

    ``inner`` is the right edge without closing punctuation, which may hang over the margin.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    inner: float


@dataclass(frozen=True, slots=True)
class PlacedGrid:
    """A table, where it begins and ends on its page, where its columns begin, and the lines of each cell by (row, column)."""

    grid: Grid
    top: float
    bottom: float = 0.0
    columns: Sequence[float] = ()
    lines: Mapping[tuple[int, int], Sequence[PdfLine]] = field(default_factory=dict)
