"""Headings that say of which level a unit or a leader is, or call whoever is in charge in a way of their own."""

from __future__ import annotations

import pytest

from rectify_xl.intake.tables.tables import read_tables
from tests.support.reading import SCHEMA, column, table_of
from tests.support.workbooks import layout

BEFORE = ["序号", "存在问题", "整改措施"]
TASK = [1, "堤岸塌陷未修复", "修复堤岸"]


@pytest.mark.parametrize(
    "heading",
    ["市直牵头单位", "县区责任单位", "属地责任单位", "县区牵头部门", "属事单位", "承担单位", "调处单位", "办理单位", "责任分工"],
)
def test_the_unit_of_a_level(heading: str) -> None:
    table = table_of([[*BEFORE, "责任领导", heading, "整改时限"], [*TASK, "晏清 副市长", "市水利局", "2026年底"]])
    assert column(table, "lead_unit") == ["市水利局"]


@pytest.mark.parametrize("headings", [["市直牵头单位", "县区责任单位"], ["县区责任单位", "市直牵头单位"]])
def test_beside_who_leads_the_units_of_another_level_cooperate(headings: list[str]) -> None:
    units = ["市水利局" if "牵头" in heading else "汀南县人民政府" for heading in headings]
    table = table_of([[*BEFORE, "责任领导", *headings, "整改时限"], [*TASK, "晏清 副市长", *units, "2026年底"]])
    assert column(table, "lead_unit") == ["市水利局"]
    assert column(table, "coop_units") == ["汀南县人民政府"]


@pytest.mark.parametrize("heading", ["领衔市领导", "挂图作战领导", "化解领导", "包保县级领导", "分管副市长"])
def test_a_leader_by_whatever_name(heading: str) -> None:
    table = table_of([[*BEFORE, heading, "责任单位", "整改时限"], [*TASK, "晏清 副市长", "市水利局", "2026年底"]])
    assert column(table, "leader") == ["晏清 副市长"]
    assert "leader" in table.inferred


@pytest.mark.parametrize("heading", ["签批领导", "审批领导", "领导批示", "督办领导", "是否涉及领导", "参会领导"])
def test_who_signs_or_supervises_is_not_in_charge(heading: str) -> None:
    table = table_of([[*BEFORE, heading, "责任单位", "整改时限"], [*TASK, "晏清 副市长", "市水利局", "2026年底"]])
    assert "leader" not in table.columns


def test_who_guides_the_work_leads_it_where_nobody_else_is_named() -> None:
    rows = [[*BEFORE, "督导领导", "责任单位", "整改时限"], [*TASK, "晏清 副市长", "市水利局", "2026年底"]]
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert column(found.table, "leader") == ["晏清 副市长"]
    assert [(fault.slug, fault.facts["key"]) for fault in found.faults] == [("unknown-column", "leader")]
    for named in ("责任人", "化解领导"):
        beside = table_of([[*rows[0], named], [*rows[1], "严望"]])
        assert column(beside, "leader") == ["严望"]
        assert beside.rows[0].extras == {"督导领导": "晏清 副市长"}


def test_a_known_leader_goes_before_another() -> None:
    rows = [[*BEFORE, "领衔市领导", "责任领导", "责任单位", "整改时限"], [*TASK, "晏清", "严望", "市水利局", "2026年底"]]
    table = table_of(rows)
    assert column(table, "leader") == ["严望"]


@pytest.mark.parametrize("heading", ["是否完成序时进度", "是否达到时序要求", "是否符合序时进度"])
def test_whether_the_pace_is_kept(heading: str) -> None:
    rows = [[*BEFORE, "责任领导", "责任单位", "整改时限", heading], [*TASK, "晏清 副市长", "市水利局", "2026年底", "是"]]
    assert column(table_of(rows), "pace") == ["是"]


def test_what_is_done_goes_before_what_is_asked() -> None:
    rows = [["序号", "存在问题", "整改要求", "整改措施及结果", "责任领导", "责任单位", "整改时限"],
            [*TASK[:2], "限期修复", "已修复", "晏清 副市长", "市水利局", "2026年底"]]  # fmt: skip
    table = table_of(rows)
    assert column(table, "measures") == ["已修复"]
    assert table.rows[0].extras == {"整改要求": "限期修复"}


@pytest.mark.parametrize("heading", ["进度状况", "整改状况", "整改现状", "推进状况"])
def test_how_far_a_task_is_by_whatever_name(heading: str) -> None:
    rows = [
        [*BEFORE, "责任领导", "责任单位", "整改时限", heading],
        [*TASK, "晏清 副市长", "市水利局", "2026年底", "堤脚已清淤，正在砌石"],
    ]
    assert column(table_of(rows), "progress") == ["堤脚已清淤，正在砌石"]


@pytest.mark.parametrize("heading", ["序时进度情况", "资金进展情况", "设备运行状况", "形象进度"])
def test_the_state_of_something_else_is_no_progress_of_the_task(heading: str) -> None:
    rows = [
        [*BEFORE, "责任领导", "责任单位", "整改时限", heading],
        [*TASK, "晏清 副市长", "市水利局", "2026年底", "到位三成，其余待拨"],
    ]
    assert "progress" not in table_of(rows).columns


def test_the_same_headings_below_other_levels_are_other_columns() -> None:
    rows = [
        [*BEFORE, "责任清单", None, None, None, None, None, "整改时限"],
        [*[None] * 3, "县级", None, "乡级", None, "村级"],
        [*[None] * 3, "领导", "单位", "领导", "单位", "责任人", "单位"],
        [*TASK, "晏清 副县长", "县水利局", "方竹 镇长", "石桥镇", "柳青禾", "西坪村", "2026年底"],
    ]
    merges = [*(f"{letter}1:{letter}3" for letter in "ABCJ"), "D1:I1", "D2:E2", "F2:G2", "H2:I2"]
    (found,) = read_tables(layout(rows, merges).in_memory, SCHEMA)
    assert column(found.table, "leader") == ["晏清 副县长"]
    assert column(found.table, "lead_unit") == ["县水利局"]
    assert found.table.rows[0].extras == {"乡级领导": "方竹 镇长", "乡级单位": "石桥镇", "责任人": "柳青禾", "村级单位": "西坪村"}
    assert {fault.slug for fault in found.faults} == {"unknown-column"}


@pytest.mark.parametrize("merged", [True, False])
def test_who_leads_and_who_helps_below_the_division_of_the_work(merged: bool) -> None:
    rows = [
        [*BEFORE, "责任分工", None, None, "整改时限"],
        [None, None, None, "领导", "牵头", "配合", None],
        [*TASK, "晏清 副市长", "市水利局", "市财政局", "2026年底"],
    ]
    table = table_of(rows, ["D1:F1"] if merged else [])
    assert [column(table, key) for key in ("leader", "lead_unit", "coop_units")] == [["晏清 副市长"], ["市水利局"], ["市财政局"]]


@pytest.mark.parametrize(("told", "key"), [("说明", "progress"), ("备注", "remark")])
def test_what_explains_the_state_tells_the_progress(told: str, key: str) -> None:
    rows = [
        [*BEFORE, "责任领导", "责任单位", "整改时限", "整改情况", None],
        [*[None] * 6, "状态", told],
        [*TASK, "晏清 副市长", "市水利局", "2026年底", "整改中", "已修复一处"],
    ]
    assert column(table_of(rows, ["G1:H1"]), key) == ["已修复一处"]


def test_one_heading_with_two_notes_is_no_duplicate() -> None:
    rows = [[*BEFORE, "责任单位", "整改时限（方案）", "整改时限（本单位）"], [*TASK, "市水利局", "2026年底", "2026年11月底"]]
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert column(found.table, "deadline") == ["2026年底"]
    assert "duplicate-column" not in {fault.slug for fault in found.faults}
    assert found.table.rows[0].extras == {"整改时限（本单位）": "2026年11月底"}


def test_levels_below_who_answers_are_one_column_each_and_the_first_counts() -> None:
    top = ["序号", "存在问题", "整改措施", "责任领导", None, None, "责任单位", None, None, "整改时限"]
    below = [None, None, None, *["市级", "县级", "乡镇"] * 2, None]
    people, bodies = ["方同舟 副市长", "江晚 副县长", "陈默 镇长"], ["市应急局", "县应急局", "青禾镇"]
    rows = [top, below, [1, "尾矿渗漏", "防渗", *people, *bodies, "2026年底"]]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:I1", "J1:J2"]
    (task,) = table_of(rows, merges).rows
    assert (task.values["leader"], task.values["lead_unit"]) == ("方同舟 副市长", "市应急局")
    assert set(bodies[1:]) <= set(task.extras.values())


def test_who_answers_first_goes_before_who_answers_directly() -> None:
    headings = ["序号", "存在问题", "责任单位", "具体责任人", "直接责任人", "第一责任人", "整改时限"]
    rows = [headings, [1, "尾矿渗漏", "县应急局", "许小满", "温知新 股长", "江晚 副县长", "2026年底"]]
    assert column(table_of(rows), "leader") == ["江晚 副县长"]
    rows[0][3] = "包保领导"
    assert column(table_of(rows), "leader") == ["许小满"]
