"""Widths, heights, hidden and grouped columns and rows that the office set."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.ooxml.resizing import column_entry
from rectify_xl.ooxml.xml_text import decimal_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.keeping.places import Place
    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.sheet_part import SheetPart
    from rectify_xl.ooxml.xml_tree import Node

_WIDE, _TALL = 255.0, 409.5
_WIDTH_MATTERS = 0.4  # digits: programs round widths to whole pixels of their own font
_HEIGHT_MATTERS = 1.5  # points
_UNIFORM = 3  # rows of one height that is less than ours: somebody set it
_TRUE = ("1", "true")
_ROW_SETTINGS = ("hidden", "outlineLevel", "collapsed")


def office_widths(old_sheet: SheetPart, old_place: Place, base_sheet: SheetPart, base_place: Place) -> dict[str, float]:
    """The widths, in digits, that the office gave to the columns of a sheet of ours, by column id."""
    found = {}
    for key, column in old_place.columns.items():
        ours = base_place.columns.get(key)
        old = _width(old_sheet.column(column))
        if ours is None or old is None:
            continue
        base = _width(base_sheet.column(ours))
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
    return _plain(entry.attributes, name) if entry is not None else "0"


def keep_rows(work: Work) -> None:
    """Heights, hidden and grouped rows; a row is never lower than its texts in the new workbook need."""
    there, ours, here = work.old.rows, work.base.rows, work.new.rows
    rows = [
        (old, new, there.attributes(old), ours.attributes(base)) for old, base, new in work.rows() if new is not None
    ]  # fmt: skip
    heights = [(_height(old), _height(base)) for _, _, old, base in rows]
    lower = Counter(
        height
        for (number, *_), (height, usual) in zip(rows, heights, strict=True)
        if number > work.old_place.head and height + _HEIGHT_MATTERS < usual
    )
    for (_, new, old, base), (height, usual) in zip(rows, heights, strict=True):
        settings = {name: _plain(old, name) for name in _ROW_SETTINGS if _plain(old, name) != _plain(base, name)}
        if height > usual + _HEIGHT_MATTERS:
            settings |= _fixed(max(height, _height(here.attributes(new))))
        elif height and lower[height] >= _UNIFORM:
            settings |= _fixed(height)
        if settings:
            row = here.get_or_add(new).node
            for name, value in settings.items():
                row.set(name, value)


def _fixed(height: float) -> dict[str, str]:
    return {"ht": f"{height:g}", "customHeight": "1"}


def _plain(attributes: Mapping[str, str], name: str) -> str:
    value = attributes.get(name, "0")
    return {"true": "1", "false": "0"}.get(value, value)


def _height(row: Mapping[str, str]) -> float:
    """The height of a row; 0 where it is left to the program."""
    return (decimal_number(row.get("ht", ""), _TALL) or 0.0) if row.get("customHeight") in _TRUE else 0.0


def hidden(sheet: SheetPart, number: int) -> bool:
    """Whether a row is hidden."""
    return _plain(sheet.rows.attributes(number), "hidden") == "1"
