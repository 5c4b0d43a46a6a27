"""The options of ``validate`` that write copies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner, Result

import rectify_xl
from rectify_xl.cli import main
from rectify_xl.provenance.remarks import SHEET
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> Result:
    given = [str(word) for word in words]
    return CliRunner().invoke(main, ["validate", *given, "--as-of", "2026-11-21", "--workers", "1"], prog_name="rectify-xl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_list(tmp_path / "in" / "市水务局.xlsx", [{"deadline": "尽快", "leader": " 钟离岳 副市长"}], unit="市水务局")
    return tmp_path


def test_annotate_writes_copies_and_says_so_on_stderr(folder: Path) -> None:
    result = run(folder / "in", "--annotate", folder / "out")
    assert result.exit_code == 1
    assert result.stderr == f"已写出 1 份退回件：{folder / 'out'}\n"
    assert "vague-deadline" in result.stdout
    assert openpyxl.load_workbook(folder / "out" / "市水务局.xlsx").sheetnames == [SHEET["zh"], "任务清单"]


def test_fix_lists_every_change_below_the_report(folder: Path) -> None:
    result = run(folder / "in", "--fix")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert "  任务清单!D4 “␣钟离岳␣副市长” → “钟离岳␣副市长” [untrimmed-text]" in lines
    assert lines[-1].startswith(f"共改正 1 处，更正件在 {folder / 'in-已修正'}")
    assert openpyxl.load_workbook(folder / "in-已修正" / "市水务局.xlsx").worksheets[0]["D4"].value == "钟离岳 副市长"


def test_fixes_are_a_key_of_the_data(folder: Path) -> None:
    result = run(folder / "in", "--fix", "--fixed", folder / "to", "--format", "json")
    data = json.loads(result.stdout)
    assert [(one["cell"], one["old"], one["new"], one["copy"]) for one in data["fixes"]] == [
        ("D4", " 钟离岳 副市长", "钟离岳 副市长", (folder / "to" / "市水务局.xlsx").as_posix())
    ]
    assert {"version", "findings", "summary"} <= set(data)
    assert "fixes" not in json.loads(run(folder / "in", "--format", "json").stdout)


def test_sarif_stays_sarif(folder: Path) -> None:
    result = run(folder / "in", "--fix", "--fixed", folder / "to", "--format", "sarif")
    assert json.loads(result.stdout)["version"] == "2.1.0"


def test_copies_that_are_both_marked_and_corrected(folder: Path) -> None:
    result = run(folder / "in", "--fix", "--unsafe", "--fixed", folder / "to", "--annotate", folder / "out", "--lang", "en")
    assert "Wrote 1 annotated copies" in result.stderr
    book = openpyxl.load_workbook(folder / "out" / "市水务局.xlsx")
    assert book.sheetnames == [SHEET["en"], "任务清单"]
    assert book["任务清单"]["D4"].value == "钟离岳 副市长"


@pytest.mark.parametrize("words", [["--unsafe"], ["--fixed", "x"]])
def test_options_of_fix_need_it(folder: Path, words: list[str]) -> None:
    result = run(folder / "in", *words)
    assert result.exit_code == 2
    assert "--fix" in result.stderr
    assert result.stdout == ""


def test_a_folder_that_cannot_be_used_ends_in_one_sentence(folder: Path) -> None:
    result = run(folder / "in", "--annotate", folder / "in")
    assert result.exit_code == 2
    assert "覆盖原文件" in result.stderr


def test_the_functions_are_public(folder: Path) -> None:
    report = rectify_xl.validate([folder / "in"], workers=1)
    (copy,) = rectify_xl.annotate(report, [folder / "in"], folder / "out")
    assert copy.path.exists()
    assert [change.cell for change in rectify_xl.fix(report, [folder / "in"], folder / "to").changes] == ["D4"]
