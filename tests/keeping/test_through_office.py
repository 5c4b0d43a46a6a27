"""A master that went through LibreOffice: styles renumbered, widths rounded, parts renamed; the office's work is the same."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.workbook import write_master
from rectify_xl.workflow.merge import merge
from tests.keeping.office_edits import YELLOW, add_own_sheet, again, comments, edit, work_in_ours
from tests.support.lists import write_list
from tests.support.office import needs_office, profile, run_office
from tests.workbook.conftest import AS_OF, CAMPAIGN, WATER, WOODS

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = [needs_office, pytest.mark.slow]


def through_office(path: Path) -> None:
    """Open and save a workbook with LibreOffice."""
    with profile() as folder:
        run_office(folder, "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(path))
        shutil.copy(folder / "out" / path.name, path)


def test_a_save_without_a_change_is_no_work(path: Path) -> None:
    before = path.read_bytes()
    through_office(path)
    write_master(again(path), path)
    assert path.read_bytes() == before


def test_work_goes_through_summarize_and_two_merges(path: Path, tmp_path: Path) -> None:
    edit(path, add_own_sheet, work_in_ours)
    through_office(path)
    write_master(again(path, AS_OF + timedelta(1)), path)
    for unit, rows in (("市水务局", WATER), ("市林业局", WOODS)):
        write_list(tmp_path / "in" / f"{unit}.xlsx", rows, unit=unit)
        through_office(path)
        joined = merge(tmp_path / "in", campaign=CAMPAIGN, as_of=AS_OF + timedelta(2), base=path)
        write_master(joined, path, drop=True)  # merging does not carry on added columns of 总台账 by itself
    book = openpyxl.load_workbook(path)
    sheet, ledger = book["领导批示"], book["总台账"]
    assert book.sheetnames[:3] == ["汇总", "总台账", "领导批示"]
    assert (sheet["A1"].value, sheet["A1"].font.sz, sheet["A1"].font.color.rgb) == ("副市长批示：抓紧", 16, "FFC00000")
    assert (len(sheet._charts), len(sheet._images), comments(sheet)) == (1, 1, {"A3": "只数一级任务"})
    rows = {ledger.cell(row, 1).value: row for row in range(4, 8)}
    assert ledger.cell(rows["1"], 3).fill.fgColor.rgb == YELLOW
    assert comments(ledger) == {f"C{rows['1']}": "12月10日前办结", "A3": "编号勿改"}
    assert (round(ledger.column_dimensions["L"].width), ledger.column_dimensions["G"].hidden) == (60, True)
    assert (len(book["汇总"]._charts), len(book["汇总"]._images)) == (4, 1)
