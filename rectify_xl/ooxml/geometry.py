"""The sizes of columns and rows in pixels, and where the box of a comment therefore begins and ends."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import decimal_number
from rectify_xl.ooxml.xml_tree import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.ooxml.sheet_part import SheetPart

_COLUMN_PIXELS, _ROW_PIXELS = 64, 20
_DIGIT, _EDGE = 7, 5
_PIXELS_PER_POINT = 96 / 72
_GAP = 15
_LAST_COLUMN = 16_384
_MOST_STEPS = 500  # rows or columns; hidden ones have no size, so that a box may cross many
_WIDEST, _TALLEST = 255.0, 409.5  # what Excel allows, in digits and points


def box(sheet: SheetPart, row: int, column: int, width: int, height: int) -> tuple[int, ...]:
    """The anchor of a box beside a cell: column, offset, row, offset of its first corner, then of its last (0-based)."""
    left, top = column, max(0, row - 2)
    right, right_offset = _walk(left, _GAP + width, lambda at: column_pixels(sheet, at + 1))
    bottom, bottom_offset = _walk(top, _GAP + height, lambda at: row_pixels(sheet, at + 1))
    return (left, _GAP, top, _GAP, right, right_offset, bottom, bottom_offset)


def size(sheet: SheetPart, anchor: tuple[int, ...]) -> tuple[int, int]:
    """Width and height in pixels of a box with a given anchor."""
    left, left_offset, top, top_offset, right, right_offset, bottom, bottom_offset = anchor
    width = sum(column_pixels(sheet, at + 1) for at in range(left, min(right, left + _MOST_STEPS)))
    height = sum(row_pixels(sheet, at + 1) for at in range(top, min(bottom, top + _MOST_STEPS)))
    return width - left_offset + right_offset, height - top_offset + bottom_offset


def _walk(start: int, distance: int, pixels: Callable[[int], int]) -> tuple[int, int]:
    at = start
    while at < start + _MOST_STEPS and distance >= (step := pixels(at)):
        distance -= step
        at += 1
    return at, distance


def column_pixels(sheet: SheetPart, column: int) -> int:
    """The width of a column; 0 when it is hidden."""
    entry = sheet.column(column)
    if entry is not None:
        return _entry_pixels(entry.open)
    default = sheet.section("sheetFormatPr")
    return _width_pixels(default.get("defaultColWidth")) if default is not None else _COLUMN_PIXELS


@lru_cache(maxsize=_LAST_COLUMN)  # a box may cross hundreds of columns, and a row may have a box on each of its cells
def _entry_pixels(tag: bytes) -> int:
    entry = Node(tag)
    return 0 if entry.get("hidden") in ("1", "true") else _width_pixels(entry.get("width"))


def _width_pixels(width: str) -> int:
    number = decimal_number(width, _WIDEST)
    return _COLUMN_PIXELS if number is None else int(number * _DIGIT + _EDGE)


def row_pixels(sheet: SheetPart, row: int) -> int:
    """The height of a row; 0 when it is hidden."""
    found = sheet.rows.get(row)
    height = _tag_pixels(found.node.open) if found else None
    if height is not None:
        return height
    default = sheet.section("sheetFormatPr")
    points = decimal_number(default.get("defaultRowHeight"), _TALLEST) if default is not None else None
    return _ROW_PIXELS if points is None else int(points * _PIXELS_PER_POINT)


@lru_cache(maxsize=_MOST_STEPS)  # as above: on a row of thousands of boxes they cross the same rows
def _tag_pixels(tag: bytes) -> int | None:
    """The height that a row states."""
    node = Node(tag)
    if node.get("hidden") in ("1", "true"):
        return 0
    points = decimal_number(node.get("ht"), _TALLEST)
    return None if points is None else int(points * _PIXELS_PER_POINT)
