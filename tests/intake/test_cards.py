"""Tasks laid out as cards, one below the other: read at their true cells, or refused with what the sheet looks like."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from rectify_xl import annotate, validate
from rectify_xl.intake.submission import RowKind
from rectify_xl.intake.tables.cards import read_cards
from rectify_xl.intake.tables.near_misses import no_table
from tests.support.reading import SCHEMA, check_cells, column, numbers, table_of, tables_of
from tests.support.workbooks import by_openpyxl, layout

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

Rows = list[list[Any]]


def card(number: Any, problem: Any, *more: list[Any]) -> Rows:
    """A card of five rows, with a title."""
    return [
        ["整改任务卡"],
        ["任务编号", number, "责任单位", "市水务局"],
        ["问题描述", problem],
        ["整改措施：", "逐处修补"],
        ["整改时限", "2026年12月20日", "责任领导", "韩一舟 副局长"],
        *more,
        [],
    ]


TWO = [*card(1, "东干渠渗漏"), *card(2, "西干渠淤积")]


def test_cards_are_tasks_at_their_true_cells() -> None:
    made = layout(TWO, ["A1:D1", "B3:D3", "B4:D4", "A7:D7", "B9:D9", "B10:D10"])
    table = table_of(made)
    assert numbers(table) == [3, 9]
    assert column(table, "problem") == ["东干渠渗漏", "西干渠淤积"]
    assert column(table, "leader") == ["韩一舟 副局长"] * 2
    assert [table.cell(task, "deadline") for task in table.rows] == ["B5", "B11"]
    assert table.header_row == 2
    assert {table.kinds[row] for row in (1, 7)} <= {RowKind.ABOVE, RowKind.NOTE}
    check_cells(made, table)


def test_what_goes_on_below_a_value_belongs_to_it() -> None:
    steps = [["整改进展", "1.已测量"], [None, "2.已备料"], ["备注"], ["抓紧"]]
    table = table_of([*card(1, "东干渠渗漏", *steps), *card(2, "西干渠淤积", ["整改进展", "已清淤"])])
    assert column(table, "progress") == ["1.已测量\n2.已备料", "已清淤"]
    assert RowKind.UNREAD not in {table.kinds.get(row, RowKind.UNREAD) for row in range(1, 10)}
    assert column(table, "remark") == ["抓紧", None]


def wide_card(number: Any, problem: Any) -> Rows:
    """A card whose first row looks like the header of a table: three headings, each beside its value."""
    return [
        ["序号", number, "责任单位", "市水务局", "责任领导", "韩一舟 副局长"],
        ["问题描述", problem],
        ["整改措施", "逐处修补"],
        ["整改时限", "2026年12月20日", "整改状态", "整改中", "完成率", "60%"],
        ["整改进展", "已修补三处"],
    ]


@pytest.mark.parametrize("title", [[], [["整改任务卡片"]]])
@pytest.mark.parametrize("count", [1, 3])
def test_three_headings_in_a_row_each_beside_its_value_are_no_header(title: Rows, count: int) -> None:
    rows = [*title, *(row for n in range(1, count + 1) for row in (*wide_card(n, f"第{n}干渠渗漏"), []))]
    made = layout(rows)
    table = table_of(made)
    assert column(table, "problem") == [f"第{n}干渠渗漏" for n in range(1, count + 1)]
    assert column(table, "percent") == ["60%"] * count
    assert (column(table, "leader"), column(table, "progress")) == (["韩一舟 副局长"] * count, ["已修补三处"] * count)
    assert [table.cell(task, "status") for task in table.rows] == [f"D{len(title) + 4 + 6 * at}" for at in range(count)]
    check_cells(made, table)


@pytest.mark.parametrize("groups", [("基本情况", "整改情况"), ("问题", "整改措施")])
def test_a_group_of_headings_beside_them_is_no_heading(groups: tuple[str, str]) -> None:
    rows: Rows = [
        ["整改任务推进卡"],
        [groups[0], "问题编号：", "7"],
        [None, "存在问题：", "东干渠渗漏"],
        [None, "责任单位：", "市水务局"],
        [groups[1], "整改措施：", "逐处修补"],
        [None, "责任领导：", "韩一舟 副局长"],
        [None, "整改时限：", "2026年12月20日"],
    ]
    made = layout(rows, ["A1:E1", "A2:A4", "A5:A7", *(f"C{row}:E{row}" for row in range(2, 8))])
    table = table_of(made)
    assert [column(table, key) for key in ("task_id", "problem", "lead_unit", "measures", "leader")] == [
        ["7"], ["东干渠渗漏"], ["市水务局"], ["逐处修补"], ["韩一舟 副局长"]
    ]  # fmt: skip
    assert table.cell(table.rows[0], "deadline") == "C7"
    check_cells(made, table)


def test_a_table_whose_headings_have_blank_ones_between_them_is_no_card() -> None:
    rows = [["编号", "甲", "问题描述", "乙", "责任单位", "丙"], [1, "一", "东干渠渗漏", "二", "市水务局", "三"]]
    assert numbers(table_of(rows)) == [2]


def test_other_headings_of_a_card_are_kept() -> None:
    table = table_of(card(1, "东干渠渗漏", ["检查人", "申屠明", "来源", "暗访"]))
    assert dict(table.rows[0].extras) == {"检查人": "申屠明", "来源": "暗访"}


def test_a_card_that_nobody_filled_in_is_no_task_and_one_without_its_problem_is() -> None:
    blank = [["整改任务卡"], ["任务编号", 3, "责任单位", None], ["问题描述"], ["整改措施："], ["整改时限", None, "责任领导"]]
    table = table_of([*card(1, "东干渠渗漏"), *card(2, None), *blank])
    assert (numbers(table), column(table, "problem")) == ([3, 10], ["东干渠渗漏", None])
    assert table.cell(table.rows[1], "problem") == "B9"


@pytest.mark.parametrize(
    "rows",
    [
        [["问题描述", "责任单位", "整改时限", "整改状态"], ["问题描述", "x"]],  # headings side by side
        [["单位名称", "市水务局"], ["联系人", "韩一舟"], ["电话", "123"]],  # no task
        [
            ["问题描述", "渗漏", "淤积"],
            ["责任单位", "甲局", "乙局"],
            ["整改时限", "年底", "年底"],
            ["状态", "完成", "完成"],
        ],  # on its side
        [*card(1, "渗漏"), ["问题描述", "淤积"]],  # a heading twice in one card
        [["任务编号", 1], ["问题描述", 12345], ["责任单位", "甲局"], ["整改时限", "年底"]],  # no words
    ],
)
def test_no_cards(rows: Rows) -> None:
    assert read_cards(layout(rows).in_memory, SCHEMA) is None


def test_a_list_on_its_side_is_called_so_without_numbers_too() -> None:
    rows = [["项目", "甲", "乙"], ["问题描述", "渗漏", "淤积"], ["责任单位", "甲局", "乙局"]]
    rows += [["整改时限", "年底", "年底"], ["责任人", "韩一舟", "卞和"]]
    refused = no_table([layout(rows).in_memory], SCHEMA)
    assert refused.facts["upright"]


def test_a_row_inside_a_card_that_says_more_is_named(tmp_path: Path) -> None:
    odd = [*card(1, "东干渠渗漏", [None, None, None, None, "边上的话"], ["整改进展", "已测量"])]
    path = by_openpyxl(tmp_path / "卡片.xlsx", layout([*odd, *card(2, "西干渠淤积", ["整改进展", "已清淤"])]))
    data = validate([path], workers=1, as_of=date(2026, 9, 1)).to_dict()
    assert [finding["cell"] for finding in data["findings"] if finding["slug"] == "unread-rows"] == ["E6"]
    assert data["files"][0]["rows"] == 2


@pytest.mark.parametrize(
    "signed",
    [
        ["填表人：韩一舟", None, "审核人：方竹"],
        [None, "主要负责人签字：", None, "（单位盖章）"],
        ["注：一式两份", None, "市整改办监制"],
    ],
)
@pytest.mark.parametrize("between", [True, False])
def test_who_signed_below_a_card_is_no_unread_row(signed: list[Any], between: bool) -> None:
    below = [signed, [], *card(2, "西干渠淤积")] if between else [signed]
    table = table_of([*card(1, "东干渠渗漏"), *below])
    assert column(table, "problem") == ["东干渠渗漏", "西干渠淤积"][: 1 + between]
    assert table.kinds[7] in (RowKind.NOTE, RowKind.CARD)
    assert "验收意见" not in table.rows[0].extras


def test_a_returned_copy_of_cards_is_read_as_the_cards_again(tmp_path: Path) -> None:
    rows = [*card(1, "东干渠渗漏"), *card(2, "西干渠淤积")]
    rows[4][1] = "尽快"
    path = by_openpyxl(tmp_path / "卡片.xlsx", layout(rows))
    report = validate([path], workers=1, as_of=date(2026, 9, 1))
    assert [finding.cell for finding in report.findings if finding.slug == "vague-deadline"] == ["B5"]
    annotate(report, [path], tmp_path / "out")
    sheet = load_workbook(tmp_path / "out" / "卡片.xlsx")["任务清单"]
    assert [sheet["E2"].value, "尽快" in sheet["E3"].value] == ["校验意见", True]
    again = validate([tmp_path / "out" / "卡片.xlsx"], workers=1, as_of=date(2026, 9, 1))
    assert [finding.slug for finding in again.findings] == [finding.slug for finding in report.findings]


def test_other_headings_above_the_first_known_one_belong_to_their_own_card() -> None:
    notices = [["检查整改通知单"], ["检查日期", "10月2日"], *card(1, "东干渠渗漏")[1:-1], ["复检人", "申屠明"], []]
    table = table_of([*notices, ["检查整改通知单"], ["检查日期", "10月9日"], *card(2, "西干渠淤积")[1:]])
    assert [dict(task.extras) for task in table.rows] == [{"检查日期": "10月2日", "复检人": "申屠明"}, {"检查日期": "10月9日"}]


LABELS = ("任务编号", "问题描述", "整改措施", "责任单位", "责任领导", "整改时限")


def beside(*numbers: int) -> Rows:
    """Cards of two columns in the same rows, a blank column between them."""
    cards = [(number, f"{number}号干渠渗漏", "逐处修补", "市水务局", "韩一舟 副局长", "2026年12月20日") for number in numbers]
    return [[cell for card in cards for cell in (label, card[at], None)] for at, label in enumerate(LABELS)]


@pytest.mark.parametrize("rows", [[*beside(1, 2)], [["整改任务卡"], *beside(1, 2), [], *beside(3, 4)], [*beside(1, 2, 3)]])
def test_cards_side_by_side(tmp_path: Path, rows: Rows) -> None:
    path = by_openpyxl(tmp_path / "市水务局.xlsx", layout(rows))
    report = validate([path])
    assert report.summary["unread"] == 0
    problems = {
        (table.cell(row, "problem"), row.values["problem"])
        for submission in report.submissions
        for table in submission.tables
        for row in table.rows
    }
    width, first = len(rows[-1]) // 3, 1 + (len(rows) > len(LABELS))
    expected = {}
    for at, row in enumerate(rows, 1):
        if row and row[0] == "问题描述":
            expected |= {"BEH"[side] + str(at): row[3 * side + 1] for side in range(width)}
    assert problems == set(expected.items())
    assert len(expected) == width * (2 if first > 1 else 1)


def test_a_heading_with_nothing_beside_it_is_a_blank_field_of_the_card() -> None:
    signed = ["申请单位（盖章）：", None, "日期", "2026年11月1日"]
    rows = [*card(1, "东干渠渗漏", ["验收意见"])[:-1], signed]
    table = table_of(layout(rows, ["A1:D1", "B3:D3", "B4:D4", "B6:D6"]))
    assert numbers(table) == [3]
    assert table.kinds[6] == RowKind.CARD
    assert "验收意见" not in table.rows[0].extras
    # Without a cell drawn for it, a text alone may be anything.
    assert table_of(layout(rows, ["A1:D1", "B3:D3", "B4:D4"])).kinds.get(6) != RowKind.CARD


def test_a_group_of_a_single_heading_among_groups_that_are_merged() -> None:
    rows = [
        ["整改档案表"],
        ["基本信息", "问题名称", "东沟养殖场粪污外溢"],
        ["", "所在乡镇", "东沟镇"],
        ["责任", "责任领导", "晏清 副县长"],
        ["", "责任单位", "县农业农村局"],
        ["整改要求", "整改时限", "2026年8月底"],
        ["整改结果", "完成情况", "改造2家"],
    ]
    (table,) = tables_of(rows, ("A1:C1", "A2:A3", "A4:A5"))
    (task,) = table.rows
    assert [task.values[key] for key in ("problem", "lead_unit", "deadline", "progress")] == [
        "东沟养殖场粪污外溢", "县农业农村局", "2026年8月底", "改造2家",
    ]  # fmt: skip


def told(number: int, problem: str, *more: list[str]) -> Rows:
    """A card whose headings stand in the cells of their values."""
    return [
        [f"问题{number}"],
        [f"存在问题：{problem}"],
        ["整改措施：1.测漏", ""],
        ["2.修补"],
        ["责任单位：市水务局", "责任领导：韩一舟 副局长"],
        ["整改时限：2026年12月20日    联系人：白芷"],
        *more,
    ]


@pytest.mark.parametrize("between", [[], [[]]])
def test_headings_in_the_cells_of_their_values_are_cards(between: Rows) -> None:
    rows = [["整改问题卡"], *told(1, "东干渠渗漏"), *between, *told(2, "西干渠：两处淤积", ["交办时间：2026年8月3日"])]
    table = table_of(rows)
    first = 9 + len(between)
    assert numbers(table) == [3, first]
    assert column(table, "problem") == ["东干渠渗漏", "西干渠：两处淤积"]
    assert column(table, "measures") == ["1.测漏\n2.修补"] * 2
    assert column(table, "leader") == ["韩一舟 副局长"] * 2
    assert column(table, "deadline") == ["2026年12月20日"] * 2
    assert column(table, "contact") == ["白芷"] * 2
    assert [table.cell(task, "leader") for task in table.rows] == ["B6", f"B{first + 3}"]
    assert [task.extras for task in table.rows] == [{}, {"交办时间": "2026年8月3日"}]
    assert {table.kinds[row] for row in (2, first - 1)} <= {RowKind.ABOVE, RowKind.NOTE}


def test_a_whole_card_in_one_cell() -> None:
    text = "一、存在问题：东干渠渗漏\n二、整改措施：测漏\n并修补\n三、责任单位：市水务局\n四、整改时限：2026年底"
    table = table_of([["问题卡"], [text]])
    (task,) = table.rows
    assert task.values["measures"] == "测漏\n并修补"
    assert task.values["lead_unit"] == "市水务局"
    assert {table.cell(task, key) for key in table.columns} == {"A2"}


def test_who_signed_below_cards_is_no_value_of_the_last() -> None:
    table = table_of([["问题卡"], *told(1, "东干渠渗漏"), ["填表人：白芷", "审核人：韩一舟"]])
    assert table.rows[0].values["contact"] == "白芷"
    assert table.kinds[8] is RowKind.NOTE


@pytest.mark.parametrize(
    "days", [["整改时限", "2026年底", "完成日期", ""], ["完成日期", "2026年10月20日", "整改时限", "2026年底"]]
)
def test_a_day_beside_the_time_limit_of_a_card_is_when_the_work_was_done(days: list[str]) -> None:
    table = table_of([["卡"], ["编号", 1, "责任单位", "市水务局"], ["存在问题", "渗漏"], ["责任领导", "韩一舟 副局长"], days])
    assert column(table, "deadline") == ["2026年底"]
    assert column(table, "completed_on") == [days[days.index("完成日期") + 1] or None]


def test_a_guide_to_filling_in_is_no_card() -> None:
    assert read_cards(layout([["列名", "要求"], *GUIDE]).in_memory, SCHEMA) is None
    assert read_cards(layout([["说明"], *([f"{label}：{how}"] for label, how in GUIDE)]).in_memory, SCHEMA) is None


GUIDE = [["整改措施", "逐条填写"], ["责任领导", "姓名+职务"], ["整改时限", "写明日期"], ["整改进展", "200字以内"]]


def test_a_form_of_which_values_are_worded_as_headings_may_be() -> None:
    """限期整改到位 could head a column, as 整改要求 beside it does; whoever received the form signs below it."""
    rows = [
        ["问题交办单"],
        ["交办编号", "JB-7", "被交办单位", "澜石乡人民政府"],
        ["问题情况", "砂场侵占河道"],
        ["整改要求", "限期整改到位"],
        ["整改时限", "2026年9月底", "责任领导", "叶知秋 乡长"],
        ["签收人：", None, "签收日期："],
    ]
    table = table_of(layout(rows, ["A1:D1", "B3:D3", "B4:D4"]))
    (task,) = table.rows
    keys = ("task_id", "problem", "measures", "lead_unit", "leader", "deadline")
    said = ["JB-7", "砂场侵占河道", "限期整改到位", "澜石乡人民政府", "叶知秋 乡长", "2026年9月底"]
    assert [task.values[key] for key in keys] == said
    assert table.kinds[6] is RowKind.NOTE
