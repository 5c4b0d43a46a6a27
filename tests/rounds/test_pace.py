"""序时进度: a column of its own, or read from status and progress; what becomes of it from list to ledger and figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.ledger.counts import count_units, overview
from rectify_xl.ledger.merging import consolidated
from rectify_xl.ledger.sheets.context import SheetContext
from rectify_xl.papers.bulletin import bulletin
from rectify_xl.papers.facts import Facts
from rectify_xl.rounds import Outcome
from rectify_xl.workflow.validate import validate
from tests.rounds.comparing import CAMPAIGN, HOUSING, WATER, base_task, compared, outcomes, the
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

ON, BEHIND, AHEAD = "达到序时进度", "未达到序时进度", "超序时进度"


def merged(folder: Path) -> Master:
    return consolidated(validate(folder, campaign=CAMPAIGN, as_of=date(2026, 11, 20), collected=True))


@pytest.mark.parametrize(
    ("row", "status", "pace"),
    [
        ({"status": "达到序时进度"}, "整改中", ON),
        ({"status": "未达序时进度"}, "整改中", BEHIND),
        ({"status": "超序时进度/提前"}, "整改中", AHEAD),
        ({"status": "整改中（达到序时进度）"}, "整改中", ON),
        ({"progress": "已封堵四处排口,未达到序时进度"}, "整改中", BEHIND),
        ({"status": "滞后", "progress": "力争年底前达到序时进度"}, "整改中", BEHIND),
        ({}, "整改中", None),
        ({"status": "已完成，长期坚持"}, "已完成", None),
    ],
)
def test_read_where_the_list_has_no_column(tmp_path: Path, row: dict[str, str], status: str, pace: str | None) -> None:
    write_list(tmp_path / "a.xlsx", [row], unit=WATER)
    (task,) = merged(tmp_path).tasks
    assert (task.values["status"], task.values["pace"]) == (status, pace)


def test_the_column_itself_goes_first_and_a_blank_is_read_elsewhere(tmp_path: Path) -> None:
    rows = [{"pace": "滞后", "status": ON}, {"task_id": 2, "problem": "另一处问题", "pace": None, "status": "提前"}]
    write_list(tmp_path / "a.xlsx", [{**row, "序时进度": row["pace"]} for row in rows], unit=WATER, keys=(*CLEAN, "序时进度"))
    assert [task.values["pace"] for task in merged(tmp_path).tasks] == [BEHIND, AHEAD]


def test_a_column_of_the_pace_that_also_says_done_is_the_status_of_a_list_without_one(tmp_path: Path) -> None:
    rows = [{"序时进度": "已完成"}, {"task_id": 2, "problem": "另一处问题", "序时进度": BEHIND}]
    write_list(tmp_path / "a.xlsx", rows, unit=WATER, keys=(*(key for key in CLEAN if key != "status"), "序时进度"))
    assert [(task.values["status"], task.values["pace"]) for task in merged(tmp_path).tasks] == [
        ("已完成", None),
        ("整改中", BEHIND),
    ]


def test_what_a_cooperating_unit_says_of_its_share_contradicts_nobody(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"status": ON}], unit=WATER)
    write_list(tmp_path / "b.xlsx", [{"status": BEHIND}], unit=HOUSING)
    master = merged(tmp_path)
    assert [task.values["pace"] for task in master.tasks] == [ON]
    assert master.conflicts == ()
    assert {report.unit: report.values["pace"] for report in master.reports} == {WATER: ON, HOUSING: BEHIND}


def test_this_rounds_pace_replaces_the_last_one_at_the_cell_that_says_it(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"status": BEHIND}], unit=WATER)
    write_list(tmp_path / "b.xlsx", [{"progress": "本单位承担的已完成一半,达到序时进度"}], unit=HOUSING)
    comparison = compared(tmp_path, base_task(ours={"pace": ON}, last={WATER: {"pace": ON}, HOUSING: {}}))
    found = the(comparison, "pace")
    assert (found.outcome, found.value, found.cell) == (Outcome.REPORTED, BEHIND, "a.xlsx!任务清单!G4")
    assert ("T0001", HOUSING, "pace") not in outcomes(comparison)


def test_a_list_that_says_nothing_of_it_keeps_the_last_word(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit=WATER)
    assert outcomes(compared(tmp_path, base_task(ours={"pace": ON}, last={WATER: {"pace": ON}}))) == {}


def test_the_figures_count_tasks_that_are_not_done(tmp_path: Path) -> None:
    words = ["达到序时进度", "超序时进度", "未达到序时进度", "整改中", "已完成"]
    rows = [{"task_id": at, "problem": f"第{at}处问题没有解决", "status": word} for at, word in enumerate(words, 1)]
    rows[-1]["progress"] = "达到序时进度"
    write_list(tmp_path / "a.xlsx", rows, unit=WATER)
    master = merged(tmp_path)
    context = SheetContext(master, "zh")
    assert overview(context).by_pace == ((ON, 2), (BEHIND, 1), ("未填序时进度", 1))
    (unit,) = count_units(context)
    assert (unit.closed, unit.by_pace) == (1, (2, 1, 1))
    filled = bulletin(Facts(master))
    assert filled["进度分布"] == "已办结1项、达到序时进度2项（含超序时进度）、未达到序时进度1项、未填序时进度1项"
    assert filled["进度滞后单位"] == "市水务局1项"
