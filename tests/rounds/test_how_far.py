"""How far a task is while its lists contradict each other: shown by nobody's word alone, never the office's deed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.rounds.in_memory import FARM, HOUSING, WATER, a_list, edited, from_plan, merged, saved_again

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master

NEXT = "2026-12"
ROW = {"task_id": 1, "problem": "乙山弃土未清", "lead_unit": f"{WATER}、{HOUSING}"}
DONE = {"status": "已完成", "completed_on": date(2026, 11, 2)}


def disputed() -> Master:
    return merged([a_list(WATER, [{**ROW, "status": "整改中", "percent": 0.3}]), a_list(HOUSING, [{**ROW, **DONE}])])


def decided(master: Master, decision: str, value: str = "") -> Master:
    return replace(master, conflicts=tuple(replace(one, decision=decision, decided_value=value) for one in master.conflicts))


def of_month(percent: float) -> Submission:
    return a_list(WATER, [{**ROW, "status": "整改中", "percent": percent}])


def how_far(master: Master) -> list[object]:
    return [master.tasks[-1].values[key] for key in ("status", "percent", "completed_on")]


@pytest.mark.parametrize("second", [{"lead_unit": WATER}, {"lead_unit": None}, {"lead_unit": FARM}, {"status": None}])
def test_two_lists_of_a_unit_that_bring_up_a_task_come_to_the_same_when_saved_and_merged_again(second: dict[str, str]) -> None:
    base = merged([a_list(FARM, [{"task_id": 1, "problem": "甲河排口未截污", "lead_unit": FARM, "status": "整改中"}])])
    row = {**ROW, "lead_unit": WATER}
    rows = [{**row, "status": "已完成"}, {**row, "status": "整改中", "percent": 0.5, **second}]
    lists = [a_list(WATER, [one], f"{at}.xlsx") for at, one in enumerate(rows)]
    once = merged(lists, base, NEXT)
    again = merged(map(saved_again, lists), once, NEXT)
    assert (again.conflicts, how_far(again)) == (once.conflicts, how_far(once))


def test_the_second_list_of_a_lead_that_names_nobody_is_the_leads_too() -> None:
    base = merged([a_list(FARM, [{"problem": "甲河排口未截污", "lead_unit": FARM}])])
    rows = [{**ROW, "lead_unit": WATER, "status": "整改中"}, {**ROW, "lead_unit": None, "percent": 0.5}]
    master = merged([a_list(WATER, [one], f"{at}.xlsx") for at, one in enumerate(rows)], base, NEXT)
    assert (how_far(master), master.conflicts) == (["整改中", 0.5, None], ())


def test_what_is_not_shown_while_the_status_is_open_is_no_conflict() -> None:
    after = merged([of_month(0.6)], disputed(), NEXT)
    assert [one.field for one in after.conflicts] == ["status"]
    assert how_far(after) == [None, None, None]
    assert [one.values["percent"] for one in after.reports if one.unit == WATER] == [0.6]


@pytest.mark.parametrize(
    ("decision", "value", "shown"),
    [(f"采用{WATER}填报", "", ["整改中", 0.3, None]), (f"采用{HOUSING}填报", "", ["已完成", None, date(2026, 11, 2)]),
     ("以核定值为准", "整改中", ["整改中", 0.3, None]), ("以核定值为准", "未启动", ["未启动", None, None])],
)  # fmt: skip
def test_a_decision_on_the_status_shows_how_far_those_are_whose_status_it_is(decision: str, value: str, shown: list) -> None:
    after = merged([], decided(disputed(), decision, value), NEXT)
    assert (how_far(after), after.conflicts) == (shown, ())
    assert {(one.field, one.outcome) for one in after.changes} == {
        (key, "decided") for key in ("status", "percent", "completed_on")
    }


def test_after_a_decision_on_the_status_news_are_reported_and_what_was_decided_on_is_not_asked_again() -> None:
    base = decided(disputed(), f"采用{WATER}填报")
    after = merged([of_month(0.6), a_list(HOUSING, [{**ROW, "completed_on": DONE["completed_on"]}])], base, NEXT)
    assert (how_far(after), after.conflicts) == (["整改中", 0.6, None], ())


def test_units_that_come_to_agree_on_the_status_tell_how_far_the_task_is() -> None:
    lists = [of_month(0.6), a_list(HOUSING, [{**ROW, "status": "整改中"}])]
    assert how_far(merged(lists, disputed(), NEXT))[:2] == ["整改中", 0.6]


def test_what_the_office_has_emptied_is_its_decision_still() -> None:
    first = merged([of_month(0.3)])
    after = merged([of_month(0.6)], edited(first, "T0001", percent=None), NEXT)
    assert [one.field for one in after.conflicts] == ["percent"]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_value_that_was_decided_on_contradicts_no_news_of_another_unit(at_once: bool) -> None:
    row = {**ROW, "lead_unit": WATER, "coop_units": HOUSING, "status": "整改中"}
    helping = a_list(HOUSING, [{**row, "percent": 1}])
    base = decided(merged([a_list(WATER, [{**row, "percent": 0.4}]), helping]), "保留台账")
    news, repeated = a_list(WATER, [{**row, "percent": 0.7}]), saved_again(helping)
    after = merged([news, repeated], base, NEXT) if at_once else merged([news], merged([repeated], base, NEXT), NEXT)
    assert ([*how_far(after)], after.conflicts) == (["整改中", 0.7, None], ())
    again = merged([saved_again(news), saved_again(repeated)], after, NEXT)
    assert ([*how_far(again)], again.conflicts) == (["整改中", 0.7, None], ())


HELPED = {**ROW, "lead_unit": WATER, "coop_units": HOUSING, "status": "整改中"}


@pytest.mark.parametrize("planned", [True, False])
def test_how_far_a_cooperating_unit_is_with_its_share_is_nobodys_question_where_the_lead_does_not_say(planned: bool) -> None:
    """The lead's own table has no such column: as in a first merge the ledger shows nothing, and the report keeps it."""
    lists = [a_list(WATER, [HELPED]), a_list(HOUSING, [{**HELPED, "percent": 0.5, "completed_on": date(2026, 11, 9)}])]
    bare = {key: HELPED[key] for key in ("task_id", "problem", "lead_unit", "coop_units")}
    after = merged(lists, from_plan([bare]) if planned else merged([a_list(WATER, [bare])]), NEXT)
    assert (how_far(after), after.conflicts) == (["整改中", None, None], ())
    assert [report.values["percent"] for report in after.reports] == [None, 0.5]
    assert how_far(merged(lists)) == how_far(after)


def test_a_share_that_the_office_has_taken_for_the_task_goes_on_with_its_unit() -> None:
    lists = [a_list(WATER, [HELPED]), a_list(HOUSING, [{**HELPED, "percent": 0.5}])]
    taken = edited(merged(lists), "T0001", percent=0.5)
    after = merged([a_list(HOUSING, [{**HELPED, "percent": 0.7}])], taken, NEXT)
    assert (how_far(after)[1], after.conflicts) == (0.7, ())
    changed = merged([a_list(HOUSING, [{**HELPED, "percent": 0.7}])], edited(taken, "T0001", percent=0.45), NEXT)
    assert (how_far(changed)[1], [one.field for one in changed.conflicts]) == (0.45, ["percent"])


def test_a_percentage_out_of_range_stands_everywhere_as_it_was_shown_and_is_no_measure_of_the_next() -> None:
    lists = [a_list(WATER, [{**HELPED, "percent": "5500%"}]), a_list(HOUSING, [{**HELPED, "percent": 0.5}])]
    first = merged(lists)
    (conflict,) = first.conflicts
    assert (how_far(first)[1], [side.value for side in conflict.sides]) == (55, ["5500%", "50%"])
    decided_on = decided(first, "以核定值为准", "55%")
    after = merged([a_list(WATER, [{**HELPED, "percent": 0.4}], "下月.xlsx")], decided_on, NEXT)
    assert "percent-regressed" not in {finding.slug for finding in after.findings}
