"""Ledgers as inspectors, auditors and yards keep them: parted headings, unit and person in one cell, a block for every unit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl import validate
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.intake.tables.tables import read_tables
from rectify_xl.intake.tables.unit_and_person import part_column
from rectify_xl.schema.conversion import convert
from rectify_xl.schema.loading import load_schema
from tests.support.reading import SCHEMA, column, numbers, table_of, tables_of
from tests.support.workbooks import by_openpyxl, layout

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("责任", ("lead_unit", "leader")), ("责任落实", ("lead_unit", "leader")), ("时限落实", ("deadline",)),
        ("落实措施", ("measures",)), ("资金落实", ()), ("河长", ("leader",)), ("镇级河长", ("leader",)),
        ("责任部门\nResponsible Dept.", ("lead_unit",)), ("责任人 PIC", ("leader",)), ("Issue key", ("task_id",)),
        ("问题 Level", ()), ("Leader", ("leader",)), ("Completion %", ("percent",)), ("Percentage", ("percent",)),
    ],
)  # fmt: skip
def test_headings_of_other_trades(heading: str, fields: tuple[str, ...]) -> None:
    assert fields_by_words(heading, SCHEMA) == fields


def test_headings_below_a_group_that_other_headings_reach_down_to() -> None:
    top = ["序号", "隐患描述", "五落实", None, None, None, None, "备注"]
    below = [None, None, "责任", "措施", "资金", "时限", "预案", None]
    rows = [top, below, [1, "砂轮机缺防护罩", "韩一舟", "加装防护罩", 0.2, "2026年11月底前", "停用", "待料"]]
    table = table_of(rows, ["C1:G1", "A1:A2", "B1:B2", "H1:H2"])
    assert (table.header_row, numbers(table)) == (2, [3])
    values = {key: table.rows[0].values[key] for key in ("leader", "measures", "deadline", "remark")}
    assert values == {"leader": "韩一舟", "measures": "加装防护罩", "deadline": "2026年11月底前", "remark": "待料"}


UNITS = frozenset({"市水务局"})


@pytest.mark.parametrize(
    ("text", "unit", "person"),
    [
        ("市水务局/韩一舟", "市水务局", "韩一舟"), ("区应急局 韩一舟", "区应急局", "韩一舟"),
        ("柳岸街道办事处（韩一舟 主任）", "柳岸街道办事处", "韩一舟 主任"), ("市水务局韩一舟", "市水务局", "韩一舟"),
        ("市水务局-韩舟", "市水务局", "韩舟"), ("市水务局党组书记韩一舟", "市水务局", "党组书记韩一舟"),
        ("县档案馆、雒成", "县档案馆", "雒成"), ("马场镇 韩愈之", "马场镇", "韩愈之"),
        ("市水务局：韩一舟副局长", "市水务局", "韩一舟副局长"),
        ("市水务局、区应急局 韩一舟", "市水务局、区应急局", "韩一舟"), ("市水务局\n乜乜其", "市水务局", "乜乜其"),
        ("责任单位：县残联\n责任人：韩一舟 理事长", "县残联", "韩一舟 理事长"),
    ],
)  # fmt: skip
def test_a_unit_and_its_person_are_told_apart(text: str, unit: str, person: str) -> None:
    assert part_column([text], UNITS) == {text: (unit, person)}


@pytest.mark.parametrize(
    "text", ["市水务局牵头，韩一舟", "另行确定", "市水务局 待定的人员名单", "各镇/韩一舟", " ", "韩一舟", "某甲/乙方"]
)
def test_what_cannot_be_told_apart_stays_as_it_is(text: str) -> None:
    assert part_column([text], UNITS) is None


@pytest.mark.parametrize("heading", ["责任单位/责任人", "责任单位及责任人", "责任单位/人员", "责任"])
def test_one_column_of_units_and_persons_is_read_as_both(heading: str) -> None:
    rows = [
        ["序号", "存在问题", heading, "整改时限"],
        [1, "堆场扬尘", "县林业局/韩一舟", "2026年底"],
        [2, "沟渠淤积", "县水利局", "2026年底"],
    ]
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert column(found.table, "lead_unit") == ["县林业局", "县水利局"]
    assert column(found.table, "leader") == ["韩一舟", None]
    assert found.table.cell(found.table.rows[0], "leader") == "C2"
    assert [fault.slug for fault in found.faults] == []


def test_where_another_column_names_the_leader_the_person_beside_a_unit_stands_in_no_field() -> None:
    rows = [
        ["序号", "存在问题", "分管校领导", "责任单位\n及责任人", "整改时限"],
        [1, "校舍漏水", "晏清 副校长", "后勤处 韩一舟\n教学学院 方竹", "2026年底"],
        [2, "账目不清", "晏清 副校长", "财务处 林知远", "2026年底"],
    ]
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert column(found.table, "lead_unit") == ["后勤处、教学学院", "财务处"]
    assert column(found.table, "leader") == ["晏清 副校长"] * 2
    assert [row.extras for row in found.table.rows] == [{"责任单位及责任人": row[3]} for row in rows[1:]]


@pytest.mark.parametrize("heading", ["复查结果", "整改复核结论", "验收结果"])
def test_what_a_second_inspection_found_is_the_state(heading: str) -> None:
    rows = [
        ["序号", "存在问题", "责任单位", "整改时限", heading],
        [1, "留样不足", "县实验小学", "2026年底", "合格"],
        [2, "冷库无记录", "县第二中学", "2026年底", "不合格"],
    ]
    assert column(table_of(rows), "status") == ["合格", "不合格"]


def test_what_a_first_inspection_found_is_no_state() -> None:
    rows = [["序号", "存在问题", "责任单位", "整改时限", "抽检结果"], [1, "大肠菌群超标", "县实验小学", "2026年底", "不合格"]]
    assert "status" not in table_of(rows).columns


def test_one_cell_in_doubt_leaves_the_column_as_it_is() -> None:
    rows = [
        ["序号", "存在问题", "责任单位/责任人", "整改时限"],
        [1, "堆场扬尘", "县林业局/韩一舟", "年底"],
        [2, "沟渠淤积", "谁主管谁负责", "年底"],
    ]
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert column(found.table, "lead_unit") == ["县林业局/韩一舟", "谁主管谁负责"]
    assert [fault.slug for fault in found.faults] == ["missing-column"]


def test_every_unit_with_its_own_block_of_the_same_headings() -> None:
    head = ["序号", "存在问题", "整改措施", "责任领导", "整改时限"]
    task = [1, "渠道渗漏", "衬砌", "韩一舟 局长", "2026年底"]
    rows = [["填报单位：市水务局"], head, task, ["审核人："], ["填报单位：市林业局"], head, [*task[:1], "林地被占", *task[2:]]]
    one, two = tables_of(rows)
    assert [(table.unit_text, numbers(table)) for table in (one, two)] == [("市水务局", [3]), ("市林业局", [7])]


@pytest.mark.parametrize(
    ("heading", "answer", "state"),
    [
        ("是否销号", "是", "已销号"),
        ("是否办结", "是", "已完成"),
        ("是否销号", "否", "整改中"),
        ("是否销号", "√", "已销号"),
        ("是否办结", "×", "整改中"),
    ],
)
def test_yes_answers_what_the_heading_asks(heading: str, answer: str, state: str) -> None:
    table = table_of([["序号", "存在问题", "责任单位", heading], [1, "堆场扬尘", "县林业局", answer]])
    assert convert(SCHEMA["status"], column(table, "status")[0]) == state


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("超期未办结", "整改中"), ("阶段性办结", "整改中"), ("逾期仍未整改到位", "整改中"), ("尚未办结", "整改中"),
        ("逾期已办结", "已完成"),
        ("到期未销号", "整改中"), ("已化解", "已完成"), ("未化解", "整改中"), ("正在治理", "整改中"), ("修复到位", "已完成"),
        ("超期未说明", "超期未说明"), ("阶段性安排", "阶段性安排"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("schema", ["task_list", "hazard_list"])
def test_words_of_completion_with_what_is_said_before_them(word: str, state: str, schema: str) -> None:
    known = load_schema(schema)["status"]
    assert convert(known, word) == ({"已完成": "已整改"}.get(state, state) if schema == "hazard_list" else state)


@pytest.mark.parametrize("cells", [["小计", "3个问题"], ["合计", "共5项任务"], ["小计", "问题12个，已办结3个"]])
def test_a_total_in_words(cells: list[Any]) -> None:
    rows = [["序号", "问题名称", "责任单位", "整改时限"], [1, "堆场扬尘", "县林业局", "2026年底"], cells]
    assert numbers(table_of(rows)) == [2]


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("工单编号", ("task_id",)), ("诉求内容", ("problem",)), ("诉求类型", ("category",)), ("工单状态", ("status",)),
        ("办理结果", ("status", "progress")), ("受检单位", ("lead_unit",)), ("被检查单位", ("lead_unit",)), ("检查单位", ()),
    ],
)  # fmt: skip
def test_headings_of_hotlines_and_inspections(heading: str, fields: tuple[str, ...]) -> None:
    assert fields_by_words(heading, SCHEMA) == fields


def test_the_same_headings_under_every_quarter() -> None:
    top = ["序号", "年度任务", "牵头单位", "完成时限", "一季度", None, "二季度", None]
    below = [None, None, None, None, "进展", "存在问题", "进展", "存在问题"]
    rows = [top, below, [1, "清淤6条河", "市水务局", "2026年底", "完成2条", "缺资金", "完成4条", None]]
    merges = ["E1:F1", "G1:H1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"]
    (found,) = read_tables(layout(rows, merges).in_memory, SCHEMA)
    (task,) = found.table.rows
    assert (task.values["problem"], task.values["progress"]) == ("清淤6条河", "完成4条")
    assert "缺资金" in task.extras.values()
    assert [fault.slug for fault in found.faults if fault.slug == "duplicate-column"] == []


def test_tables_of_one_sheet_that_each_number_from_one(tmp_path: Path) -> None:
    one = [
        ["立行立改清单"],
        ["序号", "问题", "措施", "责任单位", "完成时间"],
        [1, "标牌破损", "更换", "市林业局", "2026年9月5日"],
        [],
    ]
    two = [
        ["限期整改清单"],
        ["序号", "问题", "牵头领导", "责任单位", "整改时限"],
        [1, "林道塌方", "韩一舟 局长", "市林业局", "2026年底"],
    ]
    path = by_openpyxl(tmp_path / "两表.xlsx", layout([*one, *two]))
    report = validate([path], workers=1, as_of=date(2026, 9, 1))
    assert report.summary["rows"] == 2
    assert "duplicate-number" not in {finding.slug for finding in report.findings}
