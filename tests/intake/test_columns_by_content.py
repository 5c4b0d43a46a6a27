"""Headings that could be a field by their words, and are seen by what stands below them to be none, or to be one."""

from __future__ import annotations

import pytest

from tests.support.reading import column, table_of

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
