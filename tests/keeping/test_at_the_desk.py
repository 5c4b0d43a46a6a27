"""A month of the office in LibreOffice: all that a clerk does there in the master goes through summarize and two merges."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from rectify_xl.ledger.reading import read_master
from rectify_xl.workbook import write_master
from rectify_xl.workflow.merge import merge
from tests.keeping.office_edits import RED, YELLOW, again, comments, picture
from tests.support.desk import at_the_desk, opened, typed
from tests.support.lists import write_list
from tests.support.office import needs_office
from tests.workbook.conftest import AS_OF, CAMPAIGN, WATER, WOODS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = [needs_office, pytest.mark.slow]
ADDED = {"A": 72.0, "C": "泵站备用电源缺失", "F": "程一 副市长", "G": "市水务局", "J": "2027年3月底前"}


def month_of_work(red_square: str, width: int) -> Iterator[str]:
    """Basic: columns, colours, comments, a task, order and filter in 总台账; an own sheet; a decision; notes in 逾期.

    ``width``: of 总台账 in columns.
    """
    last = get_column_letter(width + 1)
    yield 'sheet = doc.Sheets.getByName("总台账")'
    yield from (typed(f"{last}{row}", text) for row, text in ((3, "分管处"), (4, "督查一处"), (6, "督查二处")))
    yield "sheet.Columns.insertByIndex(11, 1)"
    yield from (typed(cell, text) for cell, text in (("L3", "领导关注"), ("L5", "是"), ("B9", "注：由督查室核对")))
    yield 'sheet.getCellRangeByName("C4:F4").CellBackColor = RGB(255, 255, 0)'
    yield 'sheet.getCellRangeByName("C5").CharColor = RGB(255, 0, 0)'
    yield 'Comment(sheet, "C6", "12月10日前办结") : Comment(sheet, "J3", "时限不得自行调整")'
    yield "sheet.Columns.getByIndex(3).Width = 9000 : sheet.Columns.getByIndex(4).IsVisible = False"
    yield from (typed(f"{column}8", value) for column, value in ADDED.items())
    yield f'SortBy(sheet, "A4:{get_column_letter(width + 2)}8", 6, True) : FilterOn(doc, sheet, 6, "市水务局")'
    yield 'doc.Sheets.insertNewByName("领导批示", 2) : sheet = doc.Sheets.getByName("领导批示")'
    yield from (typed(cell, text) for cell, text in (("A1", "副市长批示：抓紧"), ("A3", "任务数"), ("A4", "逾期")))
    yield 'sheet.getCellRangeByName("A1").CellBackColor = RGB(255, 255, 0) : sheet.getCellRangeByName("A1:D1").merge(True)'
    yield 'sheet.getCellRangeByName("B3").setFormula("=COUNTA($总台账.C4:C200)")'
    yield 'sheet.getCellRangeByName("B4").setFormula("=COUNTA($逾期.A4:A200)")'
    yield f'Comment(sheet, "A3", "只数一级任务") : Chart(sheet, "图1", "A3:B4") : Picture(doc, sheet, "{red_square}", 500, 6000)'
    yield f'Picture(doc, doc.Sheets.getByName("汇总"), "{red_square}", 500, 40000)'
    yield 'sheet = doc.Sheets.getByName("逾期")'
    yield from (typed(cell, text) for cell, text in (("L3", "催办"), ("L4", "已电话催办")))
    yield 'Comment(sheet, "B4", "盯紧")'
    yield 'sheet = doc.Sheets.getByName("冲突")'
    yield 'sheet.getCellRangeByName("E4").setString(Offered(sheet, "E4", 1))'


@pytest.fixture(params=[".xlsx", ".ods"])
def worked_on(request: pytest.FixtureRequest, tmp_path: Path, master: Master) -> Path:
    """The master after a month, saved by LibreOffice as .xlsx, or as .ods first."""
    path, square = tmp_path / "总台账.xlsx", tmp_path / "红.png"
    write_master(master, path)
    square.write_bytes(picture().getvalue())
    work = list(month_of_work(square.as_uri(), openpyxl.load_workbook(path)["总台账"].max_column))
    if request.param == ".xlsx":
        at_the_desk(opened(path, work, path))
    else:
        between = tmp_path / "总台账.ods"
        at_the_desk(opened(path, work, between), opened(between, [], path))
    return path


def facts(path: Path) -> dict[str, Any]:
    """What a clerk sees of the month's work."""
    book = openpyxl.load_workbook(path)
    ledger, own, overdue = book["总台账"], book["领导批示"], book["逾期"]
    heads = {cell.value: cell.column for cell in ledger[3]}
    rows = {str(ledger.cell(row, 3).value): row for row in range(4, ledger.max_row + 1) if ledger.cell(row, 3).value}
    column = {name: get_column_letter(at) for name, at in heads.items() if name}
    late = {cell.value: cell.column for cell in overdue[3]}

    def said(heading: str) -> dict[str, Any]:
        found = ((name, ledger.cell(row, heads[heading]).value) for name, row in rows.items())
        return {name: value for name, value in found if value is not None}

    return {
        "sheets": book.sheetnames[:3],
        "order": list(rows),
        "columns": (said("分管处"), said("领导关注")),
        "yellow": [name for name, row in rows.items() if ledger.cell(row, 3).fill.fgColor.rgb == YELLOW],
        "red": [n for n, row in rows.items() if ledger.cell(row, 3).font.color and ledger.cell(row, 3).font.color.rgb == RED],
        "comments": {
            (ledger.cell(int(cell[1:]), 3).value, cell[0]): text for cell, text in comments(ledger).items() if cell[0] in "CJ"
        },
        "width": round(ledger.column_dimensions[column["整改目标"]].width),
        "hidden": ledger.column_dimensions[column["整改措施"]].hidden,
        "note": [ledger.cell(row, 2).value for row in range(8, ledger.max_row + 1) if ledger.cell(row, 2).value],
        "filter": [(one.colId, one.filters.filter) for one in ledger.auto_filter.filterColumn],
        "shown": [name for name, row in rows.items() if not ledger.row_dimensions[row].hidden],
        "own": (own["A1"].value, own["A1"].fill.fgColor.rgb, len(own._charts), len(own._images), comments(own)),
        "formulas": (own["B3"].value, own["B4"].value),
        "overview": (len(book["汇总"]._charts), len(book["汇总"]._images)),
        "overdue": ([overdue.cell(row, late["催办"]).value for row in range(4, overdue.max_row + 1)], comments(overdue)),
    }


def test_all_of_it_goes_through_summarize_and_two_merges(worked_on: Path, tmp_path: Path) -> None:
    before = facts(worked_on)
    assert before["own"][2:4] == (1, 1)
    write_master(again(worked_on, AS_OF + timedelta(1)), worked_on)
    states = [facts(worked_on)]
    for days, (unit, rows) in enumerate((("市水务局", WATER), ("市林业局", WOODS)), 2):
        write_list(tmp_path / "in" / f"{unit}.xlsx", rows, unit=unit)
        write_master(merge(tmp_path / "in", campaign=CAMPAIGN, as_of=AS_OF + timedelta(days), base=worked_on), worked_on)
        states.append(facts(worked_on))
    for state in states:
        # The task added below the old range of the filter is in it now.
        assert state == before | {"shown": [name for name in before["shown"] if name != "北坡裸土"]} | {
            "overdue": state["overdue"]
        }
        assert state["overdue"][0][0] == "已电话催办"
        assert "盯紧" in state["overdue"][1].values()
    read = read_master(worked_on, campaign=CAMPAIGN)
    assert [task.key for task in read.tasks if task.subject == ADDED["C"]] == ["T0005"]
    decided = [change for change in read.changes if change.outcome == "decided"]
    assert [(change.field, change.new) for change in decided] == [("deadline", "2026年9月30日")]
    assert not [conflict for conflict in read.conflicts if conflict.field == "deadline"]
    assert next(task for task in read.tasks if task.key == "T0001").values["deadline"] == "2026年9月30日"
