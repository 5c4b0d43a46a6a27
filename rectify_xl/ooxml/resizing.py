"""Setting the width of a column, undoing that again, and raising a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import decimal_number, whole_number
from rectify_xl.ooxml.xml_tree import Node, element

if TYPE_CHECKING:
    from rectify_xl.ooxml.sheet_part import SheetPart

_WIDTH_ATTRIBUTES = ("width", "hidden", "bestFit", "customWidth")
_TALLEST = 409.5  # points, Excel's limit


def set_width(sheet: SheetPart, column: int, width: float) -> str:
    """Set the width of one column and show it; an entry for several columns is split.

    Returns:
        What :func:`restore_width` needs to undo it; empty where the column had no entry.
    """
    own, before = column_entry(sheet, column)
    own.set("width", f"{width:g}")
    own.set("customWidth", "1")
    own.drop("hidden")
    own.drop("bestFit")
    return before


def column_entry(sheet: SheetPart, column: int) -> tuple[Node, str]:
    """The entry of ``cols`` that speaks of one column alone, and what :func:`restore_width` needs to undo the split."""
    cols = sheet.get_or_add_section("cols")
    entry = sheet.column(column)
    own = element(f"{sheet.prefix}col") if entry is None else Node(entry.open, [], entry.close)
    for name in ("min", "max"):
        own.set(name, str(column))
    sheet.forget_columns()
    if entry is None:
        behind = (at for at, node in enumerate(cols.children) if isinstance(node, Node) and _at(node, "min") > column)
        cols.insert(next(behind, len(cols.children)), own)
        return own, ""
    at = next(index for index, node in enumerate(cols.children) if node is entry)
    first, last = _at(entry, "min"), _at(entry, "max")
    before = ",".join(f"{name}={entry.get(name)}" for name in _WIDTH_ATTRIBUTES if name in entry.attributes)
    pieces = [own]
    if last > column:
        after = Node(entry.open, [], entry.close)
        after.set("min", str(column + 1))
        pieces.append(after)
    if first < column:
        entry.set("max", str(column - 1))
        pieces.insert(0, entry)
    cols.children[at : at + 1] = pieces
    return own, f"{int(first < column)}{int(last > column)}:{before}"


def restore_width(sheet: SheetPart, column: int, before: str) -> None:
    """Undo :func:`set_width` as far as ``before`` says; else the column gets the default width."""
    cols, entry = sheet.section("cols"), sheet.column(column)
    if cols is None or entry is None or _at(entry, "min") != _at(entry, "max"):
        return
    joined, _, widths = before.partition(":")
    left, right = sheet.column(column - 1), sheet.column(column + 1)
    sheet.forget_columns()
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
        for name, _, value in (one.partition("=") for one in widths.split(",")):
            if name in _WIDTH_ATTRIBUTES:
                entry.set(name, value)
    else:
        cols.remove(entry)
    if not any(cols.nodes()):
        sheet.root.remove(cols)


def _at(node: Node, name: str) -> int:
    return whole_number(node.get(name)) or 0


def raise_row(sheet: SheetPart, row: int, points: float) -> None:
    """Raise a row that fits its contents; a height that somebody has set stays."""
    found = sheet.rows.get(row)
    height = decimal_number(found.node.get("ht"), _TALLEST) if found else None
    if found and height is not None and height < points and found.node.get("customHeight") not in ("1", "true"):
        found.node.set("ht", f"{points:g}")
