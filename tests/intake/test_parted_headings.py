"""One heading over several columns, which the row below it parts: when a time limit or a notice begins and when it ends."""

from __future__ import annotations

import pytest

from tests.support.reading import column, numbers, table_of

BEFORE = ["序号", "存在问题", "整改措施", "责任领导", "责任单位"]
TASK = [1, "堤岸塌陷未修复", "修复堤岸", "晏清 副市长", "市水利局"]


@pytest.mark.parametrize(
    ("begin", "end"),
    [("开始时间", "完成时间"), ("起", "止"), ("起始时间", "结束时间"), ("启动时间", "完成时限"), ("开始日期", "截止日期")],
)
@pytest.mark.parametrize("merged", [True, False])
def test_a_time_limit_ends_with_its_last_day(begin: str, end: str, merged: bool) -> None:
    rows = [[*BEFORE, "整改时限", None], [*[None] * 5, begin, end], [*TASK, "2026年4月", "2027年6月底"]]
    merges = [*(f"{letter}1:{letter}2" for letter in "ABCDE"), "F1:G1"] if merged else []
    table = table_of(rows, merges)
    assert numbers(table) == [3]
    assert table.columns["deadline"] == 7
    assert column(table, "deadline") == ["2027年6月底"]
    assert table.rows[0].extras == {begin: "2026年4月"}


def test_the_end_of_something_else_is_no_time_limit() -> None:
    rows = [[*BEFORE, "整改时限", "雨季施工", None], [*[None] * 6, "开始", "结束"], [*TASK, "2027年底", "6月", "9月"]]
    merges = [*(f"{letter}1:{letter}2" for letter in "ABCDEF"), "G1:H1"]
    table = table_of(rows, merges)
    assert column(table, "deadline") == ["2027年底"]
    assert list(table.rows[0].extras.values()) == ["6月", "9月"]


@pytest.mark.parametrize("group", ["公示时间", "公示情况", "公示"])
@pytest.mark.parametrize(("begin", "end"), [("开始", "结束"), ("起", "止"), ("开始时间", "截止时间")])
def test_a_notice_begins_and_ends(group: str, begin: str, end: str) -> None:
    rows = [[*BEFORE, "整改时限", group, None], [*[None] * 6, begin, end], [*TASK, "2026年9月底", "2026-09-10", "2026-09-24"]]
    table = table_of(rows, [*(f"{letter}1:{letter}2" for letter in "ABCDEF"), "G1:H1"])
    assert column(table, "publicity_start") == ["2026-09-10"]
    assert column(table, "publicity_end") == ["2026-09-24"]
    assert column(table, "deadline") == ["2026年9月底"]
