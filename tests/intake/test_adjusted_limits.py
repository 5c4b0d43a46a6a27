"""A time limit that was put off: the column of the first limit beside that of the adjusted one."""

from __future__ import annotations

import pytest

from rectify_xl.intake.tables.tables import read_tables
from tests.support.reading import SCHEMA, column, table_of
from tests.support.workbooks import layout

BEFORE = ["序号", "存在问题", "整改措施", "责任领导", "责任单位"]
TASK = ["堤岸塌陷未修复", "修复堤岸", "晏清 副市长", "市水利局"]


@pytest.mark.parametrize(
    ("first", "adjusted"),
    [
        ("原定整改时限", "调整后整改时限"),
        ("原时限", "现时限"),
        ("原整改时限", "延期后时限"),
        ("整改时限", "调整后的时限"),
        ("整改时限", "延期至"),
        ("完成时限", "变更为"),
        ("整改时限（原）", "整改时限（现）"),
        ("方案时限", "调整时限"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_adjusted_limit_counts_in_a_row_that_has_one(first: str, adjusted: str, *, turned: bool) -> None:
    limits = [[first, adjusted], ["2026年6月底", "2026年12月底"], ["2027年3月底", ""]]
    heads, put_off, as_first = [row[::-1] if turned else row for row in limits]
    rows = [[*BEFORE, *heads, "整改进展"], [1, *TASK, *put_off, "正在施工"], [2, *TASK, *as_first, "未开工"]]
    table = table_of(rows)
    own, other = ("F", "G") if turned else ("G", "F")
    assert column(table, "deadline") == ["2026年12月底", "2027年3月底"]
    assert [row.anchors.get("deadline") or table.cell(row, "deadline") for row in table.rows] == [f"{own}2", f"{other}3"]
    assert table.rows[0].extras == {first: "2026年6月底"}
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert [(fault.slug, fault.facts.get("key")) for fault in found.faults] == [("unknown-column", "deadline")]


def test_both_below_one_heading() -> None:
    rows = [
        [*BEFORE, "整改时限", "", "整改进展"], ["", "", "", "", "", "原定", "调整后", ""],
        [1, *TASK, "2026年6月底", "2026年12月底", "正在施工"], [2, *TASK, "2027年3月底", "", "未开工"],
    ]  # fmt: skip
    table = table_of(rows, ("F1:G1", "H1:H2", *(f"{at}1:{at}2" for at in "ABCDE")))
    assert column(table, "deadline") == ["2026年12月底", "2027年3月底"]


@pytest.mark.parametrize(
    "beside", ["申请延期至", "拟调整时限", "延期情况", "调整原因", "现状", "新增问题", "延期时间", "预计完成时间", "原责任人"]
)
def test_what_is_no_adjusted_limit(beside: str) -> None:
    rows = [[*BEFORE, "整改时限", beside, "整改进展"], [1, *TASK, "2026年6月底", "2026年12月底", "正在施工"]]
    assert column(table_of(rows), "deadline") == ["2026年6月底"]


def test_of_two_adjusted_limits_none_is_chosen() -> None:
    rows = [[*BEFORE, "整改时限", "第一次延期至", "第二次延期至"], [1, *TASK, "2026年6月底", "2026年9月底", "2026年12月底"]]
    (table,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert [fault.slug for fault in table.faults] == ["unknown-column", "unknown-column"]
