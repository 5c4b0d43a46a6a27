"""What merge, summarize and demo do with a workbook that is already where their master goes."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.campaign import settings
from rectify_xl.campaign.yaml_nodes import Node, read_nodes
from tests.support.commands import run
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


AS_OF = ("--as-of", "2026-11-21")


@pytest.fixture(scope="module")
def made_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign folder with one list and its master, in which the office has added a sheet."""
    folder = tmp_path_factory.mktemp("round")
    write_list(folder / "in" / "市水务局.xlsx", [{}], unit="市水务局")
    (folder / "campaign.yaml").write_text("name: 青禾市整改\n", "utf-8")
    assert run("merge", folder / "in", "-o", folder / "m.xlsx", "--campaign", folder, *AS_OF).exit_code == 0
    edit(folder / "m.xlsx", "请张处核")
    return folder


@pytest.fixture
def folder(made_round: Path, tmp_path: Path) -> Path:
    """Such a folder of the test's own."""
    return shutil.copytree(made_round, tmp_path, dirs_exist_ok=True)


def edit(path: Path, words: str) -> None:
    book = openpyxl.load_workbook(path)
    book.create_sheet("整改办自用")["A1"] = words
    book.save(path)


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.bak.xlsx"))


def test_merge_keeps_the_master_it_overwrites_and_says_where(folder: Path) -> None:
    old = (folder / "m.xlsx").read_bytes()
    result = run("merge", folder / "in", "-o", folder / "m.xlsx", "--campaign", folder, *AS_OF)
    (kept,) = backups(folder / "rounds")
    assert (result.exit_code, result.stderr, kept.read_bytes()) == (0, "", old)
    assert result.stdout.splitlines()[1] == f"覆盖前的台账保存在 {kept}。"
    assert backups(folder) == []


def test_merge_reads_the_campaign_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or it might be judged by other settings than those by which it was allowed to overwrite the master."""
    read: list[Path] = []

    def noted(path: Path) -> Node:
        read.append(path)
        return read_nodes(path)

    monkeypatch.setattr(settings, "read_nodes", noted)
    assert run("merge", folder / "in", "-o", folder / "m.xlsx", "--campaign", folder, *AS_OF).exit_code == 0
    assert read == [folder / "campaign.yaml"]


def test_merge_says_it_in_json_and_in_english(folder: Path) -> None:
    given = ("merge", folder / "in", "-o", folder / "m.xlsx", "--campaign", folder / "campaign.yaml", *AS_OF)
    told = json.loads(run(*given, "--format", "json").stdout)
    (kept,) = backups(folder / "rounds")
    assert told["backup"] == kept.as_posix()
    assert json.loads(run(*given, "--format", "json").stdout)["backup"] is None
    said = run(*given, "--lang", "en").stdout.splitlines()[1]
    (last,) = set(backups(folder / "rounds")) - {kept}
    assert said == f"The workbook that was overwritten is kept as {last}."


def test_base_and_output_may_be_one_file(folder: Path) -> None:
    given = ("--base", folder / "m.xlsx", "-o", folder / "m.xlsx", "--campaign", folder)
    assert run("merge", folder / "in", *given, *AS_OF).exit_code == 0
    assert len(backups(folder / "rounds")) == 1


def test_without_a_campaign_the_backup_stands_beside_the_master(folder: Path) -> None:
    plain = folder / "plain.xlsx"
    assert run("merge", folder / "in", "-o", plain, *AS_OF).exit_code == 0
    edit(plain, "一")
    result = run("merge", folder / "in", "-o", plain, *AS_OF)
    (kept,) = backups(folder)
    assert f"覆盖前的台账保存在 {kept}。" in result.stdout.splitlines()
    assert kept.name.startswith("plain.2")


def test_summarize_keeps_the_master_it_overwrites(folder: Path) -> None:
    old = (folder / "m.xlsx").read_bytes()
    result = run("summarize", folder / "m.xlsx", "--campaign", folder, *AS_OF)
    (kept,) = backups(folder / "rounds")
    assert (result.exit_code, kept.read_bytes()) == (0, old)
    assert result.stdout.splitlines()[1] == f"覆盖前的台账保存在 {kept}。"
    result = run("summarize", folder / "m.xlsx", "--as-of", "2026-12-21")
    (beside,) = backups(folder)
    assert f"覆盖前的台账保存在 {beside}。" in result.stdout.splitlines()


@pytest.mark.parametrize("command", ["merge", "summarize"])
@pytest.mark.parametrize("campaign", [True, False])
def test_another_file_is_refused_and_nothing_is_touched(folder: Path, command: str, campaign: bool) -> None:
    foreign = folder / "家用.xlsx"
    book = openpyxl.Workbook()
    book.save(foreign)
    other = folder / "乙.xlsx"
    (folder / "乙").mkdir()
    (folder / "乙" / "campaign.yaml").write_text("name: 乙市整改\n", "utf-8")
    assert run("merge", folder / "in", "-o", other, "--campaign", folder / "乙", *AS_OF).exit_code == 0
    damaged = folder / "坏.xlsx"
    damaged.write_bytes((folder / "m.xlsx").read_bytes()[:5000])
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    given = ["--campaign", folder] if campaign else []
    source = folder / ("in" if command == "merge" else "m.xlsx")
    for target, said in ((foreign, "不是本软件生成的总台账"), (other, "“乙市整改”的总台账"), (damaged, "已损坏或没有传完"),
                         (folder / "in" / "市水务局.xlsx", "")):  # fmt: skip
        result = run(command, source, "-o", target, *given, *AS_OF)
        assert (result.exit_code, result.stdout) == (2, ""), target
        assert result.stderr.startswith(f"错误：{target}: ")
        assert result.stderr.count("\n") == 1
        assert said in result.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_merge_refuses_before_the_lists_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object, **__: object) -> None:
        raise AssertionError("the lists are read")

    monkeypatch.setattr("rectify_xl.workflow.merge.validate", read)
    result = run("merge", folder / "in", "-o", folder / "m.xlsx", *AS_OF)
    assert (result.exit_code, "而本次没有指定活动" in result.stderr) == (2, True)
