"""How wide columns and how tall rows are in pixels, where a note's box therefore ends, and the widths of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ooxml.markup import Node, element

if TYPE_CHECKING:
    from rectify_xl.ooxml.sheet import SheetPart

_COLUMN_PIXELS, _ROW_PIXELS = 64, 20
_DIGIT, _EDGE = 7, 5
_PIXELS_PER_POINT = 96 / 72
_GAP = 15
_MOST_STEPS = 2000
_WIDTH_ATTRIBUTES = ("width", "hidden", "bestFit", "customWidth")


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


def _walk(start: int, distance: int, pixels: object) -> tuple[int, int]:
    at = start
    while at < start + _MOST_STEPS and distance >= (step := pixels(at)):  # type: ignore[operator]
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
    number = _number(width)
    return _COLUMN_PIXELS if number is None else int(number * _DIGIT + _EDGE)


def row_pixels(sheet: SheetPart, row: int) -> int:
    """The height of a row; 0 when it is hidden."""
    found = sheet.rows.get(row)
    if found and found.node.get("hidden") in ("1", "true"):
        return 0
    default = sheet.section("sheetFormatPr")
    height = _number(found.node.get("ht")) if found else None
    if height is None and default is not None:
        height = _number(default.get("defaultRowHeight"))
    return _ROW_PIXELS if height is None else int(height * _PIXELS_PER_POINT)


def raise_row(sheet: SheetPart, row: int, points: float) -> None:
    """Let a row that is as tall as its contents take in a taller one; a height that somebody set stays."""
    found = sheet.rows.get(row)
    height = _number(found.node.get("ht")) if found else None
    if found and height is not None and height < points and found.node.get("customHeight") not in ("1", "true"):
        found.node.set("ht", f"{points:g}")


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:  # absent, or no number: the default counts
        return None


def widen(sheet: SheetPart, column: int, width: float) -> str:
    """Give one column a width of its own and show it; an entry for several columns is split.

    Returns:
        What :func:`narrow` needs to take it back; nothing where the column had no entry.
    """
    cols = sheet.made_section("cols")
    entry = sheet.column(column)
    own = element(f"{sheet.prefix}col") if entry is None else Node(entry.open)
    for name, value in (("min", column), ("max", column), ("width", f"{width:g}"), ("customWidth", 1)):
        own.set(name, str(value))
    own.drop("hidden")
    own.drop("bestFit")
    sheet.columns_changed()
    if entry is None:
        behind = (at for at, node in enumerate(cols.children) if isinstance(node, Node) and _at(node, "min") > column)
        cols.insert(next(behind, len(cols.children)), own)
        return ""
    at = next(index for index, node in enumerate(cols.children) if node is entry)
    first, last = _at(entry, "min"), _at(entry, "max")
    before = ",".join(f"{name}={entry.get(name)}" for name in _WIDTH_ATTRIBUTES if name in entry.attributes)
    pieces = [own]
    if last > column:
        after = Node(entry.open)
        after.set("min", str(column + 1))
        pieces.append(after)
    if first < column:
        entry.set("max", str(column - 1))
        pieces.insert(0, entry)
    cols.children[at : at + 1] = pieces
    return f"{int(first < column)}{int(last > column)}:{before}"


def narrow(sheet: SheetPart, column: int, before: str) -> None:
    """Take back :func:`widen`, as far as ``before`` tells; else the column has the usual width."""
    cols, entry = sheet.section("cols"), sheet.column(column)
    if cols is None or entry is None or _at(entry, "min") != _at(entry, "max"):
        return
    joined, _, widths = before.partition(":")
    left, right = sheet.column(column - 1), sheet.column(column + 1)
    sheet.columns_changed()
    if joined in ("10", "11") and left is not None:
        left.set("max", str(column))
        cols.remove(entry)
        if joined == "11" and right is not None:
            left.set("max", right.get("max"))
            cols.remove(right)
    elif joined == "01" and right is not None:
        right.set("min", str(column))
        cols.remove(entry)
    elif joined:
        entry.drop("customWidth")
        for name, value in (one.split("=") for one in widths.split(",") if one):
            entry.set(name, value)
    else:
        cols.remove(entry)
    if not any(cols.nodes()):
        sheet.root.remove(cols)


def _at(node: Node, name: str) -> int:
    text = node.get(name)
    return int(text) if text.isdigit() else 0
