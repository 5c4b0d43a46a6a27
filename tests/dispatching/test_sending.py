"""Dispatched workbooks are mailed to their units, and only those of the master that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
from click.testing import CliRunner, Result

import rectify_xl as rx
from rectify_xl.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def send(folder: Path, *words: object) -> Result:
    given = ["send", *words, "--campaign", folder]
    return CliRunner().invoke(main, [str(word) for word in given], prog_name="rectify-xl")


def test_every_unit_gets_its_own_workbook(folder: Path) -> None:
    rx.dispatch(folder / "总台账.xlsx", folder / "out", campaign=folder, as_of="2026-12-01")
    for words in (("--dispatch", folder / "out"), (folder / "总台账.xlsx", "--dispatch", folder / "out")):
        result = send(folder, *words)
        assert result.exit_code == 0, result.stderr
        assert "sw@example.gov.cn" in result.stdout
        assert "ny@example.gov.cn" in result.stdout  # the form of a zero report
        assert "da@example.gov.cn" not in result.stdout


def test_workbooks_of_another_state_of_the_master_are_not_mailed(folder: Path) -> None:
    rx.dispatch(folder / "总台账.xlsx", folder / "out", campaign=folder, as_of="2026-12-01")
    book = openpyxl.load_workbook(folder / "总台账.xlsx")
    book.save(folder / "总台账.xlsx")
    result = send(folder, folder / "总台账.xlsx", "--dispatch", folder / "out")
    assert result.exit_code == 2
    assert "请用 rectify-xl dispatch 重新生成" in result.stderr
    assert send(folder, "--dispatch", folder / "out").exit_code == 0
    missing = send(folder, folder / "没有.xlsx", "--dispatch", folder / "out")
    assert (missing.exit_code, "无法打开" in missing.stderr) == (2, True)
    both = send(folder, folder / "总台账.xlsx", "--dispatch", folder / "out", "--returns", folder / "out")
    assert both.exit_code == 2
