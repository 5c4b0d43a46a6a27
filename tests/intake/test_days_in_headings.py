"""What a heading of a day is about: one character makes another day of it, and a time limit is no day of something done."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.reading import column, table_of

BEFORE = ["序号", "存在问题", "整改措施", "责任领导", "责任单位"]
TASK = [1, "堤岸塌陷未修复", "修复堤岸", "晏清 副市长", "市水利局"]
DAY = date(2026, 3, 5)


@pytest.mark.parametrize("heading", ["交办时间", "督办时间", "反馈时间", "拟验收时间", "验收时限", "拟销号时间", "交办日期"])
def test_another_day_is_no_day_of_the_task(heading: str) -> None:
    table = table_of([[*BEFORE, "整改时限", heading], [*TASK, "2026年底", DAY]])
    assert table.columns.keys() == {"task_id", "problem", "measures", "leader", "lead_unit", "deadline"}
    assert table.rows[0].extras == {heading: "2026-03-05"}


@pytest.mark.parametrize("heading", ["销号时限", "拟销号时间", "计划销号时间", "闭环时限"])
def test_what_was_planned_is_the_limit_where_no_other_is(heading: str) -> None:
    table = table_of([[*BEFORE, heading], [*TASK, "2026年12月底前"]])
    assert column(table, "deadline") == ["2026年12月底前"]


@pytest.mark.parametrize("heading", ["整改销号时间", "任务销号日期", "验收销号时间"])
def test_the_day_of_striking_off(heading: str) -> None:
    table = table_of([[*BEFORE, "整改时限", heading], [*TASK, "2026年底", DAY]])
    assert column(table, "closed_on") == [DAY]


def test_a_leader_who_only_supervises_is_none_of_the_task() -> None:
    table = table_of([["序号", "存在问题", "整改措施", "督办领导", "责任单位", "整改时限"], [*TASK, "2026年底"]])
    assert "leader" not in table.columns
    assert table.rows[0].extras == {"督办领导": "晏清 副市长"}


@pytest.mark.parametrize(
    ("heading", "key"), [("责任领道", "leader"), ("整该时限", "deadline"), ("实际完成的日期", "completed_on")]
)
def test_a_slip_of_the_pen_is_still_read(heading: str, key: str) -> None:
    value = DAY if key == "completed_on" else TASK[3]
    table = table_of([["序号", "存在问题", "整改措施", "责任单位", heading], [*TASK[:3], TASK[4], value]])
    assert column(table, key) == [value]
