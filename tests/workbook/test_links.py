"""Every link of a master leads to a cell that is there, and to the right one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.ledger.reading import read_master
from rectify_xl.workbook import write_master
from tests.workbook.random_masters import random_master

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

PLACE = re.compile(r"'((?:[^']|'')+)'!([A-Z]+[0-9]+)")


@pytest.mark.parametrize("seed", range(4))
def test_every_link_leads_to_a_cell_that_holds_something(tmp_path: Path, seed: int) -> None:
    write_master(random_master(seed), tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    found = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    place = PLACE.fullmatch(cell.hyperlink.location)
                    assert place, cell.hyperlink.location
                    assert cell.hyperlink.id is None  # no target outside
                    goal = book[place[1]][place[2]]
                    assert goal.value is not None or book[place[1]].cell(goal.row, 3).value is not None
                    found += 1
    assert found > 40


def test_a_flagged_row_leads_to_its_task_and_to_what_was_reported(master: Master, tmp_path: Path) -> None:
    write_master(master, tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    reports = book["分单位填报"]
    heads = {cell.value: cell.column for cell in reports[3]}
    followed = 0
    for name in ("逾期", "缺责任领导", "时限不明", "即将到期"):
        sheet = book[name]
        last = sheet.max_column - 1  # the task key behind it is hidden
        assert sheet.max_row > 3, name
        for row in range(4, sheet.max_row + 1):
            task = book["总台账"][sheet.cell(row, 1).hyperlink.location.removeprefix("'总台账'!")]
            assert task.value == sheet.cell(row, 1).value
            source = sheet.cell(row, last)
            if "\n" in source.value:  # two lists: it could lead to one of them alone
                assert source.hyperlink is None
                continue
            report = reports[source.hyperlink.location.removeprefix("'分单位填报'!")]
            file, line = (reports.cell(report.row, heads[head]).value for head in ("来源文件", "行"))
            assert source.value == f"{file}!A{line}"
            followed += 1
    assert followed > 2


def test_a_place_that_the_office_wrote_over_is_no_place(master: Master, tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    write_master(master, path)
    book = openpyxl.load_workbook(path)
    reports, findings, conflicts = book["分单位填报"], book["问题清单"], book["冲突"]
    place = next(cell.column for cell in reports[3] if cell.value == "行")
    for row in (4, 5):  # the two reports of the first task
        reports.cell(row, place).value = "见附件"
    findings["F4"], findings["F5"] = "第六行", None
    keys = next(cell.column for cell in conflicts[3] if cell.value == "任务标识")
    sources = [cell.column for cell in conflicts[3] if str(cell.value).startswith("来源")]
    for at in (keys, *sources):
        conflicts.cell(4, at).value = None
    book.save(path)
    write_master(read_master(path), path)
    again = openpyxl.load_workbook(path)
    linked = {cell.coordinate for row in again["问题清单"].iter_rows(min_row=4) for cell in row if cell.hyperlink}
    assert not linked
    assert again["冲突"]["A4"].hyperlink is None
    assert again["分单位填报"].cell(4, place).value == "见附件"
    assert again["逾期"]["A4"].hyperlink.location == "'总台账'!A4"
    assert again["逾期"].cell(4, again["逾期"].max_column).hyperlink is None
