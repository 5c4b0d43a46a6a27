from __future__ import annotations

import pytest

from rectify_xl.ooxml.areas import Area
from rectify_xl.ooxml.geometry import box, column_pixels, row_pixels, size
from rectify_xl.ooxml.resizing import raise_row, restore_width, set_width
from rectify_xl.ooxml.sheet_part import ORDER, SheetPart
from tests.support.workbooks import MAIN

_ROWS = (
    '<row r="2" s="4" customFormat="1" ht="30"><c r="B2" s="7"/></row><row r="3" hidden="1"/>'
    '<row r="4" ht="20" customHeight="1"/>'
)
_COLS = '<cols><col min="3" max="5" width="20" style="2" customWidth="1"/><col min="7" max="7" width="9" hidden="1"/></cols>'


def sheet(before: str = _COLS, after: str = "", prefix: str = "") -> SheetPart:
    raw = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:B9"/>{before}<sheetData>{_ROWS}</sheetData>{after}</worksheet>'
    if prefix:
        raw = raw.replace("<", f"<{prefix}:").replace(f"<{prefix}:/", f"</{prefix}:").replace("xmlns=", f"xmlns:{prefix}=")
    return SheetPart("xl/worksheets/sheet1.xml", raw.encode())


@pytest.mark.parametrize("prefix", ["", "x"])
def test_reading_changes_nothing(prefix: str) -> None:
    one = sheet(prefix=prefix)
    before = one.join()
    assert one.rows.cell(2, 2) is not None
    assert list(one.merges()) == []
    assert one.join() == before


def test_the_style_shown_is_the_cell_s_the_row_s_or_the_column_s() -> None:
    one = sheet()
    assert [one.style(*cell) for cell in ((2, 2), (2, 9), (4, 4), (9, 4), (9, 9))] == [7, 4, 2, 2, 0]
    one.set_style(9, 9, 5)
    assert one.style(9, 9) == 5
    assert b'<row r="9"><c r="I9" s="5"/></row></sheetData>' in one.join()


def test_merged_ranges_come_and_go() -> None:
    one = sheet(after='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><pageMargins left="1"/>')
    before = one.join()
    one.merge(Area(3, 3, 4, 3))
    assert list(one.merges()) == [Area(1, 1, 1, 2), Area(3, 3, 4, 3)]
    assert b'count="2"' in one.join()
    assert one.merges() is one.merges()  # there may be a million, and they are asked for five times
    one.unmerge({Area(3, 3, 4, 3)})
    assert one.join() == before
    bare = sheet()
    blank = bare.join()
    bare.merge(Area(1, 1, 2, 1))
    bare.unmerge({Area(1, 1, 2, 1)})
    bare.unmerge({Area(5, 5, 6, 6)})
    assert bare.join() == blank


def test_the_dimension_takes_in_new_cells() -> None:
    one = sheet()
    one.cover(12, 1)
    one.cover(1, 5)
    assert b'<dimension ref="A1:E12"/>' in one.join()


def test_sections_are_made_in_the_schema_s_order_under_the_part_s_prefix() -> None:
    one = sheet(prefix="x", after='<pageMargins left="1"/><tableParts count="0"/>')
    for local in ("legacyDrawing", "autoFilter", "mergeCells", "hyperlinks"):
        one.get_or_add_section(local)
    found = [node.local for node in one.root.nodes()]
    assert found == sorted(found, key=ORDER.index)
    assert b"<x:autoFilter/><x:mergeCells/><x:hyperlinks/><x:pageMargins" in one.join()
    assert one.get_or_add_section("autoFilter") is one.section("autoFilter")


def test_a_sheet_without_data_can_be_written_to() -> None:
    one = SheetPart("s", f'<worksheet xmlns="{MAIN}"><pageMargins left="1"/></worksheet>'.encode())
    assert one.join().count(b"sheetData") == 1
    one.set_style(1, 1, 3)
    assert b'<sheetData><row r="1"><c r="A1" s="3"/></row></sheetData><pageMargins' in one.join()


@pytest.mark.parametrize("column", [1, 2, 3, 4, 5, 6, 7, 8])
def test_a_column_gets_a_width_of_its_own_and_the_others_keep_theirs(column: int) -> None:
    one = sheet()
    before = {at: (column_pixels(one, at), one.style(9, at)) for at in range(1, 12) if at != column}
    style = one.style(9, column)
    set_width(one, column, 40)
    assert column_pixels(one, column) == 285
    assert one.style(9, column) == style
    assert {at: (column_pixels(one, at), one.style(9, at)) for at in range(1, 12) if at != column} == before
    entries = [(int(node.get("min")), int(node.get("max"))) for node in one.section("cols").nodes()]  # type: ignore[union-attr]
    assert entries == sorted(entries)


@pytest.mark.parametrize("column", [1, 3, 4, 5, 6, 8])
def test_taking_a_width_back_gives_what_was(column: int) -> None:
    one = sheet()
    before = one.join()
    restore_width(one, column, set_width(one, column, 40))
    assert one.join() == before
    restore_width(one, 9, "")
    assert one.join() == before


def test_a_hidden_column_is_hidden_again() -> None:
    one = sheet()
    restore_width(one, 7, set_width(one, 7, 40))
    assert b'<col min="7" max="7" width="9" hidden="1"/>' in one.join()


def test_of_several_entries_that_cover_a_column_the_last_is_believed() -> None:
    """So openpyxl hides the second column of a span that it has read as one entry."""
    one = sheet('<cols><col min="1" max="2" width="20" customWidth="1"/><col min="2" max="2" width="20" hidden="1"/></cols>')
    assert [(entry.get("hidden") if (entry := one.column(at)) else None) for at in (1, 2, 3)] == ["", "1", None]


@pytest.mark.parametrize("told", ["", "01:width=20"])
def test_a_width_of_which_nothing_is_known_becomes_the_usual_one(told: str) -> None:
    one = sheet(before="")
    before = one.join()
    set_width(one, 3, 40)
    restore_width(one, 3, told)
    assert column_pixels(one, 3) == (64 if not told else 145)
    assert (one.join() == before) == (not told)


def test_without_widths_there_is_no_section_of_them() -> None:
    one = sheet(before="")
    before = one.join()
    restore_width(one, 2, "")
    set_width(one, 2, 40)
    assert b'<cols><col min="2" max="2" width="40" customWidth="1"/></cols><sheetData>' in one.join()
    restore_width(one, 2, "")
    assert one.join() == before


def test_sizes_in_pixels_follow_heights_widths_and_defaults() -> None:
    one = sheet(before=f'<sheetFormatPr defaultColWidth="10" defaultRowHeight="12"/>{_COLS}')
    assert [column_pixels(one, at) for at in (1, 3, 7)] == [75, 145, 0]
    assert [row_pixels(one, at) for at in (1, 2, 3, 9)] == [16, 40, 0, 16]
    plain = sheet(before="")
    assert (column_pixels(plain, 1), row_pixels(plain, 1)) == (64, 20)


def test_a_box_is_as_large_as_asked_for() -> None:
    one = sheet()
    anchor = box(one, 2, 2, 300, 90)
    assert anchor[:4] == (2, 15, 0, 15)
    assert size(one, anchor) == (300, 90)
    assert size(one, box(one, 1, 1, 10, 5)) == (10, 5)


def test_only_rows_of_automatic_height_rise() -> None:
    one = sheet()
    for row in (2, 4, 9):
        raise_row(one, row, 60)
    assert b'ht="60"' in one.join()
    assert b'ht="20" customHeight="1"' in one.join()
    assert one.rows.get(9) is None
    raise_row(one, 2, 10)
    assert row_pixels(one, 2) == 80
