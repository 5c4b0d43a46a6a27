"""Tasks of several rows: a row that is deleted or left blank takes nothing away from its neighbours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rounds.in_memory import HOUSING, WATER, Row, a_list, dispatched, edited, from_plan, merged
from tests.support.counts import count

if TYPE_CHECKING:
    from random import Random

    from rectify_xl.ledger.master import Master

TASK = {
    "task_id": 1,
    "problem": "北渠沿岸六处排口没有截污",
    "lead_unit": WATER,
    "deadline": "2026年12月31日前",
    "leader": "钟离岳 副市长",
}
PARTS = [
    {**TASK, "measures": "封堵排口", "progress": "已封堵四处", "percent": 0.6, "status": "整改中"},
    {**TASK, "measures": "铺设截污管", "progress": "铺了二百米", "percent": 0.4, "status": "整改中"},
    {**TASK, "measures": "建泵站", "progress": "完成选址", "percent": 0.1, "status": "未启动"},
]


@pytest.fixture
def november() -> Master:
    return merged([a_list(WATER, [Row(part, part_of=0) for part in PARTS])])


def returned(master: Master, said: dict[int, dict[str, Any]], *, deleted: tuple[int, ...] = ()) -> Master:
    """December: the dispatched workbook with these cells filled in by part, without the deleted rows."""
    rows, about = dispatched(master, "2026-12", date(2026, 12, 1))[WATER]
    assert [row.key for row in rows] == ["T0001.1", "T0001.2", "T0001.3"]
    filled = [replace(row, values={**row.values, **said.get(at, {})}) for at, row in enumerate(rows, 1)]
    left = [replace(row, part_of=0) for at, row in enumerate(filled, 1) if at not in deleted]
    return merged([a_list(WATER, left, **about)], master, "2026-12")


def test_a_part_that_is_left_blank_keeps_its_line(november: Master) -> None:
    (task,) = returned(november, {2: {"progress": "全线贯通", "percent": 1}}).tasks
    assert task.values["progress"] == "已封堵四处\n全线贯通\n完成选址"
    assert task.values["percent"] == "60%\n100%\n10%"
    assert task.values["status"] == "未启动"


def test_a_part_whose_row_is_deleted_keeps_its_line(november: Master) -> None:
    said = {1: {"progress": "六处全部封堵", "status": "已完成"}, 2: {"progress": "全线贯通", "status": "已完成"}}
    after = returned(november, said, deleted=(3,))
    (task,) = after.tasks
    assert task.values["progress"] == "六处全部封堵\n全线贯通\n完成选址"
    assert task.values["measures"] == "封堵排口\n铺设截污管\n建泵站"
    assert task.values["status"] == "未启动"
    assert [finding.slug for finding in after.findings] == ["task-vanished"]
    assert after.findings[0].message.startswith("下发的任务“1（第3部分）”")  # the other two have come back
    assert after.conflicts == ()


def test_all_parts_but_a_deleted_one_finished_do_not_finish_the_task(november: Master) -> None:
    (task,) = returned(november, {at: {"status": "已完成"} for at in (1, 2)}, deleted=(3,)).tasks
    assert task.values["status"] == "未启动"
    assert not task.is_closed


@pytest.mark.parametrize(("measures", "progress"), [
    ("铺设截污管", "六处全部封堵\n铺了二百米\n完成选址"),  # the same parts in the same order
    ("铺设截污管三百米", "六处全部封堵"),  # nobody can tell which part is which
])  # fmt: skip
def test_a_list_of_the_units_own_is_laid_over_by_the_parts_measures(november: Master, measures: str, progress: str) -> None:
    parts = [{**part, "progress": None} for part in PARTS]
    parts[0] |= {"progress": "六处全部封堵"}
    parts[1] |= {"measures": measures}
    after = merged([a_list(WATER, [Row(part, part_of=0) for part in parts])], november, "2026-12")
    assert after.tasks[0].values["progress"] == progress


def rows_of(master: Master, *keys: str, round_id: str = "2026-12") -> list[tuple[Any, ...]]:
    rows, _ = dispatched(master, round_id, date.fromisoformat(f"{round_id}-01"))[WATER]
    return [(row.key, *(row.values[key] for key in keys)) for row in rows]


def test_each_part_is_sent_its_own_status_and_day() -> None:
    parts = [
        {**PARTS[0], "status": "整改中"},
        {**PARTS[1], "status": "已完成", "completed_on": date(2026, 11, 3)},
        {**PARTS[2], "status": "已完成", "completed_on": date(2026, 11, 3)},
    ]
    before = merged([a_list(WATER, [Row(part, part_of=0) for part in parts])])
    sent = [
        ("T0001.1", "整改中", None), ("T0001.2", "已完成", date(2026, 11, 3)), ("T0001.3", "已完成", date(2026, 11, 3)),
    ]  # fmt: skip
    assert rows_of(before, "status", "completed_on") == sent
    after = returned(before, {1: {"progress": "六处全部封堵"}, 3: {"completed_on": date(2026, 12, 2)}})
    sent[2] = ("T0001.3", "已完成", date(2026, 12, 2))
    assert rows_of(after, "status", "completed_on", round_id="2027-01") == sent


def test_parts_that_say_the_same_keep_it_each(november: Master) -> None:
    same = returned(november, {at: {"progress": "按计划推进"} for at in (1, 2, 3)})
    assert same.tasks[0].values["progress"] == "按计划推进"
    rows, about = dispatched(same, "2027-01", date(2027, 1, 4))[WATER]
    rows[1] = replace(rows[1], values={**rows[1].values, "progress": "全线贯通"})
    after = merged([a_list(WATER, [replace(row, part_of=0) for row in rows], **about)], same, "2027-01")
    assert after.tasks[0].values["progress"] == "按计划推进\n全线贯通"
    assert [report.parts[2]["progress"] for report in after.reports] == ["按计划推进"]


def test_what_the_office_writes_over_the_whole_is_sent_with_every_part(november: Master) -> None:
    after = edited(november, "T0001", leader="欧阳川 副市长", deadline="2027年6月30日前", status="整改中")
    assert rows_of(after, "status", "deadline") == [(f"T0001.{at}", "整改中", "2027年6月30日前") for at in (1, 2, 3)]


def test_parts_of_a_plan_are_sent_as_rows_from_the_first_round_on() -> None:
    parts = [{**TASK, "measures": part["measures"], "deadline": f"2027年{at}月底前"} for at, part in enumerate(PARTS, 1)]
    plan = from_plan([Row(part, part_of=0) for part in parts])
    other = a_list(HOUSING, [{"problem": "南巷三处路面破损", "lead_unit": HOUSING, "measures": "修补"}])
    sent = [(f"T0001.{at}", part["measures"], part["deadline"]) for at, part in enumerate(parts, 1)]
    assert rows_of(merged([other], plan), "measures", "deadline") == sent


def test_a_row_that_a_unit_puts_below_its_parts_is_one_more(november: Master) -> None:
    rows, about = dispatched(november, "2026-12", date(2026, 12, 1))[WATER]
    new = Row({"measures": "绿化渠岸", "progress": "完成招标"}, part_of=0)
    after = merged([a_list(WATER, [*(replace(row, part_of=0) for row in rows), new], **about)], november, "2026-12")
    assert after.tasks[0].values["progress"] == "已封堵四处\n铺了二百米\n完成选址\n完成招标"
    (report,) = after.reports
    assert [part["progress"] for part in report.parts] == ["已封堵四处", "铺了二百米", "完成选址", "完成招标"]


@settings(max_examples=count(20, 300), deadline=None)
@given(st.randoms(use_true_random=False))
def test_untouched_parts_come_back_as_they_were(luck: Random) -> None:
    """Whatever the parts say: a round in which nobody says anything changes nothing, and sends the same rows again."""
    choices: dict[str, tuple[Any, ...]] = {
        "status": ("未启动", "整改中", "已完成", None), "completed_on": (date(2026, 11, 3), date(2026, 11, 9), None),
        "deadline": ("2026年12月底前", date(2027, 1, 31), None),
        "leader": ("钟离岳 副市长", None), "evidence": ("照片三张", None),
    }  # fmt: skip
    parts = [{**part, **{key: luck.choice(values) for key, values in choices.items()}} for part in PARTS]
    before = merged([a_list(WATER, [Row(part, part_of=0) for part in parts])])
    sent = rows_of(before, *choices)
    if len(sent) == len(parts):  # else the unit has done all of it
        assert [row[1:3] for row in sent] == [(part["status"], part["completed_on"]) for part in parts]
    after = returned(before, {1: {"progress": "又有进展"}})
    assert rows_of(after, *choices, round_id="2027-01") == sent
