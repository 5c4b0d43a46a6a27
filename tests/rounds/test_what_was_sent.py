"""A unit is held to what it was sent: not to tasks that came up since, and to each row once over all its files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import RuleChoice, Unit
from rectify_xl.collection.assembly import make_collection
from rectify_xl.dispatching import make_forms
from rectify_xl.ledger.base_view import base_of
from rectify_xl.ledger.decisions import with_decisions
from rectify_xl.validation.engine import run_rules
from tests.rounds.in_memory import CAMPAIGN, HOUSING, UNITS, WATER, Row, a_list, dispatched, edited, from_plan, merged

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master

PLAN = [
    {"task_id": at, "problem": f"第{at}处排口没有封堵", "measures": "封堵", "lead_unit": WATER, "status": "整改中"}
    for at in (1, 2)
]


def with_progress(row: Row) -> Row:
    return replace(row, values={**row.values, "progress": f"{row.key}已封堵两处"})


def found(master: Master, slug: str) -> list[str]:
    return [finding.slug for finding in master.findings if finding.slug == slug]


def test_a_task_that_came_up_after_the_dispatch_is_due_and_not_left_out() -> None:
    before = from_plan(PLAN[:1])
    ((rows, about),) = dispatched(before, "2026-12", before.as_of).values()
    late = from_plan(PLAN)  # the office has added the second task
    answer = a_list(WATER, map(with_progress, rows), **about)
    since = merged([answer], late, "2026-12").since_base
    assert since is not None
    assert (since.comparison.absent, since.comparison.not_reported) == ((), (("T0002", WATER),))
    assert found(merged([answer], late, "2026-12"), "missing-task") == []
    own = a_list(WATER, [{**PLAN[0], "progress": "已封堵两处"}], "自己的表.xlsx")
    assert found(merged([own], late, "2026-12"), "missing-task") == ["missing-task"]
    assert found(merged([answer, own], late, "2026-12"), "missing-task") == ["missing-task"]


def test_a_row_deleted_from_what_was_sent_is_left_out() -> None:
    base = from_plan(PLAN)
    ((rows, about),) = dispatched(base, "2026-12", base.as_of).values()
    since = merged([a_list(WATER, [with_progress(rows[0])], **about)], base, "2026-12").since_base
    assert since is not None
    assert since.comparison.absent == (("T0002", WATER),)


def test_departments_share_a_list_out_and_no_row_is_said_to_be_empty() -> None:
    base = from_plan(PLAN)
    ((rows, about),) = dispatched(base, "2026-12", base.as_of).values()
    first = a_list(WATER, [with_progress(rows[0]), rows[1]], "一科.xlsx", **about)
    second = a_list(WATER, [rows[0], with_progress(rows[1])], "二科.xlsx", **about)

    def empty(*lists: Submission) -> list[str]:
        campaign = replace(CAMPAIGN, round_id="2026-12")
        collection = make_collection(lists, campaign, date(2026, 12, 20), collected=True, base=base_of(base))
        return [finding.file for finding in run_rules(collection, RuleChoice(select=("empty-progress",)))]

    assert (empty(first, second), empty(first), empty(second)) == ([], ["一科.xlsx"], ["二科.xlsx"])


@pytest.mark.parametrize(("declared", "told"), [(3, 0), (4, 1)])
def test_a_category_is_counted_with_the_tasks_that_no_list_of_the_round_tells_of(declared: int, told: int) -> None:
    """组织领导(3项): three units have a task each, one of them reports and words its own anew."""
    plan = [
        {"task_id": at, "problem": f"第{at}处排口没有封堵", "lead_unit": unit, "category": f"组织领导({declared}项)"}
        for at, unit in enumerate(UNITS, 1)
    ]
    before = from_plan(plan)
    rows, about = dispatched(before, "2026-11", before.as_of)[WATER]
    worded = [replace(row, values={**row.values, "problem": "第一处排口仍没有封堵到位", "progress": "已封堵"}) for row in rows]
    for answer in (map(with_progress, rows), worded):
        assert len(found(merged([a_list(WATER, answer, **about)], before), "count-mismatch")) == told


def test_a_value_of_the_plan_is_the_plans_and_no_units_word() -> None:
    task = {"task_id": 1, "problem": "北渠六处排口直排", "lead_unit": WATER, "coop_units": HOUSING, "status": "整改中"}
    plan = from_plan([task])
    first = merged([a_list(WATER, [{**task, "status": None, "percent": 0.5, "progress": "已封堵三处"}])], plan)
    assert (first.tasks[0].values["status"], first.conflicts) == ("整改中", ())
    # The lead has not said a word on the status: its first one is no contradiction.
    second = merged([a_list(WATER, [{**task, "status": "已完成", "progress": "全部封堵"}])], first, "2026-12")
    assert (second.tasks[0].values["status"], second.conflicts) == ("已完成", ())
    # Who cooperates does not speak for the task; what it contradicts is the plan's.
    says = a_list(HOUSING, [{**task, "status": "已完成", "progress": "管线已迁"}])
    for base, kept in (
        (first, "任务清单（方案）所列的“整改中”"),
        (edited(first, "T0001", status="未启动"), "整改办在台账上改定的“未启动”"),
    ):
        found = [one.message for one in merged([says], base, "2026-12").findings if one.slug == "contradicts-ledger"]
        assert [message.startswith(f"整改状态“已完成”与{kept}不同；台账不变，列入“冲突”") for message in found] == [True]


def test_a_percentage_that_contradicts_the_ledger_is_named_as_the_cell_shows_it() -> None:
    task = {"task_id": 1, "problem": "北渠六处排口直排", "lead_unit": WATER, "percent": 0.5, "progress": "已封堵三处"}
    before = edited(merged([a_list(WATER, [task])]), "T0001", percent=0.4)
    after = merged([a_list(WATER, [{**task, "percent": 0.72}])], before, "2026-12")
    (told,) = [one.message for one in after.findings if one.slug == "contradicts-ledger"]
    assert told.startswith("完成率“72%”与整改办在台账上改定的“40%”不同")


@pytest.mark.parametrize("key", ["", "T0002", "T0099"])
def test_a_row_that_lost_its_key_states_what_was_filled_in_and_nothing_else(key: str) -> None:
    tasks = [
        {"task_id": at, "problem": f"第{at}处排口没有封堵", "lead_unit": WATER, "status": "整改中", "percent": 0.2}
        for at in (1, 2)
    ]
    before = merged([a_list(WATER, [{**task, "progress": "已摸排"} for task in tasks])])
    rows, about = dispatched(before, "2026-12", date(2026, 12, 1))[WATER]
    rows[0] = replace(rows[0], key=key, values={**rows[0].values, "progress": "已封堵"})
    # The office has set another status since: what stands in the cell as it was sent contradicts nothing.
    after = merged([a_list(WATER, rows, **about)], edited(before, "T0001", status="已完成"), "2026-12")
    assert (after.conflicts, after.pending) == ((), ())
    assert (after.tasks[0].values["status"], after.tasks[0].values["progress"]) == ("已完成", "已封堵")
    assert not {"blanked-value", "task-vanished"} & {finding.slug for finding in after.findings}


def test_a_list_that_is_merged_again_lacks_nothing_that_it_did_not_lack_before() -> None:
    tasks = [{"task_id": at, "problem": f"第{at}处排口没有封堵", "lead_unit": WATER, "progress": "已摸排"} for at in (1, 2, 3)]
    before = merged([a_list(WATER, tasks)])
    rows, about = dispatched(before, "2026-12", date(2026, 12, 1))[WATER]
    said = [replace(row, values={**row.values, "progress": "已封堵"}) for row in rows]
    given = a_list(WATER, [replace(said[0], key=""), said[1]], **about)
    once = merged([given], before, "2026-12")
    told = [finding.message for finding in once.findings if finding.slug == "task-vanished"]
    assert [message[:8] for message in told] == ["下发的任务“3”"]
    again = merged([given], once, "2026-12")
    assert [finding.message for finding in again.findings if finding.slug == "task-vanished"] == told


def test_the_former_name_under_which_the_office_sent_a_task_is_not_the_units_to_mend() -> None:
    base = from_plan(PLAN)
    ((rows, about),) = dispatched(base, "2026-12", base.as_of).values()
    renamed = replace(CAMPAIGN, round_id="2026-12", units=(Unit(id="1", name="市水务管理局", former_names=(WATER,)),))

    def named(submission: Submission) -> list[str]:
        collection = make_collection((submission,), renamed, base.as_of)
        return [one.slug for one in run_rules(collection, RuleChoice(select=("former-unit-name",)))]

    assert named(a_list(WATER, map(with_progress, rows), **about)) == []
    assert named(a_list(WATER, PLAN[:1])) == ["former-unit-name"]


def test_what_the_office_has_decided_is_asked_of_the_unit_no_more() -> None:
    """An open question stands among the values in dispute, a decided one nowhere; nor what was said of a struck-off task."""
    rows = [{**one, "percent": 0.6, "status": status} for one, status in zip(PLAN, ("整改中", "已销号"), strict=True)]
    struck_off = edited(merged([a_list(WATER, rows)]), "T0001", status="未启动")
    said = [{**one, "status": "整改中", "percent": 0.5} for one in PLAN]
    after = merged([a_list(WATER, said, "十二月.xlsx")], struck_off, "2026-12")
    assert {"contradicts-ledger", "closed-then-changed"} <= {finding.slug for finding in after.findings}
    (told,) = (one.message for one in after.findings if one.slug == "closed-then-changed" and one.field == "percent")
    assert told.startswith("任务已经销号，这里的“50%”与台账的“60%”不同")

    def asked(master: Master) -> list[str]:
        (form,) = make_forms(master, base="", campaign=master.campaign).forms
        return [request.state for section in form.asked.sections for request in section.requests]

    assert [state for state in asked(after) if "未启动" in state] == ["整改状态：市水务局填“整改中”，台账为“未启动”"]
    taken = tuple(replace(one, decision="采用市水务局填报") for one in after.conflicts)
    decided = with_decisions(replace(after, conflicts=taken)).master
    assert (decided.conflicts, [task.values["status"] for task in decided.tasks]) == ((), ["整改中", "整改中"])
    assert [state for state in asked(decided) if "台账" in state] == []


def test_the_day_on_which_a_task_was_done_before_it_came_back_is_sent_and_not_held_against_its_status() -> None:
    done = {**PLAN[0], "status": "已完成", "completed_on": date(2026, 10, 20)}
    first = merged([a_list(WATER, [done])])
    back = edited(first, "T0001", status="反弹", reopened_on=date(2026, 11, 20), reopen_reason="复查发现")
    (row,), about = dispatched(back, "2026-12", date(2026, 12, 1))[WATER]
    assert row.values["completed_on"] == date(2026, 10, 20)
    at_work = replace(row, values={**row.values, "status": "整改中", "progress": "重新清理"})
    after = merged([a_list(WATER, [at_work], "十二月.xlsx", **about)], back, "2026-12")
    assert not found(after, "status-date-mismatch")


def test_a_step_back_that_the_office_has_decided_on_is_not_to_be_corrected() -> None:
    before = edited(merged([a_list(WATER, PLAN)]), "T0001", status="已完成")
    after = merged([a_list(WATER, [{**one, "progress": "又发现渗漏"} for one in PLAN], "十二月.xlsx")], before, "2026-12")

    assert found(after, "illegal-transition") == ["illegal-transition"]
    taken = tuple(replace(one, decision="采用市水务局填报") for one in after.conflicts)
    decided = with_decisions(replace(after, conflicts=taken)).master
    (form,) = make_forms(decided, base="", campaign=decided.campaign).forms
    assert [task.values["status"] for task in decided.tasks] == ["整改中", "整改中"]
    assert [one.state for section in form.asked.sections for one in section.requests if "不合程序" in one.state] == []


@pytest.mark.parametrize(("number", "kept"), [("1", None), ("9", "9")])
def test_a_task_taken_from_a_units_list_gets_no_number_that_is_another_tasks_in_the_plan(number: str, kept: str | None) -> None:
    new = {"task_id": number, "problem": "老街化粪池满溢", "measures": "每季清掏", "lead_unit": WATER, "status": "整改中"}
    waits = merged([a_list(WATER, [{**PLAN[0], "progress": "已封堵两处"}, new])], from_plan(PLAN))
    taken = with_decisions(replace(waits, pending=tuple(replace(row, decision="新增为任务") for row in waits.pending))).master
    assert [task.values["task_id"] for task in taken.tasks] == ["1", "2", kept]
    assert taken.reports[-1].values["task_id"] == number
