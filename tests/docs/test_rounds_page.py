"""docs/rounds.md is followed: every command of the office's year runs, in the order of the page, on the sample's rounds."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rectify_xl.cli import main
from rectify_xl.common.resources import resource

if TYPE_CHECKING:
    from pytest import MonkeyPatch  # noqa: PT013 - for its type

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
CITY = resource("samples", "city")
# The day is the reader's today; these commands take one, so that the page runs on any.
JUDGED = {
    "validate": "2026-12-21",
    "merge": "2026-12-21",
    "summarize": "2026-12-22",
    "dispatch": "2026-12-01",
    "round": "2026-12-01",
}


def commands(page: str) -> list[list[str]]:
    found = re.findall(r"^```\n(.*?)^```$", (ROOT / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [shlex.split(line)[1:] for text in found for line in text.splitlines() if line.startswith("rectify-xl ")]


def test_the_page_is_followed(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("活动").mkdir()
    for path in CITY.iterdir():
        if path.is_file():
            shutil.copy(path, "活动")
    for month, suffix in (("2026-11", ""), ("2026-12", "-2026-12")):
        # A few lists say what all of them would.
        folder = Path("报送件", month)
        folder.mkdir(parents=True)
        for name in ("市水利局11月报.xlsx", "市水利局.xlsx", "市生态环境局.xlsx"):
            source = CITY / f"submissions{suffix}" / name
            if source.is_file():
                shutil.copy(source, folder)
    said: dict[str, str] = {}
    for words in commands("docs/rounds.md"):
        name, *_ = words
        done = CliRunner().invoke(main, [*words, *(("--as-of", JUDGED[name]) if name in JUDGED else ())], prog_name="rectify-xl")
        assert done.exit_code in (0, 1), (words, done.output)
        said[" ".join(word for word in words if not word.startswith("-") and "活动" not in word)] = done.output
    assert "项任务有变化" in said["merge 报送件/2026-12 总台账.xlsx 总台账.xlsx"]
    assert "progress-copied" in said["validate 报送件/2026-12 总台账.xlsx 退回/2026-12"]
    assert list(Path("下发/2026-12").glob("*.xlsx"))
    assert "2026-11" in said["history"]
    assert "有变化" in said["diff 十一月台账.xlsx 总台账.xlsx"]
