"""Headings of hospitals, schools, gas companies, councils and audits: what they are by their words, and by what stands below."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.intake.tables.heading_names import nearest_field
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.intake.tables.tables import read_tables
from tests.support.reading import SCHEMA, column, numbers, table_of
from tests.support.workbooks import layout

if TYPE_CHECKING:
    from rectify_xl.intake.tables.tables import ReadTable


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("治理负责人", ("leader",)), ("整治负责人", ("leader",)), ("处置部门", ("lead_unit",)), ("治理企业", ("lead_unit",)),
        ("园长", ("leader",)), ("科室主任", ("leader",)), ("组长", ()), ("护士长", ()),
        ("限期治理时间", ("deadline",)), ("办结时间要求", ("deadline",)), ("整改起止日期", ("deadline",)),
        ("实际治理完成日期", ("completed_on",)), ("整体进度", ("percent", "progress")), ("形象进度", ()),
        ("投资完成进度", ()), ("阶段性成效说明", ("progress",)), ("预期成效", ("target",)), ("跟踪结果", ("status", "progress")),
        ("违规类型", ("category",)), ("评议意见内容", ("problem", "measures")), ("失分点描述", ("problem",)), ("扣分", ()),
        ("痛点", ("problem",)), ("时间安排", ("deadline",)), ("工作负责人", ("leader",)),
        ("涉及领域", ("category",)), ("现状", ("problem", "progress")), ("建议内容", ("problem", "measures")),
        ("检察建议", ("problem", "measures")), ("反馈情况", ("problem", "progress")), ("工单描述", ("problem",)),
        ("处置反馈", ("progress",)), ("具体做法", ("measures",)), ("责任社区", ("lead_unit",)),
        ("责任处长", ("leader",)), ("整改前情况", ("problem",)), ("整改后情况", ("progress",)), ("整改后照片", ()),
        ("已开展工作", ("progress",)), ("整改回复", ("progress",)), ("缺陷项目", ("problem",)),
        ("认领单位", ("lead_unit",)), ("纠正行动", ("measures",)),
        ("现场检查意见", ("problem", "measures")), ("主办人", ("leader",)), ("整改证据", ("evidence",)),
        ("整改做法", ("measures",)),        ("包保书记", ("leader",)),
        ("截至目前整改落实情况及取得的成效", ("progress",)), ("单位任务", ("problem", "measures")),
        ("审计发现", ("problem",)), ("检查发现人", ()),
        ("实际销号时间", ("closed_on",)), ("Responsible person", ("leader",)), ("Planned completion date", ("deadline",)),
    ],
)  # fmt: skip
def test_what_more_trades_call_a_column(heading: str, fields: tuple[str, ...]) -> None:
    assert fields_by_words(heading, SCHEMA) == fields


@pytest.mark.parametrize("heading", ["问题分级", "隐患级别", "问题等级"])
def test_how_bad_a_problem_is_is_no_slip_of_what_it_is_about(heading: str) -> None:
    assert nearest_field(heading, SCHEMA) is None


def _told(found: ReadTable) -> dict[str, str]:
    """The headings that are reported together with the field that they were read as."""
    return {fault.facts["heading"]: fault.facts["key"] for fault in found.faults if "key" in fault.facts}


HEADINGS = ["序号", "存在问题", "整改措施"]


@pytest.mark.parametrize("heading", ["科室", "车间", "企业名称", "学校名称"])
def test_a_body_by_its_heading_is_the_unit_where_no_other_is(heading: str) -> None:
    rows = [[heading, *HEADINGS], ["CCU", 1, "被服混放", "分区存放"], ["二分部", 2, "柜门未锁", "加锁"]]
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert column(found.table, "lead_unit") == ["CCU", "二分部"]
    assert _told(found) == {heading: "lead_unit"}


def test_who_oversees_answers_only_where_nobody_else_is_named_and_that_is_said() -> None:
    rows = [[*HEADINGS, "监管责任单位", "监管责任人"], [1, "外墙空鼓", "铲除重抹", "柳岸镇政府", "镇长 晏清"]]
    (alone,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert (column(alone.table, "lead_unit"), column(alone.table, "leader")) == (["柳岸镇政府"], ["镇长 晏清"])
    assert _told(alone) == {"监管责任单位": "lead_unit", "监管责任人": "leader"}
    beside = table_of([[*HEADINGS, "监管责任单位", "治理单位"], [1, "外墙空鼓", "铲除重抹", "柳岸镇政府", "听涛物业公司"]])
    assert column(beside, "lead_unit") == ["听涛物业公司"]


@pytest.mark.parametrize("heading", ["监管责任领导", "监督责任人"])
def test_the_leader_who_oversees_is_not_the_one_who_answers(heading: str) -> None:
    rows = [[*HEADINGS, heading, "责任人", "责任单位"], [1, "外墙空鼓", "铲除重抹", "副镇长 晏清", "经理 汲辛", "听涛物业公司"]]
    assert column(table_of(rows), "leader") == ["经理 汲辛"]
    assert column(table_of([[*HEADINGS, "主管领导", "责任单位"], [1, "空鼓", "重抹", "镇长 晏清", "听涛镇"]]), "leader") == [
        "镇长 晏清"
    ]


def test_the_department_in_charge_of_a_trade_is_the_unit_where_no_other_is() -> None:
    (found,) = read_tables(layout([[*HEADINGS, "行业主管部门"], [1, "外墙空鼓", "铲除重抹", "县住建局"]]).in_memory, SCHEMA)
    assert (column(found.table, "lead_unit"), _told(found)) == (["县住建局"], {"行业主管部门": "lead_unit"})


def test_how_things_stand_is_the_progress_beside_a_problem() -> None:
    assert column(table_of([[*HEADINGS, "期限", "现状"], [1, "外墙空鼓", "铲除重抹", "2026年底", "已铲除"]]), "progress") == [
        "已铲除"
    ]


def test_who_answers_beside_a_cooperating_unit_leads_no_task() -> None:
    rows = [[*HEADINGS, "牵头单位及责任人", "配合单位及责任人"], [1, "外墙空鼓", "铲除重抹", "县住建局 韩一舟", "县城管局 汲辛"]]
    table = table_of(rows)
    assert (column(table, "lead_unit"), column(table, "leader")) == (["县住建局"], ["韩一舟"])
    assert column(table, "coop_units") == ["县城管局 汲辛"]


@pytest.mark.parametrize("days", [("10.10", "10.20", "10.31"), ("10.31", "10.20", "10.10"), ("9.30", "10.15", "10.31")])
def test_of_days_in_headings_the_last_filled_one_tells_the_progress(days: tuple[str, ...]) -> None:
    said = {"10.31": "已铺8块", "10.20": "到货", "10.15": "到货", "10.10": "签订合同", "9.30": "签订合同"}
    table = table_of([[*HEADINGS, *(f"{day}进展" for day in days)], [1, "盲道缺失", "补铺", *(said[day] for day in days)]])
    assert column(table, "progress") == ["已铺8块"]


def test_a_row_that_says_how_to_fill_in_the_columns_is_no_task() -> None:
    hints = ["填阿拉伯数字", "照录原文", "分条填写", "姓名+职务", "年-月-日", "是/否"]
    task = [1, "外墙空鼓", "铲除重抹", "镇长 晏清", "2026-12-18", "否"]
    table = table_of([[*HEADINGS, "责任人", "整改时限", "是否完成"], hints, task])
    assert numbers(table) == [3]


def test_groups_that_are_all_units_lead_their_tasks() -> None:
    headings = ["序号", "存在问题", "整改措施", "责任人", "整改时限"]
    first, second = ([at, fault, "修复", "汲辛 局长", "2026年底"] for at, fault in ((1, "堤岸塌陷"), (2, "林道滑坡")))
    merges = ["A2:E2", "A4:E4"]
    table = table_of([headings, ["县水利局（1项）"], first, ["县林业局（1项）"], second], merges)
    assert column(table, "lead_unit") == ["县水利局", "县林业局"]
    assert table.cell(table.rows[1], "lead_unit") == "A4"
    for other in ("山地灾害（1项）", "听涛镇（1项）"):
        table = table_of([headings, ["县水利局（1项）"], first, [other], second], merges)
        assert column(table, "lead_unit") == [None, None]


def test_headings_below_known_ones_that_are_merged_over_them() -> None:
    top = ["序号", "地点", None, "问题情况", None, None, "整改情况", None, None, "备注"]
    below = [None, "镇", "村", "面积（亩）", "当事人", "违法事实", "整改措施", "整改期限", "整改进展", None]
    row = [1, "听涛镇", "柳岸村", "5.6", "雒某", "占用林地堆料", "清运复绿", "2027年5月底", "已清运", None]
    merges = ["A1:A2", "B1:C1", "D1:F1", "G1:I1", "J1:J2"]
    table = table_of([top, below, ["合计", None, None, "5.6"], row], merges)
    assert numbers(table) == [4]
    values = [table.rows[0].values[key] for key in ("problem", "measures", "deadline", "progress")]
    assert values == ["占用林地堆料", "清运复绿", "2027年5月底", "已清运"]


def test_a_heading_that_says_nothing_by_itself_is_named_with_the_one_above_it() -> None:
    rows = [
        [*HEADINGS, "完成时间", None, "责任单位", None], [None, None, None, "计划", "实际", "牵头", "配合"],
        [1, "外墙空鼓", "铲除重抹", "2026年底", "2026-10-08", "县住建局", "县城管局"],
    ]  # fmt: skip
    table = table_of(rows, ["D1:E1", "F1:G1", "A1:A2", "B1:B2", "C1:C2"])
    named = {key: table.headings[key] for key in ("deadline", "completed_on", "lead_unit")}
    assert named == {"deadline": "完成时间（计划）", "completed_on": "完成时间（实际）", "lead_unit": "责任单位（牵头）"}


def test_a_time_limit_from_and_to() -> None:
    below = [None, None, None, "开始", "结束"]
    row = [1, "馆藏更新慢", "购书", "2026.9.1", "2026年秋季学期末"]
    table = table_of([[*HEADINGS, "起止时间", None], below, row], ["D1:E1", "A1:A2", "B1:B2", "C1:C2"])
    assert column(table, "deadline") == ["2026年秋季学期末"]


def test_a_beginning_alone_limits_nothing() -> None:
    table = table_of([[*HEADINGS, "启动时间"], [1, "馆藏更新慢", "购书", date(2026, 9, 1)]])
    assert "deadline" not in table.columns


def test_a_day_without_its_year_and_a_share_in_words_stand_in_their_columns() -> None:
    headings = [*HEADINGS, "整改期限", "整改完成日期", "总体进度", "本期工作情况"]
    rows = [
        [1, "软管老化", "换管", "10月20日", "10月18日", "100%", "已换"],
        [2, "阀门渗漏", "换阀", "11月20日", None, "约三成", "在途"],
        [3, "井盖缺失", "补盖", "11月21日", None, "六成多", "在途"],
    ]
    table = table_of([headings, *rows])
    assert column(table, "completed_on") == ["10月18日", None, None]
    assert column(table, "percent") == ["100%", "约三成", "六成多"]
    assert column(table, "progress") == ["已换", "在途", "在途"]


def test_points_taken_off_number_no_tasks() -> None:
    headings = ["扣分", "失分点描述", "整改措施", "整改部门"]
    faults = [(5, "未开展演练", "补演练"), (3, "台账不全", "补台账"), (2, "标识缺失", "补标识")]
    table = table_of([headings, *([*fault, "安保科"] for fault in faults)])
    assert "task_id" not in table.columns
    assert column(table, "problem") == ["未开展演练", "台账不全", "标识缺失"]


@pytest.mark.parametrize("work", ["重点任务", "工作事项", "具体任务"])
@pytest.mark.parametrize("progress", ["进展情况", "工作推进情况说明"])
def test_problems_behind_the_progress_hinder_the_work_that_another_column_names_by_its_words(work: str, progress: str) -> None:
    headings = ["序号", work, "工作举措", "牵头领导", "牵头单位", "完成时限", progress, "存在问题"]
    table = table_of([headings, [1, "修复堤岸三处", "抛石护脚", "晏清 副市长", "市水利局", "2026年底", "已修复一处", "缺石料"]])
    assert column(table, "problem") == ["修复堤岸三处"]
    assert column(table, "progress") == ["已修复一处"]
    assert table.rows[0].extras == {"存在问题": "缺石料"}
