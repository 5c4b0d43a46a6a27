"""Lines that the office types below the lists of its master stay, and are no tasks, conflicts or findings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.ledger.free_lines import is_free_line
from rectify_xl.workbook import write_master
from tests.keeping.office_edits import again, edit
from tests.workbook.conftest import AS_OF

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

LINES = (
    ("合计", None, "71项"),
    ("注：由督查室核对。",),
    ("制表：张三", "审核：李四", None, "日期：2026年11月28日"),
    (None, "随手记：待查"),
)


def add_lines(book: Any) -> None:
    for sheet in book.worksheets[1:]:
        below = sheet.max_row
        for row, line in enumerate(LINES, below + 1):
            for column, text in enumerate(line, 1):
                sheet.cell(row, column, text)


def ends(path: Path) -> dict[str, list[list[str]]]:
    """What stands in the last rows of each list."""
    return {
        sheet.title: [
            [str(cell) for cell in row if cell is not None]
            for row in sheet.iter_rows(min_row=sheet.max_row - len(LINES) + 1, values_only=True)
        ]
        for sheet in openpyxl.load_workbook(path).worksheets[1:]
    }


def test_they_stay_below_and_are_no_rows(master: Master, tmp_path: Path) -> None:
    path = tmp_path / "总台账.xlsx"
    write_master(master, path)
    edit(path, add_lines)
    for days in (1, 2):
        read = again(path, AS_OF + timedelta(days))
        assert [len(getattr(read, name)) for name in ("tasks", "reports", "conflicts", "pending", "changes", "extensions")] == [
            len(getattr(master, name)) for name in ("tasks", "reports", "conflicts", "pending", "changes", "extensions")
        ]
        assert (len(read.findings), len(read.absences)) == (len(master.findings), len(master.absences))
        write_master(read, path)
        for name, last in ends(path).items():
            assert last == [[text for text in line if text] for line in LINES], name


@pytest.mark.parametrize(
    ("cells", "free"),
    [
        ({"task_id": "合计", "category": None, "problem": "71项"}, True),
        ({"task_id": None, "problem": "注：本表为初稿"}, True),
        ({"task_id": "12", "problem": "注：本表为初稿", "key": "T0012"}, False),
        ({"key": "合计", "task_id": "3"}, True),
        ({"task_id": "72", "lead_unit": "市水务局"}, False),
        ({"task_id": 72, "problem": "东渠排口未截流", "lead_unit": None}, False),
        ({"reporting_unit": "市水务局", "progress": "电话报告：已完工"}, False),
    ],
)
def test_what_is_a_row(cells: dict[str, Any], free: bool) -> None:
    assert is_free_line(cells) is free


def test_the_words_of_a_task_alone_are_a_row_where_the_office_adds_tasks() -> None:
    said = {"task_id": None, "problem": "泵站备用电源缺失"}
    assert (is_free_line(said, grows=True), is_free_line(said)) == (False, True)
