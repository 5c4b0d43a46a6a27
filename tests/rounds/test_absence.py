"""Who has not reported, where the last master says who leads what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.reporting_settings import ReportingRules
from rectify_xl.collection.absence import absences
from rectify_xl.collection.base import Base
from tests.rounds.comparing import CAMPAIGN, FARM, HOUSING, WATER, base_task, collected
from tests.rounds.in_memory import Row, a_list, from_plan, merged
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.base import BaseTask
    from rectify_xl.ledger.master import Master

OWN = {"problem": "东湖岸线围垦二十亩未退", "lead_unit": FARM}


def missing(folder: Path, *tasks: BaseTask, campaign: Campaign = CAMPAIGN) -> dict[str, tuple[str, ...]]:
    """The units that should have reported, with the tasks for which they should; the farm bureau has."""
    write_list(folder / "a.xlsx", [OWN], unit=FARM)
    collection = replace(collected(folder, Base(tasks, "2026-11")), campaign=campaign)
    return {absence.unit: absence.tasks for absence in absences(collection) if absence.kind == "missing"}


def test_a_silent_unit_that_leads_an_open_task_of_the_last_master_is_missing(tmp_path: Path) -> None:
    assert missing(tmp_path, base_task(ours={"task_id": 7})) == {WATER: ("7",)}


def test_what_a_silent_unit_leads_is_named_by_the_numbers_of_the_last_master(tmp_path: Path) -> None:
    """A unit numbers its own list from 1: its row 1 is task 7."""
    write_list(tmp_path / "b.xlsx", [{"task_id": 1, "lead_unit": WATER, "coop_units": HOUSING}], unit=HOUSING)
    assert missing(tmp_path, base_task(ours={"task_id": 7})) == {WATER: ("7",)}


def test_nobody_is_asked_for_a_task_that_is_struck_off(tmp_path: Path) -> None:
    assert missing(tmp_path, base_task(closed=True)) == {}


def test_who_reported_earlier_in_this_round_is_not_missing(tmp_path: Path) -> None:
    assert missing(tmp_path, base_task(last={WATER: {}}, round_id="2026-12")) == {}
    assert missing(tmp_path, base_task(last={WATER: {}}, round_id="2026-11")) == {WATER: ("1",)}


def test_who_has_no_task_owes_no_zero_report_where_none_is_asked_for(tmp_path: Path) -> None:
    must = replace(CAMPAIGN, units=tuple(replace(unit, reports=True) for unit in CAMPAIGN.units))
    need_not = replace(must, reporting=ReportingRules(zero_report=False))
    assert missing(tmp_path, base_task(closed=True), campaign=must).keys() >= {WATER, HOUSING}
    assert missing(tmp_path, base_task(closed=True), campaign=need_not) == {}
    assert missing(tmp_path, base_task(), campaign=need_not) == {WATER: ("1",)}


EAST, NORTH = "东湖岸线围垦二十亩未退", "北渠沿岸六处排口没有截污"
WATERS_PLAN = [{"task_id": at, "problem": problem, "lead_unit": WATER} for at, problem in enumerate((NORTH, EAST), 1)]
REPORTED = Row(WATERS_PLAN[0], key="T0001")


def said_to_be_missing(master: Master) -> list[str]:
    return [finding.message for finding in master.findings if finding.slug == "missing-task"]


@pytest.mark.parametrize(
    "row",
    [
        Row({"task_id": 8, "problem": "东湖岸线被围垦二十亩尚未退还", "lead_unit": WATER}),  # the nearest is task 2
        Row({"task_id": 8, "problem": "城区十四条路口没有信号灯", "lead_unit": WATER}, key="T0002"),  # it claims to be task 2
    ],
)
def test_no_task_is_missing_that_a_waiting_row_of_its_unit_may_be(row: Row) -> None:
    master = merged([a_list(WATER, [REPORTED, row])], from_plan(WATERS_PLAN))
    assert [said_to_be_missing(master), len(master.pending)] == [[], 1]
    assert "T0002" in [near.key for near in master.pending[0].nearest]
    late = merged([a_list(HOUSING, [REPORTED])], master)
    assert said_to_be_missing(late) == []  # nor when a late file of another unit comes
    rejected = replace(late, pending=tuple(replace(one, decision="不采用") for one in late.pending))
    assert len(said_to_be_missing(merged([a_list(FARM, [REPORTED])], rejected))) == 1
    assert len(said_to_be_missing(merged([a_list(WATER, [REPORTED])], late, "2026-12"))) == 1  # the month after


def test_a_waiting_row_of_another_task_or_unit_excuses_nobody() -> None:
    far = Row({"task_id": 8, "problem": "城区十四条路口没有信号灯", "lead_unit": WATER})
    master = merged([a_list(WATER, [REPORTED, far])], from_plan(WATERS_PLAN))
    assert len(said_to_be_missing(master)) == 1
    near = Row({"problem": "东湖岸线被围垦二十亩尚未退还", "lead_unit": HOUSING})
    master = merged([a_list(WATER, [REPORTED]), a_list(HOUSING, [near])], from_plan(WATERS_PLAN))
    assert len(said_to_be_missing(master)) == 1
