"""What the office did in its master is there again after summarize: by openpyxl's eyes, edits made with openpyxl."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

import rectify_xl as rx
from rectify_xl import workbook
from rectify_xl.campaign.settings import Unit
from rectify_xl.keeping import marks
from rectify_xl.workbook import NotKeptError, write_master
from rectify_xl.workbook.fingerprint import holds_work, is_as_written
from tests.keeping.office_edits import GREEN, RED, YELLOW, add_own_sheet, again, comments, edit, work_in_ours
from tests.support.workbooks import patch
from tests.workbook.conftest import AS_OF, CAMPAIGN, WATER, WOODS, build

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.slow


def rewritten(path: Path, day: date = AS_OF, **given: Any) -> Any:
    write_master(again(path, day), path, **given)
    return openpyxl.load_workbook(path)


def test_an_untouched_master_is_known_by_its_digest(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_as_written(path.read_bytes())
    assert not holds_work(path.read_bytes())
    monkeypatch.setattr(workbook, "holds_work", lambda content: holds_work(content) and pytest.fail("looked for work"))
    before = path.read_bytes()
    rewritten(path)
    assert path.read_bytes() == before


def test_a_save_without_a_change_is_no_work(path: Path) -> None:
    before = path.read_bytes()
    edit(path)
    assert not is_as_written(path.read_bytes())
    rewritten(path)
    assert path.read_bytes() == before


def test_a_sheet_of_its_own_stays_where_it_stood_with_all_that_is_on_it(path: Path) -> None:
    edit(path, add_own_sheet)
    book = rewritten(path)
    assert book.sheetnames[:4] == ["汇总", "总台账", "领导批示", "分单位填报"]
    sheet = book["领导批示"]
    assert (sheet["A1"].value, sheet["A1"].font.name, sheet["A1"].font.sz, sheet["A1"].font.color.rgb) == (
        "副市长批示：抓紧", "黑体", 16, "FFC00000",
    )  # fmt: skip
    assert [sheet["A3"].value, sheet["B3"].value] == ["任务数", "=COUNTA(总台账!A4:A100)"]
    assert sheet["C3"].number_format == '0.00"万元"'
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:D1"]
    assert sheet.column_dimensions["A"].width == 33
    assert comments(sheet) == {"A3": "只数一级任务"}
    assert (len(sheet._charts), len(sheet._images)) == (1, 1)
    (rules,) = [entry.rules for entry in sheet.conditional_formatting]
    assert rules[0].dxf.fill.bgColor.rgb == GREEN


def test_work_in_our_sheets_is_there_again(path: Path) -> None:
    edit(path, work_in_ours)
    book = rewritten(path)
    ledger, overdue = book["总台账"], book["逾期"]
    assert ledger["C4"].fill.fgColor.rgb == YELLOW
    assert (ledger["C5"].font.color.rgb, ledger["C5"].font.b) == (RED, True)
    assert ledger["C6"].fill.fill_type is None
    assert comments(ledger) == {"C4": "12月10日前办结", "A3": "编号勿改"}
    assert (ledger.column_dimensions["L"].width, ledger.column_dimensions["G"].hidden) == (60, True)
    assert ledger.row_dimensions[5].height == 120
    assert (ledger.sheet_view.zoomScale, ledger.freeze_panes, ledger.sheet_properties.tabColor.rgb) == (70, "D4", "FF7030A0")
    last = ledger.max_column
    assert [ledger.cell(row, last).value for row in (3, 4, 5)] == ["分管处", "督查处", None]
    assert [overdue.cell(row, overdue.max_column).value for row in (3, 4)] == ["催办", "已电话催办"]
    assert (overdue["B4"].fill.fgColor.rgb, comments(overdue)) == ("FFFFC000", {"B4": "盯紧"})
    assert (book["汇总"]["Z2"].value, len(book["汇总"]._images), len(book["汇总"]._charts)) == ("办内自用", 1, 4)


def test_the_same_day_gives_the_same_bytes_and_another_day_loses_nothing(path: Path) -> None:
    edit(path, add_own_sheet, work_in_ours)
    rewritten(path)
    once = path.read_bytes()
    assert is_as_written(once)
    assert holds_work(once)
    rewritten(path)
    assert path.read_bytes() == once
    book = rewritten(path, AS_OF + timedelta(1))
    assert book["总台账"]["C4"].fill.fgColor.rgb == YELLOW
    assert comments(book["总台账"]) == {"C4": "12月10日前办结", "A3": "编号勿改"}
    assert len(book["领导批示"]._charts) == 1


def test_it_follows_its_task_when_rows_come_and_move(tmp_path: Path, path: Path) -> None:
    edit(path, work_in_ours)
    old = again(path)
    more = build({"水务.xlsx": WATER, "林业.xlsx": (*WOODS, {**WOODS[1], "task_id": "9", "problem": "南岭病木"})})
    moved = replace(old, tasks=(more.tasks[-1].__class__, *old.tasks)[1:][::-1])
    write_master(moved, tmp_path / "新.xlsx")
    ledger = openpyxl.load_workbook(tmp_path / "新.xlsx")["总台账"]
    where = {ledger.cell(row, 1).value: row for row in range(4, 8)}
    assert ledger.cell(where["1"], 3).fill.fgColor.rgb == YELLOW
    assert ledger.cell(where["2"], 3).font.color.rgb == RED
    assert comments(ledger)[f"C{where['1']}"] == "12月10日前办结"


def test_a_note_whose_row_has_left_the_list_is_not_lost(path: Path) -> None:
    edit(path, work_in_ours)

    def close(book: Any) -> None:
        ledger = book["总台账"]
        heads = {cell.value: cell.column for cell in ledger[3]}
        ledger.cell(4, heads["整改状态"]).value = "已完成"

    edit(path, close)
    book = rewritten(path)
    assert book["逾期"].max_row == 3
    changes = [[cell.value for cell in row] for row in book["变更记录"].iter_rows(min_row=4)]
    assert any("逾期·催办" in row and "已电话催办" in row for row in changes)
    assert comments(book["总台账"])["C4"] == "12月10日前办结\n盯紧"
    assert "催办" in [cell.value for cell in book["逾期"][3]]
    before = path.read_bytes()
    rewritten(path)
    assert path.read_bytes() == before


def test_filters_keep_their_criteria_and_rows_are_left_out_by_them(path: Path) -> None:
    def filtered(book: Any) -> None:
        ledger = book["总台账"]
        at = {cell.value: cell.column for cell in ledger[3]}["整改状态"]
        ledger.auto_filter.add_filter_column(at - 1, ["整改中"])
        for row in range(4, 8):
            ledger.row_dimensions[row].hidden = ledger.cell(row, at).value != "整改中"
        ledger.row_dimensions[4].hidden = True  # by hand

    edit(path, filtered)
    ledger = rewritten(path)["总台账"]
    (column,) = ledger.auto_filter.filterColumn
    assert column.filters.filter == ["整改中"]
    assert [ledger.row_dimensions[row].hidden for row in range(4, 8)] == [True, False, True, True]


def test_dropdowns_conditions_links_and_frames(path: Path) -> None:
    def marked(book: Any) -> None:
        ledger = book["总台账"]
        choices = DataValidation("list", '"高,低"')
        choices.add("D4:D7")
        ledger.add_data_validation(choices)
        ledger.conditional_formatting.add("A4:C7", FormulaRule(['$A4="2"'], fill=PatternFill(bgColor=GREEN)))
        ledger["D5"].hyperlink = "https://example.org/a?b=1&c=2"
        ledger["D5"].border = Border(top=Side("double", "FF0000FF"))
        ledger.page_setup.orientation = "portrait"

    edit(path, marked)
    ledger = rewritten(path)["总台账"]
    assert [(str(one.sqref), one.formula1) for one in ledger.data_validations.dataValidation] == [("D4:D7", '"高,低"')]
    (own,) = [rule for entry in ledger.conditional_formatting for rule in entry.rules if rule.formula == ['$A4="2"']]
    assert (own.dxf.fill.bgColor.rgb, own.priority) == (GREEN, 1)
    assert ledger["D5"].hyperlink.target == "https://example.org/a?b=1&c=2"
    assert (ledger["D5"].border.top.style, ledger["D5"].border.left.style) == ("double", None)
    assert ledger.page_setup.orientation == "portrait"


def test_formulas_in_added_columns_and_cells_beside_the_list(path: Path) -> None:
    def typed(book: Any) -> None:
        ledger = book["总台账"]
        column = ledger.max_column + 1
        letter = openpyxl.utils.get_column_letter(column)
        ledger.cell(3, column, "编号加一")
        ledger.cell(4, column, '=A4&"-"&汇总!$A$1&LEN(C4)')
        ledger[f"{letter}9"] = "此表由督查处核对"
        ledger.cell(5, column + 2, 42)

    edit(path, typed)
    ledger = rewritten(path)["总台账"]
    last = {cell.value: cell.column for cell in ledger[3]}["编号加一"]
    assert ledger.cell(4, last).value == '=A4&"-"&汇总!$A$1&LEN(C4)'
    assert ledger.cell(9, last).value == "此表由督查处核对"
    assert ledger.cell(5, last + 2).value == 42


def test_what_cannot_be_kept_is_named_before_anything_is_written(path: Path) -> None:
    def merged(book: Any) -> None:
        book["总台账"].merge_cells("B4:B5")

    edit(path, merged)
    before = path.read_bytes()
    with pytest.raises(NotKeptError, match=r"“总台账”B4:B5 的合并单元格") as caught:
        write_master(again(path), path)
    assert [one.zh for one in caught.value.lost] == ["“总台账”B4:B5 的合并单元格"]
    assert path.read_bytes() == before
    assert write_master(again(path), path, drop=True)
    assert "B4:B5" not in str(openpyxl.load_workbook(path)["总台账"].merged_cells)


def test_what_stands_there_a_thousand_times_is_named_once_and_of_many_things_the_first(path: Path) -> None:
    areas = ["B4:C4"] * 1_000 + [f"B4:{letter}5" for letter in "CDEFGHIJKLMN"]
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in areas).encode()
    patch(path, {"xl/worksheets/sheet2.xml": lambda old: old.replace(b"</mergeCells>", merges + b"</mergeCells>", 1)})
    with pytest.raises(NotKeptError) as caught:
        write_master(again(path), path)
    lost = [one.zh for one in caught.value.lost]
    assert lost == [f"“总台账”{area} 的合并单元格" for area in dict.fromkeys(areas)]
    many = NotKeptError.of(caught.value.lost * 5, path)
    assert len(str(many).splitlines()) == 1 + 40 + 1 + 1
    assert "\n  ……另有 25 处\n" in str(many)


@pytest.mark.parametrize("name", ["汇总", "总台账"])
def test_conditions_and_checks_without_number_are_counted(path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "_MOST", 40)

    def many(book: Any) -> None:
        for row in range(4, 60):
            book[name].conditional_formatting.add(f"B{row}", FormulaRule(["1=1"], fill=PatternFill(bgColor=GREEN)))
            check = DataValidation(type="list", formula1=f'"甲,乙{row}"')
            check.add(f"B{row}")
            book[name].add_data_validation(check)

    edit(path, many)
    with pytest.raises(NotKeptError) as caught:
        write_master(again(path), path)
    lost = [re.sub(r"\d\d+", "n", one.zh) for one in caught.value.lost]
    assert lost == [f"“{name}”中的 n 条{what}（最多 n 条）" for what in ("条件格式", "数据有效性")]


def test_a_touched_target_is_not_overwritten_by_what_goes_on_from_another(tmp_path: Path, path: Path) -> None:
    other = tmp_path / "另一份.xlsx"
    other.write_bytes(path.read_bytes())
    edit(other, add_own_sheet)
    with pytest.raises(NotKeptError, match=r"另一份\.xlsx 中整改办的改动"):
        write_master(again(path, AS_OF + timedelta(1)), other)


def test_sheets_of_ours_stay_hidden_and_in_the_offices_order(path: Path) -> None:
    def ordered(book: Any) -> None:
        book["按领导"].sheet_state = "hidden"
        book.move_sheet("逾期", -3)
        book["未报送"]["A4"].comment = Comment("已电话", "办")
        book.create_sheet("附件", 0).sheet_state = "hidden"

    edit(path, ordered)
    book = rewritten(path)
    assert book.sheetnames[:4] == ["附件", "汇总", "总台账", "逾期"]
    assert [book[name].sheet_state for name in ("附件", "按领导", "按单位")] == ["hidden", "hidden", "visible"]
    assert comments(book["未报送"]) == {"A4": "已电话"}
    assert book.active.title == "汇总"


def test_in_another_language_the_work_stays(path: Path) -> None:
    edit(path, add_own_sheet, work_in_ours)
    write_master(again(path), path, lang="en")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:4] == ["Overview", "Ledger", "领导批示", "Reports"]
    assert (book["Ledger"]["C4"].fill.fgColor.rgb, comments(book["Ledger"])["A3"]) == (YELLOW, "编号勿改")


def test_struck_out_cells_stay_and_stay_struck_out(path: Path) -> None:
    def strike(book: Any) -> None:
        book["总台账"]["E4"].font = Font(name="仿宋", size=10, strike=True)

    edit(path, strike)
    cell = rewritten(path)["总台账"]["E4"]
    assert (cell.value, cell.font.strike) == ("敷设截污管", True)


def test_columns_stay_where_the_office_has_put_them(path: Path) -> None:
    def inserted(book: Any) -> None:
        for name, at in (("总台账", 5), ("分单位填报", 2), ("逾期", 3)):
            sheet = book[name]
            sheet.insert_cols(at)
            sheet.cell(3, at, "督办意见")
            sheet.cell(4, at, "每周一报")

    edit(path, inserted)
    before = [[cell.value for cell in openpyxl.load_workbook(path)[name][3]] for name in ("总台账", "分单位填报", "逾期")]
    book = rewritten(path)
    for name, at, headings in zip(("总台账", "分单位填报", "逾期"), (5, 2, 3), before, strict=True):
        assert [cell.value for cell in book[name][3]][: len(headings)] == headings
        assert book[name].cell(4, at).value == "每周一报"
    rewritten(path)  # openpyxl leaves the widths where they were
    once = path.read_bytes()
    rewritten(path)
    assert path.read_bytes() == once


def test_figures_of_units_that_have_left_the_roster_are_no_work_of_the_office(tmp_path: Path) -> None:
    units = [Unit(str(at), name) for at, name in enumerate(("市水务局", "市林业局", "北山县"), 1)]
    path = tmp_path / "总台账.xlsx"
    write_master(build(units=tuple(units)), path)

    def typed(book: Any) -> None:
        book["总台账"]["C5"].fill = PatternFill("solid", fgColor=YELLOW)
        book["汇总"]["AE40"] = "另行通报"

    edit(path, typed)
    fewer = replace(CAMPAIGN, units=(units[2], replace(units[0], aliases=("市林业局",))))
    write_master(rx.read_master(path, campaign=fewer), path)
    book = openpyxl.load_workbook(path)
    assert (book["总台账"]["C5"].fill.fgColor.rgb, book["汇总"]["AE40"].value) == (YELLOW, "另行通报")
    assert [book["汇总"][f"AE{row}"].value for row in (11, 12, 13)] == ["市水务局", "市规划局", None]
