"""Headings that could be a field by their words, and are seen by what stands below them to be none, or to be one."""

from __future__ import annotations

from typing import Any

import pytest

from rectify_xl.intake.tables.tables import read_tables
from tests.support.reading import SCHEMA, column, table_of
from tests.support.workbooks import layout

BEFORE = ["序号", "存在问题", "整改措施", "责任领导", "责任单位", "整改时限"]


def rows(headings: list[str], *cells: list[str]) -> list[list[object]]:
    """A list with further columns, a task for each row of their cells."""
    tasks = [[n, f"第{n}处堤岸塌陷", "修复堤岸", "晏清 副市长", "市水利局", "2027年底", *row] for n, row in enumerate(cells, 1)]
    return [[*BEFORE, *headings], *tasks]


@pytest.mark.parametrize("heading", ["整改类型", "整改类别"])
def test_how_a_task_is_mended_is_no_category(heading: str) -> None:
    table = table_of(rows([heading], ["立行立改"], ["限期整改"], ["分阶段整改"], ["长期坚持"]))
    assert "category" not in table.columns
    assert [task.extras[heading] for task in table.rows] == ["立行立改", "限期整改", "分阶段整改", "长期坚持"]


def test_what_a_task_is_about_is_its_category() -> None:
    assert column(table_of(rows(["整改类别"], ["水环境"], ["大气"], ["立行立改"])), "category") == ["水环境", "大气", "立行立改"]


@pytest.mark.parametrize("heading", ["销号情况", "整治情况"])
def test_states_beside_the_status_are_no_progress(heading: str) -> None:
    table = table_of(rows(["整改状态", heading], ["整改中", "未销号"], ["已完成", "已销号"]))
    assert "progress" not in table.columns
    assert column(table, "status") == ["整改中", "已完成"]
    assert [task.extras for task in table.rows] == [{heading: "未销号"}, {heading: "已销号"}]


def test_states_are_the_status_where_no_other_column_is() -> None:
    assert column(table_of(rows(["销号情况"], ["未销号"], ["已销号"])), "status") == ["未销号", "已销号"]


def test_sentences_beside_the_status_are_the_progress() -> None:
    table = table_of(rows(["整改状态", "整治情况"], ["整改中", "已修复两处"], ["已完成", "全部修复，通过检查"]))
    assert column(table, "progress") == ["已修复两处", "全部修复，通过检查"]


@pytest.mark.parametrize("heading", ["整改进展/完成情况", "完成情况/整改进展", "整改情况及进展情况", "进展情况及完成情况"])
def test_one_thing_named_twice_is_one_column(heading: str) -> None:
    assert column(table_of(rows([heading], ["已修复两处"])), "progress") == ["已修复两处"]


def test_two_things_in_one_heading_are_two() -> None:
    table = table_of(rows(["完成情况及完成时间"], ["已修复，2026年10月"]))
    assert not {"progress", "completed_on"} & table.columns.keys()


def test_beside_another_time_limit_the_day_of_mending_is_that_of_completion() -> None:
    headings = ["序号", "存在问题", "责任单位", "限改时间", "整改完成日期"]
    table = table_of(
        [headings, [1, "堤岸塌陷", "市水利局", "2026年11月10日", "2026-11-08"], [2, "堤面积水", "市水利局", "2027年底", ""]]
    )
    assert column(table, "deadline") == ["2026年11月10日", "2027年底"]
    assert column(table, "completed_on") == ["2026-11-08", None]


@pytest.mark.parametrize("heading", ["工作开展情况", "开展情况", "工作推进情况", "整改任务落实情况"])
def test_what_has_been_done_beside_states(heading: str) -> None:
    table = table_of(rows(["完成情况", heading], ["已完成", "已砌筑堤岸三处"], ["正在推进", "已备料"]))
    assert column(table, "status") == ["已完成", "正在推进"]
    assert column(table, "progress") == ["已砌筑堤岸三处", "已备料"]


def test_acceptance_is_the_state_where_states_stand_below_it() -> None:
    assert column(table_of(rows(["验收情况"], ["验收合格"], ["未验收"])), "status") == ["验收合格", "未验收"]


@pytest.mark.parametrize("heading", ["机构负责人", "项目负责人姓名", "单位主要负责人"])
def test_who_runs_it_answers_for_it(heading: str) -> None:
    table = table_of(
        [["序号", "问题现状", heading, "包保单位", "整改时限"], [1, "堤岸塌陷", "晏清 院长", "市水利局", "2027年底"]]
    )
    assert [column(table, key) for key in ("problem", "leader", "lead_unit")] == [["堤岸塌陷"], ["晏清 院长"], ["市水利局"]]


@pytest.mark.parametrize("heading", ["信访类别", "污染类型"])
def test_the_kind_of_a_complaint_is_its_category(heading: str) -> None:
    assert column(table_of(rows([heading], ["征地拆迁"], ["油烟"])), "category") == ["征地拆迁", "油烟"]


@pytest.mark.parametrize(("headings", "unit"), [(["属地乡镇"], "石桥乡"), (["属地乡镇", "责任企业"], "远山电镀厂")])
def test_where_it_is_answers_where_no_other_column_says_who(headings: list[str], unit: str) -> None:
    units = ["石桥乡", "远山电镀厂"][: len(headings)]
    table = table_of([["序号", "问题现状描述", *headings, "整改时限"], [1, "危废间未设导流沟", *units, "2027年底"]])
    assert [column(table, key) for key in ("problem", "lead_unit")] == [["危废间未设导流沟"], [unit]]


@pytest.mark.parametrize(
    ("signs", "states"), [("√×", ["已完成", "未完成"]), ("√√", ["已完成", "已完成"]), ("√", ["已完成", None])]
)
def test_nothing_but_ticks_below_whether_it_is_done(signs: str, states: list[str | None]) -> None:
    rows = [["序号", "存在问题", "责任领导", "责任单位", "整改时限", "完成情况"]]
    rows += [[at, f"渗漏点{at}", "晏清 副市长", "市水利局", "2026年底", sign] for at, sign in enumerate(signs.ljust(2), 1)]
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert column(found.table, "status") == states
    assert [(fault.slug, fault.facts["key"]) for fault in found.faults] == [("unknown-column", "status")]


@pytest.mark.parametrize(("heading", "signs"), [("完成情况", "√○"), ("完成情况", "××"), ("整改进展", "√×"), ("整改情况", "√×")])
def test_signs_that_may_mean_something_else(heading: str, signs: str) -> None:
    rows = [["序号", "存在问题", "责任领导", "责任单位", "整改时限", heading]]
    rows += [[at, f"渗漏点{at}", "晏清 副市长", "市水利局", "2026年底", sign] for at, sign in enumerate(signs, 1)]
    assert "status" not in table_of(rows).columns


def test_rows_of_what_was_planned_and_what_was_done() -> None:
    rows: list[list[Any]] = [["序号", "存在问题", "责任领导", "责任单位", "整改时限", "类别", "7月", "8月"]]
    rows += [
        [1, "煤场没有棚化", "晏清 副市长", "市水利局", "2026年底", "计划", "设计", "动工"],
        [None] * 5 + ["实际", "已设计", None],
    ]
    rows += [
        [2, "排口没有截污", "晏清 副市长", "市水利局", "2026年底", "计划", "立项", "动工"],
        [None] * 5 + ["实际", "已立项", None],
    ]
    table = table_of(rows, [f"{at}{top}:{at}{top + 1}" for at in "ABCDE" for top in (2, 4)])
    assert "category" not in table.columns
    assert [row.part_of for row in table.rows] == [2, 2, 4, 4]
    assert table.rows[1].extras == {"类别": "实际", "7月": "已设计"}


def test_problems_behind_the_progress_hinder_the_work() -> None:
    headings = ["序号", "整改任务", "责任领导", "责任单位", "整改时限", "目前进展", "存在问题"]
    table = table_of([headings, [1, "修复堤岸", "晏清 副市长", "市水利局", "2026年底", "完成一半", "资金没有到位"]])
    assert (column(table, "problem"), table.rows[0].extras) == (["修复堤岸"], {"存在问题": "资金没有到位"})
    first = table_of([[*headings[:1], "目前进展", *headings[2:5], "存在问题"], [1, "完成一半", *["晏清"] * 3, "堤岸塌陷"]])
    assert column(first, "problem") == ["堤岸塌陷"]
