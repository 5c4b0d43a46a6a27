"""Tasks whose parts different units lead: each speaks of its own parts, and nobody contradicts who speaks of another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.rounds.in_memory import FARM, HOUSING, WATER, Row, a_list, dispatched, edited, from_plan, merged, saved_again

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master

SUBJECT = {"task_id": 1, "problem": "石桥河两岸污水直排", "leader": "钟离岳 副市长", "deadline": "2027年12月31日前"}
SEWER = {**SUBJECT, "measures": "截污纳管", "lead_unit": WATER, "coop_units": FARM}
DREDGE = {**SUBJECT, "measures": "河道清淤", "lead_unit": WATER}
HOMES = {**SUBJECT, "measures": "改造户管", "lead_unit": HOUSING}
OTHER = {"task_id": 2, "problem": "东堤护坡塌陷", "measures": "砌护坡", "lead_unit": FARM, "leader": "钟离岳 副市长"}
DONE = {"status": "已完成", "percent": 1, "completed_on": date(2026, 12, 3), "progress": "纳管九公里"}
GOES_ON = {"status": "整改中", "percent": 0.4, "progress": "改造四十户"}


@pytest.fixture
def plan() -> Master:
    return from_plan([Row(SEWER), Row(DREDGE, part_of=0), Row(HOMES, part_of=0), Row(OTHER)])


def answers(master: Master, round_id: str, **said: dict[str, dict[str, Any]]) -> list[Submission]:
    """The dispatched workbooks of units with these cells filled in by key."""
    found = []
    for unit, cells in said.items():
        rows, about = dispatched(master, round_id, date.fromisoformat(f"{round_id}-01"))[unit]
        filled = [replace(row, values={**row.values, **cells.get(row.key, {})}) for row in rows]
        found.append(a_list(unit, filled, f"{unit}{round_id}.xlsx", **about))
    return found


def sent(master: Master, unit: str, *keys: str) -> list[tuple[Any, ...]]:
    rows, _ = dispatched(master, "2027-03", date(2027, 3, 1))[unit]
    return [(row.key, *(row.values[key] for key in keys)) for row in rows]


def told(master: Master) -> set[str]:
    return {one.slug for one in master.findings} & {"conflicting-reports", "contradicts-ledger", "missing-task", "foreign-task"}


def shows(master: Master, *keys: str) -> tuple[Any, ...]:
    return tuple(master.tasks[0].values[key] for key in keys)


def test_each_unit_is_asked_about_its_own_parts(plan: Master) -> None:
    assert sent(plan, WATER, "measures", "lead_unit") == [("T0001.1", "截污纳管", WATER), ("T0001.2", "河道清淤", WATER)]
    assert sent(plan, HOUSING, "measures", "lead_unit") == [("T0001.3", "改造户管", HOUSING)]
    assert [row[0] for row in sent(plan, FARM)] == ["T0002", "T0001.1"]


def test_three_rounds(plan: Master) -> None:
    first = merged(
        answers(plan, "2026-12", **{
            WATER: {"T0001.1": DONE, "T0001.2": {"status": "整改中", "percent": 0.3, "progress": "清淤三公里"}},
            HOUSING: {"T0001.3": GOES_ON},
            FARM: {"T0001.1": {"progress": "协助征地"}, "T0002": {"status": "整改中", "progress": "勘察"}},
        }), plan, "2026-12",
    )  # fmt: skip
    assert (first.conflicts, first.pending, told(first)) == ((), (), set())
    assert shows(first, "status", "percent", "completed_on") == ("整改中", "100%\n30%\n40%", "2026-12-03\n（未填写）")
    assert shows(first, "progress") == (f"【{WATER}】纳管九公里\n清淤三公里\n【{HOUSING}】改造四十户\n【{FARM}】协助征地",)
    assert sent(first, WATER, "status", "completed_on") == [("T0001.1", "已完成", date(2026, 12, 3)), ("T0001.2", "整改中", None)]
    assert sent(first, HOUSING, "status", "measures") == [("T0001.3", "整改中", "改造户管")]

    # The second month: one by its own table without keys, the other silent; handed in again it changes nothing.
    own = a_list(HOUSING, [{**HOMES, "task_id": 7, "status": "已完成", "percent": 1, "progress": "全部改造"}], "自己的表.xlsx")
    second = merged([own], first, "2027-01")
    assert (second.conflicts, second.pending, told(second)) == ((), (), set())
    assert shows(second, "status", "percent") == ("整改中", "100%\n30%")
    again = merged([saved_again(own)], second, "2027-01")
    assert (again.tasks, again.conflicts, again.changes) == (second.tasks, (), second.changes)

    third = merged(answers(second, "2027-02", **{WATER: {"T0001.2": {"status": "已完成", "percent": 1}}}), second, "2027-02")
    assert (third.conflicts, told(third)) == ((), set())
    assert shows(third, "status", "percent") == ("已完成", 1)
    assert {part for part, *_ in sent(third, WATER, "status")} == {"T0001.1", "T0001.2"}


def test_a_list_that_has_all_parts_tells_who_leads_which_as_a_plan_does() -> None:
    rows = [Row({**SEWER, **GOES_ON}), Row({**DREDGE, **GOES_ON}, part_of=0), Row(HOMES, part_of=0)]
    first = merged([a_list(WATER, rows)])
    lists = [
        a_list(HOUSING, [{**HOMES, "status": "未启动", "percent": 0}], "自己的表.xlsx"),
        *answers(first, "2026-12", **{WATER: {"T0001.1": DONE}}),
    ]
    master = merged(lists, first, "2026-12")
    assert (master.conflicts, master.pending, told(master)) == ((), (), set())
    assert shows(master, "status", "percent") == ("未启动", "100%\n40%\n0%")
    assert sent(master, WATER, "status") == [("T0001.1", "已完成"), ("T0001.2", "整改中")]
    assert sent(master, HOUSING, "status", "deadline") == [("T0001.3", "未启动", HOMES["deadline"])]


def test_parts_finished_by_one_unit_do_not_finish_the_task(plan: Master) -> None:
    master = merged(answers(plan, "2026-12", **{WATER: {"T0001.1": DONE, "T0001.2": DONE}}), plan, "2026-12")
    assert shows(master, "status") == ("已完成\n（未填写）",)
    assert not master.tasks[0].is_closed


@pytest.mark.parametrize("order", [1, -1])
def test_own_tables_without_keys(plan: Master, order: int) -> None:
    lists = [
        a_list(WATER, [Row({**SEWER, **DONE}), Row({**DREDGE, **GOES_ON}, part_of=0)]),
        a_list(HOUSING, [{**HOMES, "status": "未启动", "percent": 0}]),
    ][::order]
    master = merged(lists, plan, "2026-12")
    assert (master.conflicts, master.pending, told(master)) == ((), (), set())
    assert shows(master, "status", "percent") == ("未启动", "100%\n40%\n0%")
    assert [one[0] for one in sent(master, WATER)] == ["T0001.1", "T0001.2"]


def test_units_at_odds_on_the_same_part_are_told(plan: Master) -> None:
    """What a third unit says of another part goes on meanwhile."""
    lists = [
        a_list(WATER, [Row({**SEWER, "percent": 0.6, "status": "整改中"}), Row({**DREDGE, "percent": 0.5}, part_of=0)]),
        a_list(FARM, [{**SEWER, "percent": 0.2}]),
        a_list(HOUSING, [{**HOMES, "percent": 0.4, "status": "整改中"}]),
    ]
    master = merged(lists, plan, "2026-12")
    (conflict,) = master.conflicts
    assert (conflict.field, {side.unit for side in conflict.sides}) == ("percent", {WATER, FARM})
    hits = [one.file for one in master.findings if one.slug == "conflicting-reports"]
    assert hits == [f"{FARM}.xlsx", f"{WATER}.xlsx"]
    assert shows(master, "percent") == ("60%\n50%\n40%",)  # the lead's word, marked
    assert "percent" in master.tasks[0].disputed
    later = merged(answers(master, "2027-01", **{HOUSING: {"T0001.3": {"percent": 0.7}}}), master, "2027-01")
    assert shows(later, "percent") == ("60%\n50%\n70%",)
    assert later.conflicts[0].sides == conflict.sides
    agreed = merged([a_list(FARM, [{**SEWER, "percent": 0.6}], "改正.xlsx")], later, "2027-02")
    assert (agreed.conflicts, agreed.tasks[0].disputed, shows(agreed, "percent")) == ((), frozenset(), ("60%\n50%\n70%",))


def test_units_that_lead_a_part_together_and_differ_leave_the_ledger_as_it_was() -> None:
    together = {**HOMES, "lead_unit": f"{HOUSING}、{FARM}"}
    both = from_plan([Row(SEWER), Row(together, part_of=0), Row(OTHER)])
    agree = [a_list(unit, [{**together, "percent": 0.4, "status": "整改中"}]) for unit in (HOUSING, FARM)]
    first = merged([*agree, a_list(WATER, [{**SEWER, "percent": 0.2, "status": "整改中"}])], both, "2026-12")
    assert (first.conflicts, shows(first, "percent")) == ((), ("20%\n40%",))
    differ = [a_list(unit, [{**together, "percent": at}]) for unit, at in ((HOUSING, 0.5), (FARM, 0.6))]
    second = merged([*differ, a_list(WATER, [{**SEWER, "percent": 0.3}])], first, "2027-01")
    (conflict,) = second.conflicts
    assert {side.unit for side in conflict.sides} == {HOUSING, FARM}
    assert shows(second, "percent") == ("30%\n40%",)


def test_what_was_decided_is_not_asked_again(plan: Master) -> None:
    lists = [a_list(WATER, [{**SEWER, "percent": 0.6}]), a_list(FARM, [{**SEWER, "percent": 0.2}])]
    before = merged(lists, plan, "2026-12")
    (conflict,) = before.conflicts
    master = replace(before, conflicts=(replace(conflict, decision="保留台账"),))
    after = merged([a_list(HOUSING, [{**HOMES, "percent": 0.4}])], master, "2027-01")
    assert (after.conflicts, shows(after, "percent")) == ((), ("60%\n40%",))
    restated = [saved_again(one) for one in lists]
    assert (merged(restated, after, "2027-02").conflicts, told(after)) == ((), set())


@pytest.mark.parametrize(("taken", "shown", "later"), [(WATER, "60%\n50%\n40%", "60%\n50%\n70%"), (FARM, "20%\n50%\n40%", "")])
def test_a_unit_that_is_taken_speaks_for_its_own_parts(plan: Master, taken: str, shown: str, later: str) -> None:
    """The words of others on other parts stay, and after that of the lead they go on without a question."""
    lists = [
        a_list(WATER, [Row({**SEWER, "percent": 0.6}), Row({**DREDGE, "percent": 0.5}, part_of=0)]),
        a_list(FARM, [{**SEWER, "percent": 0.2}]),
        a_list(HOUSING, [{**HOMES, "percent": 0.4}]),
    ]
    before = merged(lists, plan, "2026-12")
    (conflict,) = before.conflicts
    decided = replace(before, conflicts=(replace(conflict, decision=f"采用{taken}填报"),))
    after = merged([], decided, "2027-01")
    assert (after.conflicts, shows(after, "percent")) == ((), (shown,))
    if later:
        master = merged([a_list(HOUSING, [{**HOMES, "percent": 0.7}])], after, "2027-02")
        assert (master.conflicts, shows(master, "percent")) == ((), (later,))


def test_what_the_office_has_written_stays(plan: Master) -> None:
    before = merged(answers(plan, "2026-12", **{HOUSING: {"T0001.3": GOES_ON}}), plan, "2026-12")
    office = edited(before, "T0001", percent=0.9)
    assert sent(office, HOUSING, "status") == [("T0001.3", "整改中")]
    after = merged(answers(office, "2027-01", **{HOUSING: {"T0001.3": {"percent": 0.5}}}), office, "2027-01")
    assert shows(after, "percent") == (0.9,)
    assert [(one.field, [side.unit for side in one.sides]) for one in after.conflicts] == [("percent", [HOUSING])]


def test_leads_that_the_office_has_written_over_lead_the_whole(plan: Master) -> None:
    office = edited(plan, "T0001", lead_unit=HOUSING)
    assert [one[0] for one in sent(office, HOUSING)] == ["T0001.1", "T0001.2", "T0001.3"]


def test_a_row_of_another_part_leaves_the_word_on_the_first(plan: Master) -> None:
    first = merged([a_list(WATER, [{**SEWER, "percent": 0.6, "status": "整改中"}])], plan, "2026-12")
    after = merged([a_list(WATER, [{**DREDGE, "percent": 0.1, "status": "未启动"}], "又一份.xlsx")], first, "2027-01")
    assert shows(after, "percent", "status") == ("60%\n10%", "未启动")
    assert sent(after, WATER, "status") == [("T0001.1", "整改中"), ("T0001.2", "未启动")]
