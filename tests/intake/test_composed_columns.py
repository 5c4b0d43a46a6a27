"""Fields written in several columns, and two fields in one cell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl import fix, validate
from rectify_xl.intake.tables.tables import read_tables
from tests.support.reading import SCHEMA, column, table_of
from tests.support.workbooks import by_openpyxl, layout

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = ["序号", "存在问题", "整改措施", "责任领导", "责任单位"]
TASK = [1, "堤岸塌陷未修复", "修复堤岸", "晏清 副市长", "市水利局"]
EMPTY = [""] * len(BEFORE)


def faults(rows: list[list[Any]], merges: tuple[str, ...] = ()) -> set[str]:
    (found,) = read_tables(layout(rows, merges).in_memory, SCHEMA)
    return {fault.slug for fault in found.faults}


@pytest.mark.parametrize("merges", [("F1:H1",), ("F1:H1", *(f"{at}1:{at}2" for at in "ABCDE")), ()])
@pytest.mark.parametrize("name", ["完成时限", "整改完成时间", "要求完成时间"])
@pytest.mark.parametrize(
    ("day", "told"),
    [
        ([2026, 12, 31], "2026年12月31日"),
        (["2026", "6", ""], "2026年6月"),
        (["2026年", "12月底", ""], "2026年12月底"),
        ([26, 9, 5], "2026年9月5日"),
        (["长期坚持", "", ""], "长期坚持"),
        (["", "", ""], None),
    ],
)
def test_a_deadline_in_columns_of_its_own_for_year_month_and_day(
    merges: tuple[str, ...], name: str, day: list[Any], told: str | None
) -> None:
    table = table_of([[*BEFORE, name, "", ""], [*EMPTY, "年", "月", "日"], [*TASK, *day]], merges)
    assert (column(table, "deadline"), table.headings["deadline"]) == ([told], name)
    assert table.rows[0].extras == {}
    assert table.cell(table.rows[0], "deadline") == "F3"


def test_words_merged_over_the_columns_of_a_day_are_said_once() -> None:
    rows = [[*BEFORE, "完成时限", "", ""], [*EMPTY, "年", "月", "日"], [*TASK, "长期坚持", "", ""]]
    assert column(table_of(rows, ("F1:H1", "F3:H3")), "deadline") == ["长期坚持"]


@pytest.mark.parametrize(
    "heads", [["整改时限（年）", "整改时限（月）"], ["整改时限\n（年份）", "整改时限\n（月份）"], ["完成年份", "完成月份"]]
)
def test_a_deadline_in_two_columns(heads: list[str]) -> None:
    rows = [[*BEFORE, *heads], [*TASK, 2027, 3]]
    assert column(table_of(rows), "deadline") == ["2027年3月"]
    assert faults(rows) == set()


def test_a_day_of_completion_in_three_columns_is_a_day() -> None:
    heads = [*(f"计划完成时间（{part}）" for part in "年月日"), *(f"实际完成时间（{part}）" for part in "年月日")]
    table = table_of([[*BEFORE, *heads], [*TASK, 2026, 9, 30, 2026, 9, 12], [2, *TASK[1:], 2026, 9, 31, 2026, 9, 31]])
    assert column(table, "deadline") == ["2026年9月30日", "2026年9月31日"]
    assert column(table, "completed_on") == [date(2026, 9, 12), "2026年9月31日"]


def test_years_and_months_that_are_no_parts_of_a_day() -> None:
    table = table_of([[*BEFORE, "整改时限", "9月", "10月"], [*TASK, "2026年底", "已招标", "已动工"]])
    assert column(table, "deadline") == ["2026年底"]


@pytest.mark.parametrize(
    "heads", [["整改措施1", "整改措施2", "整改措施3"], ["措施一", "措施二", "措施三"], [f"整改措施（{n}）" for n in "123"]]
)
def test_measures_in_several_columns_are_the_measures(heads: list[str]) -> None:
    rows = [["序号", "存在问题", *heads, "责任领导", "责任单位", "整改时限"]]
    rows += [[1, "雨污混流", "排查管网", "改造混接点", "建立台账", "晏清 副市长", "市水利局", "2026年底"]]
    rows += [[2, "渠道淤积", "清淤", "", "", "晏清 副市长", "市水利局", "2026年底"]]
    table = table_of(rows)
    assert column(table, "measures") == ["排查管网\n改造混接点\n建立台账", "清淤"]
    assert (faults(rows), table.rows[0].extras) == (set(), {})


def test_numbers_that_do_not_follow_each_other_stay_apart() -> None:
    rows = [["序号", "存在问题", "整改措施1", "整改措施3", "责任单位", "整改时限"]]
    rows += [[1, "雨污混流", "排查管网", "建立台账", "市水利局", "2026年底"]]
    assert column(table_of(rows), "measures") == ["排查管网"]


def test_two_limits_are_not_one() -> None:
    rows = [[*BEFORE, "整改时限1", "整改时限2"], [*TASK, "2026年6月底", "2026年9月底"]]
    assert column(table_of(rows), "deadline") == ["2026年6月底"]


def test_each_measure_with_its_own_limit_behind_it() -> None:
    heads = ["措施一", "时限一", "责任人一", "措施二", "时限二", "责任人二"]
    first = ["清淤", "2026年6月底", "晏清 副市长", "护岸", "2026年9月底", "严望 局长"]
    rows = [
        ["序号", "存在问题", "责任单位", *heads],
        [1, "渠道淤积", "市水利局", *first],
        [2, "渠岸塌陷", "市水利局", *first[:3]],
    ]
    table = table_of(rows)
    assert column(table, "deadline") == ["2026年6月底\n2026年9月底", "2026年6月底"]
    assert column(table, "measures") == ["清淤\n护岸", "清淤"]
    assert column(table, "leader") == ["晏清 副市长、严望 局长", "晏清 副市长"]


def test_the_same_headings_again_for_the_next_measure() -> None:
    block = ["措施", "完成时限", "进展情况"]
    rows = [["序号", "存在问题", "责任单位", "责任领导", *block, *block]]
    rows += [[1, "渠道淤积", "市水利局", "晏清 副市长", "清淤", "2026年6月底", "已清淤", "护岸", "2026年9月底", "已招标"]]
    rows += [[2, "渠岸塌陷", "市水利局", "晏清 副市长", "修复", "2026年8月底", "已修复"]]
    table = table_of(rows)
    assert column(table, "measures") == ["清淤\n护岸", "修复"]
    assert column(table, "deadline") == ["2026年6月底\n2026年9月底", "2026年8月底"]
    assert column(table, "progress") == ["已清淤\n已招标", "已修复"]
    assert faults(rows) == set()


@pytest.mark.parametrize(
    ("name", "post", "told"),
    [
        ("晏清", "副市长", "晏清 副市长"),
        ("晏清 副市长", "副市长", "晏清 副市长"),
        ("晏清\n严望", "副市长\n局长", "晏清 副市长\n严望 局长"),
        ("晏清", "", "晏清"),
        ("", "副市长", "副市长"),
    ],
)
def test_the_post_beside_the_leader_is_the_leaders(name: str, post: str, told: str) -> None:
    rows = [[*BEFORE[:4], "职务", "责任单位", "整改时限", "联系人", "职务"]]
    rows += [[*TASK[:3], name, post, "市水利局", "2026年底", "严望", "科长"]]
    table = table_of(rows)
    assert column(table, "leader") == [told]
    assert table.rows[0].extras == {"职务（I列）": "科长"}


def test_a_post_before_the_name_under_one_heading() -> None:
    rows = [
        [*BEFORE[:3], "责任领导", "", "责任单位"],
        ["", "", "", "职务", "姓名", ""],
        [*TASK[:3], "副市长", "晏清", "市水利局"],
    ]
    table = table_of(rows, ("D1:E1",))
    assert (column(table, "leader"), table.cell(table.rows[0], "leader")) == (["晏清 副市长"], "E3")


@pytest.mark.parametrize("heading", ["联系人及电话", "联系人\n及联系电话", "经办人（电话）", "填报人/手机"])
@pytest.mark.parametrize(
    ("cell", "person", "phone"),
    [
        ("严望 13900000011", "严望", "13900000011"),
        ("严望\n0000-1234567", "严望", "0000-1234567"),
        ("严望，电话：1234567", "严望", "1234567"),
        ("严望13900000011、晏清13900000012", "严望、晏清", "13900000011、13900000012"),
        ("严望", "严望", None),
        (13900000011, None, 13900000011),
    ],
)
def test_a_person_and_the_telephone_in_one_cell(heading: str, cell: Any, person: str | None, phone: Any) -> None:
    rows = [[*BEFORE, "整改时限", heading], [*TASK, "2026年底", cell]]
    table = table_of(rows)
    assert (column(table, "contact"), column(table, "phone")) == ([person], [phone])
    assert (faults(rows), table.rows[0].extras) == (set(), {})


def test_who_answers_and_the_telephone_in_one_cell() -> None:
    heads, cells = ["序号", "存在问题", "责任单位", "整改时限"], [1, "堤岸塌陷", "市水利局", "2026年底"]
    alone = table_of([[*heads, "责任人及电话"], [*cells, "晏清 13900000011"]])
    assert (column(alone, "leader"), column(alone, "phone")) == (["晏清"], ["13900000011"])
    beside = table_of([[*heads, "责任领导", "责任人及电话"], [*cells, "严望 副市长", "晏清 13900000011"]])
    assert [column(beside, key) for key in ("leader", "contact", "phone")] == [["严望 副市长"], ["晏清"], ["13900000011"]]


def test_another_person_below_is_a_part_of_the_task_and_no_task() -> None:
    rows = [[*BEFORE, "整改时限", "联系人及电话"], [*TASK, "2026年底", "严望 1234567"], [*[""] * 6, "晏清 1234568"]]
    table = table_of(rows)
    assert ([task.part_of for task in table.rows], column(table, "contact")) == ([None, 2], ["严望", "晏清"])


def test_nothing_is_corrected_that_stands_in_several_cells(tmp_path: Path) -> None:
    rows = [[*BEFORE, "整改时限（年）", "整改时限（月）"], [*TASK, "2026 ", " 12"]]
    original = by_openpyxl(tmp_path / "市水利局.xlsx", layout(rows))
    report = validate(original, as_of="2026-01-05")
    assert not [finding.slug for finding in report.findings if finding.severity == "error"]
    assert fix(report, [original], tmp_path / "out", unsafe=True).changes == ()
