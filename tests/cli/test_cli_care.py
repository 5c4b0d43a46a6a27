"""What the command must never do: write over somebody's work, lose a file silently, or end in a traceback."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from rectify_xl.workflow.validate import validate
from tests.support.commands import run
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2026-11-21")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_list(tmp_path / "in" / "市水务局.xlsx", [{}], unit="市水务局")
    return tmp_path


@pytest.mark.parametrize("command", ["validate", "merge"])
def test_a_result_is_not_written_over_a_list(folder: Path, command: str) -> None:
    handed_in = folder / "in" / "市水务局.xlsx"
    before = handed_in.read_bytes()
    for given in (folder / "in", handed_in):
        result = run(command, given, "-o", handed_in, *AS_OF)
        assert (result.exit_code, "不能用结果覆盖它" in result.stderr) == (2, True)
    assert handed_in.read_bytes() == before
    # A result of ours among the lists may be replaced by the next one.
    for _ in range(2):
        assert run(command, folder / "in", "-o", folder / "in" / "结果.xlsx", *AS_OF).exit_code == 0


def test_the_folder_of_a_result_is_made(folder: Path) -> None:
    assert run("merge", folder / "in", "-o", folder / "out" / "十一月" / "总台账.xlsx", *AS_OF).exit_code == 0
    assert (folder / "out" / "十一月" / "总台账.xlsx").is_file()
    result = run("merge", folder / "in", "-o", folder / "in" / "市水务局.xlsx" / "总台账.xlsx", *AS_OF)
    assert (result.exit_code, "无法建立文件夹" in result.stderr) == (2, True)


@pytest.mark.parametrize("place", ["文件", "文件/里面"])
def test_a_new_campaign_where_none_can_be_is_one_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "文件").write_text("不是文件夹", "utf-8")
    result = run("init", tmp_path / place)
    assert result.exit_code == 2
    assert result.stderr.startswith("错误：")
    assert "读写失败" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_among_the_lists_is_skipped(folder: Path) -> None:
    os.mkfifo(folder / "in" / "管道.xlsx")
    told = json.loads(run("validate", folder / "in", "--format", "json", *AS_OF).stdout)
    assert {file["path"]: file["status"] for file in told["files"]} == {"市水务局.xlsx": "accepted", "管道.xlsx": "skipped"}


def test_a_folder_that_cannot_be_looked_into_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "in" / "县区").mkdir()
    scan = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("县区"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    report = validate([folder / "in"])
    assert [(found.slug, found.file) for found in report.findings if found.severity == "error"] == [
        ("unreadable-file", "in/县区")
    ]
    assert [one.status for one in report.submissions] == ["rejected", "accepted"]


@pytest.mark.parametrize("choice", [("--select", "D"), ("--ignore", "S"), ("--ignore", "unreadable-file")])
def test_why_a_file_was_not_used_is_told_whatever_is_chosen(folder: Path, choice: tuple[str, str]) -> None:
    (folder / "in" / "坏.xlsx").write_bytes(b"PK\x03\x04 cut off")
    told = json.loads(run("validate", folder / "in", "--format", "json", *choice, *AS_OF).stdout)
    assert [finding["slug"] for finding in told["findings"]] == ["unreadable-file"]


@pytest.mark.parametrize("day", ["9999-12-31", "0201-01-01"])
def test_a_day_that_nobody_means(folder: Path, day: str) -> None:
    result = run("validate", folder / "in", "--as-of", day)
    assert (result.exit_code, "1990" in result.stderr) == (2, True)


def test_one_path_may_be_given_as_it_is(folder: Path) -> None:
    assert len(validate(folder / "in").collection) == len(validate(str(folder / "in")).collection) == 1


def test_a_comma_too_many_in_the_roster_is_told(folder: Path) -> None:
    (folder / "campaign.yaml").write_text("name: 试点\nunits: units.csv\n", "utf-8")
    (folder / "units.csv").write_text("id,name,email\nU1,市水务局,节水办,a@example.gov.cn\n", "utf-8")
    result = run("validate", folder / "in", "--campaign", folder, *AS_OF)
    assert (result.exit_code, "units.csv 第 2 行" in result.stderr) == (2, True)
