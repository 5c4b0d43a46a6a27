"""Headings as units write them: other characters, line breaks, two columns in one, one name for two things."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rectify_xl.intake.heading_names import joined_fields, on_one_line
from rectify_xl.intake.tables import read_tables
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


@pytest.mark.parametrize("heading", ["县级领导", "县级包保领导", "乡镇领导", "市级领导", "县(区)级领导"])
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
    found = found_in(["序号", "存在问题", heading, "整改时限"], [1, "堆场扬尘", "县林业局 柳青禾", "2026年底"])
    assert found.table.columns["lead_unit"] == 3
    assert "leader" not in found.table.columns
    assert [(fault.slug, fault.cell, fault.facts["shared"]) for fault in found.faults] == [("missing-column", "C1", heading)]


def test_a_second_column_of_both_is_unknown() -> None:
    headings = ["序号", "存在问题", "责任领导", "责任单位", "责任单位及责任人", "整改时限"]
    found = found_in(headings, [1, "堆场扬尘", "柳青禾", "县林业局", "县住建局 方竹", "2026年底"])
    assert [(fault.slug, fault.cell) for fault in found.faults] == [("unknown-column", "E1")]
