"""A workbook that a new master overwrites: only a master of the same campaign, and never without a backup."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.campaign.settings import Campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.template import make_template
from rectify_xl.workbook import backup as backup_module
from rectify_xl.workbook import write_master, write_report, write_template
from rectify_xl.workflow.validate import validate
from tests.support.lists import write_list

if TYPE_CHECKING:
    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"总台账\.\d{4}-\d{2}-\d{2}-\d{6}(-\d+)?\.bak\.xlsx")


@pytest.fixture
def path(written: Path) -> Path:
    """A master in which the office has written something."""
    return edited(written, "请张处核")


def edited(path: Path, words: str) -> Path:
    book = openpyxl.load_workbook(path)
    book.create_sheet("整改办自用")["A1"] = words
    book.save(path)
    return path


def of_campaign(master: Master, name: str) -> Master:
    return replace(master, campaign=replace(master.campaign, name=name))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_old_workbook_is_kept_byte_for_byte(master: Master, path: Path) -> None:
    old = path.read_bytes()
    path.chmod(0o640)
    backup = write_master(master, path)
    assert backup
    assert (backup.parent, backup.read_bytes(), backup.stat().st_mode & 0o777) == (path.parent, old, 0o640)
    assert NAME.fullmatch(backup.name)
    assert "整改办自用" in openpyxl.load_workbook(path).sheetnames
    assert names(path.parent) == sorted([path.name, backup.name])


def test_a_new_file_and_the_same_bytes_need_no_backup(master: Master, tmp_path: Path) -> None:
    assert write_master(master, tmp_path / "总台账.xlsx") is None
    assert write_master(master, tmp_path / "总台账.xlsx", backup_dir=tmp_path / "rounds") is None
    assert names(tmp_path) == ["总台账.xlsx"]


def test_the_same_content_is_kept_once(master: Master, path: Path) -> None:
    old = path.read_bytes()
    first = write_master(master, path)
    path.write_bytes(old)
    assert write_master(master, path) == first
    assert len(names(path.parent)) == 2


def test_backups_of_one_second_have_names_of_their_own(master: Master, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Clock:
            return cls(2026, 11, 21, 9, 5, 7, tzinfo=tz)

    monkeypatch.setattr(backup_module, "datetime", Clock)
    old = path.read_bytes()
    kept = [write_master(master, path)]
    kept += [write_master(master, edited(path, words)) for words in ("二", "三")]
    assert [backup.name for backup in kept if backup] == [
        "总台账.2026-11-21-090507.bak.xlsx", "总台账.2026-11-21-090507-2.bak.xlsx", "总台账.2026-11-21-090507-3.bak.xlsx",
    ]  # fmt: skip
    assert kept[0]
    assert kept[0].read_bytes() == old
    assert len({backup.read_bytes() for backup in kept if backup}) == 3

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)  # FAT has no hard links
    last = write_master(master, edited(path, "四"))
    assert last
    assert last.name == "总台账.2026-11-21-090507-4.bak.xlsx"
    assert names(path.parent) == sorted([path.name, *(backup.name for backup in (*kept, last) if backup)])


def test_a_folder_for_backups_is_made(master: Master, path: Path, tmp_path: Path) -> None:
    backup = write_master(master, path, backup_dir=tmp_path / "活动" / "rounds")
    assert backup
    assert backup.parent == tmp_path / "活动" / "rounds"
    assert names(tmp_path) == ["总台账.xlsx", "活动"]


def test_a_link_stays_and_the_file_behind_it_is_kept_beside_itself(master: Master, path: Path, tmp_path: Path) -> None:
    (tmp_path / "桌面").mkdir()
    link = tmp_path / "桌面" / "最新.xlsx"
    link.symlink_to(path)
    old = path.read_bytes()
    backup = write_master(master, link)
    assert backup
    assert (link.is_symlink(), backup.parent, backup.read_bytes()) == (True, path.parent, old)
    assert NAME.fullmatch(backup.name)
    assert names(link.parent) == ["最新.xlsx"]


def test_a_link_to_the_workbook_is_no_backup_of_it(master: Master, path: Path) -> None:
    (path.parent / "旧.bak.xlsx").symlink_to(path)
    (path.parent / "又.bak.xlsx").hardlink_to(path)
    backup = write_master(master, path)
    assert backup
    assert NAME.fullmatch(backup.name)


def test_a_backup_may_be_overwritten_as_well(master: Master, path: Path) -> None:
    target = path.rename(path.parent / "总台账.bak.xlsx")
    old = target.read_bytes()
    backup = write_master(master, target)
    assert backup
    assert backup != target
    assert backup.read_bytes() == old


def test_a_long_name_leaves_room_for_the_date(master: Master, path: Path) -> None:
    long = path.rename(path.parent / f"{'总' * 80}.xlsx")
    backup = write_master(master, long)
    assert backup
    assert re.fullmatch(r"总{66}\.[\d-]{17}\.bak\.xlsx", backup.name)


@pytest.mark.parametrize(("name", "said"), [
    ("乙市整改", "是活动“青禾市整改”的总台账，而本次的活动是“乙市整改”"),
    ("", "是活动“青禾市整改”的总台账，而本次没有指定活动"),
])  # fmt: skip
def test_a_master_of_another_campaign_is_not_overwritten(master: Master, path: Path, name: str, said: str) -> None:
    old = path.read_bytes()
    with pytest.raises(RectifyError, match=said):
        write_master(of_campaign(master, name), path)
    assert (path.read_bytes(), names(path.parent)) == (old, [path.name])


def test_a_master_without_a_campaign_is_overwritten_without_one_only(master: Master, tmp_path: Path) -> None:
    path = tmp_path / "总台账.xlsx"
    write_master(of_campaign(master, ""), path)
    edited(path, "一")
    with pytest.raises(RectifyError, match="是没有写明活动的总台账，而本次的活动是“青禾市整改”"):
        write_master(master, path)
    assert write_master(of_campaign(master, ""), path)


@pytest.mark.parametrize(("before", "now"), [
    ("青禾市整改（2026）", "青禾市整改(2026)"),
    ("青禾市  整改\n2026 ", "青禾市 整改 2026"),
    ("青禾市" * 100, "青禾市" * 100),
])  # fmt: skip
def test_a_name_is_compared_as_people_read_it(master: Master, tmp_path: Path, before: str, now: str) -> None:
    write_master(of_campaign(master, before), tmp_path / "m.xlsx")
    assert write_master(of_campaign(master, now), edited(tmp_path / "m.xlsx", "一"))


def foreign_files(folder: Path) -> dict[str, Path]:
    """Workbooks that are no masters, and what the refusal calls them."""
    book = openpyxl.Workbook()
    book.save(folder / "家用.xlsx")
    unit = write_list(folder / "市水务局.xlsx", [{}], unit="市水务局")
    write_report(validate(unit, campaign=Campaign()), folder / "报告.xlsx")
    (folder / "空.xlsx").touch()
    (folder / "网页.xlsx").write_text("<html><table></table></html>", "utf-8")
    (folder / "半个.xlsx").write_bytes(unit.read_bytes()[:3000])
    return {
        "不是本软件生成的总台账": folder / "家用.xlsx",
        "，不是本软件生成的总台账": unit,
        "本软件生成的校验报告": folder / "报告.xlsx",
        "0 字节": folder / "空.xlsx",
        "网页（HTML）": folder / "网页.xlsx",
        "已损坏或没有传完": folder / "半个.xlsx",
    }


def test_no_other_workbook_is_overwritten(master: Master, tmp_path: Path) -> None:
    for said, path in foreign_files(tmp_path).items():
        old, there = path.read_bytes(), names(tmp_path)
        with pytest.raises(RectifyError, match=said) as refusal:
            write_master(master, path)
        assert str(refusal.value).startswith(f"{path}: 已有这个文件，")
        assert "请换一个文件名" in str(refusal.value)
        assert (path.read_bytes(), names(tmp_path)) == (old, there)


def test_neither_a_report_nor_a_template_replaces_a_master(path: Path, tmp_path: Path) -> None:
    old = path.read_bytes()
    report = validate(write_list(tmp_path / "市水务局.xlsx", [{}], unit="市水务局"), campaign=Campaign())
    with pytest.raises(RectifyError, match="是总台账，没有覆盖"):
        write_report(report, path)
    with pytest.raises(RectifyError, match="是总台账，没有覆盖"):
        write_template(make_template(Campaign(), made_on=date(2026, 11, 21)), path)
    assert path.read_bytes() == old
    write_report(report, tmp_path / "报告.xlsx")
    write_report(report, tmp_path / "报告.xlsx")  # a new report replaces the old one


def test_a_damaged_master_is_not_overwritten(master: Master, path: Path) -> None:
    old = path.read_bytes()
    for damaged in (old[: len(old) // 2], old[:-30], b"PK\x03\x04" + old[len(old) // 3 :]):
        path.write_bytes(damaged)
        with pytest.raises(RectifyError, match="没有覆盖，也没有改动"):
            write_master(master, path)
        assert (path.read_bytes(), names(path.parent)) == (damaged, [path.name])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(master: Master, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    with pytest.raises(RectifyError, match="不是普通文件"):
        write_master(master, tmp_path / "管道.xlsx")


def test_what_was_saved_meanwhile_is_what_is_kept(master: Master, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office saves while the new master is being made: the last state is judged and kept, not the first."""
    from rectify_xl import workbook

    verify = workbook.verify_workbook

    def slowly(*given: Any) -> None:
        verify(*given)
        edited(path, "最后一刻")

    monkeypatch.setattr(workbook, "verify_workbook", slowly)
    backup = write_master(master, path)
    assert backup
    assert openpyxl.load_workbook(backup).worksheets[-1]["A1"].value == "最后一刻"

    def replaced(*given: Any) -> None:
        verify(*given)
        openpyxl.Workbook().save(path)

    monkeypatch.setattr(workbook, "verify_workbook", replaced)
    with pytest.raises(RectifyError, match="不是本软件生成的总台账"):
        write_master(master, path, lang="en")
    assert openpyxl.load_workbook(path).sheetnames == ["Sheet"]


def test_without_a_backup_nothing_is_overwritten(master: Master, path: Path, tmp_path: Path) -> None:
    old = path.read_bytes()
    (tmp_path / "rounds").write_text("不是文件夹", "utf-8")
    with pytest.raises(RectifyError, match=r"备份不到.*rounds.*没有覆盖"):
        write_master(master, path, backup_dir=tmp_path / "rounds")
    assert (path.read_bytes(), names(tmp_path)) == (old, ["rounds", "总台账.xlsx"])


@pytest.mark.skipif(not hasattr(os, "seteuid") or os.geteuid() != 0, reason="only root can become somebody else for a while")
def test_a_read_only_folder_of_backups_as_another_user(master: Master, path: Path) -> None:
    write_master(master, path, backup_dir=path.parent / "warm")  # everything is imported
    _assert_read_only_refused(master, path, nobody=65534)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_folder_of_backups(master: Master, path: Path) -> None:
    _assert_read_only_refused(master, path)


def _assert_read_only_refused(master: Master, path: Path, nobody: int | None = None) -> None:
    edited(path, "甲")
    old = path.read_bytes()
    parents = [folder for folder in path.parents if folder.stat().st_mode & 0o777 == 0o700]
    rounds = path.parent / "rounds"
    rounds.mkdir()
    try:
        if nobody is not None:
            for folder in parents:
                folder.chmod(0o755)
            path.parent.chmod(0o777)
            path.chmod(0o666)
            os.seteuid(nobody)
        else:
            rounds.chmod(0o500)
        with pytest.raises(RectifyError, match=r"备份不到.*rounds.*没有覆盖.*请检查该文件夹的权限"):
            write_master(master, path, backup_dir=rounds)
    finally:
        if nobody is not None:
            os.seteuid(0)
            for folder in parents:
                folder.chmod(0o700)
        rounds.chmod(0o700)
    assert (path.read_bytes(), names(rounds)) == (old, [])
    assert not [name for name in names(path.parent) if name.endswith(".tmp")]


@pytest.mark.kill
def test_a_process_killed_while_copying_leaves_no_half_backup(path: Path) -> None:
    old = path.read_bytes()
    script = (
        "import os, signal, sys; sys.path.insert(0, 'tests/workbook')\n"
        "from conftest import build\n"
        "from rectify_xl.workbook import backup, write_master\n"
        "backup.flush = lambda path: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_master(build(), sys.argv[1])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == old
    assert [name for name in names(path.parent) if not name.startswith(".")] == [path.name]


def test_backups_are_no_submissions(master: Master, path: Path, tmp_path: Path) -> None:
    write_list(tmp_path / "市水务局.xlsx", [{}], unit="市水务局")
    backup = write_master(master, path)
    assert backup
    shutil.copy(backup, tmp_path / "又一份.xlsx")
    found = {one.path: (one.status, one.reason) for one in validate(tmp_path).submissions}
    assert found == {
        "市水务局.xlsx": ("accepted", ""),
        **dict.fromkeys((path.name, backup.name, "又一份.xlsx"), ("skipped", "own-output")),
    }
