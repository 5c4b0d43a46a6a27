"""Packages of many writers and strange ones: marked in place where that can be done, made anew where not, and said so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter

from rectify_xl.intake.readers.xlsx_package import read_xlsx
from rectify_xl.ooxml.xml_tree import Document
from rectify_xl.provenance.remarks import COLUMN, FILLS, SHEET
from tests.copies.books import check, corrected, facts, parts, returned, said
from tests.support.lists import CLEAN, HEADINGS, write_list
from tests.support.workbooks import HEADINGS as SIX  # fmt: skip
from tests.support.workbooks import (
    MAIN,
    OFFICE,
    RELATIONS,
    by_openpyxl,
    header_xml,
    layout,
    package,
    patch,
    sheet_xml,
    task,
    text_cell,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


_CELLS = {"A2": "1", "B2": "北渠排口没有截污", "C2": "封堵排口", "E2": "市水务局", "F2": "尽快"}
BAD = f'<row r="2">{"".join(text_cell(at, text) for at, text in _CELLS.items())}</row>'
COMMENTS_RELATION = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/comments" Target="../comments1.xml"/>'
    "</Relationships>"
)

WITH_DTD = {
    "xl/comments1.xml": '<!DOCTYPE c [<!ENTITY a "b">]><c/>',
    "xl/worksheets/_rels/sheet1.xml.rels": COMMENTS_RELATION,
}


def remarks(path: Path, sheet: int = 1) -> dict[str, str]:
    """The texts of our column by row, as the intake reads the raw file."""
    grid = read_xlsx(path).sheets[sheet]
    column = next(at for cells in grid.cells.values() for at, value in cells.items() if value == COLUMN["zh"])
    return {str(row): cells[column] for row, cells in grid.cells.items() if column in cells}


def test_a_package_with_the_least_that_is_needed(tmp_path: Path) -> None:
    original = package(tmp_path / "a.xlsx", sheet_xml(header_xml() + BAD))
    copy = returned(original, tmp_path / "out")
    assert said(check(copy)) == said(check(original))
    found = remarks(copy)
    assert found["1"] == COLUMN["zh"]
    assert "【错误】整改时限“尽快”" in found["2"]
    assert "【错误】没有写明责任领导" in found["2"] or "责任领导" in found["2"]


def test_every_element_bears_the_prefix_of_its_part(tmp_path: Path) -> None:
    def prefixed(part: bytes) -> bytes:
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")

    original = package(tmp_path / "a.xlsx", sheet_xml(header_xml() + BAD), styles="<cellXfs><xf/></cellXfs>")
    patch(original, dict.fromkeys(("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"), prefixed))
    copy = returned(original, tmp_path / "out")
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        assert not re.search(rb"<(?!x:|/x:|\?)", parts(copy)[name]), name
    assert said(check(copy)) == said(check(original))
    assert parts(returned(copy, tmp_path / "again")) == parts(copy)


def test_a_strict_package_stays_strict(tmp_path: Path) -> None:
    main, relations = "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
    original = package(
        tmp_path / "a.xlsx", sheet_xml(header_xml() + BAD, namespace=main), namespace=main, relations=relations,
        styles="<cellXfs><xf/></cellXfs>",
    )  # fmt: skip
    after = parts(returned(original, tmp_path / "out"))
    assert not any(MAIN.encode() in part for name, part in after.items() if name.startswith("xl/"))
    assert all(OFFICE.encode() not in part for name, part in after.items() if name.startswith("xl/") and name.endswith(".rels"))
    assert said(check(tmp_path / "out" / "a.xlsx")) == said(check(original))


def test_utf16_parts_are_read_and_written_as_utf8(tmp_path: Path) -> None:
    original = package(tmp_path / "a.xlsx", sheet_xml(header_xml() + BAD))
    wide = sheet_xml(header_xml() + BAD).replace('1.0"', '1.0" encoding="UTF-16"').encode("utf-16")
    patch(original, {"xl/worksheets/sheet1.xml": wide})
    copy = returned(original, tmp_path / "out")
    assert parts(copy)["xl/worksheets/sheet1.xml"].startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert said(check(copy)) == said(check(original))


def test_missing_rows_and_cells_are_made_where_a_finding_stands(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"leader": None}], unit="市水务局")
    sheet = parts(original)["xl/worksheets/sheet1.xml"]
    assert b'r="D4"' not in sheet
    copy = returned(original, tmp_path / "out")
    assert facts(copy).fills["D4"] == FILLS["error"]
    assert parts(copy)["xl/worksheets/sheet1.xml"].index(b'r="C4"') < parts(copy)["xl/worksheets/sheet1.xml"].index(b'r="D4"')


def test_a_blank_cell_keeps_the_looks_of_its_row_or_column(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("任务清单")
    sheet.set_column("D:D", 20, book.add_format({"border": 2, "locked": False, "bg_color": "#CCFFCC"}))
    sheet.write_row("A1", [HEADINGS.get(key, key) for key in CLEAN])
    sheet.write_row("A2", [value if key != "leader" else None for key, value in CLEAN.items()])
    book.close()
    copy = returned(tmp_path / "a.xlsx", tmp_path / "out")
    cell: Any = openpyxl.load_workbook(copy)["任务清单"]["D2"]
    assert (cell.border.left.style, cell.protection.locked, cell.fill.fgColor.rgb[-6:]) == ("medium", False, FILLS["error"])
    again = returned(copy, tmp_path / "again")
    assert parts(again) == parts(copy)


def test_excel_s_own_table_is_not_widened(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("任务清单")
    rows = [list(CLEAN.values()), [2, "南湖退捕船只没有拆解", "拆解", "钟离岳 副市长", "市水务局", "尽快", "整改中", "已拆三艘"]]
    sheet.add_table(0, 0, 2, 7, {"data": rows, "columns": [{"header": HEADINGS[key]} for key in CLEAN]})
    book.close()
    copy = returned(tmp_path / "a.xlsx", tmp_path / "out")
    assert parts(copy)["xl/tables/table1.xml"] == parts(tmp_path / "a.xlsx")["xl/tables/table1.xml"]
    sheet_after: Any = openpyxl.load_workbook(copy)["任务清单"]
    assert sheet_after["I1"].value == COLUMN["zh"]
    assert sheet_after.auto_filter.ref == "I1:I3"
    assert parts(returned(copy, tmp_path / "again")) == parts(copy)


def test_a_heading_of_two_rows_gets_a_column_of_two_rows(tmp_path: Path) -> None:
    head = [["序号", "存在问题", "整改措施", "责任", None, "整改时限"], [None, None, None, "责任领导", "责任单位", None]]
    one = layout([*head, task(1, "北渠排口没有截污", deadline="尽快")], ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"])
    original = by_openpyxl(tmp_path / "a.xlsx", one)
    copy = returned(original, tmp_path / "out")
    sheet: Any = openpyxl.load_workbook(copy)["任务清单"]
    assert sheet["G1"].value == COLUMN["zh"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2"}
    assert said(check(copy)) == said(check(original))
    assert parts(returned(copy, tmp_path / "again")) == parts(copy)


def test_notes_beside_the_table_stay_and_our_column_stands_where_there_is_room(tmp_path: Path) -> None:
    rows = [list(SIX), [*task(1, "北渠排口没有截污", deadline="尽快"), "局长已阅"], [*task(2, "南湖船只"), None, "旁注"]]
    original = by_openpyxl(tmp_path / "a.xlsx", layout(rows, first="B3"))
    copy = returned(original, tmp_path / "out")
    sheet: Any = openpyxl.load_workbook(copy)["任务清单"]
    assert (sheet["H4"].value, sheet["I5"].value, sheet["J3"].value) == ("局长已阅", "旁注", COLUMN["zh"])
    assert said(check(copy)) == said(check(original))


def test_where_no_column_is_free_the_first_sheet_says_so(tmp_path: Path) -> None:
    rows = [list(SIX), task(1, "北渠排口没有截污", deadline="尽快")]
    original = by_openpyxl(tmp_path / "a.xlsx", layout(rows, ["A3:XFD3"]))
    patch(original, {"xl/worksheets/sheet1.xml": lambda part: part.replace(b'ref="A3:XFD3"', b'ref="G2:XFD2"')})
    copy = returned(original, tmp_path / "out")
    words = [cell.value for row in openpyxl.load_workbook(copy).worksheets[0].iter_rows() for cell in row]
    assert any("没有空列" in str(word) for word in words)
    assert facts(copy).fills["F2"] == FILLS["error"]


def test_two_lists_on_one_sheet_share_the_column(tmp_path: Path) -> None:
    rows = [
        list(SIX), task(1, "北渠排口没有截污", deadline="尽快"), [], ["第二批整改任务清单"], [],
        ["整改时限", "责任单位", "责任领导", "整改措施", "存在问题", "编号", "备注"],
        ["适时", "市农业局", "钟离岳 副市长", "拆解", "南湖船只没有拆解", 1, "缓办"],
    ]  # fmt: skip
    original = by_openpyxl(tmp_path / "a.xlsx", layout(rows))
    copy = returned(original, tmp_path / "out")
    sheet: Any = openpyxl.load_workbook(copy)["任务清单"]
    headings = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == COLUMN["zh"]]
    assert headings == ["H1", "H6"]
    assert sheet.auto_filter.ref is None
    assert said(check(copy)) == said(check(original))
    assert parts(returned(copy, tmp_path / "again")) == parts(copy)


def test_lists_on_two_sheets_are_both_marked(tmp_path: Path) -> None:
    rows = [list(SIX), task(1, "北渠排口没有截污", deadline="尽快")]
    original = by_openpyxl(tmp_path / "a.xlsx", layout(rows), layout(rows, sheet="第二张", first="A3"))
    copy = returned(original, tmp_path / "out")
    assert facts(copy).fills == {"F2": FILLS["error"]} | {k: v for k, v in facts(copy).fills.items() if k != "F2"}
    assert facts(copy, "第二张").fills["F4"] == FILLS["error"]
    assert parts(returned(copy, tmp_path / "again")) == parts(copy)


def test_sheets_of_one_name_are_not_marked_and_that_is_said(tmp_path: Path) -> None:
    rows = [list(SIX), task(1, "北渠排口没有截污", deadline="尽快")]
    original = by_openpyxl(tmp_path / "a.xlsx", layout(rows), layout(rows, sheet="另一张"))
    patch(original, {"xl/workbook.xml": lambda part: part.replace("另一张".encode(), "任务清单".encode())})
    copy = returned(original, tmp_path / "out")
    grid = read_xlsx(copy)
    assert [sheet.name for sheet in grid.sheets] == [SHEET["zh"], "任务清单", "任务清单"]
    assert any("重名" in str(value) for cells in grid.sheets[0].cells.values() for value in cells.values())
    assert corrected(original, tmp_path / "fixed").changes == ()


def test_a_package_that_cannot_be_edited_is_made_anew_and_that_is_said(tmp_path: Path) -> None:
    original = package(
        tmp_path / "a.xlsx", sheet_xml(header_xml() + BAD),
        parts=WITH_DTD,
    )  # fmt: skip
    copy = returned(original, tmp_path / "out")
    words = [str(cell.value) for row in openpyxl.load_workbook(copy).worksheets[0].iter_rows() for cell in row]
    assert any("DTD" in word and "另存为 .xlsx" in word for word in words)
    assert said(check(copy)) == said(check(original))
    fixable = package(
        tmp_path / "b.xlsx", sheet_xml(header_xml() + BAD.replace("市水务局", "市水务局 ")),
        parts=WITH_DTD,
    )  # fmt: skip
    assert [one.cell for one in corrected(fixable, tmp_path / "fixed").changes] == ["E2"]


def test_a_package_too_large_to_copy_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = package(tmp_path / "a.xlsx", sheet_xml(header_xml() + BAD))
    monkeypatch.setattr("rectify_xl.ooxml.package._LARGEST_PACKAGE", 10)
    copy = returned(original, tmp_path / "out")
    assert "过大" in "".join(str(value) for cells in read_xlsx(copy).sheets[0].cells.values() for value in cells.values())


def test_the_choice_of_a_chart_sheet_is_taken_back(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("任务清单")
    sheet.write_row("A1", SIX)
    sheet.write_row("A2", task(1, "北渠排口没有截污", deadline="尽快"))
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=任务清单!$A$2:$A$2"})
    page = book.add_chartsheet("图")
    page.set_chart(chart)
    page.activate()
    book.close()
    after = parts(returned(tmp_path / "a.xlsx", tmp_path / "out"))
    assert b"tabSelected" in parts(tmp_path / "a.xlsx")["xl/chartsheets/sheet1.xml"]
    assert b"tabSelected" not in after["xl/chartsheets/sheet1.xml"]
    assert after["xl/charts/chart1.xml"] == parts(tmp_path / "a.xlsx")["xl/charts/chart1.xml"]


def test_our_column_leaves_a_filter_of_other_cells_alone(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"deadline": "尽快"}], unit="市水务局")
    book: Any = openpyxl.load_workbook(original)
    book.active.auto_filter.ref = "A20:C30"
    book.active.print_area = ["A1:H4", "A20:C30"]
    book.save(original)
    copy = returned(original, tmp_path / "out")
    sheet: Any = openpyxl.load_workbook(copy)["任务清单"]
    assert sheet.auto_filter.ref == "A20:C30"
    assert sheet.print_area == "'任务清单'!$A$1:$I$4,'任务清单'!$A$20:$C$30"
    root = Document(parts(copy)["xl/worksheets/sheet1.xml"]).root
    assert root.find("autoFilter") is not None


@pytest.mark.parametrize("criterion", [True, False])
def test_a_filter_in_use_is_shortened_and_not_taken_away(tmp_path: Path, *, criterion: bool) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"deadline": "尽快"}], unit="市水务局")
    first = returned(original, tmp_path / "one")
    book: Any = openpyxl.load_workbook(first)
    assert book["任务清单"].auto_filter.ref == "A3:I4"
    if criterion:
        book["任务清单"].auto_filter.add_filter_column(0, ["1"])
    book["任务清单"].auto_filter.add_filter_column(8, ["x"])
    book["任务清单"]["F4"].value = "2026年12月31日前"
    book.save(first)
    sheet: Any = openpyxl.load_workbook(returned(first, tmp_path / "two"))["任务清单"]
    assert sheet.auto_filter.ref == ("A3:H4" if criterion else None)
    assert [one.colId for one in sheet.auto_filter.filterColumn] == ([0] if criterion else [])


def test_a_locked_sheet_gets_no_filter_that_could_not_be_used(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"deadline": "尽快"}], unit="市水务局")
    book: Any = openpyxl.load_workbook(original)
    book.active.protection.sheet = True
    book.save(original)
    sheet: Any = openpyxl.load_workbook(returned(original, tmp_path / "out"))["任务清单"]
    assert sheet.auto_filter.ref is None
    assert sheet["I3"].value == COLUMN["zh"]
    assert sheet.protection.sheet
