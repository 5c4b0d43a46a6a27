"""Dispatched, filled in with LibreOffice, merged: all tasks of a real city come back, nothing changes that nobody changed."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

import rectify_xl as rx
from tests.support.desk import FILTERS, at_the_desk, opened, typed
from tests.support.office import needs_office

if TYPE_CHECKING:
    from rectify_xl.ledger.master import Master

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
# What compares with the last round: nothing was deleted, moved or typed over.
FALSE = {
    "key-changed", "task-vanished", "column-deleted", "unknown-task", "foreign-task", "protected-field-changed", "blanked-value",
    "conflicting-reports", "illegal-transition", "unread-rows", "unknown-column", "missing-column", "superseded-submission",
}  # fmt: skip

pytestmark = [needs_office, pytest.mark.long, pytest.mark.skipif(not REAL.is_dir(), reason="the real lists are not here")]


def answers(sheet: object) -> tuple[list[str], dict[str, str]]:
    """Basic that fills in progress and percentage of every task that the unit leads, and the progress by key."""
    head = next(row for row in range(1, 12) if "整改进展" in [cell.value for cell in sheet[row]])  # type: ignore[index]
    columns = {cell.value: get_column_letter(cell.column) for cell in sheet[head] if cell.value}  # type: ignore[index]
    lines, said = ['sheet = doc.Sheets.getByName("整改任务清单")'], {}
    for row in range(head + 1, sheet.max_row + 1):  # type: ignore[attr-defined]
        key = sheet[f"{columns['任务标识']}{row}"].value  # type: ignore[index]
        if key and sheet[f"{columns['角色']}{row}"].value == "牵头":  # type: ignore[index]
            said[key] = f"{key}本月完成现场核查{row}处"
            lines += [typed(f"{columns['整改进展']}{row}", said[key]), typed(f"{columns['完成率']}{row}", int(key[1:5]) / 100)]
    return lines, said


@pytest.mark.parametrize("city", ["luohe", "lincang", "jiangxi"])
def test_all_come_back_and_nothing_else_changes(city: str, tmp_path: Path) -> None:
    shutil.copytree(REAL / city, tmp_path / "in")
    campaign = replace(rx.load_campaign(tmp_path / "in"), round_id="2020-08")
    first = rx.merge(tmp_path / "in" / "submissions", campaign=campaign, as_of="2020-08-05")
    rx.write_master(first, tmp_path / "总台账.xlsx")
    later = replace(campaign, round_id="2020-09")
    rx.dispatch(tmp_path / "总台账.xlsx", tmp_path / "out", campaign=later, as_of="2020-08-20")
    (tmp_path / "back").mkdir()
    runs, expected = [], set()
    for at, path in enumerate(sorted((tmp_path / "out").glob("*.xlsx"))):
        lines, said = answers(openpyxl.load_workbook(path)["整改任务清单"])
        if said and not said.keys() <= expected:  # one lead of each task is enough
            expected |= said.keys()
            runs.append(opened(path, lines, tmp_path / "back" / (path.stem + list(FILTERS)[at % 3])))
    at_the_desk(*runs)
    second = rx.merge(tmp_path / "back", campaign=later, as_of="2020-09-05", base=tmp_path / "总台账.xlsx")
    compare(first, second, expected)


def compare(first: Master, second: Master, reported: set[str]) -> None:
    if len(first.tasks) == 31:
        assert reported == {task.key for task in first.tasks}
    assert [task.key for task in second.tasks] == [task.key for task in first.tasks]
    for before, after in zip(first.tasks, second.tasks, strict=True):
        changed = {key for key, value in before.values.items() if after.values[key] != value}
        assert changed == ({"progress", "percent"} if before.key in reported else set()), before.key
    assert not second.conflicts
    assert not second.pending
    assert not FALSE & Counter(finding.slug for finding in second.findings).keys()
