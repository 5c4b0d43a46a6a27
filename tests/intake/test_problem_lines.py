"""A problem that stands across the columns above its measures, in a list without a column of problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl import merge
from rectify_xl.intake.submission import RowKind
from tests.support.reading import column, numbers, table_of
from tests.support.workbooks import by_openpyxl, layout

if TYPE_CHECKING:
    from pathlib import Path

H = ["序号", "整改措施", "责任领导", "责任单位", "完成时限"]
FIRST, SECOND = "北渠污水直排。沿线3处排口没有截污。", "西山矿坑没有复绿"


def task(number: int, measure: str) -> list[Any]:
    return [number, measure, "晏清 副市长", "市水利局", "2026年底"]


@pytest.mark.parametrize("label", ["问题{}：", "反馈问题{}:", "整改任务（{}）", "问题{}、", "督察反馈问题{}："])
@pytest.mark.parametrize("count", ["一二", "12"])
def test_the_problem_of_the_measures_below_it(label: str, count: str) -> None:
    rows: list[list[Any]] = [H, [label.format(count[0]) + FIRST], task(1, "截污"), task(2, "清淤")]
    rows += [[label.format(count[1]) + SECOND], task(1, "复绿")]
    table = table_of(rows, ("A2:E2", "A5:E5"))
    assert column(table, "problem") == [FIRST, FIRST, SECOND]
    assert column(table, "category") == [None] * 3
    assert [table.cell(row, "problem") for row in table.rows] == ["A2", "A2", "A5"]
    assert [table.kinds[row] for row in (2, 5)] == [RowKind.SECTION] * 2


def test_the_first_problem_above_the_headings_that_are_repeated_below_the_next() -> None:
    rows: list[list[Any]] = [["整改清单"], [f"问题1：{FIRST}"], H, task(1, "截污"), [f"问题2：{SECOND}"], H, task(1, "复绿")]
    table = table_of(rows, ("A1:E1", "A2:E2", "A5:E5"))
    assert column(table, "problem") == [FIRST, SECOND]


def test_a_problem_in_a_group() -> None:
    rows: list[list[Any]] = [H, ["一、水环境"], [f"问题1：{FIRST}"], task(1, "截污"), ["二、矿山"], task(2, "复绿")]
    table = table_of(rows, ("A2:E2", "A3:E3", "A5:E5"))
    assert (column(table, "problem"), column(table, "category")) == ([FIRST, None], ["水环境", "矿山"])


def test_where_a_column_has_the_problems_such_a_line_is_a_group() -> None:
    rows: list[list[Any]] = [["序号", "存在问题", *H[1:]], ["问题一：水环境"], [1, "北渠污水直排", *task(1, "截污")[1:]]]
    table = table_of(rows, ("A2:F2",))
    assert (column(table, "problem"), column(table, "category")) == (["北渠污水直排"], ["问题一：水环境"])


@pytest.mark.parametrize("line", ["问题清单（共2项）", "整改任务：共2项", "问题：无"])
def test_lines_that_tell_no_problem(line: str) -> None:
    table = table_of([H, [line], task(1, "截污")], ("A2:E2",))
    assert "problem" not in {key for row in table.rows for key, value in row.values.items() if value}
    assert numbers(table) == [3]


def test_measures_of_several_problems_are_tasks_of_the_ledger(tmp_path: Path) -> None:
    rows: list[list[Any]] = [H, [f"问题一：{FIRST}"], task(1, "截污"), [f"问题二：{SECOND}"], task(1, "复绿")]
    made = layout(rows, ("A2:E2", "A4:E4"))
    master = merge(by_openpyxl(tmp_path / "市水利局.xlsx", made), as_of="2026-01-05")
    assert master.tasks_frame()["problem"].tolist() == [FIRST, SECOND]
