"""Widths, heights, hidden and grouped columns and rows that the office set."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.ooxml.resizing import column_entry
from rectify_xl.ooxml.xml_text import decimal_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.sheet_part import SheetPart
    from rectify_xl.ooxml.xml_tree import Node

_WIDE, _TALL = 255.0, 409.5
_WIDTH_MATTERS = 0.4  # digits: programs round widths to whole pixels of their own font
_HEIGHT_MATTERS = 1.5  # points
_UNIFORM = 3  # rows of one height that is less than ours: somebody set it
_TRUE = ("1", "true")


def office_widths(work: Work) -> dict[str, float]:
    """The widths, in digits, that the office gave to columns, by column id."""
    found = {}
    for key, column in work.old_place.columns.items():
        ours = work.base_place.columns.get(key)
        old = _width(work.old.column(column))
        if ours is None or old is None:
            continue
        base = _width(work.base.column(ours))
        if base is None or abs(old - base) > _WIDTH_MATTERS:
            found[key] = old
    return found


def _width(entry: Node | None) -> float | None:
    """The width that was set for a column; None for a hidden one too, whose width nobody sees."""
    if entry is None or entry.get("hidden") in _TRUE or (entry.get("customWidth") not in _TRUE and not entry.get("width")):
        return None
    return decimal_number(entry.get("width"), _WIDE)


def keep_columns(work: Work, widths: Mapping[str, float]) -> None:
    """Set widths, hide and group columns of the new sheet as in the old one."""
    for key, column in work.old_place.columns.items():
        ours, now = work.base_place.columns.get(key), work.new_place.columns.get(key)
        if ours is None or now is None:
            continue
        old, base = work.old.column(column), work.base.column(ours)
        settings: dict[str, str] = {}
        if key in widths:
            settings |= {"width": f"{widths[key]:g}", "customWidth": "1"}
        for name in ("hidden", "outlineLevel", "collapsed"):
            before, after = _flag(base, name), _flag(old, name)
            if before != after:
                settings[name] = after
        if settings:
            entry, _ = column_entry(work.new, now)
            for name, value in settings.items():
                entry.set(name, value)


def _flag(entry: Node | None, name: str) -> str:
    value = entry.get(name, "0") if entry is not None else "0"
    return {"true": "1", "false": "0"}.get(value, value)


def keep_rows(work: Work) -> None:
    """Heights, hidden and grouped rows; a row is never lower than its texts in the new workbook need."""
    rows = [(old, base, new) for old, base, new in work.rows() if new is not None]
    heights = {old: _height(work.old, old) for old, _, _ in rows}
    ours = {base: _height(work.base, base) for _, base, _ in rows}
    lower = Counter(
        heights[old] for old, base, _ in rows if old > work.old_place.head and heights[old] + _HEIGHT_MATTERS < ours[base]
    )
    for old, base, new in rows:
        height = heights[old]
        if height > ours[base] + _HEIGHT_MATTERS:
            height = max(height, _height(work.new, new))
        elif lower[height] < _UNIFORM:
            height = 0.0
        if height:
            row = work.new.rows.get_or_add(new).node
            row.set("ht", f"{height:g}")
            row.set("customHeight", "1")
        settings = {name: _flag(_row(work.old, old), name) for name in ("hidden", "outlineLevel", "collapsed")}
        for name, value in settings.items():
            if value != _flag(_row(work.base, base), name):
                work.new.rows.get_or_add(new).node.set(name, value)


def _row(sheet: SheetPart, number: int) -> Node | None:
    return sheet.rows.start(number)


def _height(sheet: SheetPart, number: int) -> float:
    """The height of a row; 0 where it is left to the program."""
    row = _row(sheet, number)
    fixed = row is not None and row.get("customHeight") in _TRUE
    return (decimal_number(row.get("ht"), _TALL) or 0.0) if row is not None and fixed else 0.0


def hidden(sheet: SheetPart, number: int) -> bool:
    """Whether a row is hidden."""
    return _flag(_row(sheet, number), "hidden") == "1"
