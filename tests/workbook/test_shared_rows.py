"""A row of a list in which several tasks stand, or stood: what is found there leads to its own task, and is asked of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import merge, read_master, write_master
from rectify_xl.campaign.settings import Campaign
from rectify_xl.dispatching.asked import Asking
from rectify_xl.dispatching.assignments import assignments
from tests.support.lists import CLEAN, HEADINGS, write_list

if TYPE_CHECKING:
    from pathlib import Path

VAGUE = "高度重视，正在积极推进"
EAST, WEST, NORTH, SOUTH = "东渠污水直排入河", "西闸垃圾成堆无人清运", "北湖围网养殖超出批准范围", "南堰砂石堆场没有覆盖扬尘"


def rows(*subjects: str, first: int = 1) -> list[dict[str, Any]]:
    return [
        {**CLEAN, "task_id": number, "problem": subject, "measures": f"整治{subject}", "lead_unit": "市水务局", "progress": VAGUE}
        for number, subject in enumerate(subjects, first)
    ]


def side_by_side(path: Path) -> None:
    """Two lists of two tasks on one sheet, in the same rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    for left, group in ((1, rows(EAST, WEST)), (len(CLEAN) + 2, rows(NORTH, SOUTH, first=3))):
        for at, key in enumerate(CLEAN):
            sheet.cell(3, left + at, HEADINGS[key])
            for row, values in enumerate(group, 4):
                sheet.cell(row, left + at, values[key])
    sheet["A1"] = "市水务局整改任务清单"
    path.parent.mkdir(exist_ok=True)
    book.save(path)


def led_to(book: openpyxl.Workbook) -> dict[str, tuple[str, ...]]:
    """Finding -> the problems to which it leads in 总台账 and in 分单位填报."""
    findings, found = book["问题清单"], {}
    for row in findings.iter_rows(min_row=4):
        links = dict(cell.hyperlink.location.replace("'", "").split("!") for cell in row if cell.hyperlink)
        problems = []
        for name in sorted(links, reverse=True):
            at = next(cell.column for cell in book[name][3] if cell.value == "问题描述")
            problems.append(book[name].cell(int(links[name][1:]), at).value[:2])
        found[row[5].value] = tuple(problems)
    return found


def test_lists_side_by_side(tmp_path: Path) -> None:
    side_by_side(tmp_path / "in" / "市水务局.xlsx")
    master = merge(tmp_path / "in", as_of=date(2026, 11, 21))
    write_master(master, tmp_path / "master.xlsx")
    book = openpyxl.load_workbook(tmp_path / "master.xlsx")
    vague = {cell: led for cell, led in led_to(book).items() if cell[0] in "HQ"}
    assert vague == {"H4": ("东渠",) * 2, "H5": ("西闸",) * 2, "Q4": ("北湖",) * 2, "Q5": ("南堰",) * 2}


@pytest.mark.parametrize("told_by", ["number", "round"])
def test_another_task_in_the_row_of_last_month(tmp_path: Path, told_by: str) -> None:
    """What is found in a row is about this month's task there, in the links and when it is asked."""
    first, then = rows(EAST, WEST), rows(SOUTH, EAST, first=3)
    then[1]["task_id"] = 1
    if told_by == "round":
        for one in (*first, *then):
            one["task_id"] = None

    def office(month: int) -> Campaign:
        return Campaign(round_id=f"2026-{month}" if told_by == "round" else "")

    write_list(tmp_path / "10月" / "市水务局.xlsx", first, unit="市水务局")
    write_master(merge(tmp_path / "10月", campaign=office(10), as_of=date(2026, 10, 21)), tmp_path / "10月.xlsx")
    write_list(tmp_path / "11月" / "市水务局.xlsx", then, unit="市水务局")
    write_master(
        merge(tmp_path / "11月", campaign=office(11), base=tmp_path / "10月.xlsx", as_of=date(2026, 11, 21)),
        tmp_path / "11月.xlsx",
    )
    master = read_master(tmp_path / "11月.xlsx")
    assert [(report.key, report.rows) for report in master.reports] == [("T0001", (5, 5)), ("T0002", (5, 5))]
    led = led_to(openpyxl.load_workbook(tmp_path / "11月.xlsx"))
    assert led["H5"] == ("东渠", "东渠")
    assert led["H4"] == ()  # the row waits in 待确认
    asked = Asking(master, "zh").of("市水务局", assignments(master).by_unit["市水务局"], ())
    (corrected,) = (section for section in asked.sections if "核对改正" in section.title)
    assert {request.task for request in corrected.requests} == {"1" if told_by == "number" else EAST}
