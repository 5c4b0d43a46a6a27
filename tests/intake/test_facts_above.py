"""What stands once above a table of measures, as in a form for each problem, and is said of all of them."""

from __future__ import annotations

from typing import Any

import pytest

from rectify_xl.intake.submission import RowKind
from rectify_xl.intake.tables.tables import read_tables
from tests.support.reading import SCHEMA, column, numbers, table_of, tables_of
from tests.support.workbooks import layout

H = ["序号", "整改措施", "责任单位", "完成时限", "进展情况"]
FIRST, SECOND = "北渠沿线3处排口没有截污", "西山矿坑没有复绿"


def measure(number: int, words: str) -> list[Any]:
    return [number, words, "市水利局", "2026年底", "已招标"]


def form(problem: str, leader: str, *measures: list[Any]) -> list[list[Any]]:
    above = [["督察问题整改单"], ["问题编号", "第7项", "问题类别", "水环境"], ["反馈问题", problem]]
    return [*above, ["牵头领导", leader, "牵头单位", "市城管局"], H, *measures]


def test_a_form_of_one_problem_with_a_table_of_its_measures() -> None:
    rows = form(FIRST, "晏清 副市长", measure(1, "截污"), measure(2, "清淤"))
    (found,) = read_tables(layout(rows, ("A1:E1", "B3:E3")).in_memory, SCHEMA)
    table = found.table
    assert [column(table, key) for key in ("problem", "leader", "category")] == [[FIRST] * 2, ["晏清 副市长"] * 2, ["水环境"] * 2]
    assert [table.cell(table.rows[1], key) for key in ("problem", "leader", "measures")] == ["B3", "B4", "B7"]
    assert column(table, "lead_unit") == ["市水利局"] * 2  # the measure's own goes before the problem's
    assert table.rows[0].extras == {"问题编号": "第7项", "牵头单位": "市城管局"}
    assert [fault.slug for fault in found.faults] == []


def test_forms_below_each_other() -> None:
    rows = [*form(FIRST, "晏清 副市长", measure(1, "截污")), ["填表人：严望"], []]
    rows += form(SECOND, "严望 副市长", measure(1, "复绿"), measure(2, "管护"))
    first, second = tables_of(rows, ("A1:E1", "B3:E3", "A9:E9", "B11:E11"))
    assert (column(first, "problem"), column(second, "problem")) == ([FIRST], [SECOND] * 2)
    assert (column(first, "leader"), column(second, "leader")) == (["晏清 副市长"], ["严望 副市长"] * 2)
    assert RowKind.UNREAD not in {*first.kinds.values(), *second.kinds.values()}


@pytest.mark.parametrize("gap", ["  ", " ", "　　"])
def test_lines_with_a_colon(gap: str) -> None:
    line = gap.join(["责任领导：晏清 副市长", "牵头单位：市城管局", "整改时限：2026年底"])
    rows = [["整改清单"], [line], ["序号", "存在问题", "整改措施"], [1, FIRST, "截污"], [2, SECOND, "复绿"]]
    table = table_of(rows, ("A1:C1", "A2:C2"))
    assert [column(table, key)[0] for key in ("leader", "lead_unit", "deadline")] == ["晏清 副市长", "市城管局", "2026年底"]


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：市城管局  分管领导：晏清  填报人：严望",
        "责任人：严望  联系电话：1234567",
        "完成时间：2026年底",
        "整改任务：共2项",
        "单位：万元",
    ],
)
def test_what_is_said_of_the_paper_is_not_said_of_the_tasks(line: str) -> None:
    rows = [["整改清单"], [line], ["序号", "整改措施", "责任单位"], [1, "截污", "市水利局"], [2, "复绿", "市水利局"]]
    table = table_of(rows, ("A1:C1", "A2:C2"))
    assert set(table.rows[0].values) == {"task_id", "measures", "lead_unit"}


def test_a_column_says_it_of_each_task() -> None:
    rows = [
        ["责任单位", "市城管局"],
        ["序号", "存在问题", "整改措施", "责任单位"],
        [1, FIRST, "截污", "市水利局"],
        [2, SECOND, "复绿", ""],
    ]
    table = table_of(rows)
    assert (column(table, "lead_unit"), numbers(table)) == (["市水利局", None], [3, 4])


@pytest.mark.parametrize("heads", [["责任单位", "任务数"], ["责任单位", "任务数", "已完成", "完成率"], ["问题类别", "数量"]])
def test_a_table_of_figures_above_the_list_tells_nothing_of_its_tasks(heads: list[str]) -> None:
    figures = ["市城管局", 2, 1, 0.5][: len(heads)]
    rows = [heads, figures, [], ["序号", "存在问题", "整改措施"], [1, FIRST, "截污"], [2, SECOND, "复绿"]]
    table = table_of(rows)
    assert set(table.rows[0].values) == {"task_id", "problem", "measures"}
