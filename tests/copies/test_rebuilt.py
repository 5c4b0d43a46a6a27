"""Copies of .xls, .ods and .xlsb: everything the reader sees is carried over, and what is not is said."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.common.unreadable import CellError
from rectify_xl.copies.editing.rebuilding import excel_name, rebuilt_package
from rectify_xl.copies.requests import Original, TablePlace
from rectify_xl.intake.grid import Merge, Sheet, Workbook
from rectify_xl.intake.readers.xlsx_package import read_xlsx
from rectify_xl.ooxml.styles import Styles
from rectify_xl.provenance.remarks import COLUMN, FILLS, SHEET
from tests.copies.books import check, corrected, facts, returned, said
from tests.support.office import convert, needs_office
from tests.support.workbooks import HEADINGS, by_openpyxl, layout, task

if TYPE_CHECKING:
    from pathlib import Path

MOMENT, DAY = datetime(2026, 11, 20, 8), datetime(2026, 8, 31)  # noqa: DTZ001 - a cell's date has no zone


def grid(**options: Any) -> Workbook:
    """A workbook as the intake hands it over."""
    cells: dict[int, dict[int, Any]] = defaultdict(dict)
    for row, values in enumerate((["整改任务清单"], list(HEADINGS), task(1, "北渠排口没有截污"), task(2, "南湖船只")), 1):
        for column, value in enumerate(values, 1):
            cells[row][column] = value
    sheet = Sheet("任务清单", cells, [Merge(1, 1, 1, 6), Merge(3, 4, 4, 4)], {4})
    return Workbook([sheet], MOMENT, **options)


def rebuilt(monkeypatch: pytest.MonkeyPatch, workbook: Workbook, path: Path) -> Any:
    monkeypatch.setattr("rectify_xl.copies.editing.rebuilding.read_workbook", lambda _: workbook)
    table = TablePlace("任务清单", 2, (1,), ())
    package, _, _ = rebuilt_package(Original("a.xls", "", "a.xls", accepted=True, tables=(table,)), "zh")
    package.save(path)
    return openpyxl.load_workbook(path)


def test_values_merges_hidden_rows_and_properties_are_carried_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = grid(properties={"经办": "王五", "rectify_xl.unit": "市水务局", "Rectify_XL.returned_to": "市教育局"})
    book = rebuilt(monkeypatch, workbook, tmp_path / "a.xlsx")
    sheet = book["任务清单"]
    assert [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()] == [
        list(cells.values()) if row != 4 else [value for column, value in cells.items() if column != 4]
        for row, cells in workbook.sheets[0].cells.items()
    ]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:F1", "D3:D4"}
    assert sheet.row_dimensions[4].hidden
    assert sheet["D4"].border.left.style == "thin"
    assert sheet["A2"].font.b
    assert book.properties.modified == MOMENT
    assert {one.name: one.value for one in book.custom_doc_props.props} == {"经办": "王五"}
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width


def test_known_widths_are_kept_and_kinds_of_values_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = grid()
    cells = workbook.sheets[0].cells
    cells[3].update({7: date(2026, 8, 31), 8: 0.5, 9: CellError("#N/A"), 10: True})
    workbook.sheets[0].widths = {2: 33.5, 7: 8.43}
    hidden = Sheet("x" * 40 + ":?", defaultdict(dict, {1: {1: "已完成"}}), visible=False)
    workbook.sheets.append(hidden)
    book = rebuilt(monkeypatch, workbook, tmp_path / "a.xlsx")
    sheet = book["任务清单"]
    assert [sheet.cell(3, column).value for column in range(7, 11)] == [DAY, 0.5, "#N/A", True]
    assert sheet.column_dimensions["B"].width == 33.5
    assert sheet.column_dimensions["G"].width >= len("2026-08-31") + 1  # else it shows as ####
    assert book.sheetnames == ["任务清单", "x" * 31]
    assert book.worksheets[1].sheet_state == "hidden"


def test_merged_ranges_that_overlap_are_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = grid()
    workbook.sheets[0].merges += [Merge(1, 5, 2, 7), Merge(3, 1, 3, 1), Merge(900, 1, 901, 2)]
    sheet = rebuilt(monkeypatch, workbook, tmp_path / "a.xlsx")["任务清单"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:F1", "D3:D4"}


def test_two_names_that_become_one_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = grid()
    workbook.sheets += [Sheet(name, defaultdict(dict, {1: {1: name}})) for name in ("长" * 40, "长" * 50, "a", "a")]
    monkeypatch.setattr("rectify_xl.copies.editing.rebuilding.read_workbook", lambda _: workbook)
    package, names, _ = rebuilt_package(Original("a.xls", "", "a.xls", accepted=True), "zh")
    package.save(tmp_path / "a.xlsx")
    book: Any = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert {name: book[new]["A1"].value for name, new in names.items() if new} == {
        "任务清单": "整改任务清单", "长" * 40: "长" * 40, "长" * 50: "长" * 50,
    }  # fmt: skip
    assert names["a"] is None


def test_merged_ranges_end_with_the_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = grid()
    workbook.sheets[0].merges = [Merge(1, 1, 9_999_999, 99_999), Merge(3, 7, 4, 7)]
    monkeypatch.setattr("rectify_xl.copies.editing.rebuilding.read_workbook", lambda _: workbook)
    package, _, _ = rebuilt_package(Original("a.ods", "", "a.ods", accepted=True), "zh")
    assert b'<mergeCell ref="A1:XFD1048576"/>' in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("清单", "清单"), ("a/b:c", "a_b_c"), ("'q'", "_q_"), ("", "Sheet"), ("a\x07b\ud800", "a_b_"), ("𠮷" * 20, "𠮷" * 15),
        ("a" * 30 + "'b", "a" * 30 + "_"),
    ],
)  # fmt: skip
def test_sheet_names_become_such_as_excel_takes(name: str, taken: str) -> None:
    assert excel_name(name) == taken


@needs_office
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_list_of_another_format_comes_back_as_xlsx_and_says_so(tmp_path: Path, suffix: str) -> None:
    rows = [["澄湖市整改任务清单"], [*HEADINGS, "整改状态"]]
    rows += [[*task(1, "北渠排口没有截污", deadline="尽快"), "整改中"], [*task(2, "南湖船只", leader=" 柳青禾 副局长"), "整改中"]]
    source = by_openpyxl(tmp_path / "市水务局.xlsx", layout(rows, ["A1:G1"], hidden=[4]))
    (original,) = convert([source], suffix, tmp_path / "in")
    copy = returned(original, tmp_path / "out")
    assert copy.name == "市水务局.xlsx"
    assert said(check(copy)) == said(check(original))
    book: Any = openpyxl.load_workbook(copy)
    assert book.sheetnames == [SHEET["zh"], "任务清单"]
    assert any(f".{suffix} 格式" in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    assert book["任务清单"]["H2"].value == COLUMN["zh"]
    assert facts(copy).fills["F3"] == FILLS["error"]
    assert facts(copy).merges == {"A1:G1"}
    assert "【错误】" in facts(copy).comments["F3"][1]
    fixed = corrected(original, tmp_path / "fixed")
    assert [(one.cell, one.shown) for one in fixed.changes] == [("D4", "柳青禾 副局长")]
    assert fixed.copies[0].path.name == "市水务局.xlsx"
    assert f".{suffix}" in fixed.copies[0].notes[0]
    assert "untrimmed-text" not in [one.slug for one in check(fixed.copies[0].path).findings]


@needs_office
def test_copies_open_in_libreoffice_and_marks_survive_its_saving(tmp_path: Path) -> None:
    from tests.copies.books import rich

    original = rich(tmp_path / "市水务局.xlsx")
    copy = returned(original, tmp_path / "out")
    (saved,) = convert([copy], "xlsx", tmp_path / "saved")
    before, after = read_xlsx(copy), read_xlsx(saved)
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert {row: cells for row, cells in new.cells.items() if cells} == {
            row: cells for row, cells in old.cells.items() if cells
        }
    # It calls an author by a blank.
    assert {at: text for at, (_, text) in facts(saved).comments.items()} == {
        at: text for at, (_, text) in facts(copy).comments.items()
    }
    assert said(check(saved)) == said(check(original))

    again = returned(saved, tmp_path / "again")
    assert facts(again).fills == facts(copy).fills
    assert {at: text for at, (_, text) in facts(again).comments.items()} == {
        at: text for at, (_, text) in facts(copy).comments.items()
    }
    sheet: Any = openpyxl.load_workbook(again)["任务清单"]
    assert [cell.value for cell in sheet[3]].count(COLUMN["zh"]) == 1
    assert sheet.auto_filter.ref == "A3:K7"
    plain = corrected(saved, tmp_path / "plain").copies[0].path
    assert facts(plain).fills == facts(original).fills
    assert facts(plain).comments.keys() == facts(original).comments.keys()


@needs_office
@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_marks_are_known_in_other_formats_too(tmp_path: Path, suffix: str) -> None:
    rows = [list(HEADINGS), task(1, "北渠排口没有截污", deadline="尽快")]
    original = by_openpyxl(tmp_path / "市水务局.xlsx", layout(rows))
    (saved,) = convert([returned(original, tmp_path / "out")], suffix, tmp_path / "saved")
    assert said(check(saved)) == said(check(original))
    sheet: Any = openpyxl.load_workbook(returned(saved, tmp_path / "again"))["任务清单"]
    assert [cell.value for cell in sheet[1]].count(COLUMN["zh"]) == 1


def test_a_new_stylesheet_is_read_without_complaint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuilt(monkeypatch, grid(), tmp_path / "a.xlsx")
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        styles = archive.read("xl/styles.xml")
    assert Styles(styles, font="宋体").join() == styles
