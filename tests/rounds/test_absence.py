"""Who has not reported, where the last master says who leads what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.campaign.reporting_settings import ReportingRules
from rectify_xl.collection.absence import absences
from rectify_xl.collection.base import Base
from tests.rounds.comparing import CAMPAIGN, FARM, HOUSING, WATER, base_task, collected
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.base import BaseTask

OWN = {"problem": "东湖岸线围垦二十亩未退", "lead_unit": FARM}


def missing(folder: Path, *tasks: BaseTask, campaign: Campaign = CAMPAIGN) -> dict[str, tuple[str, ...]]:
    """The units that should have reported, with the tasks for which they should; the farm bureau has."""
    write_list(folder / "a.xlsx", [OWN], unit=FARM)
    collection = replace(collected(folder, Base(tasks, "2026-11")), campaign=campaign)
    return {absence.unit: absence.tasks for absence in absences(collection) if absence.kind == "missing"}


def test_a_silent_unit_that_leads_an_open_task_of_the_last_master_is_missing(tmp_path: Path) -> None:
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
