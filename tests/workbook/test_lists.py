from __future__ import annotations

import gc
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from rectify_xl.campaign.settings import Campaign
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.provenance.stamp import MASTER
from rectify_xl.workbook import _without_collection, lists
from rectify_xl.workbook.lists import RowLinks, Setting, write_list
from rectify_xl.workbook.new_workbook import NewWorkbook

SETTING = Setting("zh", date(2026, 11, 21), "", "汇总")
COLUMNS = (Column("编号", width=8), Column("问题", "long_text", 30), Column("数", "number", 8))


def written(rows: tuple[tuple[Any, ...], ...], *links: RowLinks, **given: Any) -> Any:
    package = NewWorkbook(MASTER, Campaign(), SETTING)
    package.add_sheet("汇总", "#000000").put(0, 0, None, package.theme["line"])
    sheet = package.add_sheet("表", "#000000")
    content = ListSheet(**{"name": "表", "title": "标题", "columns": COLUMNS, "rows": rows, "empty": "没有。"} | given)
    write_list(sheet, content, SETTING, links)
    return openpyxl.load_workbook(BytesIO(package.close()))["表"]


def test_booleans_and_numbers_are_not_mixed_up() -> None:
    sheet = written((("1", "甲", 1), ("2", "乙", True), ("3", "丙", 1.0), ("4", "", False), ("5", "丁", 1)))
    assert [cell.value for cell in sheet["C"][3:]] == [1, "TRUE", 1, "FALSE", 1]
    assert sheet["B7"].value is None


def test_a_moment_keeps_its_hour() -> None:
    moment = datetime(2026, 5, 4, 8, 30)  # noqa: DTZ001 - cells have no zone
    sheet = written((("1", moment, 1), ("2", date(2026, 5, 4), 2)))
    assert [cell.value for cell in sheet["B"][3:]] == [moment, datetime(2026, 5, 4)]  # noqa: DTZ001
    assert [cell.number_format for cell in sheet["B"][3:]] == ["yyyy-mm-dd hh:mm", "yyyy-mm-dd"]


def test_short_texts_stand_in_the_middle_and_long_ones_on_the_left() -> None:
    many = "\n".join("甲乙丙")
    sheet = written((("1", "甲", "短"), ("2", "乙", many)), columns=(*COLUMNS[:2], Column("单位", width=20)))
    assert sheet["A4"].alignment.horizontal == "center"
    assert sheet["B4"].alignment.horizontal == "left"
    assert sheet["C4"].alignment.horizontal == "left"
    assert sheet.row_dimensions[5].height > sheet.row_dimensions[4].height


def test_a_link_goes_to_the_first_cell_that_holds_something() -> None:
    rows = (("1", "甲", 1), (None, "乙", 2), (None, None, 3), ("长" * 300, "丁", 4))
    sheet = written(rows, RowLinks("汇总", (0, 1), {0: "A1", 1: "A2", 2: "A3", 3: "A4"}))
    links = {cell.coordinate: cell.hyperlink.location for row in sheet.iter_rows(min_row=4) for cell in row if cell.hyperlink}
    assert links == {"A4": "'汇总'!A1", "B5": "'汇总'!A2", "A7": "'汇总'!A4"}
    assert sheet["B5"].font.underline == "single"
    assert sheet["B4"].font.underline is None


def test_one_row_may_lead_to_two_places() -> None:
    rows = (("1", "甲", 1), ("2", "=乙", 2))
    sheet = written(rows, RowLinks("汇总", (0,), {0: "A1", 1: "A2"}), RowLinks("表", (1,), {1: "A9"}))
    links = {cell.coordinate: cell.hyperlink.location for row in sheet.iter_rows(min_row=4) for cell in row if cell.hyperlink}
    assert links == {"A4": "'汇总'!A1", "A5": "'汇总'!A2", "B5": "'表'!A9"}
    assert sheet["B5"].quotePrefix


def test_no_more_links_than_excel_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MAX_LINKS", 2)
    rows = tuple((str(at), "甲", at) for at in range(4))
    sheet = written(rows, RowLinks("汇总", (0,), dict.fromkeys(range(4), "A1")))
    assert [bool(sheet.cell(row, 1).hyperlink) for row in range(4, 8)] == [True, True, False, False]


def test_more_rows_than_excel_has_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MAX_ROWS", 5)
    sheet = written((("1", "甲", 1), ("2", "乙", 2), ("3", "丙", 3)))
    assert sheet.max_row == 5
    assert "共3条" in sheet["B2"].value
    assert "只列出前2条" in sheet["B2"].value


def test_a_note_stands_in_the_second_row_of_a_filled_list() -> None:
    assert "说明" in written((("1", "甲", 1),), note="说明")["B2"].value
    assert "说明" not in written((), note="说明")["B2"].value


def test_a_column_widens_before_its_rows_grow_too_tall() -> None:
    tall = written((("1", "长" * 300, 1),))
    assert tall.column_dimensions["B"].width > 32
    assert tall.row_dimensions[4].height < 330
    taller = written((("1", "长" * 700, 1),))
    assert taller.column_dimensions["B"].width > 60
    assert 330 < taller.row_dimensions[4].height < 409
    hopeless = written((("1", "长" * 3000, 1), ("2", "短", 2)))
    assert hopeless.column_dimensions["B"].width < 32
    assert hopeless.row_dimensions[4].height > 408
    assert "有1格内容过长" in hopeless["B2"].value
    assert hopeless["B4"].alignment.vertical == "top"


def test_an_empty_list_is_as_wide_as_a_filled_one() -> None:
    empty = written(())
    assert empty.column_dimensions["B"].width > 30
    assert "没有。" in empty["B2"].value


def test_words_with_a_symbol_are_explained() -> None:
    columns = (*COLUMNS[:2], Column("预警", "flag", 10))
    sheet = written((("1", "甲", "逾期"),), columns=columns)
    assert "●逾期  ◎逾期（存疑）  ▲即将到期  ■正常  ◆逾期完成  ○无明确时限" in sheet["B2"].value
    assert sheet["C4"].value == "逾期"
    shown = {
        rule.formula[0].strip('"'): rule.dxf.numFmt.formatCode
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.type == "cellIs"
    }
    assert shown["逾期"] == '"● "@'
    assert shown["overdue"] == '"● "@'
    assert (shown["逾期（存疑）"], shown["overdue (in doubt)"]) == ('"◎ "@', '"◎ "@')
    assert len(set(shown.values())) == 6


def test_a_group_begins_with_a_line_and_no_rule_hides_a_colour() -> None:
    sheet = written((("1", "甲", 1), ("2", "甲", 2), ("3", "乙", 3)), group=1)
    rules = {str(area.sqref): [rule.formula[0] for rule in area.rules] for area in sheet.conditional_formatting}
    assert rules["B4:B6"] == ["$B4<>$B3"]
    assert rules["A4:C6"] == ["$B4<>$B3", "TRUE"]
    assert not any(rule.dxf.fill for area in sheet.conditional_formatting for rule in area.rules)
    assert not any(sheet.row_dimensions[row].outlineLevel for row in range(4, 7))


def test_a_very_wide_list_is_printed_on_two_pages_side_by_side() -> None:
    columns = tuple(Column(f"列{at}", "long_text", 40) for at in range(12))
    sheet = written((tuple("长" * 30 for _ in columns),), columns=columns)
    assert sheet.page_setup.fitToWidth == 2
    assert sheet.print_title_cols == "$A:$B"
    # The title is no wider than the columns that both pages show.
    assert {str(area) for area in sheet.merged_cells.ranges if area.min_row == 1} == {"A1:B1"}
    assert written((("1", "甲", 1),)).page_setup.fitToWidth in (None, 1)


@pytest.mark.parametrize("was_on", [True, False])
def test_garbage_collection_is_as_before(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        with _without_collection():
            assert not gc.isenabled()
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
