"""One file handed in under two names, beside a list that corrects it: nobody disagrees with anybody."""

from __future__ import annotations

from shutil import copy
from typing import TYPE_CHECKING

import pytest

from rectify_xl import merge, validate
from tests.rounds.comparing import CAMPAIGN, WATER
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

KEYS = (*CLEAN, "remark")
EARLY, LATE = "2026年12月4日", "2026年12月9日"


def merged(folder: Path, copied: str) -> Master:
    write_list(folder / "一.xlsx", [{"status": "整改中", "remark": "泵站断电"}], unit=WATER, filled=EARLY, keys=KEYS)
    write_list(folder / "二.xlsx", [{"status": "已完成"}], unit=WATER, filled=LATE)
    copy(folder / f"{copied}.xlsx", folder / f"{copied} - 副本.xlsx")
    return merge([folder], campaign=CAMPAIGN, as_of="2026-12-20", workers=1)


@pytest.mark.parametrize("copied", ["一", "二"])
def test_the_later_list_counts_whichever_of_the_two_was_sent_twice(tmp_path: Path, copied: str) -> None:
    master = merged(tmp_path, copied)
    assert master.conflicts == ()
    assert [finding.slug for finding in master.findings if finding.slug == "conflicting-reports"] == []
    (task,) = master.tasks
    assert (task.values["status"], task.values["remark"]) == ("已完成", "泵站断电")


def test_of_two_that_differ_and_are_of_one_day_nobody_knows_the_later(tmp_path: Path) -> None:
    write_list(tmp_path / "三.xlsx", [{"status": "未启动"}], unit=WATER, filled=LATE)
    assert [one.field for one in merged(tmp_path, "一").conflicts] == ["status"]


@pytest.mark.parametrize(("status", "told"), [("已完成", []), ("整改中", ["三.xlsx", "四.xlsx"])])
def test_nothing_is_late_that_the_unit_has_said_to_be_done_since(tmp_path: Path, status: str, told: list[str]) -> None:
    write_list(tmp_path / "三.xlsx", [{"status": "整改中", "deadline": "2026年11月底前"}], unit=WATER, filled=EARLY)
    write_list(tmp_path / "四.xlsx", [{"status": status, "deadline": "2026年11月底前"}], unit=WATER, filled=LATE)
    report = validate([tmp_path], campaign=CAMPAIGN, as_of="2026-12-20", workers=1)
    assert [finding.file for finding in report.findings if finding.slug == "overdue"] == told
