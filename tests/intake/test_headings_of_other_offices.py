"""Headings of petitions, fire safety and progress tables, and those that say up to which day they tell."""

from __future__ import annotations

import pytest

from tests.support.reading import column, table_of

BEFORE = ["序号", "存在问题", "整改措施", "责任领导", "责任单位"]
TASK = [1, "堤岸塌陷未修复", "修复堤岸", "晏清 副市长", "市水利局"]


@pytest.mark.parametrize(
    ("heading", "value", "key"),
    [
        ("截至2026年10月底整改进展情况", "已修复两处", "progress"),
        ("截止10月25日进展情况", "已修复两处", "progress"),
        ("阶段性成效", "已修复两处", "progress"),
        ("责任科室联系人", "柳青禾", "contact"),
        ("牵头单位联系电话", "1234567", "phone"),
        ("复查人", "柳青禾", "accepted_by"),
        ("验证人签字", "柳青禾", "accepted_by"),
        ("复查日期", "2026-11-02", "accepted_on"),
        ("验收销号单位", "市生态环境局", "acceptance_unit"),
        ("销号验收牵头单位", "市生态环境局", "acceptance_unit"),
        ("总体目标", "堤岸无塌陷", "target"),
        ("办结目标", "堤岸无塌陷", "target"),
    ],
)
def test_what_other_offices_call_a_column(heading: str, value: str, key: str) -> None:
    table = table_of([[*BEFORE, "整改时限", heading], [*TASK, "2027年底", value]])
    assert column(table, key) == [value]


@pytest.mark.parametrize("heading", ["复核人", "复查意见", "复查组"])
def test_who_checks_a_paper_accepts_no_task(heading: str) -> None:
    table = table_of([[*BEFORE, "整改时限", heading], [*TASK, "2027年底", "柳青禾"]])
    assert "accepted_by" not in table.columns


def test_of_two_days_the_later_tells_the_progress() -> None:
    headings = ["截至9月底进展情况", "截至10月底进展情况"]
    table = table_of([[*BEFORE, "整改时限", *headings], [*TASK, "2027年底", "已招标", "已修复两处"]])
    assert column(table, "progress") == ["已修复两处"]
    assert table.rows[0].extras == {headings[0]: "已招标"}


@pytest.mark.parametrize("heading", ["化解期限", "化解时限"])
def test_a_petition_is_settled_by_a_day(heading: str) -> None:
    assert column(table_of([[*BEFORE, heading], [*TASK, "2027年底"]]), "deadline") == ["2027年底"]


@pytest.mark.parametrize("heading", ["消防安全责任人", "直接责任人", "部门责任人"])
def test_a_person_who_answers_is_the_leader_where_no_other_is(heading: str) -> None:
    table = table_of([["序号", "存在问题", "整改措施", heading, "责任单位", "整改时限"], [*TASK, "2027年底"]])
    assert column(table, "leader") == ["晏清 副市长"]
    table = table_of([[*BEFORE, heading, "整改时限"], [*TASK, "严望", "2027年底"]])
    assert column(table, "leader") == ["晏清 副市长"]


@pytest.mark.parametrize("heading", ["违规责任人", "被问责责任人", "责任人被处理情况", "监管责任人"])
def test_who_is_blamed_or_supervises_is_not_the_leader(heading: str) -> None:
    table = table_of([["序号", "存在问题", "整改措施", heading, "责任单位", "整改时限"], [*TASK, "2027年底"]])
    assert "leader" not in table.columns


@pytest.mark.parametrize("heading", ["督导反馈问题", "考核发现问题", "督办指出的问题", "核查反馈的具体问题"])
def test_whoever_has_found_the_problem(heading: str) -> None:
    table = table_of([["序号", heading, *BEFORE[2:], "整改时限"], [*TASK, "2027年底"]])
    assert column(table, "problem") == ["堤岸塌陷未修复"]


def test_towns_that_answer_beside_who_leads_cooperate() -> None:
    headings = [
        "序号",
        "存在问题",
        "整治要求",
        "责任领导",
        "牵头部门",
        "责任乡镇",
        "整改时限",
        "整改成果",
        "联络员",
        "联络员电话",
    ]
    values = [*TASK, "柳溪镇人民政府", "2027年底", "已修复两处", "柳青禾", "13800001111"]
    table = table_of([headings, values])
    told = {key: column(table, key)[0] for key in ("measures", "lead_unit", "coop_units", "progress", "contact", "phone")}
    assert list(told.values()) == ["修复堤岸", "市水利局", "柳溪镇人民政府", "已修复两处", "柳青禾", "13800001111"]


@pytest.mark.parametrize("heading", ["处理整改情况", "查处和整改情况", "处理及整改落实情况"])
def test_what_was_done_about_a_petition(heading: str) -> None:
    table = table_of(
        [["序号", "反映问题", heading, "责任单位", "办结时限"], [1, "餐馆排烟", "安装净化器", "市城管局", "2026年底"]]
    )
    assert column(table, "measures") == ["安装净化器"]
    table = table_of([[*BEFORE, "办结时限", heading], [*TASK, "2026年底", "已修复两处"]])
    assert (column(table, "measures"), column(table, "progress")) == (["修复堤岸"], ["已修复两处"])


@pytest.mark.parametrize("heading", ["问题基本情况", "问题简要描述"])
def test_how_a_problem_is_told_in_short(heading: str) -> None:
    table = table_of([["序号", heading, *BEFORE[2:], "整改时限"], [*TASK, "2026年底"]])
    assert column(table, "problem") == ["堤岸塌陷未修复"]


def test_the_telephone_of_another_unit_is_not_taken_first() -> None:
    heads = ["牵头单位联系人", "牵头单位联系电话", "配合单位联系人", "配合单位联系电话"]
    table = table_of([[*BEFORE, "整改时限", *heads], [*TASK, "2026年底", "柳青禾", "1234567", "严望", "7654321"]])
    assert (column(table, "contact"), column(table, "phone")) == (["柳青禾"], ["1234567"])


@pytest.mark.parametrize(
    "heading", ["责任单位及配合单位", "责任单位、配合单位", "牵头单位和配合单位", "牵头、配合单位", "牵头及配合单位"]
)
def test_one_column_for_who_leads_and_who_cooperates_says_who_leads(heading: str) -> None:
    table = table_of([[*BEFORE[:4], heading, "整改时限"], [*TASK, "2027年底"]])
    assert (column(table, "lead_unit"), "coop_units" in table.columns) == (["市水利局"], False)


def test_a_column_of_who_cooperates_in_a_duty_leads_nothing() -> None:
    table = table_of([[*BEFORE, "责任配合单位", "整改时限"], [*TASK, "市财政局", "2027年底"]])
    assert [column(table, key) for key in ("lead_unit", "coop_units")] == [["市水利局"], ["市财政局"]]


def test_the_upper_of_two_columns_of_categories_is_the_category() -> None:
    table = table_of([["序号", "一级分类", "二级分类", *BEFORE[1:], "整改时限"], [1, "水", "堤岸", *TASK[1:], "2027年底"]])
    assert (column(table, "category"), table.rows[0].extras) == (["水"], {"二级分类": "堤岸"})
