"""Lists laid out in ways of their own: signs with a legend, tables that go on with other headings, tables beside a list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.intake.files import read_file
from rectify_xl.intake.submission import RowKind
from rectify_xl.intake.tables.heading_words import fields_by_words
from tests.intake.test_other_lists import kinds, one, tables
from tests.support.reading import SCHEMA, column, numbers
from tests.support.workbooks import HEADINGS, by_openpyxl, layout
from tests.support.workbooks import task as numbered

if TYPE_CHECKING:
    from pathlib import Path

H = list(HEADINGS)
DUE = date(2026, 12, 10)


def task(number: int) -> list[Any]:
    return list(numbered(number, f"渗漏点{number}"))


@pytest.mark.parametrize(
    ("legend", "states"),
    [
        ("说明：√为已完成，○为整改中，×为未启动", ["已完成", "整改中", "未启动"]),
        ("图例：√已完成　○整改中　×未启动", ["已完成", "整改中", "未启动"]),
        ("已完成打√，整改中打○，未启动打×", ["已完成", "整改中", "未启动"]),
        ("√：已完成 ○：整改中", ["已完成", "整改中", "×"]),
        ("√为已完成，√为未启动，○为整改中", ["√", "整改中", "×"]),
        ("本表一式两份", ["√", "○", "×"]),
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_signs_mean_what_the_sheet_says_they_do(legend: str, states: list[str], below: bool) -> None:
    rows = [[*H, "整改状态"], *([*task(n), sign] for n, sign in enumerate("√○×", 1))]
    rows = [*rows, [legend]] if below else [[legend], *rows]
    at = len(rows) if below else 1
    assert column(one(rows, (f"A{at}:G{at}",)).table, "status") == states


def test_signs_with_a_legend_below_a_heading_that_names_more_than_the_state() -> None:
    rows = [[*H, "完成情况"], [*task(1), "●"], [*task(2), "○"], ["注：●已完成 ○整改中"]]
    assert column(one(rows).table, "status") == ["已完成", "整改中"]
    assert "status" not in one([*rows[:3], ["注：●已完成"]]).table.columns


def test_the_same_columns_again_with_other_ones_behind_them() -> None:
    first = [[*H, "完成情况", "销号时间"], [*task(1), "已清运", date(2026, 10, 20)]]
    found = tables([*first, [], [*H, "存在困难", "下步打算"], [*task(2), "资金缺口", "争取补助"]])
    assert [list(read.table.columns)[-1] for read in found] == ["closed_on", "deadline"]
    assert found[1].table.rows[0].extras == {"存在困难": "资金缺口", "下步打算": "争取补助"}


@pytest.mark.parametrize("between", [[], ["表2 正在整改的问题"]])
def test_the_same_columns_again_but_for_the_last_one(between: list[str]) -> None:
    first = [[*H, "完成时间"], [*task(1), "2026年10月20日"]]
    found = tables([*first, between, [*H, "目前进展"], [*task(2), "清淤过半"]])
    assert [read.table.columns.get("progress") for read in found] == [None, len(H) + 1]
    assert column(found[1].table, "progress") == ["清淤过半"]


@pytest.mark.parametrize("title", ["表二", "附表2：", "表2 澜石乡整改任务清单"])
def test_a_second_table_a_column_further_right_below_its_title(title: str) -> None:
    found = tables([["表一"], H, task(1), [], [None, title], [None, *H], [None, *task(2)]])
    assert [[row.row for row in read.table.rows] for read in found] == [[3], [7]]
    assert found[0].table.kinds[5] is RowKind.ABOVE


def test_a_problem_that_begins_with_a_table_is_a_task() -> None:
    rows = [H, task(1), [None, "表2中监测数据失实"], task(3)]
    assert [row.row for row in one(rows).table.rows] == [2, 3, 4]


def test_a_total_counts_the_tasks_of_the_table_above_it() -> None:
    found = tables([["表1"], H, task(1), ["共计1项"], [], ["表2"], [*H, "进展"], [*task(2), "清淤过半"], [*task(3), "已招标"]])
    assert [read.table.declared_count for read in found] == [None, None]


def test_the_same_headings_in_other_words_only_repeat_them() -> None:
    again = [*H[:4], "责任部门", *H[5:]]
    found = one([H, task(1), again, task(2)])
    assert [row.row for row in found.table.rows] == [2, 4]


@pytest.mark.parametrize("remark", ["※以上两项由督查室直接督办", "以下为第二批交办（11月5日）", "★上述问题已报备"])
def test_a_remark_between_the_rows_names_no_category(remark: str) -> None:
    found = one([H, task(1), [remark], task(2)], ("A3:F3",))
    assert kinds(found.table)[3] == "note"
    assert not found.table.sections
    assert found.table.rows[1].values.get("category") is None


def test_a_group_is_still_a_category() -> None:
    assert one([H, ["水务方面"], task(1)], ("A2:F2",)).table.rows[0].values["category"] == "水务方面"


def test_the_sums_of_a_group_in_the_column_of_numbers() -> None:
    rows = [["县区", *H, "状态"], ["东坡县", *task(1), "整改中"], ["东坡县小计", 1, None, None, None, None, None, "整改中1项"]]
    assert kinds(one(rows).table) == {1: "heading", 2: "task", 3: "total"}


def test_a_table_of_names_beside_a_list(tmp_path: Path) -> None:
    beside: list[list[Any]] = [["序号", "姓名", "办公电话"], [1, "桑春来", "0000-1234567"], [2, "闵学礼", "0000-7654321"]]
    rows = [[*left, None, *right] for left, right in zip([H, task(1), task(2)], beside, strict=True)]
    rows.append([None] * (len(H) + 1) + [3, "晏清和", "0000-1112223"])
    read = read_file(by_openpyxl(tmp_path / "a.xlsx", layout(rows)), "a.xlsx", SCHEMA)
    (table,) = read.tables
    assert "phone" not in table.columns
    assert [row.row for row in table.rows] == [2, 3]
    assert sorted({fault.slug for fault in read.faults}) == ["unknown-column", "unread-rows"]


@pytest.mark.parametrize(
    ("heading", "values", "states", "key"),
    [
        ("办结时间", ["2027年3月底前", "立行立改"], [], "deadline"),
        ("办结时间", [DUE, DUE], ["整改中", "整改中"], "deadline"),
        ("办结时间", [DUE, None], ["已完成", "整改中"], "completed_on"),
        ("实际办结时间", ["2027年3月底前", "立行立改"], [], "completed_on"),
    ],
)
def test_days_of_completion_that_are_limits(heading: str, values: list[Any], states: list[str], key: str) -> None:
    rows = [[*H[:5], heading, *(["整改状态"] if states else [])]]
    rows += [[*task(n)[:5], value, *states[n - 1 : n]] for n, value in enumerate(values, 1)]
    assert one(rows).table.columns[key] == 6


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("主体责任", ("lead_unit", "leader")),
        ("完成情况及佐证", ("progress",)),
        ("完成情况及佐证材料", ("progress",)),
        ("问题点位", ("problem",)),
    ],
)
def test_headings_of_offices(heading: str, fields: tuple[str, ...]) -> None:
    assert fields_by_words(heading, SCHEMA) == fields


def test_groups_of_a_list_that_numbers_its_tasks_within_them() -> None:
    rows = [H, ["一", "河道管护"], ["1.1", *task(1)[1:]], ["1.2", *task(2)[1:]], ["二", "岸线整治"], ["2.1", *task(3)[1:]]]
    found = one(rows)
    assert [row.row for row in found.table.rows] == [3, 4, 6]
    assert column(found.table, "category") == ["河道管护", "河道管护", "岸线整治"]


def test_the_first_group_above_the_headings_that_are_written_again_below_the_second() -> None:
    rows = [["一、已经销号的（2个）"], H, task(1), task(2), [], ["二、尚在整改的（1个）"], H, task(3)]
    found = one(rows, ("A1:F1", "A6:F6"))
    assert [section.cell for section in found.table.sections] == ["A1", "A6"]
    assert column(found.table, "category") == ["已经销号的（2个）", "已经销号的（2个）", "尚在整改的（1个）"]
    assert found.table.declared_count is None


def test_a_numbered_line_above_the_headings_is_no_group_where_no_second_follows() -> None:
    found = one([["一、本月交办（2个）"], H, task(1), ["其他方面"], task(2)], ("A1:F1", "A4:F4"))
    assert column(found.table, "category") == [None, "其他方面"]
    assert found.table.declared_count == 2


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("群众举报内容", ("problem",)), ("投诉反映问题", ("problem",)), ("来信内容", ("problem",)), ("来信时间", ()),
        ("违法事实", ("problem",)), ("违法主体", ()),
        ("达标时限", ("deadline",)), ("反馈时限", ()), ("延期时限", ()), ("审计建议", ("measures",)),
        ("整改内容及要求", ("problem", "measures")), ("攻坚任务", ("problem", "measures")),
        ("存在问题及下一步打算", ()), ("存在问题及原因", ("problem",)), ("整改进展及下一步打算", ("progress",)),
    ],
)  # fmt: skip
def test_headings_of_lists_of_other_offices(heading: str, fields: tuple[str, ...]) -> None:
    assert fields_by_words(heading, SCHEMA) == fields


@pytest.mark.parametrize("heading", ["整改内容", "整改内容及要求", "攻坚任务", "工作要求", "督办任务要求"])
def test_what_may_be_a_problem_or_what_is_done_about_it_is_told_by_the_columns_beside_it(heading: str) -> None:
    beside = [["序号", "存在问题", heading, "牵头单位", "整改时限"], [1, "渗漏", "更换管段", "县水利局", "2026年底"]]
    assert list(one(beside).table.columns)[1:3] == ["problem", "measures"]
    alone = [["序号", heading, "整改措施", "牵头单位", "整改时限"], [1, "渗漏", "更换管段", "县水利局", "2026年底"]]
    assert list(one(alone).table.columns)[1:3] == ["problem", "measures"]


def test_a_leader_goes_before_who_answers() -> None:
    rows = [["序号", "存在问题", "包片领导", "责任人", "整改时限"], [1, "渗漏", "副乡长 沈知远", "村支书 陆清和", "2026年底"]]
    assert column(one(rows).table, "leader") == ["副乡长 沈知远"]
    assert column(one([[*row[:2], *row[3:]] for row in rows]).table, "leader") == ["村支书 陆清和"]


def test_numbers_of_the_measures_are_not_those_of_the_tasks() -> None:
    head = ["问题编号", "反馈问题", "序号", "整改措施", "责任单位", "整改时限"]
    rows = [head, ["A-01", "渗漏", 1, "更换管段", "水利局", "2026年底"], ["A-02", "沉降", 1, "注浆加固", "水利局", "2026年底"]]
    assert column(one(rows).table, "task_id") == ["A-01", "A-02"]
    # Where nothing else numbers the tasks, they do.
    assert column(one([row[1:] for row in rows]).table, "task_id") == [1, 1]
    # A number further right is none that goes before.
    moved = [[row[2], row[3], row[1], row[0], *row[4:]] for row in rows]
    assert column(one(moved).table, "task_id") == [1, 1]


@pytest.mark.parametrize(("states", "told"), [(["已办结", "未办结"], True), (["已办结", "更换管段两处"], False)])
def test_states_below_a_heading_of_progress_beside_another_one(states: list[str], told: bool) -> None:
    head = [*H, "整改落实进度", "办结情况"]
    found = one([head, *([*task(n), f"完成第{n}段", state] for n, state in enumerate(states, 1))])
    assert column(found.table, "status") == (states if told else [None, None])
    assert column(found.table, "progress") == (["完成第1段", "完成第2段"] if told else states)


def test_leaders_below_their_bare_name() -> None:
    rows = [["序号", "问题", "措施", "领导", "单位", "时限"], [1, "渗漏", "更换管段", "副县长 沈知远", "县水利局", "2026年底"]]
    assert column(one(rows).table, "leader") == ["副县长 沈知远"]
    assert fields_by_words("领导批示", SCHEMA) == ()


BESIDE = {
    "填表说明": [["列名", "要求"], ["整改措施", "写措施"], ["责任领导", "副局长"], ["整改时限", "某日"], ["整改状态", "整改中"]],
    "字典": [["整改状态", "责任单位", "责任领导", "完成时限"], ["整改中", "市水务局", "韩一舟 副局长", "2026年底"]],
    "统计": [
        ["序号", "责任单位", "责任领导", "问题数", "已完成", "完成率"],
        [1, "市水务局", "韩一舟 副局长", 5, 2, 0.4],
        [2, "市城管局", "晏清 副局长", 3, 3, 1],
    ],
}


@pytest.mark.parametrize("name", BESIDE)
def test_a_sheet_without_tasks_beside_the_list_is_named_and_not_read(tmp_path: Path, name: str) -> None:
    path = by_openpyxl(tmp_path / "甲.xlsx", layout(BESIDE[name], sheet=name), layout([H, task(1), task(2)]))
    read = read_file(path, path.name, SCHEMA)
    assert [table.sheet for table in read.tables] == ["任务清单"]
    assert [(fault.slug, fault.sheet) for fault in read.faults] == [("extra-sheet", name)]


@pytest.mark.parametrize("headings", [["序号", "责任单位", "整改时限", "整改状态"], ["序号", "责任单位", "责任领导", "目前进展"]])
def test_what_a_second_sheet_says_of_numbered_tasks_is_read(tmp_path: Path, headings: list[str]) -> None:
    rows = [headings, [1, "市水务局", "2026年底", "整改中"], [2, "市水务局", "2026年底", "整改中"]]
    path = by_openpyxl(tmp_path / "甲.xlsx", layout(rows, sheet="进展"), layout([H, task(1), task(2)]))
    assert [len(table.rows) for table in read_file(path, path.name, SCHEMA).tables] == [2, 2]


def test_choices_alone_are_still_a_list_that_lacks_its_columns(tmp_path: Path) -> None:
    path = by_openpyxl(tmp_path / "甲.xlsx", layout(BESIDE["统计"], sheet="统计"))
    read = read_file(path, path.name, SCHEMA)
    assert [len(table.rows) for table in read.tables] == [2]
    assert "missing-column" in {fault.slug for fault in read.faults}


def test_a_text_over_the_progress_and_the_remark_is_no_remark() -> None:
    rows = [[*H, "整改进展", "备注"], [*task(1), "已清运"], [*task(2), "已测漏", "待验收"]]
    assert column(one(rows, ("G2:H2",)).table, "remark") == [None, "待验收"]


def test_a_text_over_two_units_is_said_of_both() -> None:
    rows = [[*H[:5], "配合单位", "整改时限"], [*task(1)[:4], "市水务局", None, DUE]]
    assert column(one(rows, ("E2:F2",)).table, "coop_units") == ["市水务局"]


@pytest.mark.parametrize("beside", [True, False])
def test_a_card_below_the_list_is_named_and_no_task_of_it(beside: bool) -> None:
    told = [["存在问题", "闸门锈蚀"], ["整改措施", "更换闸门"], ["责任单位", "市水务局"], ["整改时限", "2027年6月底前"]]
    found = one([H, task(1), [], ["问题2"], *(pair if beside else ["：".join(pair)] for pair in told), ["填表人：白芷"]])
    assert numbers(found.table) == [2]
    assert [row for row, kind in found.table.kinds.items() if kind is RowKind.UNREAD] == [5, 6, 7, 8]
    assert found.table.kinds[9] is RowKind.NOTE


@pytest.mark.parametrize("first", ["注：", "整改措施：逐条填写"])
def test_what_is_said_below_a_list_of_filling_in_its_columns_is_a_note(first: str) -> None:
    found = one([H, task(1), [first], ["责任领导：填写姓名和职务"], ["整改时限：写明到哪一天"]])
    assert RowKind.UNREAD not in found.table.kinds.values()


def test_a_column_that_only_a_further_page_heads_has_its_name_and_its_cell() -> None:
    found = one(
        [[*H, "完成情况"], [*task(1), "已清运"], ["正在整改的"], [*H, "完成情况", "下步打算"], [*task(2), "过半", "争取补助"]]
    )
    assert [row.extras for row in found.table.rows] == [{}, {"下步打算": "争取补助"}]
    assert [(fault.cell, fault.facts["heading"]) for fault in found.faults] == [("H4", "下步打算")]


@pytest.mark.parametrize("merges", [("G1:H1",), ("G1:H1", *(f"{column}1:{column}2" for column in "ABCDEFI"))])
def test_what_parts_a_heading_that_is_no_field_is_a_heading(merges: tuple[str, ...]) -> None:
    rows = [[*H, "资金（万元）", None, "进展"], [*[None] * 6, "计划", "到位", None], [*task(1), 120, 60, "已清运"]]
    found = one(rows, merges)
    assert found.table.header_row == 2
    assert [row.extras for row in found.table.rows] == [{"计划": "120", "到位": "60"}]
    assert RowKind.UNREAD not in found.table.kinds.values()


def test_a_first_row_below_a_heading_over_two_columns_is_no_heading() -> None:
    rows = [[*H, "资金来源", None], [*[None] * 6, "上级补助资金", "县级财政资金2万元"], [*task(1), "自筹"]]
    assert one(rows, ("G1:H1",)).table.header_row == 1


@pytest.mark.parametrize("shown", [("绿灯", "黄灯", "红灯"), ("绿", "黄", "红"), ("绿色", "黄色", "红色")])
def test_colours_mean_what_the_sheet_says_they_do(shown: tuple[str, ...]) -> None:
    rows = [[*H, "整改状态"], *([*task(n), sign] for n, sign in enumerate(shown, 1))]
    said = one([*rows, ["注：绿灯为已完成，黄灯为整改中，红灯为未启动"]], ("A5:G5",)).table
    assert column(said, "status") == ["已完成", "整改中", "未启动"]
    assert column(one([*rows, ["注：复绿已完成"]], ("A5:G5",)).table, "status") == list(shown)
