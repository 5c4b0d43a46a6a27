"""The sizes of columns and rows in pixels, and where the box of a comment therefore begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import decimal_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.ooxml.sheet_part import SheetPart

_COLUMN_PIXELS, _ROW_PIXELS = 64, 20
_DIGIT, _EDGE = 7, 5
_PIXELS_PER_POINT = 96 / 72
_GAP = 15
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
    if entry is None:
        default = sheet.section("sheetFormatPr")
        return _width_pixels(default.get("defaultColWidth")) if default is not None else _COLUMN_PIXELS
    return 0 if entry.get("hidden") in ("1", "true") else _width_pixels(entry.get("width"))


def _width_pixels(width: str) -> int:
    number = decimal_number(width, _WIDEST)
    return _COLUMN_PIXELS if number is None else int(number * _DIGIT + _EDGE)


def row_pixels(sheet: SheetPart, row: int) -> int:
    """The height of a row; 0 when it is hidden."""
    found = sheet.rows.get(row)
    if found and found.node.get("hidden") in ("1", "true"):
        return 0
    default = sheet.section("sheetFormatPr")
    height = decimal_number(found.node.get("ht"), _TALLEST) if found else None
    if height is None and default is not None:
        height = decimal_number(default.get("defaultRowHeight"), _TALLEST)
    return _ROW_PIXELS if height is None else int(height * _PIXELS_PER_POINT)
