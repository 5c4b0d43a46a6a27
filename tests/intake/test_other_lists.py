"""Lists of other offices and trades: which column is what, which rows are tasks, and what is said of the rest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.files import read_file
from rectify_xl.intake.submission import RowKind
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.intake.tables.tables import read_tables
from tests.support.conservation import check_conserved
from tests.support.reading import SCHEMA, column, numbers
from tests.support.workbooks import HEADINGS, by_openpyxl, layout, task

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.submission import Table

H = list(HEADINGS)
DUE = date(2026, 12, 10)


def tables(rows: list[list[Any]], merges: tuple[str, ...] = (), units: frozenset[str] = frozenset()) -> list[Any]:
    return read_tables(layout(rows, merges).in_memory, SCHEMA, units)


def one(rows: list[list[Any]], merges: tuple[str, ...] = (), units: frozenset[str] = frozenset()) -> Any:
    (found,) = tables(rows, merges, units)
    return found


def kinds(table: Table) -> dict[int, str]:
    return {row: str(kind) for row, kind in table.kinds.items()}


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("隐患内容", ("problem",)),
        ("问题或功能要求", ("problem",)),
        ("检查发现事项", ("problem",)),
        ("整改措施与要求", ("measures",)),
        ("修改要求", ("measures",)),
        ("处置措施", ("measures",)),
        ("是否关闭", ("status",)),
        ("隐患状态", ("status",)),
        ("限时时间", ("deadline",)),
        ("责任科室", ("lead_unit",)),
        ("责任单位/人员", ("lead_unit", "leader")),
        ("问题No.", ("task_id",)),
        ("隐患类型", ("category",)),
        ("Action", ("measures",)),
        ("Owner", ("leader", "lead_unit")),
        ("Due date", ("deadline",)),
        ("关闭日期", ("completed_on",)),
        # In two languages: the Chinese word says which of the two an owner is.
        ("No. 序号", ("task_id",)),
        ("Issue 问题描述", ("problem",)),
        ("整改措施（Action）", ("measures",)),
        ("Owner 责任单位", ("lead_unit",)),
        ("完成时限\nDue Date", ("deadline",)),
        ("KPI 部门", ()),
        ("限改日期", ("deadline",)),
        ("督办事项", ("problem",)),
        ("任务清单", ("problem", "measures")),
        ("责任清单", ("lead_unit",)),
        ("时限清单", ("deadline",)),
        # Beside the task, or of another kind of table.
        ("问题来源", ()),
        ("提出人", ()),
        ("检查时间", ()),
        ("项目名称", ()),
        ("培训内容", ()),
        ("金额（万元）", ()),
        ("问题数", ()),
        ("整改后照片", ()),
        ("是否重大隐患", ()),
        ("下一步工作打算", ()),
        ("当前进度", ("progress", "percent")),
        ("本月困难", ()),
        ("原因分析", ()),
        ("督办单位", ()),
        ("整改资金", ()),
    ],
)
def test_fields_by_the_words_of_a_heading(heading: str, keys: tuple[str, ...]) -> None:
    assert fields_by_words(heading, SCHEMA) == keys


def test_headings_recognised_by_their_words_are_no_finding() -> None:
    headings = ["序号", "隐患内容", "隐患类型", "整改措施与要求", "责任单位", "责任人", "整改期限", "整改状态"]
    found = one([headings, [1, "配电箱门未上锁", "用电", "加锁", "北岭架子班", "车庚 班长", DUE, "整改中"]])
    assert set(found.table.columns) == {
        "task_id", "problem", "category", "measures", "lead_unit", "leader", "deadline", "status",
    }  # fmt: skip
    assert found.table.inferred == {"problem", "category", "measures"}
    assert found.faults == []


def test_an_english_action_log() -> None:
    rows = [
        ["Site action log"],
        ["No.", "Issue", "Action", "Owner", "Due date", "Status"],
        [1, "Guard rail missing at bay 4", "Fit a rail", "Maria Lopez", DUE, "整改中"],
        [2, "Fire door wedged open", "Fit a closer", "Tom Price", DUE, "整改中"],
    ]
    found = one(rows)
    assert dict(found.table.columns) == {"task_id": 1, "problem": 2, "measures": 3, "leader": 4, "deadline": 5, "status": 6}
    assert numbers(found.table) == [3, 4]


@pytest.mark.parametrize(
    ("cells", "key"),
    [(["市园林管护所", "市园林管护所"], "lead_unit"), (["柯甲", "席乙"], "leader"), (["锅炉甲班", "二号仓"], "lead_unit")],
)
def test_unit_or_person_by_content(cells: list[str], key: str) -> None:
    units = frozenset(map(text_key, ["锅炉甲班", "二号仓"]))
    rows = [
        ["序号", "具体问题", "责任单位/人员", "整改期限"],
        *([n, f"标牌破损{n}块", cell, DUE] for n, cell in enumerate(cells, 1)),
    ]
    assert one(rows, units=units).table.columns[key] == 3


@pytest.mark.parametrize(
    ("lead", "second"), [("牵头单位", "责任单位"), ("牵头部门", "责任部门"), ("主办单位", "责任单位"), ("牵头部门", "责任单位")]
)
def test_responsible_units_beside_the_lead_are_the_second_role(lead: str, second: str) -> None:
    found = one([["序号", "存在问题", lead, second, "整改时限"], [1, "扬尘", "市住建局", "市城管局", "2026年底"]])
    assert (found.table.columns["lead_unit"], found.table.columns["coop_units"]) == (3, 4)
    assert [(fault.slug, fault.cell, fault.facts["key"]) for fault in found.faults if fault.slug == "unknown-column"] == [
        ("unknown-column", "D1", "coop_units")
    ]


@pytest.mark.parametrize(
    ("heading", "cells", "key"),
    [
        ("处置节点", ["2026年10月底前", "2026年12月底前", "立行立改"], "deadline"),
        ("对口", ["市水务局", "市城管局", "市水务局"], "lead_unit"),
        ("现况", ["整改中", "已完成", "整改中"], "status"),
        ("程度", ["30%", "100%", "60%"], "percent"),
    ],
)
def test_a_heading_that_says_nothing_is_read_by_its_content_and_said_to_be(heading: str, cells: list[str], key: str) -> None:
    rows = [["序号", "存在问题", "整改措施", heading], *([n, f"第{n}处渗漏", "修补", cell] for n, cell in enumerate(cells, 1))]
    found = one(rows, units=frozenset({"市水务局", "市城管局"}))
    assert found.table.columns[key] == 4
    assert [fault.facts["key"] for fault in found.faults if fault.slug == "unknown-column"] == [key]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("提出日期", [DUE, DUE, DUE]),
        ("权重", [0.2, 0.3, 0.5]),
        ("是否重大", ["是", "否", "是"]),
        ("提出单位", ["市水务局", "市城管局", "市水务局"]),
        ("原因分析", ["设计时没有考虑到这一点", "施工时漏装了一道", "年久失修没有人管"]),
    ],
)
def test_what_is_beside_the_task_is_not_guessed_at(heading: str, cells: list[Any]) -> None:
    rows = [["序号", "存在问题", heading], *([n, f"第{n}处渗漏", cell] for n, cell in enumerate(cells, 1))]
    found = one(rows, units=frozenset({"市水务局", "市城管局"}))
    assert set(found.table.columns) == {"task_id", "problem"}


@pytest.mark.parametrize(
    ("heading", "cells", "key"),
    [
        ("完成情况", ["已完成", "整改中", "整改中"], "status"),
        ("完成情况", ["50%", "100%", "80%"], "percent"),
        ("完成情况", ["已更换两处部件", "正在招标", "还没有进场"], "progress"),
        ("当前进度", ["已更换两处部件", "正在招标", "还没有进场"], "progress"),
        ("本月进度", ["50%", "100%", "80%"], "percent"),
        ("完成日期", [DUE, DUE, DUE], "deadline"),
        ("完成日期", [DUE, None, None], "completed_on"),
    ],
)
def test_headings_decided_by_content(heading: str, cells: list[Any], key: str) -> None:
    rows = [
        ["序号", "存在问题", "责任单位", heading],
        *([n, f"第{n}处渗漏", "市水务局", cell] for n, cell in enumerate(cells, 1)),
    ]
    assert one(rows).table.columns[key] == 4


def test_a_problem_list_a_task_list_and_a_list_of_limits_are_columns_of_one_list() -> None:
    rows = [
        ["项目序号", "问题清单", "任务清单", "责任清单", "时限清单"],
        ["第1项", "东河排口异味", "封堵排口", "市水务局", "2026年12月底前"],
    ]
    assert one(rows).table.columns == {"task_id": 1, "problem": 2, "measures": 3, "lead_unit": 4, "deadline": 5}


def test_a_list_headed_in_two_languages() -> None:
    rows = [
        ["No. 序号", "Issue 问题描述", "Action 整改措施", "Owner 责任单位", "Due Date 完成时限", "Status 状态"],
        [1, "东河排口异味", "封堵排口", "市水务局", DUE, "Open"],
    ]
    assert one(rows).table.columns == {"task_id": 1, "problem": 2, "measures": 3, "lead_unit": 4, "deadline": 5, "status": 6}


def test_a_second_number_before_the_measures_numbers_these() -> None:
    head = ["序号", "问题描述", "序号", "整改措施", "责任单位", "完成时限"]
    found = one([head, [1, "东河排口异味", 1, "封堵排口", "市水务局", DUE], [2, "西山矿坑未复绿", 1, "复绿", "市林业局", DUE]])
    assert found.table.columns["task_id"] == 1
    assert [fault.slug for fault in found.faults if fault.slug == "duplicate-column"] == []
    twice = one([["序号", "问题描述", "整改措施", "序号", "责任单位"], [1, "东河排口异味", "封堵排口", 7, "市水务局"]])
    assert [fault.cell for fault in twice.faults if fault.slug == "duplicate-column"] == ["D1"]


@pytest.mark.parametrize(
    ("heading", "cells", "found"),
    [
        ("单位", ["市水务局", "市林业局", "青芜县"], True),
        ("单位", ["项", "米", "吨"], False),
        ("何日", ["2026年12月10日", "2026.12.11", "2026-12-12"], True),
        ("何日", ["2026年12月10日", "尽快", "12月"], False),
    ],
)
def test_bare_names_of_units_and_days_in_words(heading: str, cells: list[str], found: bool) -> None:
    rows = [["序号", "问题描述", heading], *([at, f"第{at}处排口异味扰民", cell] for at, cell in enumerate(cells, 1))]
    assert (3 in one(rows).table.columns.values()) is found


def test_the_sums_of_a_group_stand_beside_its_name() -> None:
    rows = [
        ["序号", "问题描述", "整改措施", "责任单位", "资金"],
        ["一、", "水环境（2项）", None, None, 90],
        [1, "东河排口异味", "封堵排口", "市水务局", 45],
        [2, "西溪养殖尾水直排", "建尾水池", "市农业农村局", 45],
        ["二、", "矿山（1项）", None, None, 45],
        [3, "西山矿坑未复绿", "复绿", "市林业局", 45],
    ]
    found = one(rows)
    assert [task.row for task in found.table.rows] == [3, 4, 6]
    assert [section.text for section in found.table.sections] == ["水环境（2项）", "矿山（1项）"]


@pytest.mark.parametrize("group", ["2026年各月整改进展", "每月进展情况", "1-3月整改进展", "2026年度各月份工作进展"])
def test_columns_of_months_below_a_heading_for_all_of_them(group: str) -> None:
    rows = [
        ["序号", "问题描述", "整改措施", "责任单位", group, None, None],
        [None, None, None, None, "1月", "2月", "3月"],
        [1, "东河排口异味", "封堵排口", "市水务局", "已摸排", "已设计", None],
    ]
    found = one(rows, ("E1:G1", *(f"{column}1:{column}2" for column in "ABCD")))
    assert found.table.columns["progress"] == 6
    assert [fault.slug for fault in found.faults if fault.slug == "unknown-column"] == []


def test_dates_of_finished_tasks_are_no_limits() -> None:
    rows = [
        ["序号", "存在问题", "责任单位", "整改状态", "完成日期"],
        *([n, f"渗漏{n}", "市水务局", "已完成", DUE] for n in (1, 2)),
    ]
    assert one(rows).table.columns["completed_on"] == 5


# Rows ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [3, "3-1", "1.1", "(一)", "①", "A-03", "隐患12", "第3项", date(2026, 1, 2)])
def test_a_row_with_a_number_and_words_is_a_task(number: Any) -> None:
    rows = [[*H, "处理阶段"], [1, *task(1, "扬尘")[1:], "一期"], [number, None, None, None, None, None, "已转城管局办理"]]
    table = one(rows).table
    assert numbers(table) == [2, 3]
    assert table.rows[1].extras == {"处理阶段": "已转城管局办理"}


@pytest.mark.parametrize(
    "row",
    [
        ["汇总", 3], ["汇总", None, "共3项"], ["合计(项)", 3], ["本页小计", 2], ["水环境小计", 2], ["Total", 3], ["合计:3项"],
        ["全市合计", None, 3], [None, "总计", 3], ["合计", None, None, "60%"],
    ],
)  # fmt: skip
def test_totals(row: list[Any]) -> None:
    table = one([H, task(1, "扬尘"), row, task(2, "异味")]).table
    assert (numbers(table), kinds(table)[3]) == ([2, 4], "total")


@pytest.mark.parametrize(
    "row",
    [
        [2, "汇总数据报送不及时,漏报两期", "补报"], [2, "合计用水量与分表读数不符", "复核"], [2, "小计栏长期空白", "补填"],
        [None, "汇总上报不及时", "补报", "柳青禾 副局长", "市水务局", "2026年底"],
    ],
)  # fmt: skip
def test_tasks_that_speak_of_totals(row: list[Any]) -> None:
    assert numbers(one([H, task(1, "扬尘"), row]).table) == [2, 3]


@pytest.mark.parametrize(
    ("last", "kind", "rows"),
    [
        (["", "", "", "", "四项", ""], "total", [2, 3]),
        ([3, "第三处渗漏没有修补", "修补", "柳青禾", "市水务局", "2026年底"], "task", [2, 3, 4]),
    ],
)
def test_the_totals_row_of_an_excel_table(tmp_path: Path, last: list[Any], kind: str, rows: list[int]) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("清单")
    sheet.add_table(0, 0, 3, 5, {"columns": [{"header": heading} for heading in H], "total_row": True, "style": None})
    for at, values in enumerate([task(1, "扬尘"), task(2, "异味"), last], 1):
        for column_at, value in enumerate(values):
            sheet.write(at, column_at, value)
    book.close()
    (table,) = read_file(tmp_path / "a.xlsx", "a.xlsx", SCHEMA).tables
    assert (numbers(table), kinds(table)[4]) == (rows, kind)


def test_totals_at_the_top_and_blank_lines_between_tasks() -> None:
    rows = [["问题总数", 2, "已办结", 1], [], H, ["合计", 2], task(1, "扬尘"), [], [], task(2, "异味")]
    table = one(rows).table
    assert (kinds(table)[1], kinds(table)[4], numbers(table)) == ("above", "total", [5, 8])


def test_no_zero_report_while_a_row_below_holds_words(tmp_path: Path) -> None:
    made = layout([[*H, "交办方式"], [], [None, None, None, None, None, None, "电话里说有三处没有改"]])
    read = read_file(by_openpyxl(tmp_path / "a.xlsx", made), "a.xlsx", SCHEMA)
    check_conserved(read, made)
    assert [fault.slug for fault in read.faults if fault.slug in ("empty-submission", "unread-rows")] == ["unread-rows"]


def test_an_unfilled_form_is_no_unread_row() -> None:
    rows = [
        [*H, "整改状态"],
        [*task(1, "扬尘"), "整改中"],
        *([n, None, None, None, "市水务局", None, "未启动"] for n in range(2, 9)),
    ]
    table = one(rows).table
    assert numbers(table) == [2]
    assert set(table.kinds.values()) == {RowKind.HEADING, RowKind.TASK, RowKind.UNFILLED}


# Several tables ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [0, 1])
def test_two_lists_side_by_side(gap: int) -> None:
    def across(left: list[Any], right: list[Any]) -> list[Any]:
        return [*left, *[None] * gap, *right]

    rows = [across(H, H), across(task(1, "扬尘"), task(3, "渗漏")), across(task(2, "异味"), task(4, "占道"))]
    left, right = (found.table for found in tables(rows))
    assert (column(left, "problem"), column(right, "problem")) == (["扬尘", "异味"], ["渗漏", "占道"])
    assert right.cell(right.rows[1], "problem") == ("H3" if gap == 0 else "I3")


def test_a_blank_column_within_a_list_parts_nothing() -> None:
    rows = [[*H[:3], None, *H[3:]], [*task(1, "扬尘")[:3], None, *task(1, "扬尘")[3:]]]
    assert set(one(rows).table.columns) == {"task_id", "problem", "measures", "leader", "lead_unit", "deadline"}


@pytest.mark.parametrize("merged", [True, False])
def test_headings_over_two_columns_each_and_blank_columns_between_them_are_one_list(merged: bool) -> None:
    rows = [[cell for text in row for cell in (text, None)] for row in (H, task(1, "扬尘"), task(2, "渗漏"))]
    merges = [f"{left}{row}:{right}{row}" for row in (1, 2, 3) for left, right in ("AB", "CD", "EF", "GH", "IJ", "KL")]
    (read,) = tables(rows, tuple(merges) if merged else ())
    assert [len(read.table.rows), len(read.table.columns), read.faults] == [2, len(H), []]


def test_side_by_side_an_unread_row_of_the_right_list_is_named(tmp_path: Path) -> None:
    first = [*task(1, "扬尘"), None, *task(3, "渗漏"), "书面"]
    second = [*task(2, "异味"), None, *[None] * 6, "口头补充一处塌陷"]
    rows = [[*H, "注意", *H, "交办"], first, second]
    read = read_file(by_openpyxl(tmp_path / "a.xlsx", layout(rows)), "a.xlsx", SCHEMA)
    held = [task.extras for table in read.tables for task in table.rows]
    named = [where.cell for table in read.tables for where in table.unread]
    assert named == ["N3"] or any("口头补充一处塌陷" in extras.values() for extras in held)


def test_three_heading_rows_of_a_hazard_list() -> None:
    rows = [
        ["序号", "隐患情况", None, "整改情况", None, None],
        [None, "隐患内容", "隐患类型", "整改措施", "责任", None],
        [None, None, None, None, "责任单位", "责任人"],
        [1, "配电箱门未上锁", "用电", "加锁", "北岭架子班", "车庚"],
    ]
    found = one(rows, ("A1:A3", "B1:C1", "D1:F1", "B2:B3", "C2:C3", "D2:D3", "E2:F2"))
    assert {"task_id", "problem", "category", "measures", "lead_unit", "leader"} <= set(found.table.columns)
    assert numbers(found.table) == [4]


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "项目名称", "金额（万元）", "备注"], [1, "泵站检修材料采购", 12.5, "已批复"]],
        [["序号", "培训内容", "讲师", "学时"], [1, "防汛抢险基本知识", "柯甲", 4]],
        [["序号", "姓名", "工作单位及职务", "办公电话"], [1, "苏晴", "市水务局办公室副主任", "8612"]],
        [["序号", "责任单位", "任务数", "完成率"], [1, "市水务局", 12, 0.75], [2, "市城管局", 9, 0.5]],
        [["问题类别", "问题数", "已整改", "整改率"], ["水环境", 3, 1, 0.33]],
    ],
)
def test_tables_that_are_no_task_lists(rows: list[list[Any]]) -> None:
    assert tables(rows) == []


def test_a_refusal_names_the_nearest_sheet_and_row(tmp_path: Path) -> None:
    diary = layout([["时间", "主要内容"], ["3月1日", "修改打印模板"]], sheet="日志")
    upright = layout([["序号", 7, 8], ["存在问题", "泵站带病运行", "闸门锈蚀"], ["整改时限", "年底前", "年底前"]], sheet="清单")
    read = read_file(by_openpyxl(tmp_path / "a.xlsx", diary, upright), "a.xlsx", SCHEMA)
    (fault,) = read.faults
    assert (fault.slug, fault.facts["near_sheet"], fault.facts["upright"]) == ("no-task-table", "清单", True)


def test_headings_of_two_rows_in_two_languages() -> None:
    """The Chinese row counts where it is known, the English one where only that is (备忘 over Remark)."""
    chinese = ["编号", "隐患描述", "整改措施", "责任部门", "责任人", "计划完成日期", "状态", "备忘"]
    english = ["ID", "Description of it", "Corrective action", "Department", "Owner", "Due date", "Status", "Remark"]
    cells = ["HZ-001", "配电箱门没有上锁", "上锁", "市水务局", "柳青禾", DUE, "Open", "夜间巡查"]
    found = one([["EHS Register"], chinese, english, cells], ("A1:H1",))
    assert (found.table.header_row, numbers(found.table)) == (3, [4])
    assert [column(found.table, key)[0] for key in ("problem", "measures", "lead_unit", "leader", "remark")] == [
        "配电箱门没有上锁", "上锁", "市水务局", "柳青禾", "夜间巡查",
    ]  # fmt: skip
    assert (found.table.headings["leader"], found.faults) == ("责任人", [])


def test_headings_that_only_stand_twice_are_repeated() -> None:
    found = one([H, H, task(1, "东河排口异味")])
    assert (found.table.header_row, numbers(found.table), found.faults) == (1, [3], [])


def test_a_task_without_a_leader_is_no_second_row_of_headings() -> None:
    heads = ["整改时限", "牵头单位", "整改措施", "工作任务和内容", "责任领导", "备注"]
    found = one(
        [
            heads,
            ["2027年2月底前", "市水务局", "清淤", "南渠淤积", "", "已进场"],
            [DUE, "市水务局", "补植", "岸线裸露", "柳青禾", "无"],
        ]
    )
    assert (found.table.header_row, numbers(found.table)) == (1, [2, 3])
    english = ["2027-02", "Water bureau", "Dredging", "Silt in the southern canal", "", "Under way"]
    assert numbers(one([heads, english, english]).table) == [2, 3]


@pytest.mark.parametrize(
    "said",
    ["检查人员签字：", "受检单位负责人签字：", "整改责任人（签字）：柳青禾", "移交人、接收人签字：", "镇（街）主要负责人签字："],
)
def test_whoever_signs_below_a_table_is_no_task(said: str) -> None:
    found = one([H, task(1, "东河排口异味"), [said, "", "", "", "日期："]])
    assert kinds(found.table)[3] == "note"


def test_a_problem_that_begins_with_a_label_is_no_footer() -> None:
    found = one([H[1:], task(1, "水环境：支流返黑")[1:], task(2, "大气：工地扬尘，联系人：缺")[1:]])
    assert len(found.table.rows) == 2


def test_a_problem_about_a_missing_signature_is_no_footer() -> None:
    found = one([H[1:], task(1, "验收记录未签字：共3份")[1:], task(2, "监理日志无人签字：2月份")[1:]])
    assert len(found.table.rows) == 2
