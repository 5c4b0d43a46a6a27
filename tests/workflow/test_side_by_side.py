"""Two lists side by side on one sheet, merged: a row of the one says nothing of the row of the other beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.workflow.merge import merge
from tests.support.workbooks import HEADINGS, by_openpyxl, layout, task

if TYPE_CHECKING:
    from pathlib import Path

HEADS = [*HEADINGS, "整改状态"]


def test_strict_keeps_the_row_beside_a_faulty_one(tmp_path: Path) -> None:
    left = [[*task(1, "东渠"), "整改中"], [*task(2, "西渠"), "差不多了"]]
    right = [[*task(n, subject), "整改中"] for n, subject in ((1, "甲塘"), (2, "乙塘"))]
    by_openpyxl(tmp_path / "a.xlsx", layout([HEADS + HEADS, *(a + b for a, b in zip(left, right, strict=True))]))
    master = merge([tmp_path], as_of=date(2026, 11, 21), strict=True)
    (held,) = master.held_back
    assert (held.cell, held.slug, master.held_rows) == ("G3", "not-allowed", 1)
    assert len(master.tasks) == 3
    assert any("乙塘" in str(found.values["problem"]) for found in master.tasks)
