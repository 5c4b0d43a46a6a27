"""docs/history.md: its commands are run, its tables are those of the index, its questions are asked."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rectify_xl.cli import main
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pytest import MonkeyPatch  # noqa: PT013 - for its type

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "history.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_the_page_is_followed(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_list(tmp_path / "报送件" / "市水务局.xlsx", [{}], unit="市水务局")
    (tmp_path / "活动").mkdir()
    (tmp_path / "活动" / "campaign.yaml").write_text("name: 青禾市整改\nround: {id: 2026-11, due: 2026-11-25}\n", "utf-8")
    said = {}
    for line in blocks("")[0].splitlines():
        program, *words = shlex.split(line)
        assert program == "rectify-xl"
        done = CliRunner().invoke(main, words, prog_name=program)
        assert done.exit_code in (0, 1), done.output
        said[words[0] + str(len(words))] = done.stdout
    assert "第 2026-11 轮：汇总 1 次" in said["history3"]
    assert "市水务局填报：整改中" in said["history4"]
    assert "（市水务局.xlsx!任务清单!A4）" in said["history4"]
    assert (tmp_path / "取出.xlsx").read_bytes() == (tmp_path / "总台账.xlsx").read_bytes()
    assert "没有变化 1 项" in said["diff3"]
    with closing(sqlite3.connect(tmp_path / "活动" / "history.sqlite")) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        tables = {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
                  for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")}  # fmt: skip
        parts = re.split(r"^### (\w+)$", PAGE, flags=re.MULTILINE)[1:]
        described = zip(parts[::2], parts[1::2], strict=True)
        assert tables == {name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for name, text in described}
        reported, became = (db.execute(question).fetchall() for question in blocks("sql"))
    assert reported == [("2026-11", "市水务局")]
    assert [row[2:] for row in became] == [("整改中", "2026年12月31日前")]
    for name in ("history", "rounds", "<sha256>"):
        assert name in PAGE
    english = CliRunner().invoke(main, ["history", "1", "--campaign", "活动", "--lang", "en"]).stdout
    assert "市水务局: 整改中" in english
    assert CliRunner().invoke(main, ["history", "--campaign", "活动", "--rebuild", "2026-11"]).exit_code == 2
    empty = CliRunner().invoke(main, ["history", "--campaign", "报送件"])
    assert empty.stdout.startswith("还没有存过任何一轮")
    unknown = CliRunner().invoke(main, ["history", "1", "--campaign", "报送件"])
    assert (unknown.exit_code, "还没有存过任何一轮" in unknown.stderr) == (2, True)
