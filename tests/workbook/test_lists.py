from __future__ import annotations

import gc
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from rectify_xl.campaign import Campaign
from rectify_xl.stamp import MASTER
from rectify_xl.summary import Column, ListSheet
from rectify_xl.workbook import _without_collection, lists
from rectify_xl.workbook.lists import RowLinks, Setting, write_list
from rectify_xl.workbook.package import Package

SETTING = Setting("zh", date(2026, 11, 21), "", "汇总")
COLUMNS = (Column("编号", width=8), Column("问题", "long_text", 30), Column("数", "number", 8))


def written(rows: tuple[tuple[Any, ...], ...], links: RowLinks | None = None, **given: Any) -> Any:
    package = Package(MASTER, Campaign(), SETTING)
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
    assert links == {"A4": "'汇总'!A1", "B5": "'汇总'!A2"}


def test_more_rows_than_excel_has_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MAX_ROWS", 5)
    sheet = written((("1", "甲", 1), ("2", "乙", 2), ("3", "丙", 3)))
    assert sheet.max_row == 5
    assert "共3条" in sheet["B2"].value
    assert "只列出前2条" in sheet["B2"].value


def test_a_note_stands_in_the_second_row_of_a_filled_list() -> None:
    assert "说明" in written((("1", "甲", 1),), note="说明")["B2"].value
    assert "说明" not in written((), note="说明")["B2"].value


@pytest.mark.parametrize("was_on", [True, False])
def test_garbage_collection_is_as_before(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        with _without_collection():
            assert not gc.isenabled()
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
