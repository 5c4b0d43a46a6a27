"""Headings as units write them: other characters, line breaks, two columns in one, one name for two things."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rectify_xl.intake.tables.heading_names import joined_fields, on_one_line
from rectify_xl.intake.tables.tables import read_tables
from tests.support.reading import SCHEMA
from tests.support.workbooks import layout

DAY = date(2026, 9, 20)


def found_in(*rows: list[Any]) -> Any:
    """The one table of a sheet with these rows, and its faults."""
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    return found


def test_traditional_headings_and_pinyin_insertions() -> None:
    headings = [
        "序號",
        "存在問題",
        "整改措施",
        "責任領(lǐng)導(dǎo)",
        "責任單位",
        "完成時限",
        "整改狀態(tài)",
        "整改進(jìn)展",
        "備註",
    ]
    found = found_in(headings, [1, "堆场扬尘", "覆盖", "柳青禾 局长", "县林业局", "2026年底", "整改中", "已覆盖", "x"])
    keys = ["task_id", "problem", "measures", "leader", "lead_unit", "deadline", "status", "progress", "remark"]
    assert list(found.table.columns) == keys
    # As the file has it, so that the clerk finds the column.
    assert found.table.headings["deadline"] == "完成時限"
    assert found.faults == []


def test_traditional_group_headings() -> None:
    top = ["序號", "存在問題", "責任單位", "", "整改時限"]
    found = found_in(top, ["", "", "牽頭", "配合", ""], [1, "堆场扬尘", "县林业局", "县住建局", "2026年底"])
    assert found.table.columns["lead_unit"] == 3
    assert found.table.columns["coop_units"] == 4


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("完成\n时限", "完成时限"),
        ("整改\r\n责任\r\n单位", "整改责任单位"),
        ("序 号", "序 号"),
        ("完成时限\n精确到日", "完成时限 精确到日"),
        ("Lead\nunit", "Lead unit"),
        ("  整改进展 \n", "整改进展"),
    ],
)
def test_a_heading_on_one_line(written: str, shown: str) -> None:
    assert on_one_line(written) == shown


def test_a_broken_heading_is_shown_without_the_break() -> None:
    found = found_in(
        ["序号", "存在问题", "责任领导", "责任\n单位", "完成\n时限", "上报\n渠道"], [1, "x", "y", "z", "2026年底", "q"]
    )
    assert found.table.headings["deadline"] == "完成时限"
    assert [(fault.cell, fault.facts["heading"]) for fault in found.faults] == [("F1", "上报渠道")]


@pytest.mark.parametrize(
    ("headings", "values", "deadline", "completed"),
    [
        (["整改时限", "完成时间"], [["2026年底", DAY], ["2026年底", None]], 5, 6),
        (["整改时限", "完成时间"], [["2026年底", DAY], ["2026年底", DAY]], 5, 6),
        (["整改时限", "完成时间"], [["2026年底", "2026年10月底前"], ["2026年底", "尽快"]], 5, None),
        (["完成时间"], [["2026年底"], ["2026年10月底前"]], 5, None),
        (["完成时间"], [[DAY], [DAY]], 5, None),
        (["整改完成时间", "整改期限"], [[DAY, "2026年底"], [None, "2026年底"]], 6, 5),
    ],
)
def test_completion_time_beside_a_deadline(
    headings: list[str], values: list[list[Any]], deadline: int, completed: int | None
) -> None:
    rows = [[number, "堆场扬尘", "柳青禾 局长", "县林业局", *row] for number, row in enumerate(values, 1)]
    columns = found_in(["序号", "存在问题", "责任领导", "责任单位", *headings], *rows).table.columns
    assert (columns["deadline"], columns.get("completed_on")) == (deadline, completed)


@pytest.mark.parametrize(
    "heading", ["县级领导", "县级包保领导", "乡镇领导", "市级领导", "县(区)级领导", "包保领导", "分管领导", "联系领导"]
)
def test_the_leader_of_a_level_goes_before_the_person_in_charge(heading: str) -> None:
    found = found_in(["序号", "存在问题", "责任人", heading, "责任单位", "整改时限"], [1, "x", "方竹", "柳青禾", "z", "2026年底"])
    assert found.table.columns["leader"] == 4
    assert [fault.facts["heading"] for fault in found.faults] == ["责任人"]


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("责任单位及责任人", ("lead_unit", "leader")),
        ("牵头单位和责任领导", ("lead_unit", "leader")),
        ("责任领导、责任单位", ("leader", "lead_unit")),
        ("責任單位以及責任人", ("lead_unit", "leader")),
        ("责任单位及电话号", ()),
        ("责任单位", ()),
        ("责任单位及牵头单位", ()),
    ],
)
def test_a_heading_that_names_two_columns(heading: str, keys: tuple[str, ...]) -> None:
    assert joined_fields(heading, SCHEMA) == keys


@pytest.mark.parametrize("heading", ["责任单位及责任人", "责任领导、牵头单位"])
def test_units_and_leaders_in_one_column(heading: str) -> None:
    found = found_in(["序号", "存在问题", heading, "整改时限"], [1, "堆场扬尘", "县林业局和柳青禾同志", "2026年底"])
    assert found.table.columns["lead_unit"] == 3
    assert "leader" not in found.table.columns
    assert [(fault.slug, fault.cell, fault.facts["shared"]) for fault in found.faults] == [("missing-column", "C1", heading)]


def test_a_second_column_of_both_is_unknown() -> None:
    headings = ["序号", "存在问题", "责任领导", "责任单位", "责任单位及责任人", "整改时限"]
    found = found_in(headings, [1, "堆场扬尘", "柳青禾", "县林业局", "县住建局 方竹", "2026年底"])
    assert [(fault.slug, fault.cell) for fault in found.faults] == [("unknown-column", "E1")]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("省委督察组反馈的问题", "problem"),
        ("中央生态环境保护督察反馈意见指出的问题", "problem"),
        ("市督察反馈主要问题", "problem"),
        ("问题原文", "problem"),
        ("省级暗访反馈的问题", "problem"),
        ("审计发现问题", "problem"),
        ("是否完成", "status"),
        ("本月进展情况", "progress"),
        ("截至目前进展", "progress"),
        ("具体举措", "measures"),
        ("预期目标", "target"),
        ("佐证", "evidence"),
        ("序", "task_id"),
    ],
)
def test_what_offices_call_a_column(heading: str, key: str) -> None:
    others = {"task_id": "编号", "problem": "事项", "measures": "整改措施", "leader": "责任领导", "deadline": "整改时限"}
    others = {known: name for known, name in others.items() if known not in ({key, "problem"} if key == "problem" else {key})}
    table = found_in([heading, *others.values()], ["一", *("二" for _ in others)]).table
    assert table.columns[key] == 1


@pytest.mark.parametrize("heading", ["问题来源", "督察反馈问题整改责任人", "反馈意见落实问题清单编号", "涉及问题的企业"])
def test_a_heading_about_a_problem_is_not_the_problem(heading: str) -> None:
    found = found_in(
        [heading, "整改措施", "责任领导", "责任单位", "整改时限"], ["甲", "清运", "柳青禾 局长", "县林业局", "2026年底"]
    )
    assert found.table.columns.get("problem") is None


@pytest.mark.parametrize("problem", ["反馈问题", "督察组指出的问题"])
@pytest.mark.parametrize(("number", "text"), [("序号", "具体内容"), ("编号", "内容")])
def test_a_field_parted_into_number_and_text(problem: str, number: str, text: str) -> None:
    rows = [
        ["编号", problem, "整改措施", "", "责任领导", "责任单位", "整改时限"],
        ["", "", number, text, "", "", ""],
        ["一", "堆场扬尘", 1, "覆盖裸土", "柳青禾 局长", "县林业局", "2026年底"],
        ["", "", 2, "加装喷淋", "", "", "2027年底"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2", "G1:G2", "A3:A4", "B3:B4"]
    (found,) = read_tables(layout(rows, merges).in_memory, SCHEMA)
    assert [task.values["measures"] for task in found.table.rows] == ["覆盖裸土", "加装喷淋"]
    assert [task.values["task_id"] for task in found.table.rows] == ["一", "一"]
    assert found.table.header_row == 2
    assert [(fault.slug, fault.cell) for fault in found.faults] == [("unknown-column", "C2")]


def test_a_number_below_the_problem_is_the_number_of_the_task() -> None:
    rows = [
        ["反馈问题", "", "整改措施", "责任领导", "责任单位", "整改时限"],
        ["序号", "具体内容", "", "", "", ""],
        [7, "堆场扬尘", "覆盖裸土", "柳青禾 局长", "县林业局", "2026年底"],
    ]
    (found,) = read_tables(layout(rows, ["A1:B1", "C1:C2", "D1:D2", "E1:E2", "F1:F2"]).in_memory, SCHEMA)
    (task,) = found.table.rows
    assert (task.values["task_id"], task.values["problem"]) == (7, "堆场扬尘")


MONTHS = [
    ["序号", "反馈问题", "整改措施", "责任人", "", "责任单位", "", "整改时限", "整改进展", "", ""],
    ["", "", "", "姓名", "职务", "牵头单位", "配合单位", "", "8月", "9月", "10月"],
    [1, "堆场扬尘", "覆盖裸土", "柳青禾", "副局长", "县林业局", "县水利局", "2026年底", "已招标", "已覆盖一半", ""],
]
MERGED = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1", "H1:H2", "I1:K1"]


def test_a_column_for_every_month() -> None:
    (found,) = read_tables(layout(MONTHS, MERGED).in_memory, SCHEMA)
    (task,) = found.table.rows
    told = [task.values[key] for key in ("leader", "lead_unit", "coop_units", "progress")]
    assert told == ["柳青禾 副局长", "县林业局", "县水利局", "已覆盖一半"]
    # The month before is kept beside.
    assert task.extras == {"8月": "已招标"}
    assert found.table.header_row == 2


@pytest.mark.parametrize(
    ("headings", "values", "told"),
    [
        (["8月进展情况", "9月进展情况"], ["已招标", "已覆盖"], "已覆盖"),
        (["8月份整改进展", "9月份整改进展"], ["已招标", ""], "已招标"),
        (["本月进展", "上月进展"], ["已覆盖", "已招标"], "已覆盖"),
        (["上期进展情况", "本期进展情况"], ["已招标", "已覆盖"], "已覆盖"),
        (["二季度进展", "三季度进展"], ["已招标", "已覆盖"], "已覆盖"),
        (["上周进展", "本周进展", "下周计划"], ["已招标", "已覆盖", "复绿"], "已覆盖"),
        (["第45周进展", "第46周进展"], ["已招标", "已覆盖"], "已覆盖"),
        (["整改进展", "8月进展"], ["已覆盖", "已招标"], "已覆盖"),
        (["8月进展", "9月进展"], ["", ""], None),
    ],
)
def test_progress_month_by_month_without_merges(headings: list[str], values: list[str], told: str | None) -> None:
    rows = [
        ["序号", "反馈问题", "责任领导", "责任单位", "整改时限", *headings],
        [1, "堆场扬尘", "柳青禾", "县林业局", "2026年底", *values],
    ]
    (task,) = found_in(*rows).table.rows
    assert task.values["progress"] == told


def test_months_of_no_field_are_no_field() -> None:
    headings = ["序号", "反馈问题", "责任领导", "责任单位", "整改时限", "8月", "9月投资"]
    assert found_in(headings, [1, "堆场扬尘", "柳青禾", "县林业局", "2026年底", 3, 4]).table.columns.keys() == {
        "task_id", "problem", "leader", "lead_unit", "deadline",
    }  # fmt: skip
