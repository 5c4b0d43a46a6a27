"""Where the box of a comment begins and ends."""

from __future__ import annotations

from rectify_xl.common.addresses import a1
from rectify_xl.ooxml.geometry import _entry_pixels, box, column_pixels
from rectify_xl.ooxml.resizing import set_width
from rectify_xl.ooxml.sheet_part import SheetPart


def a_sheet(inside: str) -> SheetPart:
    return SheetPart("sheet1.xml", f'<worksheet xmlns="a">{inside}</worksheet>'.encode())


def test_boxes_along_a_row_of_hidden_columns_measure_each_kind_of_column_once() -> None:
    """Each box measured anew all the columns that it crosses, which took 2 ms a box."""
    cells = "".join(f'<c r="{a1(3, column)}"/>' for column in range(1, 401))
    columns = '<cols><col min="2" max="16384" width="9" hidden="1"/></cols>'
    sheet = a_sheet(f'{columns}<sheetData><row r="2" ht="30"/><row r="3">{cells}</row></sheetData>')
    before = _entry_pixels.cache_info().misses
    boxes = [box(sheet, 3, column, 200, 80) for column in range(1, 401)]
    assert _entry_pixels.cache_info().misses - before <= 1
    assert boxes[0] == (1, 15, 1, 15, 501, 215, 4, 15)
    assert boxes[-1][:2] == (400, 15)


def test_a_width_that_has_changed_since_counts() -> None:
    sheet = a_sheet('<cols><col min="2" max="9" width="10"/></cols><sheetData/>')
    assert [column_pixels(sheet, column) for column in (1, 3)] == [64, 75]
    set_width(sheet, 3, 20)
    assert [column_pixels(sheet, column) for column in (2, 3, 4)] == [75, 145, 75]
