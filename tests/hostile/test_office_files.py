"""Settings, rosters, calendars and materials of the office's own that somebody made absurd: one sentence, and in time."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rectify_xl.campaign.material_settings import Materials
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.cli import main
from rectify_xl.collection.closing import closing_faults, closing_progress
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.workdays import WorkCalendar
from rectify_xl.mail.master_file import sha256_of
from rectify_xl.papers import write_dossiers
from rectify_xl.papers.materials import MaterialsFolder, dossier_of, doubts_of
from tests.support.ledgers import CAMPAIGN, a_master, a_task
from tests.support.word import whole

if TYPE_CHECKING:
    from pathlib import Path

START = "name: 整改\nissued: 2026-07-23\n"
BOMB = "".join(f"  - &s{at} [{','.join([f'*s{at - 1}' if at else 'a'] * 10)}]\n" for at in range(12))
ABSURD = {
    "an endless list": (START + "rules: {select: [" + "D502," * 200_000 + "]}", {}, "512 KB"),
    "references that unfold": (START + "rules:\n  silence:\n" + BOMB, {}, "silence"),
    "a reference to itself": (START + "mail: {to: &a [*a]}", {}, "mail.to"),
    "a call": (START + "issuer: !!python/object/apply:os.system [id]", {}, "issuer"),
    "five thousand digits": (START + f"deadlines: {{due_soon_days: {'9' * 5000}}}", {}, "太大"),
    "no number": (START + "lookback: {ratio: .nan}", {}, "ratio"),
    "a device": (START + "units: /dev/zero", {}, "不是普通文件"),
    "a pipe": (START + "calendar: pipe", {}, "不是普通文件"),
    "a roster of everybody": (START + "units: u.csv", {"u.csv": "name\n" + "市局\n" * 20_001}, "行数超过 20000"),
    "a cell of everything": (START + "units: u.csv", {"u.csv": f'name,aliases\n市局,"{"长" * 200_000}"\n'}, "第 2 行"),
    "no day": (START + "calendar: h.csv", {"h.csv": f"date,kind\n{'9' * 5000}-1-1,holiday\n"}, "第 2 行"),
}  # fmt: skip
MOST_SECONDS = 5.0  # of processor time; what takes the square of its length takes minutes


@pytest.mark.parametrize("kind", ABSURD)
def test_absurd_settings_end_in_one_sentence(tmp_path: Path, kind: str) -> None:
    text, others, said = ABSURD[kind]
    os.mkfifo(tmp_path / "pipe")
    for name, content in {"campaign.yaml": text, **others}.items():
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(RectifyError) as told:
        load_campaign(tmp_path)
    assert said in told.value.message.zh
    assert "\n" not in told.value.message.zh


def test_what_hides_in_a_roster_was_pasted_along(tmp_path: Path) -> None:
    """A direction mark in one name would stop the mails to all, and split the unit in two for whoever compares names."""
    (tmp_path / "campaign.yaml").write_text(START + "units: u.csv", "utf-8")
    (tmp_path / "u.csv").write_text('name,email\n市水\u200b务局\u202e,"a@example.gov.cn\u2060"\n"市住\r\n  建局",\n', "utf-8")
    units = load_campaign(tmp_path).units
    assert [(unit.name, unit.email) for unit in units] == [("市水务局", "a@example.gov.cn"), ("市住建局", "")]


def test_blanks_in_a_roster_take_their_time_once(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text(START + "units: u.csv", "utf-8")

    (tmp_path / "u.csv").write_text(f"name\n市{' ' * 100_000}局\n", "utf-8")
    began = time.process_time()
    load_campaign(tmp_path)
    assert time.process_time() - began < MOST_SECONDS


# Materials --------------------------------------------------------------------------------------------------------------


def test_links_among_materials_are_named_and_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "materials"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "验收意见.pdf").write_text("x", "utf-8")
    (folder / "3").mkdir(parents=True)
    (folder / "3" / "情况说明.docx").symlink_to(outside / "deep" / "验收意见.pdf")
    (folder / "3" / "outside").symlink_to(outside)
    (folder / "3" / "round").symlink_to(folder)
    (folder / "3 验收").symlink_to(outside)
    os.mkfifo(folder / "3" / "验收意见.fifo")
    task = a_task("3")
    found = dossier_of(task, ("情况说明", "验收意见"), MaterialsFolder(folder, a_master([task])))
    assert [one.found for one in found.materials] == [(), ()]
    assert found.empty == ("3 验收", "3/outside", "3/round", "3/情况说明.docx")
    assert any("空文件或链接" in told.zh for told in doubts_of(found))


def test_files_of_materials_with_odd_names(tmp_path: Path) -> None:
    """A name in GBK, as old archivers leave it, is read as on Windows; whatever else a name is, the form can be written."""
    folder = tmp_path / "materials"
    (folder / "3").mkdir(parents=True)
    for name in ("验收意见.pdf".encode("gbk"), b"\x1b[31m\xe2\x80\xae=1.pdf", b"\xff\xfe]]>.pdf"):
        (folder / "3" / os.fsdecode(name)).write_text("x", "utf-8")
    task = a_task("3")
    campaign = replace(CAMPAIGN, closing=replace(CAMPAIGN.closing, materials=Materials({"default": ("验收意见",)}, folder)))
    (paper,) = write_dossiers(a_master([task], campaign), [task], tmp_path / "out")
    assert paper.path is not None
    assert not any("缺材料" in check.zh for check in paper.checks)
    assert "\x1b" not in whole(paper.path)


def test_a_folder_of_thousands_of_files_is_no_longer_walked_than_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_xl.papers.materials._MOST_FILES", 3)
    (tmp_path / "3").mkdir()
    for at in range(9):
        (tmp_path / "3" / f"{at}.pdf").write_text("x", "utf-8")
    task = a_task("3")
    assert [name for name, _ in MaterialsFolder(tmp_path, a_master([task])).files(["3"])] == ["3/0.pdf", "3/1.pdf", "3/2.pdf"]


def test_thousands_of_tasks_find_their_folders_in_time(tmp_path: Path) -> None:
    tasks = [replace(a_task(str(at)), key=f"T{at:04}") for at in range(1, 2_001)]
    for task in tasks:
        (tmp_path / f"{task.values['task_id']} 泵站").mkdir()
    began = time.process_time()
    folders = MaterialsFolder(tmp_path, a_master(tasks))
    assert [folders.of(task) for task in tasks] == [(f"{task.values['task_id']} 泵站",) for task in tasks]
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.parametrize("unit", ["附件", "一份", "1份1", "见附件", "（缺", "、", "缺材料：", "1"])
def test_materials_named_without_an_end(tmp_path: Path, unit: str) -> None:
    task = a_task("3", evidence=unit * (32_000 // len(unit)))
    began = time.process_time()
    dossier_of(task, ("情况说明", "佐证材料"), MaterialsFolder(tmp_path, a_master([task])))
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_no_master_and_links_in_a_circle_are_no_plan(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "zero.xlsx").symlink_to("/dev/zero")
    (tmp_path / "circle.xlsx").symlink_to("circle.xlsx")
    for name in ("pipe.xlsx", "zero.xlsx", "circle.xlsx"):
        done = CliRunner().invoke(main, ["dispatch", str(tmp_path / name), "-o", str(tmp_path / "下发")])
        assert (done.exit_code, "无法打开" in done.output) == (2, True), done.output
    done = CliRunner().invoke(main, ["import", str(tmp_path / "circle.xlsx"), "-o", str(tmp_path / "t.xlsx")])
    assert (done.exit_code, "没有这个文件" in done.output) == (2, True), done.output
    with pytest.raises(RectifyError, match="无法打开"):
        sha256_of(tmp_path / "pipe.xlsx")


def test_the_last_day_that_there_is(tmp_path: Path) -> None:
    task = a_task("1", status="已完成", completed_on=date.max, publicity_start=date.max, accepted_on=date.max, closed_on=date.max)
    rules = replace(CAMPAIGN, closing=replace(CAMPAIGN.closing, within_days=30), calendar=WorkCalendar({date.max: True}))
    for campaign in (rules, replace(rules, calendar=WorkCalendar())):
        master = a_master([task], campaign)
        assert closing_faults(campaign, task.values, date(2026, 11, 20), date(2026, 11, 20))
        assert closing_progress(campaign, task.values, None, date(2026, 11, 20)).late == 0
        write_dossiers(master, [task], tmp_path)
    assert WorkCalendar().last_day(date.max, 10, "calendar").day == date.max
