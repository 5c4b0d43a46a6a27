"""A merge, and reading back what it wrote, give one and the same Master."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import merge, summarize, write_master
from rectify_xl.campaign.settings import Campaign, load_campaign
from rectify_xl.common.resources import resource
from rectify_xl.ledger.master import Master
from rectify_xl.ledger.reading import read_master
from tests.ledger.lists_with_parts import random_master
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 21)
SHEETS = [known.name for known in fields(Master) if known.compare]


def differing(one: Master, other: Master) -> list[str]:
    return [name for name in SHEETS if getattr(one, name) != getattr(other, name)]


@pytest.mark.parametrize("seed", range(12))
def test_a_random_master_reads_back_as_it_was(seed: int, tmp_path: Path) -> None:
    master = random_master(seed)
    write_master(master, tmp_path / "m.xlsx")
    again = read_master(tmp_path / "m.xlsx", campaign=master.campaign)
    assert differing(master, again) == []
    assert again == master
    write_master(again, tmp_path / "n.xlsx")
    assert (tmp_path / "n.xlsx").read_bytes() == (tmp_path / "m.xlsx").read_bytes()


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sample_campaign_reads_back_as_it_was(tmp_path: Path, lang: str, strict: bool) -> None:
    folder = resource("samples", "city")
    campaign = load_campaign(folder)
    master = merge([folder / "submissions"], campaign=campaign, as_of=AS_OF, lang=lang, strict=strict)
    write_master(master, tmp_path / "m.xlsx")
    again = summarize(tmp_path / "m.xlsx", campaign=campaign, as_of=AS_OF)
    # One cell holds a control character, which no cell of a workbook can: it is written as its picture.
    assert [task.values["progress"].replace("\x0b", "␋") for task in master.tasks if task not in again.tasks] == [
        task.values["progress"] for task in again.tasks if task not in master.tasks
    ]
    assert set(differing(master, again)) <= {"tasks", "reports", "findings"}
    assert [finding for finding in master.findings if finding not in again.findings and "\x0b" not in finding.value] == []
    assert len(repr(again)) < 200
    assert "\n" not in repr(again)


def parts(tmp_path: Path, *rows: dict[str, Any]) -> Master:
    """The master of one task with these parts, written to m.xlsx."""
    shared = {"task_id": 1, "problem": "两处排口"}
    path = write_list(
        tmp_path / "in" / "市水务局.xlsx",
        [{**shared, "measures": f"封堵{at}号排口", **row} for at, row in enumerate(rows)],
        unit="市水务局",
        keys=("task_id", "problem", "measures", "leader", "lead_unit", "deadline", "status", "completed_on"),
    )
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for column in ("A", "B"):
        sheet.merge_cells(f"{column}4:{column}{3 + len(rows)}")
    book.save(path)
    master = merge([tmp_path / "in"], as_of=AS_OF, workers=1)
    write_master(master, tmp_path / "m.xlsx")
    assert differing(master, read_master(tmp_path / "m.xlsx")) == []
    return master


def test_a_part_that_is_done_does_not_make_the_task_late(tmp_path: Path) -> None:
    master = parts(tmp_path, {"deadline": "2026年6月底前", "status": "已完成"}, {"deadline": "2027年6月底前", "status": "整改中"})
    (task,) = master.tasks
    assert (task.timing.flag, task.due, task.status) == ("on-time", date(2027, 6, 30), "整改中")
    later = read_master(tmp_path / "m.xlsx", as_of=date(2027, 6, 1))
    assert (later.tasks[0].timing.flag, later.tasks[0].timing.days) == ("due-soon", 29)


def test_of_two_parts_due_soon_the_sooner_one_counts(tmp_path: Path) -> None:
    master = parts(tmp_path, {"deadline": "2026年12月18日"}, {"deadline": "2026年12月1日"})
    assert (master.tasks[0].timing.next_due, master.tasks[0].timing.days) == (date(2026, 12, 1), 10)
    assert master.tasks[0].due == date(2026, 12, 18)


def test_a_part_without_a_deadline_shows_beside_the_others(tmp_path: Path) -> None:
    master = parts(tmp_path, {"deadline": "2026年10月底前"}, {"deadline": None})
    (task,) = master.tasks
    assert task.values["deadline"] == "2026年10月底前\n（未填写）"
    assert (task.due, task.timing.flag) == (None, "overdue")
    assert [verdict.kind for verdict in task.deadlines] == ["dated", "missing"]
    assert master.unclear == (task,)


def test_an_undated_part_that_is_done_leaves_the_date_of_the_others(tmp_path: Path) -> None:
    done = {"deadline": "立行立改", "status": "已完成"}
    master = parts(tmp_path, done, {"deadline": "2027年6月底前", "status": "整改中"})
    assert (master.tasks[0].due, master.tasks[0].timing.flag) == (date(2027, 6, 30), "on-time")
    assert master.unclear == ()


@pytest.mark.parametrize(("status", "completed_on"), [(None, date(2026, 5, 4)), ("已完成", None)])
def test_a_part_that_says_nothing_keeps_the_task_open(tmp_path: Path, status: str | None, completed_on: date | None) -> None:
    done = {"deadline": "2026年6月底前", "status": status, "completed_on": completed_on}
    master = parts(tmp_path, done, {"deadline": "2026年9月底前", "status": None})
    (task,) = master.tasks
    assert (task.timing.flag, task.timing.due, task.is_closed) == ("overdue", date(2026, 9, 30), False)
    shown = task.values["status"], task.values["completed_on"]
    assert shown == (("已完成\n（未填写）", None) if status else (None, "2026-05-04\n（未填写）"))


def test_when_all_parts_are_done_the_whole_is_judged(tmp_path: Path) -> None:
    first = {"deadline": "2026年6月底前", "status": "已完成", "completed_on": date(2026, 5, 4)}
    second = {"deadline": "2026年7月底前", "status": "已完成", "completed_on": date(2026, 8, 4)}
    (task,) = parts(tmp_path, first, second).tasks
    assert (task.timing.flag, task.due, task.values["completed_on"]) == ("done-late", date(2026, 7, 31), date(2026, 8, 4))


def test_a_line_that_the_office_changes_is_open_again(tmp_path: Path) -> None:
    parts(tmp_path, {"deadline": "2027年6月底前"}, {"deadline": "2027年12月底前"})
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    sheet = book["总台账"]
    at = next(cell.column for cell in sheet[3] if cell.value == "整改时限")
    sheet.cell(4, at).value = "2026年10月底前\n2027年12月底前"
    book.save(tmp_path / "m.xlsx")
    (task,) = read_master(tmp_path / "m.xlsx").tasks
    assert (task.timing.flag, task.timing.due) == ("overdue", date(2026, 10, 31))


def test_a_deadline_on_several_lines_of_one_cell_is_one_deadline(tmp_path: Path) -> None:
    rows = [
        {"deadline": "2026年10月底前\n长期坚持"},
        {"task_id": 2, "problem": "西沟淤塞", "deadline": "2026年6月底前\n2027年6月底前"},
    ]
    write_list(tmp_path / "in" / "市水务局.xlsx", rows, unit="市水务局")
    master = merge([tmp_path / "in"], campaign=Campaign(), as_of=AS_OF, workers=1)
    write_master(master, tmp_path / "m.xlsx")
    again = read_master(tmp_path / "m.xlsx")
    assert [(task.due, task.timing.flag) for task in again.tasks] == [
        (date(2026, 10, 31), "overdue"), (date(2027, 6, 30), "on-time"),
    ]  # fmt: skip
    assert differing(master, again) == []
