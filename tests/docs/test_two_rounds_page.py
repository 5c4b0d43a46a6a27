"""docs/two-rounds.md is followed from the plans to the strike-offs: commands are run, what its tables say is filled in."""

from __future__ import annotations

import re
import shlex
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from rectify_xl.cli import main
from rectify_xl.ledger.reading import read_master
from tests.support.filled_in import fill_in_table, settings_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest import MonkeyPatch  # noqa: PT013 - for its type

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "two-rounds.md").read_text("utf-8")
CLOSING = ("closed-without-acceptance", "closing-step-skipped", "closing-too-early", "publicity-too-short", "date-order")


def parts(title: str) -> Iterator[tuple[str, list[str]]]:
    """The fenced blocks and tables of a section, in order, with their language."""
    (section,) = (part for part in PAGE.split("\n## ") if part.startswith(title))
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$|((?:^\|[^\n]*\n)+)", section, re.DOTALL | re.MULTILINE):
        language, block, table = found.groups()
        yield ("table", table.splitlines()) if table else (language, block.splitlines())


def follow(title: str, city: str) -> dict[str, str]:
    """Do all that a section says; what each command said."""
    said: dict[str, str] = {}
    for kind, lines in parts(title):
        text = "\n".join([*lines, ""])
        if kind == "text":
            Path(f"{city}方案.txt").write_text(text, "utf-8")
        elif kind == "yaml":
            settings = Path(city, "campaign.yaml")
            settings.write_text(settings_with(settings.read_text("utf-8"), text), "utf-8")
        elif kind == "table":
            fill_in_table(lines)
        else:
            for line in lines:
                program, *words = shlex.split(line)
                done = CliRunner().invoke(main, words, prog_name=program)
                assert done.exit_code in (0, 1), (line, done.output)
                said[line] = done.output
    return said


def master_of(city: str) -> Master:
    master = read_master(Path("总台账.xlsx"), campaign=Path(city))
    assert [one.message for one in master.findings if one.rule.split()[-1] in CLOSING] == []
    cells = [str(cell) for row in openpyxl.load_workbook("总台账.xlsx")["销号进度"].iter_rows(values_only=True) for cell in row]
    assert any("没有办结而未销号的任务" in cell for cell in cells)
    return master


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())


def test_the_ledger_of_acceptance(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = follow("一、", "澜江")
    master = master_of("澜江")
    assert [(task.values["status"], str(task.values["closed_on"])) for task in master.tasks] == [("已销号", "2026-10-13")] * 2
    assert {one.rule.split()[-1] for one in master.findings} == {"not-submitted"}
    notice, form = words_of(Path("公示/公示稿-1.docx")), words_of(Path("销号表/验收销号表-1.docx"))
    assert "2026年9月21日至2026年10月10日，共10个工作日" in notice
    assert "（待填写）" not in notice
    assert "请核对" not in "".join(text for line, text in said.items() if " publicity " in line)
    assert form.count("√") == 4
    assert Path("回头看.xlsx").is_file()


def test_acceptance_node_by_node(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = follow("二、", "云陂")
    master = master_of("云陂")
    assert [task.values["status"] for task in master.tasks] == ["已销号", "已销号", "长期坚持"]
    assert [str(task.due) for task in master.tasks] == ["2026-06-30", "2026-12-31", "2027-06-30"]
    second, fourth = words_of(Path("二季度通报.docx")), words_of(Path("四季度通报.docx"))
    assert "已办结1项，办结率33.3%" in second
    assert "达到序时进度2项" in second
    assert "与上期" not in second  # the plan is no round
    assert "已办结2项，办结率66.7%" in fourth
    assert "与上期（2026-Q2）相比，已办结增加1项" in fourth
    assert "2026-Q4" in said["rectify-xl history 2 --campaign 云陂"]
