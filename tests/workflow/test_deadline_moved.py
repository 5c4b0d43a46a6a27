"""Who moves the written deadline of a task in the ledger is told, where the campaign keeps its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from rectify_xl.cli import main
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


def run(*words: object) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code in (0, 1), result.output
    return result.output


@pytest.mark.parametrize("moved", [True, False])
def test_a_deadline_moved_in_the_ledger_between_two_rounds_is_told(tmp_path: Path, moved: bool) -> None:
    campaign, master = tmp_path / "活动", tmp_path / "总台账.xlsx"
    campaign.mkdir()
    (campaign / "campaign.yaml").write_text("name: 青禾市整改\nissued: 2026-07-01\nround: {id: 2026-11}\n", "utf-8")
    write_list(tmp_path / "11" / "a.xlsx", [{}], unit="市水务局")
    run("merge", tmp_path / "11", "-o", master, "--campaign", campaign, "--as-of", "2026-11-20")
    if moved:
        book = openpyxl.load_workbook(master)
        sheet = book["总台账"]
        at = next(cell.column for cell in sheet[3] if cell.value == "整改时限")
        sheet.cell(4, at).value = "2027年6月30日前"
        book.save(master)
    (campaign / "campaign.yaml").write_text("name: 青禾市整改\nissued: 2026-07-01\nround: {id: 2026-12}\n", "utf-8")
    write_list(tmp_path / "12" / "a.xlsx", [{"progress": "六处排口全部封堵"}], unit="市水务局")
    for _ in range(2):  # and as long as the round lasts
        run("merge", tmp_path / "12", "-o", master, "--campaign", campaign, "--as-of", "2026-12-20")
        findings = openpyxl.load_workbook(master)["问题清单"]
        told = [row for row in findings.iter_rows(values_only=True) if any("deadline-moved" in str(cell) for cell in row)]
        assert len(told) == moved
