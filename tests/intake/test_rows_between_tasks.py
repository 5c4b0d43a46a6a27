"""Rows between tasks that are none: numbers of pages, remarks on the task above, groups that say who answers."""

from __future__ import annotations

from typing import Any

import pytest

from rectify_xl.intake.submission import RowKind
from tests.intake.test_other_lists import kinds, one
from tests.support.reading import column, numbers
from tests.support.workbooks import HEADINGS
from tests.support.workbooks import task as numbered

H = list(HEADINGS)


def task(number: int) -> list[Any]:
    return list(numbered(number, f"渗漏点{number}"))


@pytest.mark.parametrize("page", ["第1页 共3页", "第 1 页，共 3 页", "共3页 第1页", "- 1 -", "1/3", "1/3页", "Page 1 of 3"])
def test_the_number_of_a_page_between_tasks_is_no_group(page: str) -> None:
    table = one([H, task(1), [page], task(2)], ("A3:F3",)).table
    assert (numbers(table), table.sections, column(table, "category")) == ([2, 4], (), [None, None])


def test_a_day_alone_below_a_task_is_no_page() -> None:
    table = one([H, task(1), [None] * 5 + ["12/31"], task(2)]).table
    assert column(table, "deadline")[1] == "12/31"
    assert kinds(table)[3] == RowKind.PART


@pytest.mark.parametrize(
    ("first", "second", "cell"),
    [(["备注：资金已到位"], ["备注: 正在招标"], "A3"), (["备注", "资金已到位"], ["备注", "正在招标"], "B3")],
)
def test_a_remark_below_each_task_is_that_tasks(first: list[str], second: list[str], cell: str) -> None:
    table = one([H, task(1), first, task(2), second]).table
    assert (numbers(table), column(table, "remark")) == ([2, 4], ["资金已到位", "正在招标"])
    assert table.cell(table.rows[0], "remark") == cell


def test_a_remark_below_the_list_is_a_note_and_one_below_a_remark_is_named() -> None:
    assert column(one([H, task(1), task(2), ["备注：本表一式两份"]]).table, "remark") == [None, None]
    assert column(one([H, task(1), ["备注：一"], task(2), [], ["备注：本表一式两份"]]).table, "remark") == [None, None]
    table = one([[*H, "备注"], [*task(1), "已报"], ["备注：资金已到位"], task(2), ["备注：正在招标"]]).table
    assert column(table, "remark") == ["已报", "正在招标"]
    assert kinds(table)[3] == RowKind.UNREAD


def test_the_progress_below_each_task_is_that_tasks() -> None:
    rows = [H, task(1), ["整改进展：已清淤3公里"], task(2), ["整改进展：已招标：两个标段"]]
    merges = ("A3:F3", "A5:F5")
    table = one(rows, merges).table
    assert (column(table, "progress"), numbers(table)) == (["已清淤3公里", "已招标：两个标段"], [2, 4])
    assert [table.rows[1].anchors["progress"], table.kinds[5]] == ["A5", RowKind.NOTE]
    table = one([*rows, ["整改进展：总体过半"]], (*merges, "A6:F6")).table
    assert [table.kinds[row] for row in (3, 5, 6)] == [RowKind.UNREAD] * 3
    table = one([[*H, "进展情况"], [*rows[1], "已清淤"], *rows[2:]], merges).table
    assert (column(table, "progress"), table.kinds[3]) == (["已清淤", None], RowKind.UNREAD)


def test_a_group_that_says_who_answers_leads_the_tasks_that_name_nobody() -> None:
    first, second, third = task(1), task(2), task(3)
    first[4] = third[4] = None
    rows = [H, ["责任单位：云栖县林业局"], first, second, ["牵头部门:石门镇政府（1项）"], third]
    table = one(rows, ("A2:F2", "A5:F5")).table
    assert column(table, "lead_unit") == ["云栖县林业局", "澄湖市水务局", "石门镇政府"]
    assert table.cell(table.rows[0], "lead_unit") == "A2"


def test_a_group_that_names_the_leader_leads_the_tasks_that_name_nobody() -> None:
    first, second = task(1), task(2)
    first[3] = None
    table = one([H, ["责任领导：方竹 副市长"], first, second], ("A2:F2",)).table
    assert column(table, "leader") == ["方竹 副市长", "柳青禾 副局长"]
    assert table.cell(table.rows[0], "leader") == "A2"


def test_a_group_set_off_by_brackets_or_with_a_bare_label_leads_its_tasks() -> None:
    first, second = task(1), task(2)
    first[4] = second[4] = None
    rows = [H, ["单位：云栖县林业局"], first, ["单位：个"], second]
    assert column(one(rows, ("A2:F2", "A4:F4")).table, "lead_unit") == ["云栖县林业局", None]
    heads = [heading for heading in H if heading != "责任单位"]
    first, second = (row[:4] + row[5:] for row in (first, second))
    rows = [heads, ["【云栖县林业局】"], first, ["【澄湖市水务局】（1项）"], second]
    assert column(one(rows, ("A2:E2", "A4:E4")).table, "lead_unit") == ["云栖县林业局", "澄湖市水务局"]


def test_groups_that_are_all_time_limits_limit_their_tasks() -> None:
    first, second = task(1)[:5], task(2)[:5]
    rows = [H[:5], ["一、2026年9月底前完成的问题（1项）"], first, ["二、长期坚持（1项）"], second]
    read = one(rows, ("A2:E2", "A4:E4"))
    assert column(read.table, "deadline") == ["2026年9月底前完成", "长期坚持"]
    assert (read.table.cell(read.table.rows[1], "deadline"), read.faults) == ("A4", [])
    rows[3] = ["二、大气环境（1项）"]
    assert column(one(rows, ("A2:E2", "A4:E4")).table, "deadline") == [None, None]


def test_a_title_counts_the_tasks_above_the_next_title_with_the_same_headings() -> None:
    rows = [["我局牵头任务（1项）"], H, task(1), ["我局配合任务（2项）"], H, task(2), task(3)]
    read = one(rows, ("A1:F1", "A4:F4"))
    assert (read.table.declared_count, [section.declared for section in read.table.sections]) == (None, [2])


def test_a_full_row_that_begins_like_a_note_is_named_and_not_dropped() -> None:
    heads = ["存在问题", "整改措施", "责任领导", "责任单位", "整改时限"]
    first = ["东渠淤积", "清淤", "林知远 副市长", "市水利局", "2026年12月底前"]
    second = ["说明：西渠闸门锈死，不能启闭", "更换闸门", "林知远 副市长", "市水利局", "2026年12月底前"]
    table = one([heads, first, second, ["注：以上任务按月报送"]]).table
    assert [table.kinds[row] for row in (2, 3, 4)] == [RowKind.TASK, RowKind.UNREAD, RowKind.NOTE]


def test_the_target_and_the_progress_below_each_task_are_that_tasks() -> None:
    rows = [H, task(1), ["整改目标：渗漏归零"], ["整改进展：已勘察"], task(2), ["整改目标：水位稳定"], ["整改进展：已招标"]]
    table = one(rows, ("A3:F3", "A4:F4", "A6:F6", "A7:F7")).table
    assert (column(table, "target"), column(table, "progress")) == (["渗漏归零", "水位稳定"], ["已勘察", "已招标"])
    assert (table.cell(table.rows[1], "target"), table.cell(table.rows[1], "progress")) == ("A6", "A7")
    assert column(table, "category") == [None, None]
    # A second target has no place in its task, and is named.
    table = one([*rows[:3], ["整改目标：不再复发"], *rows[4:6]], ("A3:F3", "A4:F4", "A6:F6")).table
    assert [table.kinds[row] for row in (3, 4, 6)] == [RowKind.UNREAD] * 3


@pytest.mark.parametrize(
    ("name", "merged"), [("措施一：", True), ("整改措施1:", False), ("具体举措（二）：", True), ("措施：", False)]
)
def test_measures_below_their_problem_are_parts_of_its_task(name: str, merged: bool) -> None:
    first, second = task(1), task(2)
    first[2] = None
    lines = [[f"{name}注浆加固"], [f"{name}增设排水孔"]] if merged else [[None, f"{name}注浆加固"], [None, f"{name}增设排水孔"]]
    table = one([H, first, *lines, second], ("A3:F3", "A4:F4") if merged else ()).table
    assert [(row.row, row.part_of) for row in table.rows] == [(2, None), (3, 2), (4, 2), (5, None)]
    assert column(table, "measures")[:3] == [None, f"{name}注浆加固", f"{name}增设排水孔"]
    part = table.rows[2]
    assert (table.cell(part, "measures"), table.cell(part, "leader")) == ("A4" if merged else "B4", "D2")
    assert column(table, "category")[3] is None


def test_a_measure_below_its_problem_may_have_a_unit_and_a_limit_of_its_own() -> None:
    table = one([H, task(1), [None, "措施1：注浆加固", None, None, "石门镇政府", "2027年3月底前"]]).table
    part = table.rows[1]
    assert [part.values[key] for key in ("leader", "lead_unit", "deadline")] == ["柳青禾 副局长", "石门镇政府", "2027年3月底前"]
    assert [table.cell(part, key) for key in ("measures", "lead_unit", "deadline")] == ["B3", "E3", "F3"]


@pytest.mark.parametrize("problem", ["措施不力：渗漏未堵", "防渗措施缺失：坝脚出水"])
def test_a_problem_that_speaks_of_measures_is_no_measure(problem: str) -> None:
    table = one([H[1:], task(1)[1:], [problem, *task(2)[2:]]]).table
    assert [(row.row, row.part_of) for row in table.rows] == [(2, None), (3, None)]


def test_groups_of_two_levels_are_named_by_both() -> None:
    rows = [
        H,
        ["一、水环境"],
        ["（一）城区"],
        task(1),
        ["（二）乡镇"],
        task(2),
        ["二、大气"],
        ["（一）城区"],
        task(3),
        ["三、其他"],
        task(4),
    ]
    table = one(rows, tuple(f"A{row}:F{row}" for row in (2, 3, 5, 7, 8, 10))).table
    assert column(table, "category") == ["水环境 / 城区", "水环境 / 乡镇", "大气 / 城区", "其他"]
    assert [table.cell(row, "category") for row in table.rows] == ["A3", "A5", "A8", "A10"]
    # Groups that are all written with brackets are of one level.
    table = one([H, ["（一）城区"], task(1), ["（二）乡镇"], task(2)], ("A2:F2", "A4:F4")).table
    assert column(table, "category") == ["（一）城区", "（二）乡镇"]
    # Below each 一、 they begin anew.
    table = one([H, ["一、水环境"], task(1), ["（二）大气"], task(2)], ("A2:F2", "A4:F4")).table
    assert column(table, "category") == ["水环境", "（二）大气"]


def test_a_group_with_its_counts_in_the_columns_beside_it_is_no_task() -> None:
    rows = [H, ["水环境", None, None, "共2项", "已完成0项"], task(1), task(2)]
    table = one(rows, ("A2:C2",)).table
    assert (numbers(table), column(table, "category"), table.sections[0].cell) == ([3, 4], ["水环境"] * 2, "A2")
    rows[1][4] = "云栖县林业局"
    assert numbers(one(rows, ("A2:C2",)).table) == [2, 3, 4]
