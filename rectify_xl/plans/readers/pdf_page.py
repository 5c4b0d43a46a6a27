"""What stands on a page of a PDF: characters with their boxes, and tables with their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
class PlacedGrid:
    """A table and where it begins on its page."""

    grid: Grid
    top: float
