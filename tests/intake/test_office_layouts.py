"""Lists as offices really lay them out: every task row is read, nothing else is, and each value has its true cell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rectify_xl.intake.submission import RowKind
from tests.support.reading import SCHEMA, check_cells, column, numbers, table_of, tables_of
from tests.support.workbooks import HEADINGS, layout, task

H = list(HEADINGS)
T1, T2, T3 = task(1, "东河排口异味"), task(2, "西山矿坑未复绿"), task(3, "北郊堆场扬尘")


# Rows that are no tasks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "merge"),
    [
        (["合计", "", "", "", "", "3项"], ""),
        (["合计:3项"], "A4:F4"),
        (["总 计", "共3项"], ""),
        (["填表人:柳青禾        审核人:方竹"], "A4:F4"),
        (["填表人", "柳青禾", "审核人", "方竹"], ""),
        (["镇长:", "", "分管领导:", "", "填表人:", "柳青禾"], ""),
        (["镇长：方竹      填报日期：2026年11月20日"], "A4:F4"),
        (["站长：", "方竹", "", "制表人：柳青禾"], ""),
        (["", "单位负责人(签字):", "", "联系电话:0571"], ""),
        (["联系人及电话:柳青禾 0571"], ""),
        (["注:本表每月25日前报送。"], "A4:F4"),
        (["备注", "本表每月25日前报送,逾期视为未报。"], "B4:F4"),
        (["※说明:本表一式两份"], ""),
        (["本表每月25日前报市整改办;逾期不报的,在全市通报。"], "A4:F4"),
        (["以下空白"], "A4:F4"),
        (["", "以下无正文"], ""),
        (["", "", "", "", "澄湖市水务局(盖章)"], ""),
        (["", "", "澄湖市水务局(公章)"], "C4:E4"),
        (["", "", "", "", "（单位盖章）"], ""),
        (["", "", "", "加盖公章处"], ""),
        (["", "", "", "", "澄湖市水务局（单位公章）"], ""),
        (["", "", "", "", "2026年11月20日"], "E4:F4"),
        (["", date(2026, 11, 20)], ""),
        (["4"], ""),
        (["示例", "某河水质超标", "一、截污", "张某 局长", "某局", "2026年底"], ""),
        (["", "(示例)某河水质超标", "一、截污", "张某 局长", "某局", "2026年底"], ""),
        (H, ""),
        (["序 号", "反馈\n问题", "整改措施", "责任领导", "责任单位", "整改时限"], ""),
    ],
)
def test_no_task(row: list[Any], merge: str) -> None:
    assert numbers(table_of([H, T1, T2, row], [merge] if merge else [])) == [2, 3]


@pytest.mark.parametrize(
    "row",
    [
        [1, 2, 3, 4, 5, 6],
        ["甲", "乙", 1, 2, 3, 4],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["A", "B", "C", "D", "E", "F"],
        ["填写序号", "照抄反馈意见原文", "逐条填写", "填写姓名和职务", "填写单位全称", "格式:2026-12-31"],
        ["例", "某河水质超标", "一、截污", "张某 局长", "某局", "2026年底"],
    ],
)
def test_rows_that_explain_the_columns(row: list[Any]) -> None:
    assert numbers(table_of([H, row, T1, T2])) == [3, 4]


@pytest.mark.parametrize("said", ["以上情况属实。", "我局对以上内容的真实性负责。", "上述数据均真实准确", "特此报告。"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_statement_below_the_table_is_no_task(said: str, at: int) -> None:
    below = [[*[""] * at, text] for text in (said, "市水务局", "2026年9月20日")]
    assert numbers(table_of([H, T1, [], *below])) == [2]


@pytest.mark.parametrize("problem", ["以上游企业排污为由拒不整改", "台账真实性存疑,数据弄虚作假", "情况属实的举报没有办结"])
def test_a_problem_about_truth_is_a_task(problem: str) -> None:
    assert numbers(table_of([H, T1, ["", problem], T2])) == [2, 3, 4]


@pytest.mark.parametrize("below", [["", "", "", "", "章印"], ["", "", "", "郑一凡"], ["", "", "", "", "", "十一月下旬"]])
def test_one_text_below_who_signed_is_nothing_of_the_task_above(below: list[str]) -> None:
    signed = ["主要负责人签字：", "", "", "经办人："]
    table = table_of([H, T1, T2, signed, below])
    assert numbers(table) == [2, 3]
    assert table.kinds[5] is RowKind.UNREAD
    assert numbers(table_of([H, T1, T2, below])) == [2, 3, 4]


def test_a_problem_below_a_note_between_the_rows_is_a_task() -> None:
    below = [["注：以下为新增问题"], ["", "东渠垃圾成堆", "清运"], ["", "", "", "", "市城管局"]]
    assert numbers(table_of([H, T1, *below])) == [2, 4, 5]


def test_a_field_and_its_text_in_rows_of_their_own_are_named_and_give_no_category() -> None:
    heads = ["任务编号", "责任单位", "责任领导", "整改时限", "整改状态"]
    below = [["反馈问题"], ["东河排口异味"], ["整改进展"], ["已截污两处"]]
    rows = [row for n in (1, 2) for row in (heads, [n, "市水务局", "韩一舟 局长", "2026年12月20日", "整改中"], *below, [])]
    table = table_of(layout(rows, [f"A{row}:E{row}" for row in (3, 4, 5, 6, 10, 11, 12, 13)]))
    assert numbers(table) == [2, 9]
    assert column(table, "category") == [None, None] if "category" in table.columns else True
    assert not table.sections
    assert [row for row, kind in table.kinds.items() if kind is RowKind.UNREAD] == [3, 4, 5, 6, 10, 11, 12, 13]


@pytest.mark.parametrize(
    "numbers_below", [["1.1", "1.2"], [1.1, 1.2], ["1-1", "1-2"], ["1．1", "1．2"], ["（1）", "（2）"], ["①", "②"]]
)
def test_a_number_that_the_rows_below_divide_heads_a_group(numbers_below: list[Any]) -> None:
    parts = [[number, *T1[1:]] for number in numbers_below]
    table = table_of([H, [1, "污水收集处理短板突出。"], *parts, [2, *T2[1:]]])
    assert numbers(table) == [3, 4, 5]
    assert [section.text for section in table.sections] == ["污水收集处理短板突出。"]
    assert [section.cell for section in table.sections] == ["B2"]
    assert column(table, "category") == ["污水收集处理短板突出。"] * 2 + [None]


def test_a_divided_number_within_a_group_ends_with_the_last_of_its_parts() -> None:
    rows = [H, ["一、水环境"], [1, "短板突出。"], ["1.1", *T1[1:]], [2, "监管不到位。"], ["2.1", *T2[1:]], [3, *T3[1:]]]
    table = table_of(layout(rows, ["A2:F2"]))
    assert numbers(table) == [4, 6, 7]
    assert column(table, "category") == ["短板突出。", "监管不到位。", "水环境"]


@pytest.mark.parametrize("below", [["2.1", *T2[1:]], [2, *T2[1:]], ["1.1", "西山矿坑未复绿"]])
def test_a_task_of_which_only_the_problem_is_filled_in_is_a_task(below: list[Any]) -> None:
    assert numbers(table_of([H, [1, "污水收集处理短板突出。"], below])) == [2, 3]
    assert numbers(table_of([H, [1, *T1[1:]], ["1.1", *T2[1:]]])) == [2, 3]


@pytest.mark.parametrize("first", [["其中：已完成", 1], ["其中", "已完成1项，整改中2项"], ["", "已完成", 1]])
def test_what_a_total_is_made_of_is_no_task(first: list[Any]) -> None:
    table = table_of([H, T1, T2, ["合计", 2], first, ["整改中", "", 3], [3, *T3[1:]]])
    assert numbers(table) == [2, 3, 7]
    assert [table.kinds[row] for row in (4, 5, 6)] == [RowKind.TOTAL] * 3
    assert numbers(table_of([H, T1, ["合计", 1], ["", "东渠垃圾成堆"]])) == [2, 4]
    assert numbers(table_of([H, T1, ["合计", 1], ["", "东渠垃圾成堆", "", "", "", date(2026, 12, 1)]])) == [2, 4]


@pytest.mark.parametrize("heads", [["单位", "姓名", "职务", "电话"], ["科室", "姓名", "手机号码"]])
def test_a_table_of_people_below_the_list_is_a_note_and_no_task(heads: list[str]) -> None:
    people = ["市水务局", "韩一舟", "科长", "13800001111"][: len(heads)]
    table = table_of([H, T1, T2, ["二、联系人"], heads, people, people])
    assert numbers(table) == [2, 3]
    assert [table.kinds[row] for row in (5, 6, 7)] == [RowKind.NOTE] * 3


@pytest.mark.parametrize(
    "more", [["市水务局", "韩一舟", "科长", "13800001111", "东渠垃圾成堆"], ["市水务局", "东渠垃圾成堆", "清运", "年底前"]]
)
def test_a_row_that_says_more_than_a_table_of_people_is_named(more: list[str]) -> None:
    table = table_of([H, T1, T2, ["单位", "姓名", "职务", "电话"], ["市水务局", "韩一舟", "科长", "13800001111"], more])
    assert numbers(table)[:2] == [2, 3]
    assert table.kinds[5] is RowKind.NOTE
    assert table.kinds[6] in (RowKind.UNREAD, RowKind.TASK)
    alone = table_of([H, T1, T2, ["单位", "姓名", "职务", "电话"], more])
    assert alone.kinds[4] is RowKind.UNREAD


@pytest.mark.parametrize(
    "heads",
    [
        ["单位", "任务数", "已完成", "完成率"],
        ["序号", "县区", "问题数量", "已整改", "整改率"],
        ["责任单位", "合计", "已完成", "整改中"],
    ],
)
@pytest.mark.parametrize("gap", [[], ["统计情况"]])
def test_a_table_of_figures_below_the_list_is_named_and_no_task(heads: list[str], gap: list[str]) -> None:
    figures = ["市水务局", 3, 1, 0.3] if len(heads) < 5 else [1, "柏渚区", 3, 1, 0.3]
    table = table_of([H, T1, T2, gap, heads, figures])
    assert numbers(table) == [2, 3]
    assert [table.kinds[row] for row in (5, 6)] == [RowKind.UNREAD] * 2


def test_a_task_of_short_words_is_no_table_of_figures() -> None:
    assert numbers(table_of([H, T1, ["2", "部门台账不全", "已整改", "主任", "市水务局", "年底"]])) == [2, 3]


@pytest.mark.parametrize("day", ["年   月   日", "2026年11月  日", "20  年  月  日", "2026年11月20日"])
@pytest.mark.parametrize("at", [4, 5])
def test_a_day_below_who_signed_is_theirs(day: str, at: int) -> None:
    table = table_of([H, T1, T2, ["", "", "", "单位负责人签字："], [*[""] * at, day]])
    assert numbers(table) == [2, 3]
    assert table.kinds[5] is RowKind.NOTE


def test_signature_of_unit_and_day_below_the_table() -> None:
    rows = [H, T1, [], ["", "", "", "", "澄湖市水务局"], ["", "", "", "", "2026年11月20日"]]
    assert numbers(table_of(rows)) == [2]


def test_notes_over_several_lines() -> None:
    rows = [H, T1, ["", "注:1.本表由各单位填报。"], ["", "2.完成时限写到日。"], ["", "3.责任领导一行一人。"]]
    assert numbers(table_of(rows)) == [2]


def test_prenumbered_blank_rows_are_no_tasks() -> None:
    rows = [[*H, "整改状态"], [*T1, "整改中"], *([number, "", "", "", "", "", "未启动"] for number in range(2, 200))]
    assert numbers(table_of(rows)) == [2]


def test_prenumbered_blank_rows_beside_merged_values_are_no_tasks() -> None:
    rows = [[*H, "备注"], [*T1, "每月25日前报送"], [2], [3], [4]]
    assert numbers(table_of(rows, ["E2:E5", "F2:F5", "G2:G5", "D2:D5"])) == [2]


# Sections ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "merge", "name"),
    [
        (["一、水环境(2项)"], "A2:F2", "水环境(2项)"),
        (["一、水环境(2项)"], "", "水环境(2项)"),
        (["(一)水环境"], "A2:F2", "(一)水环境"),
        (["水环境方面"], "A2:F2", "水环境方面"),
        (["", "一、水环境"], "", "水环境"),
        (["一", "水环境"], "", "水环境"),
        (["(一)", "水环境"], "", "水环境"),
        (["一", "水环境"], "B2:F2", "水环境"),
        (["1", "水环境"], "B2:F2", "水环境"),
        (["一、水环境", "", "", "", "", "2项"], "A2:E2", "水环境"),
        (["第一部分 水环境"], "A2:F2", "水环境"),
    ],
)
def test_section(row: list[Any], merge: str, name: str) -> None:
    table = table_of([H, row, T1, T2], [merge] if merge else [])
    assert numbers(table) == [3, 4]
    assert column(table, "category") == [name, name]
    assert [section.text for section in table.sections] == [name]


def test_instruction_across_the_table_is_no_category() -> None:
    table = table_of([H, ["各单位请对照方案逐项填写,不得漏项。"], T1], ["A2:F2"])
    assert column(table, "category") == [None]
    assert numbers(table) == [3]


def test_chinese_numbers_of_tasks_are_no_sections() -> None:
    rows = [H, ["一", *T1[1:]], ["二", *T2[1:]]]
    assert column(table_of(rows), "task_id") == ["一", "二"]


def test_category_column_wins_over_section() -> None:
    rows = [[*H, "问题类别"], ["一、水环境"], [*T1, "河道"], T2]
    table = table_of(rows, ["A2:G2"])
    assert column(table, "category") == ["河道", "水环境"]
    assert [table.cell(task, "category") for task in table.rows] == ["G3", "A2"]


# Pages and several tables ------------------------------------------------------------------------------------------


def test_printed_pages_repeat_title_and_header() -> None:
    title = ["澄湖市整改任务清单"]
    rows = [title, H, T1, ["续表"], title, H, T2, ["转下页"], ["澄湖市整改任务清单(续)"], ["填报单位:市水务局"], H, T3]
    table = table_of(rows, ["A1:F1", "A4:F4", "A5:F5", "A9:F9", "A10:F10"])
    assert numbers(table) == [3, 7, 12]
    assert column(table, "category") == [None] * 3


def test_two_tables_with_other_columns_on_one_sheet() -> None:
    first = [["整改任务清单(共2项)"], H, T1, T2]
    second = [["举一反三任务清单(共1项)"], ["编号", "责任单位", "责任领导", "存在问题", "整改措施", "完成时限"]]
    rows = [*first, [], *second, [1, "市城管局", "方竹 局长", "南湖岸线垃圾", "清运", "2026年6月底"]]
    one, two = tables_of(rows, ["A1:F1", "A6:F6"])
    assert (numbers(one), numbers(two)) == ([3, 4], [8])
    assert column(two, "problem") == ["南湖岸线垃圾"]
    assert (two.title, two.title_cell, two.header_row) == ("举一反三任务清单(共1项)", "A6", 7)
    assert (one.declared_count, two.declared_count) == (None, None)


def test_a_second_table_that_goes_on_with_other_columns() -> None:
    done = [*H, "完成日期", "整改进展"]
    one, two = tables_of([[*H, "整改进展"], [*T1, "已动工"], ["已办结的"], done, [*T2, "2026年3月2日", "已截污"]])
    assert (numbers(one), numbers(two)) == ([2], [5])
    assert column(one, "progress") == ["已动工"]
    assert (column(two, "completed_on"), column(two, "progress")) == (["2026年3月2日"], ["已截污"])


def test_a_wider_second_table_does_not_hide_the_first() -> None:
    wide = [*H, "整改状态", "整改进展"]
    one, two = tables_of([H, T1, [], ["", *wide], ["", *T2, "整改中", "已截污"]])
    assert (numbers(one), numbers(two)) == ([2], [5])


# Headers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("整改\n时限", "deadline"),
        ("整 改 时 限", "deadline"),
        ("整改时限(精确到日)", "deadline"),
        ("时限(整改)", "deadline"),
        ("*整改时限", "deadline"),
        ("办结期限", "deadline"),
        ("整改截止日期", "deadline"),
        ("责任单位(牵头)", "lead_unit"),
        ("责任单位【牵头】", "lead_unit"),
        ("整改单位", "lead_unit"),
        ("责任部门", "lead_unit"),
        ("牵头部门", "lead_unit"),
        ("责任单位(配合)", "coop_units"),
        ("配合部门", "coop_units"),
        ("反馈问题清单", "problem"),
        ("整改事项", "problem"),
        ("责任领导(签字)", "leader"),
        ("整改时限\n填写到日,如2026年12月31日", "deadline"),
        ("整改时限(请写明到哪一年哪一月哪一日,不得填写尽快、适时、长期等无法核对的字样,确需延期的另附说明)", "deadline"),
        ("【整改时限】", "deadline"),
        ("拟定整改时限", "deadline"),
        ("阶段性办结情况", "progress"),
        ("整改措拖", "measures"),
        ("责任领导及职务", "leader"),
        ("整改落实情况", "progress"),
        ("Deadline", "deadline"),
    ],
)
def test_heading(heading: str, key: str) -> None:
    usual = {"deadline": "整改时限", "lead_unit": "责任单位", "problem": "反馈问题", "leader": "责任领导", "measures": "整改措施"}
    headings = [usual.get(key, "")]
    header = [heading if known in headings else known for known in H]
    header += [heading] if heading not in header else []
    table = table_of([header, [*T1, "甲"]])
    assert table.columns.get(key) == header.index(heading) + 1


def test_lead_and_cooperating_in_brackets_are_two_columns() -> None:
    table = table_of([["序号", "反馈问题", "责任单位(牵头)", "责任单位(配合)"], [1, "扬尘", "甲局", "乙局"]])
    assert (column(table, "lead_unit"), column(table, "coop_units")) == (["甲局"], ["乙局"])


TWO_ROWS = [
    # All columns without a group merged downwards.
    (["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"], ["序号", "反馈问题", "整改措施", "责任单位", "", "整改时限"]),
    # Only the group merged across, as text exports leave it.
    (["D1:E1"], ["序号", "反馈问题", "整改措施", "责任单位", "", "整改时限"]),
    # No merge at all.
    ([], ["序号", "反馈问题", "整改措施", "责任单位", "", "整改时限"]),
]


@pytest.mark.parametrize(("merges", "upper"), TWO_ROWS)
@pytest.mark.parametrize("lower", [("牵头", "配合"), ("牵头单位", "配合单位"), ("牵头部门", "配合部门")])
def test_two_header_rows(merges: list[str], upper: list[str], lower: tuple[str, str]) -> None:
    rows = [upper, ["", "", "", *lower, ""], [1, "扬尘", "洒水", "甲局", "乙局", "2026年底"]]
    table = table_of(rows, merges)
    assert table.header_row == 2
    assert table.columns == {"task_id": 1, "problem": 2, "measures": 3, "lead_unit": 4, "coop_units": 5, "deadline": 6}
    assert numbers(table) == [3]


def test_most_headings_in_the_lower_row() -> None:
    rows = [
        ["序号", "整改要求", "", "", "责任落实", "", "备注"],
        ["", "反馈问题", "整改措施", "整改时限", "责任领导", "责任单位", ""],
        [1, "扬尘", "洒水", "2026年底", "方竹 局长", "甲局", "重点"],
    ]
    for merges in (["B1:D1", "E1:F1"], ["A1:A2", "B1:D1", "E1:F1", "G1:G2"], ["B1:D1", "E1:F1", "G1:G2"]):
        table = table_of(rows, merges)
        assert set(table.columns) == {"task_id", "problem", "measures", "deadline", "leader", "lead_unit", "remark"}
        assert (table.header_row, numbers(table)) == (2, [3])


def test_three_header_rows() -> None:
    rows = [
        ["序号", "反馈问题", "整改要求", "", "", "责任单位", ""],
        ["", "", "整改目标", "整改措施", "整改时限", "市级", ""],
        ["", "", "", "", "", "牵头", "配合"],
        [1, "扬尘", "无扬尘", "洒水", "2026年底", "甲局", "乙局"],
    ]
    table = table_of(rows, ["C1:E1", "F1:G1", "F2:G2"])
    assert table.header_row == 3
    assert set(table.columns) == {"task_id", "problem", "target", "measures", "deadline", "lead_unit", "coop_units"}
    assert numbers(table) == [4]


def test_form_line_right_above_the_header_is_no_heading() -> None:
    rows = [["填报人", "柳青禾", "", "", "", "", "联系电话", "0571"], H, T1]
    table = table_of(rows)
    assert set(table.columns) == {"task_id", "problem", "measures", "leader", "lead_unit", "deadline"}
    assert table.header_row == 2


@pytest.mark.parametrize("merges", [["D1:E1"], ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"]])
def test_name_and_post_under_the_leader(merges: list[str]) -> None:
    rows = [
        ["序号", "反馈问题", "整改措施", "责任领导", "", "责任单位"],
        ["", "", "", "姓名", "职务", ""],
        [1, "扬尘", "洒水", "柳青禾", "副局长", "甲局"],
    ]
    table = table_of(rows, merges)
    assert (numbers(table), column(table, "leader")) == ([3], ["柳青禾 副局长"])
    assert table.rows[0].extras == {}


def test_pages_that_break_their_headings_otherwise() -> None:
    again = [f"{heading[:2]}\n{heading[2:]}" for heading in H]
    assert numbers(table_of([H, T1, again, T2])) == [2, 4]


def test_a_text_that_only_begins_like_a_heading_is_none() -> None:
    table = table_of([[*H, "目标\n达成率说明"], [*T1, "甲"]])
    assert "target" not in table.columns


def test_header_far_down() -> None:
    rows = [*([f"第{line}条说明文字"] for line in range(1, 90)), H, T1]
    assert numbers(table_of(rows)) == [91]


def test_a_list_of_one_word_headings_is_none() -> None:
    assert tables_of([["责任单位", "任务数", "已完成"], ["甲局", 3, 1]]) == []


def test_label_wins_and_the_other_column_is_kept_beside() -> None:
    rows = [["序号", "反馈问题", "责任领导", "责任人", "责任单位"], [1, "扬尘", "方竹 局长", "柳青禾", "甲局"]]
    table = table_of(rows)
    assert column(table, "leader") == ["方竹 局长"]
    assert table.rows[0].extras == {"责任人": "柳青禾"}


def test_nothing_is_lost_from_columns_without_or_with_equal_headings() -> None:
    header = ["序号", "反馈问题", "责任单位", "", "时间段", "时间段", "整改时限", "整改时限"]
    rows = [header, [1, "扬尘", "甲局", "乙局", "上午", "下午", "2026年底", "2027年底", "画勾"]]
    table = table_of(rows, ["C1:D1"])
    assert table.rows[0].extras == {
        "责任单位（D列）": "乙局",
        "时间段（E列）": "上午",
        "时间段（F列）": "下午",
        "整改时限（H列）": "2027年底",
        "（I列）": "画勾",
    }


# Headings that name two things -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ([0.5, 1, "80%"], "percent"),
        (["50", "60%", ""], "percent"),
        (["已截污", "正在招标", "未动工"], "progress"),
        (["", "", ""], "progress"),
    ],
)
def test_progress_or_percent(values: list[Any], key: str) -> None:
    rows = [[*H, "进度"], *([*row, value] for row, value in zip((T1, T2, T3), values, strict=True)), ["合计", "3项"]]
    assert table_of(rows).columns[key] == 7


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ([date(2026, 6, 30), date(2026, 9, 30), "2026-12-31"], "deadline"),
        (["2026年底前", "立行立改", "2026年6月底"], "deadline"),
        ([date(2026, 6, 30), "", ""], "completed_on"),
        (["", "", ""], "deadline"),
    ],
)
def test_limit_or_day_of_completion(values: list[Any], key: str) -> None:
    rows = [[*H[:5], "整改完成时间"], *([*row[:5], value] for row, value in zip((T1, T2, T3), values, strict=True))]
    # A total below must not make a full column look like a sparse one.
    assert table_of([*rows, ["合计", "共3项", "", "", "", ""]]).columns[key] == 6


@pytest.mark.parametrize(
    ("title", "key"), [("沅浦县已完成整改问题清单", "completed_on"), ("沅浦县未完成整改问题清单", "deadline")]
)
def test_days_of_a_list_whose_tasks_are_all_done_are_those_of_completion(title: str, key: str) -> None:
    rows = [[title], [*H[:5], "整改完成时间"], *([*row[:5], date(2026, 6, at)] for at, row in enumerate((T1, T2, T3), 1))]
    assert table_of(rows).columns[key] == 6


def test_an_ambiguous_heading_that_fits_nothing_free_is_kept_beside() -> None:
    rows = [[*H, "整改进展", "进度"], [*T1, "已截污", "正在施工"]]
    table = table_of(rows)
    assert "percent" not in table.columns
    assert table.rows[0].extras == {"进度": "正在施工"}


def test_completion_beside_a_limit() -> None:
    rows = [[*H, "整改完成时间"], [*T1, ""], [*T2, ""]]
    assert table_of(rows).columns["completed_on"] == 7


# Parts of a task ---------------------------------------------------------------------------------------------------


def test_rows_under_one_merged_number_are_parts() -> None:
    rows = [H, T1, ["", "", "加装雾炮", "方竹 局长", "市城管局", "2027年底"], T2]
    made = layout(rows, ["A2:A3", "B2:B3"])
    table = table_of(made)
    assert [task.part_of for task in table.rows] == [2, 2, None]
    assert column(table, "problem") == [T1[1], T1[1], T2[1]]
    assert table.cell(table.rows[1], "problem") == "B2"
    check_cells(made, table)


def test_merged_problem_with_numbers_of_their_own_is_several_tasks() -> None:
    rows = [H, T1, [2, "", *T2[2:]]]
    assert [task.part_of for task in table_of(rows, ["B2:B3"]).rows] == [None, None]


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "加装雾炮"],
        ["", "", "", "", "市城管局"],
        ["", "", "", "方竹 局长"],
        ["", "", "", "", "", "2027年底"],
        ["", "", "加装雾炮", "", "市城管局", "2027年底"],
    ],
)
def test_a_row_without_number_goes_on_with_the_task_above(row: list[Any]) -> None:
    made = layout([H, T1, row, T2])
    table = table_of(made)
    assert numbers(table) == [2, 3, 4]
    assert [task.part_of for task in table.rows] == [None, 2, None]
    assert column(table, "problem")[1] == T1[1]
    check_cells(made, table)


def test_number_and_problem_written_again_for_every_measure() -> None:
    again = [*T1[:2], "加装雾炮", *T1[3:5], "2027年底"]
    made = layout([H, T1, again, [*T1[:2], "硬化路面", *T1[3:]], T2])
    table = table_of(made)
    assert [task.part_of for task in table.rows] == [None, 2, 2, None]
    assert column(table, "deadline")[:2] == [T1[5], "2027年底"]
    check_cells(made, table)


@pytest.mark.parametrize(
    "row", [T1, [9, *T1[1:2], "加装雾炮", *T1[3:]], [T1[0], "另一处扬尘", "加装雾炮", *T1[3:]], [*T1[:2], "", *T1[3:]]]
)
def test_a_row_that_repeats_more_or_less_is_a_task_of_its_own(row: list[Any]) -> None:
    assert [task.part_of for task in table_of([H, T1, row]).rows] == [None, None]


def test_remark_merged_over_everything() -> None:
    made = layout([[*H, "备注"], [*T1, "每月报送"], T2, T3], ["G2:G4"])
    table = table_of(made)
    assert column(table, "remark") == ["每月报送"] * 3
    assert [table.cell(task, "remark") for task in table.rows] == ["G2"] * 3


def test_value_merged_across_two_fields_is_said_of_both() -> None:
    made = layout([H, [1, "扬尘", "洒水", "市城管局", "", "2026年底"]], ["D2:E2"])
    table = table_of(made)
    assert (column(table, "leader"), column(table, "lead_unit")) == (["市城管局"], ["市城管局"])
    check_cells(made, table)


def test_row_whose_only_own_cell_is_a_remark_still_belongs_to_its_task() -> None:
    rows = [[*H, "备注"], [*T1, "甲"], ["", "", "", "", "", "", "乙"]]
    merges = [f"{letter}2:{letter}3" for letter in "ABCDEF"]
    table = table_of(rows, merges)
    assert (column(table, "remark"), [task.part_of for task in table.rows]) == (["甲", "乙"], [2, 2])


@pytest.mark.parametrize("number", ["1-1", "(1)", "1.", "一(1)", "ZG-2026-01", "①"])
def test_numbers_stay_as_written(number: str) -> None:
    assert column(table_of([H, [number, *T1[1:]]]), "task_id") == [number]


def test_list_without_numbers() -> None:
    rows = [H[1:], T1[1:], T2[1:], ["填表人:柳青禾"]]
    assert numbers(table_of(rows)) == [2, 3]


def test_values_keep_their_spaces_for_the_rule_that_reports_them() -> None:
    assert column(table_of([H, [1, " 扬尘\n", *T1[2:]]]), "problem") == [" 扬尘\n"]


def test_blank_signs_are_blank() -> None:
    rows = [H, [1, "扬尘", "/", "——", "无", "……"]]
    table = table_of(rows)
    assert [table.rows[0].values[key] for key in ("measures", "leader", "lead_unit", "deadline")] == [None] * 4


def test_missing_column_is_named_by_its_label() -> None:
    from rectify_xl.intake.tables.tables import read_tables

    (found,) = read_tables(layout([H[:4], T1[:4]]).in_memory, SCHEMA)
    assert [(fault.slug, fault.facts["columns"]) for fault in found.faults] == [
        ("missing-column", "牵头单位"),
        ("missing-column", "整改时限"),
    ]


def test_a_sentence_across_the_columns_of_a_numbered_row_is_named_and_no_category() -> None:
    rows = [H, T1, [2, "与第1项合并整改，不再单列。"], [3, *T3[1:]]]
    table = table_of(layout(rows, ["B3:F3"]))
    assert numbers(table) == [2, 4]
    assert table.kinds[3] is RowKind.UNREAD
    assert not table.sections
    assert [section.text for section in table_of(layout([H, [1, "水环境方面"], T2], ["B2:F2"])).sections] == ["水环境方面"]


def test_sums_beside_the_name_of_a_group() -> None:
    rows = [[*H, "投资"], ["一、水环境", "", "", "", "", "", 300], [*T1, 300], ["二、大气", "", "", "", "", "", 50], [*T2, 50]]
    table = table_of(rows)
    assert numbers(table) == [3, 5]
    assert column(table, "category") == ["水环境", "大气"]
