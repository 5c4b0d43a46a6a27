"""Tasks of several rows: a row that is deleted or left blank takes nothing away from its neighbours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.rounds.in_memory import WATER, Row, a_list, dispatched, merged

if TYPE_CHECKING:
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
