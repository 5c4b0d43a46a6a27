"""分单位填报 names every row of a task of several rows, up to a number at which nobody reads them; all of it is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import rectify_xl as rx
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

PARTS = {"7": 1, "8": 3, "9": 30}  # task -> its rows


@pytest.mark.parametrize(("lang", "shown"), [("zh", "5、6、7"), ("en", "5, 6, 7")])
def test_rows_of_a_task_are_named_one_by_one(tmp_path: Path, lang: str, shown: str) -> None:
    rows = [
        {
            "task_id": task,
            "problem": f"{task}号闸门漏水没有修复",
            "measures": f"措施{at}",
            "lead_unit": "市水务局",
            "deadline": "2027年底前",
        }
        for task, several in PARTS.items()
        for at in range(several)
    ]
    path = write_list(tmp_path / "市水务局.xlsx", rows, unit="市水务局")
    master = rx.merge([path], lang=lang)
    rx.write_master(master, tmp_path / "总台账.xlsx", lang=lang)
    sheet = openpyxl.load_workbook(tmp_path / "总台账.xlsx")["分单位填报" if lang == "zh" else "Reports"]
    head = next(row for row in sheet.iter_rows(values_only=True) if {"行", "Row"} & set(row))
    at = head.index("行" if lang == "zh" else "Row")
    cells = [row[at] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert cells == [4, shown, "8-37"]
    assert [report.rows for report in rx.read_master(tmp_path / "总台账.xlsx").reports] == [(4, 4), (5, 7), (8, 37)]
