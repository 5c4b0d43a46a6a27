"""``rectify-xl template`` and the template of a new campaign folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
from click.testing import CliRunner, Result

from rectify_xl import validate
from rectify_xl.cli import main
from rectify_xl.common.resources import resource
from tests.template.conftest import AS_OF

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="rectify-xl")


def campaign_folder(folder: Path) -> Path:
    folder.mkdir()
    (folder / "campaign.yaml").write_text("name: 溪口县整改\nunits: units.csv\nround: {id: 第3轮}\n", "utf-8")
    (folder / "units.csv").write_text("name,aliases\n县水利局,水利局\n县林业局,\n", "utf-8")
    return folder


def test_it_makes_a_workbook_for_the_round(tmp_path: Path) -> None:
    folder, path = campaign_folder(tmp_path / "活动"), tmp_path / "清单.xlsx"
    done = run("template", "-o", path, "--campaign", folder, "--unit", "水利局", "--rows", 3)
    assert (done.exit_code, done.stdout) == (0, f"已生成 {path}\n")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet["A1"].value, sheet["C2"].value) == ("溪口县整改任务清单", "县水利局")
    assert sheet.max_row == 7
    assert validate([path], as_of=AS_OF).submissions[0].stamp["rectify_xl.round"] == "第3轮"


def test_it_needs_no_campaign_and_takes_other_columns_in_english(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    done = run("template", "-o", path, "--schema", "acceptance_ledger", "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, f"Made {path}\n")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Acceptance and strike-off ledge", "How to fill in", "Choices"]
    assert book.worksheets[0]["F4"].value == "Implementing unit"


def test_mistakes_are_told_in_one_sentence(tmp_path: Path) -> None:
    folder = campaign_folder(tmp_path / "活动")
    unknown = run("template", "-o", tmp_path / "a.xlsx", "--campaign", folder, "--unit", "县农业局")
    assert unknown.exit_code == 2
    assert "县农业局" in unknown.stderr
    assert run("template", "-o", tmp_path / "a.xlsx", "--schema", "tasklist").stderr.count("task_list") >= 1
    assert run("template", "-o", tmp_path / "a.txt").exit_code == 2
    assert not (tmp_path / "a.xlsx").exists()


def test_a_new_campaign_folder_has_a_template_that_fits_every_round(tmp_path: Path) -> None:
    assert run("init", tmp_path / "新活动").exit_code == 0
    path = tmp_path / "新活动" / "整改任务清单模板.xlsx"
    assert path.read_bytes() == resource("templates", "task_list.xlsx").read_bytes()
    done = run("validate", path, "--campaign", tmp_path / "新活动", "--as-of", "2026-11-21", "--format", "json")
    assert done.exit_code == 0
    assert '"empty-submission"' in done.stdout
    assert '"wrong-template"' not in done.stdout
