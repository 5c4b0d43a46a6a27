"""What mergers of tables lose with exit status 0: a row deleted against one changed, both ways, and two rows under one key."""

from __future__ import annotations

from dataclasses import replace

from tests.rounds.in_memory import HOUSING, WATER, Row, a_list, dispatched, edited, from_plan, merged

PLAN = [{"task_id": at, "problem": f"第{at}处排口没有封堵", "measures": "封堵", "lead_unit": WATER} for at in (1, 2)]
BASE = from_plan(PLAN)
((SENT, ABOUT),) = dispatched(BASE, "2026-12", BASE.as_of).values()


def saying(row: Row, text: str) -> Row:
    return replace(row, values={**row.values, "progress": text})


def test_the_unit_deletes_what_the_office_has_changed() -> None:
    changed = edited(BASE, "T0002", measures="封堵并清淤")
    after = merged([a_list(WATER, [saying(SENT[0], "已封堵")], **ABOUT)], changed, "2026-12")
    assert [task.values["measures"] for task in after.tasks] == ["封堵", "封堵并清淤"]
    assert {finding.slug for finding in after.findings} >= {"task-vanished", "missing-task"}


def test_the_office_deletes_what_the_unit_has_changed() -> None:
    shorter = replace(BASE, tasks=BASE.tasks[:1])
    after = merged([a_list(WATER, [saying(SENT[0], "已封堵"), saying(SENT[1], "已开工")], **ABOUT)], shorter, "2026-12")
    assert [task.values["progress"] for task in after.tasks] == ["已封堵"]
    assert [(row.unit, row.values["progress"]) for row in after.pending] == [(WATER, "已开工")]


def test_two_additions_under_one_key() -> None:
    new = {"measures": "转运", "lead_unit": WATER}
    ours = Row({**new, "problem": "东湖岸线围垦二十亩未退", "progress": "已丈量"}, "T0003")
    theirs = Row({**new, "problem": "石料厂扬尘未覆盖，居民投诉", "lead_unit": HOUSING, "progress": "已覆盖"}, "T0003")
    lists = [a_list(WATER, [saying(SENT[0], "已封堵"), ours], **ABOUT), a_list(HOUSING, [theirs])]
    after = merged(lists, BASE, "2026-12")
    assert sorted(row.values["progress"] for row in after.pending) == ["已丈量", "已覆盖"]
    # The office has added a task of its own meanwhile, which bears that key now.
    task = replace(BASE.tasks[1], key="T0003", values={**BASE.tasks[1].values, "task_id": 3, "problem": "南溪垃圾堆放"})
    after = merged(lists, replace(BASE, tasks=(*BASE.tasks, task), last_key=3), "2026-12")
    assert (len(after.tasks), after.tasks[2].values["problem"]) == (3, "南溪垃圾堆放")
    assert after.tasks[2].values.get("progress") is None
    assert sorted(row.values["progress"] for row in after.pending) == ["已丈量", "已覆盖"]
