"""Writes corrections into the cells of a workbook: texts as texts, days as real dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import from_a1
from rectify_xl.ooxml.cells import has_formula, rich_text, text_of, write_number, write_text
from rectify_xl.ooxml.new_sheet import serial
from rectify_xl.ooxml.xml_text import Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.copies.editing.working import Working
    from rectify_xl.copies.requests import Change
    from rectify_xl.ooxml.workbook_part import SheetEntry


def holds_just(working: Working, entry: SheetEntry, cell: tuple[int, int], value: str) -> bool:
    """Whether a cell holds just the text that was judged, so that it can be replaced.

    Not so where a formula gives it, or where the value is part of a longer text, as a category in a section heading is.
    """
    found = working.sheet(entry).rows.cell(*cell)
    if found is None or has_formula(found):
        return False
    rich = rich_text(found, working.strings)
    return rich is not None and text_of(rich) == value


def apply_changes(working: Working, changes: Iterable[Change]) -> None:
    """Write the new values."""
    for change in changes:
        entry = working.entry(change.sheet)
        if entry is None:
            raise Unsupported("missing-part", change.sheet)
        sheet, at = working.sheet(entry), from_a1(change.cell)
        cell = sheet.rows.get_or_add_cell(*at)
        number = serial(change.new, date1904=working.workbook.date1904) if isinstance(change.new, date) else None
        if number is None:
            write_text(cell, str(change.new), rich_text(cell, working.strings))
        else:
            sheet.set_style(*at, working.styles.dated(sheet.style(*at)))
            write_number(cell, number)
