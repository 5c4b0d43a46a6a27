"""分单位填报 edited by somebody: what was reported last is what history keeps, and no conflict comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner

import rectify_xl as rx
from rectify_xl.cli import main
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

TASKS = [{"task_id": at, "problem": f"{name}沿岸排口没有截污", "lead_unit": "市水务局", "progress": "已摸排"}
         for at, name in enumerate(("北渠", "南渠", "东渠"), 1)]  # fmt: skip


def merge(folder: Path, month: int, *words: object) -> rx.Master:
    settings = f"name: 澄湖市整改\nissued: 2026-07-23\nround: {{id: 2026-{month}, due: 2026-{month}-25}}\n"
    (folder / "campaign.yaml").write_text(settings, "utf-8")
    output = folder / f"{month}.xlsx"
    given = ("merge", folder / str(month), "-o", output, "--campaign", folder, "--as-of", f"2026-{month}-26", *words)
    assert CliRunner().invoke(main, [str(word) for word in given]).exit_code in (0, 1)
    return rx.read_master(output, campaign=folder)


@pytest.mark.parametrize("is_kept", [True, False])
def test_edited_and_deleted_rows_are_compared_as_they_were_reported(tmp_path: Path, is_kept: bool) -> None:
    def edit(book: Any) -> None:
        sheet = book["分单位填报"]
        column = {cell.value: cell.column for cell in sheet[3]}["整改进展"]
        sheet.cell(4, column).value = "改过的旧进展"
        sheet.delete_rows(6)

    write_list(tmp_path / "11" / "w.xlsx", TASKS, unit="市水务局")
    merge(tmp_path, 11)
    book = openpyxl.load_workbook(tmp_path / "11.xlsx")
    edit(book)
    book.save(tmp_path / "11.xlsx")
    if not is_kept:
        for path in (tmp_path / "rounds" / "2026-11").glob("*.json"):
            path.unlink()
    write_list(tmp_path / "12" / "w.xlsx", [{**task, "progress": "封堵完成"} for task in TASKS], unit="市水务局")
    after = merge(tmp_path, 12, "--base", tmp_path / "11.xlsx")
    conflicts = [(conflict.task, conflict.field) for conflict in after.conflicts if conflict.field == "progress"]
    assert conflicts == ([] if is_kept else [("1", "progress"), ("3", "progress")])
    assert [task.values["progress"] for task in after.tasks if is_kept] == ["封堵完成"] * 3 * is_kept
