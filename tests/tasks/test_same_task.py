"""Which reports are one task and which are two, and on what they really disagree."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.tasks.wording import change, number_levels, plain_number, wording_key
from rectify_xl.workflow.merge import merge
from rectify_xl.workflow.validate import validate
from tests.support.lists import CLEAN, HEADINGS, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

DAY = date(2026, 11, 21)
NAMES = ("青芜县", "白堤县", "市水务局", "市住建局", "市农业农村局")
ROSTER = Campaign(units=tuple(Unit(name, name) for name in NAMES))
SPLIT = (*CLEAN, "配合单位")
MEASURES = "(1)清理垃圾两百吨。(2)修复围栏。"
LONG = "云沟沿线六家洗砂场无证排放,沉淀池长期失修"


def merged(folder: Path) -> Master:
    return merge([folder], campaign=ROSTER, as_of=DAY)


def two(folder: Path, one: dict[str, Any], other: dict[str, Any], **options: Any) -> Master:
    write_list(folder / "a.xlsx", [one], unit="市水务局", **options)
    write_list(folder / "b.xlsx", [other], unit="市住建局")
    return merged(folder)


def fields(master: Master) -> list[str]:
    return [conflict.field for conflict in master.conflicts]


@pytest.mark.parametrize(
    ("mine", "theirs", "kind"),
    [
        ("柳庄村泵站长期停运未修", "杏庄村泵站长期停运未修", "other"),
        ("云州第三净水厂加药间泄漏未报告", "云州第四净水厂加药间泄漏未报告", "other"),
        ("云州2号矿坑回填进度严重滞后", "云州3号矿坑回填进度严重滞后", "other"),
        ("大柳庄村沿河垃圾堆放无人清理", "小柳庄村沿河垃圾堆放无人清理", "other"),
        ("柳庄村沿河垃圾堆放无人清理", "小柳庄村沿河垃圾堆放无人清理", "other"),
        ("全线垃圾堆放12处至今无人清理", "全线垃圾堆放2处至今无人清理", "count"),
        ("沿线垃圾长期堆放无人清理", "沿线垃圾常期堆放无人清理", "typo"),
        ("沿线垃圾长期堆放无人清理,臭气扰民", "沿线垃圾长期堆放,无人清理", "more"),
        ("沿线垃圾长期堆放无人及时清理臭气扰民", "沿线垃圾长期堆放无人清理臭气扰民", "more"),
        ("沿线垃圾长期堆放等问题", "沿线垃圾长期堆放无人清理,臭气扰民", "more"),
        ("沿线垃圾", "沿线垃圾长期堆放无人清理", "other"),
        ("河道清淤后未覆盖造成积水", "河道清淤后已栽种造成积水", "other"),
    ],
)
def test_what_a_difference_of_wording_is(mine: str, theirs: str, kind: str) -> None:
    assert change(wording_key(mine), wording_key(theirs)) == kind
    assert change(wording_key(theirs), wording_key(mine)) == kind


@pytest.mark.parametrize("text", ["18.云沟淤积", "(一)云沟淤积;", "一、云沟淤积", "\u2460云沟淤积", "云沟淤积"])
def test_numbering_before_a_text_is_none_of_its_words(text: str) -> None:
    assert wording_key(text) == "云沟淤积"


def test_numbers_that_belong_to_a_text_stay() -> None:
    assert wording_key("1.5公里岸线受损") != wording_key("5公里岸线受损")
    assert wording_key("一、二期工程未验收").startswith("一二期")
    assert [plain_number(one) for one in ("十八", "18", "第十八项", "一百零三", "十百", "A-3")] == [
        "18", "18", "18", "103", "十百", "A-3",
    ]  # fmt: skip


def test_two_counties_with_one_number_and_nearly_one_wording_keep_two_tasks(tmp_path: Path) -> None:
    one = {"problem": "辖区内反弹小作坊1家,长期无人监管", "lead_unit": "青芜县"}
    other = {"problem": "辖区内反弹小作坊2家,长期无人监管", "lead_unit": "白堤县"}
    master = two(tmp_path, one, other)
    assert (len(master.tasks), master.conflicts) == (2, ())


def test_two_villages_under_one_lead_unit_are_two_tasks(tmp_path: Path) -> None:
    one = {"problem": "柳庄村泵站长期停运未修", "lead_unit": "市水务局牵头,青芜县配合"}
    other = {"problem": "杏庄村泵站长期停运未修", "lead_unit": "市水务局牵头,白堤县配合"}
    assert len(two(tmp_path, one, other).tasks) == 2


def test_a_typo_is_one_task_only_where_all_else_is_the_same(tmp_path: Path) -> None:
    typo = {"problem": LONG.replace("长期", "常期")}
    assert fields(two(tmp_path / "same", {"problem": LONG}, typo)) == ["problem"]
    assert len(two(tmp_path / "not", {"problem": LONG}, typo | {"measures": "另行处理"}).tasks) == 2


def test_numbering_does_not_split_a_task(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"task_id": 18, "problem": f"18.{LONG}"}], unit="市水务局")
    write_list(tmp_path / "b.xlsx", [{"task_id": "十八", "problem": LONG}], unit="市住建局")
    write_list(tmp_path / "c.xlsx", [{"task_id": "18", "problem": f"(一){LONG};"}], unit="青芜县")
    master = merged(tmp_path)
    assert (len(master.tasks), master.conflicts) == (1, ())


def test_a_list_without_problems_meets_its_task_by_number_lead_and_measures(tmp_path: Path) -> None:
    keys = tuple(key for key in CLEAN if key != "problem")
    master = two(tmp_path, {"measures": MEASURES}, {"measures": MEASURES}, keys=keys)
    assert (len(master.tasks), master.conflicts) == (1, ())
    write_list(tmp_path / "c.xlsx", [{"measures": MEASURES, "problem": "另有一处料场未覆盖"}], unit="青芜县")
    assert len(merged(tmp_path).tasks) == 2


def test_an_abbreviated_text_is_one_task_with_its_wording_in_dispute(tmp_path: Path) -> None:
    master = two(tmp_path, {"problem": LONG}, {"problem": LONG[:12]})
    assert len(master.tasks) == 1
    assert fields(master) == ["problem"]
    assert {value for _, value, _ in master.conflicts[0].sides} == {LONG, LONG[:12]}


def test_who_leads_and_who_cooperates_is_a_disagreement(tmp_path: Path) -> None:
    master = two(tmp_path, {}, {"lead_unit": "市住建局牵头,市水务局配合"})
    assert fields(master) == ["lead_unit"]


def test_two_columns_and_one_cell_that_name_the_same_units_agree(tmp_path: Path) -> None:
    split = {"lead_unit": "市水务局", "配合单位": "市农业农村局、市住建局"}
    whole = {"lead_unit": "市水务局牵头,市住建局、市农业农村局配合"}
    master = two(tmp_path / "same", split, whole, keys=SPLIT)
    assert master.conflicts == ()
    assert master.tasks[0].values["lead_unit"] == "市水务局"
    fewer = two(tmp_path / "fewer", split, {"lead_unit": "市水务局牵头,市住建局配合"}, keys=SPLIT)
    assert fields(fewer) == ["coop_units"]
    assert [value for _, value, _ in fewer.conflicts[0].sides] == ["市农业农村局、市住建局", "市水务局牵头,市住建局配合"]
    found = validate([tmp_path / "fewer"], campaign=ROSTER, as_of=DAY, select=["conflicting-reports"]).findings
    assert [(finding.file, finding.cell) for finding in found] == [("a.xlsx", "I4"), ("b.xlsx", "E4")]


def test_cooperating_units_that_only_one_cell_names_are_kept(tmp_path: Path) -> None:
    master = two(tmp_path, {"lead_unit": "市水务局"}, {})
    assert master.conflicts == ()
    assert master.tasks[0].values["coop_units"] == "市住建局"


def parts(path: Path, unit: str, rows: list[dict[str, Any]], keys: tuple[str, ...]) -> None:
    """A list whose one task has several rows: number and problem are merged down."""
    write_list(path, rows, unit=unit, keys=keys)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for column, key in enumerate(keys, 1):
        assert sheet.cell(3, column).value == HEADINGS.get(key, key)
        if key in ("task_id", "problem", "status"):
            sheet.merge_cells(start_row=4, end_row=3 + len(rows), start_column=column, end_column=column)
    book.save(path)


def test_parts_are_compared_with_a_whole_by_what_they_say_together(tmp_path: Path) -> None:
    keys = (*CLEAN, "percent")
    rows: list[dict[str, Any]] = [
        {"measures": "(1)清理垃圾两百吨。", "percent": 0.7, "deadline": "2026年9月底前"},
        {"measures": "(2)修复围栏。", "percent": 0.5},
    ]
    parts(tmp_path / "a.xlsx", "市水务局", rows, keys)
    whole = {"measures": "(1)清理垃圾两百吨。\n(2)修复围栏。", "percent": 0.6}
    write_list(tmp_path / "b.xlsx", [whole], unit="市住建局", keys=keys)
    assert merged(tmp_path).conflicts == ()
    write_list(tmp_path / "b.xlsx", [whole | {"percent": 0.9, "deadline": "2027年3月底前"}], unit="市住建局", keys=keys)
    assert fields(merged(tmp_path)) == ["deadline", "percent"]


def test_the_deadlines_of_parts_are_all_shown_and_it_was_done_when_the_last_was(tmp_path: Path) -> None:
    keys = (*CLEAN, "completed_on")
    rows: list[dict[str, Any]] = [
        {"measures": "(1)清理垃圾。", "deadline": date(2026, 9, 30), "status": "已完成", "completed_on": date(2026, 9, 1)},
        {"measures": "(2)修复围栏。", "deadline": date(2027, 3, 31), "status": None, "completed_on": date(2026, 10, 8)},
    ]
    parts(tmp_path / "a.xlsx", "市水务局", rows, keys)
    values = merged(tmp_path).tasks[0].values
    assert values["deadline"] == "2026-09-30\n2027-03-31"
    assert values["completed_on"] == date(2026, 10, 8)


def test_a_part_without_a_status_of_its_own_is_not_asked_again(tmp_path: Path) -> None:
    keys = (*CLEAN, "completed_on", "佐证材料")
    HEADINGS.setdefault("evidence", "evidence")
    done = {"status": "已完成", "completed_on": date(2026, 9, 1), "佐证材料": "验收照片"}
    blank = {"measures": "(2)修复围栏。", "progress": None, "completed_on": None}
    parts(tmp_path / "a.xlsx", "市水务局", [done, blank], keys)
    rules = ["empty-progress", "done-without-date", "done-without-evidence"]
    assert validate([tmp_path], campaign=ROSTER, as_of=DAY, select=rules).findings == ()
    parts(tmp_path / "a.xlsx", "市水务局", [done | {"completed_on": None}, blank], keys)
    found = validate([tmp_path], campaign=ROSTER, as_of=DAY, select=rules).findings
    assert [(finding.slug, finding.row) for finding in found] == [("done-without-date", 4)]


def test_how_far_a_task_is_comes_from_its_lead_unit_alone(tmp_path: Path) -> None:
    keys = (*CLEAN, "percent", "completed_on")
    write_list(tmp_path / "a.xlsx", [{}], unit="市水务局", keys=keys)
    done = {"status": "已完成", "percent": 1, "completed_on": date(2026, 10, 1)}
    write_list(tmp_path / "b.xlsx", [done], unit="市住建局", keys=keys)
    (task,) = merged(tmp_path).tasks
    assert [task.values[key] for key in ("status", "percent", "completed_on")] == ["整改中", None, None]
    (tmp_path / "a.xlsx").unlink()
    write_list(tmp_path / "c.xlsx", [{}], unit="青芜县", keys=keys)
    (task,) = merged(tmp_path).tasks
    assert [task.values[key] for key in ("status", "percent", "completed_on")] == [None, None, None]


def test_two_tables_below_each_other_begin_anew_under_other_lead_units(tmp_path: Path) -> None:
    rows = [{"lead_unit": "青芜县"}, {"task_id": 2, "problem": "料场未覆盖", "lead_unit": "青芜县"}]
    rows += [{**row, "lead_unit": "白堤县"} for row in rows]
    rows[0]["task_id"] = rows[2]["task_id"] = 1
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    assert len(merged(tmp_path).tasks) == 4
    assert validate([tmp_path], campaign=ROSTER, as_of=DAY, select=["duplicate-task"]).findings == ()


def test_tasks_are_ordered_by_number_level_by_level(tmp_path: Path) -> None:
    numbers = ["12", "六(二)", "一", "甲", "六(十)", "七", "六", "2-1", "2"]
    rows = [{"task_id": number, "problem": f"第{at}号料场未覆盖,扬尘扰民"} for at, number in enumerate(numbers)]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    ordered = [task.values["task_id"] for task in merged(tmp_path).tasks]
    assert ordered == ["一", "2", "2-1", "六", "六(二)", "六(十)", "七", "12", "甲"]


@pytest.mark.parametrize(
    ("text", "levels"), [("第7项", (7,)), ("二(三)1", (2, 3, 1)), ("3.2", (3, 2)), ("十百", ()), ("A3", ()), ("9" * 5000, ())]
)
def test_levels_of_a_number(text: str, levels: tuple[int, ...]) -> None:
    assert number_levels(text) == levels


def test_a_part_without_end_says_nothing_of_the_last_day(tmp_path: Path) -> None:
    keys = tuple(CLEAN)
    parts(tmp_path / "a.xlsx", "市水务局", [{"deadline": "2026年9月底前"}, {"deadline": "长期坚持"}], keys)
    write_list(tmp_path / "b.xlsx", [{"deadline": "2026年9月30日"}], unit="市住建局")
    assert "deadline" not in fields(merged(tmp_path))
    write_list(tmp_path / "b.xlsx", [{"deadline": "2026年11月30日"}], unit="市住建局")
    assert "deadline" in fields(merged(tmp_path))


def test_parts_without_a_common_measure_contradict_a_range(tmp_path: Path) -> None:
    keys = tuple(CLEAN)
    parts(tmp_path / "a.xlsx", "市水务局", [{"deadline": "2026年9月底前"}, {"deadline": "2027年9月底前"}], keys)
    parts(tmp_path / "b.xlsx", "市住建局", [{"deadline": "详见附表"}, {"deadline": "2027年9月底前"}], keys)
    assert "deadline" in fields(merged(tmp_path))


def test_who_leads_a_measure_may_cooperate_in_the_whole(tmp_path: Path) -> None:
    whole = {"lead_unit": "市水务局牵头,市住建局配合"}
    shares = [{"lead_unit": "市水务局"}, {"lead_unit": "市住建局"}]
    parts(tmp_path / "a.xlsx", "市水务局", shares, tuple(CLEAN))
    write_list(tmp_path / "b.xlsx", [whole], unit="市住建局")
    assert fields(merged(tmp_path)) == []
    parts(tmp_path / "a.xlsx", "市水务局", [{"lead_unit": "市住建局"}, whole | {"lead_unit": "市住建局"}], tuple(CLEAN))
    assert "lead_unit" in fields(merged(tmp_path))


def test_a_conflict_points_at_the_part_that_says_otherwise(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"deadline": "2026年3月底前"}], unit="市水务局")
    parts(tmp_path / "b.xlsx", "市住建局", [{"deadline": "2026年3月31日"}, {"deadline": "2027年6月底前"}], tuple(CLEAN))
    found = validate([tmp_path], campaign=ROSTER, as_of=DAY, select=["conflicting-reports"]).findings
    told = [(finding.file, finding.cell, finding.value) for finding in found]
    assert told == [("a.xlsx", "F4", "2026年3月底前"), ("b.xlsx", "F5", "2027年6月底前")]


@pytest.mark.parametrize(
    ("category", "same"),
    [("(二)料场扬尘方面", True), ("二、料场扬尘问题(1项)", True), ("料场扬尘整改任务", True), ("料场积水", False)],
)
def test_a_category_is_what_is_left_without_number_and_tail(tmp_path: Path, category: str, same: bool) -> None:
    keys = (*CLEAN, "category")
    write_list(tmp_path / "a.xlsx", [{"category": "料场扬尘"}], unit="市水务局", keys=keys)
    write_list(tmp_path / "b.xlsx", [{"category": category}], unit="市住建局", keys=keys)
    assert fields(merged(tmp_path)) == ([] if same else ["category"])


def sheets(path: Path, *named: tuple[str, str, str]) -> None:
    """A workbook with one list per sheet: the sheet's name, its day of filling in, the progress of its one task."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, filled, progress in named:
        source = write_list(path.with_name("one.xlsx"), [{"progress": progress}], unit="市水务局", filled=filled)
        copied = book.create_sheet(name)
        for row in openpyxl.load_workbook(source).active.iter_rows(values_only=True):
            copied.append(row)
        source.unlink()
    book.save(path)


@pytest.mark.parametrize(
    ("named", "latest"),
    [
        # By the day that each sheet bears, whatever it is called and wherever it stands.
        ([("本月", "2026年10月20日", "已封堵六处"), ("上月", "2026年9月20日", "已封堵两处")], "已封堵六处"),
        # By the month that each sheet is named after.
        ([("9月", "", "已封堵两处"), ("10月", "", "已封堵六处")], "已封堵六处"),
        ([("2026年1月", "", "已封堵六处"), ("2025年12月", "", "已封堵两处")], "已封堵六处"),
        ([("8月进展", "", "已封堵两处"), ("9月进展", "", "已封堵四处"), ("10月进展", "", "已封堵六处")], "已封堵六处"),
    ],
)
def test_a_sheet_for_every_month(tmp_path: Path, named: list[tuple[str, str, str]], latest: str) -> None:
    sheets(tmp_path / "a.xlsx", *named)
    master = merged(tmp_path)
    (task,) = master.tasks
    assert (task.values["progress"], master.conflicts) == (latest, ())
    rules = ["duplicate-task", "superseded-submission", "conflicting-reports"]
    found = validate([tmp_path], campaign=ROSTER, as_of=DAY, select=rules).findings
    assert {finding.slug for finding in found} == {"superseded-submission"}
    assert len(found) == len(named) - 1
    newest = next(name for name, _, progress in named if progress == latest)
    assert all(f"“{newest}”" in finding.message for finding in found)
    # What is late is said of the last sheet alone.
    late = validate([tmp_path], campaign=ROSTER, as_of=date(2027, 2, 1), select=["overdue"]).findings
    assert [finding.sheet for finding in late] == [newest]


@pytest.mark.parametrize(
    "named",
    [
        [("甲", "", "已封堵两处"), ("乙", "", "已封堵六处")],
        # December before or after January: without a year nobody knows.
        [("12月", "", "已封堵两处"), ("1月", "", "已封堵六处")],
        [("12月", "", "已封堵两处"), ("2026年11月", "", "已封堵六处")],
        [("9月", "", "已封堵两处"), ("9月(2)", "", "已封堵六处")],
    ],
)
def test_sheets_that_nothing_orders_are_duplicates(tmp_path: Path, named: list[tuple[str, str, str]]) -> None:
    sheets(tmp_path / "a.xlsx", *named)
    found = validate([tmp_path], campaign=ROSTER, as_of=DAY, select=["duplicate-task"]).findings
    assert len(found) == 1


def test_same_words_under_other_numbers_and_the_same_units_without_roles(tmp_path: Path) -> None:
    led = {"lead_unit": "市水务局牵头,市住建局配合"}
    write_list(tmp_path / "a.xlsx", [led], unit="市水务局")
    write_list(tmp_path / "b.xlsx", [{"task_id": 9, "lead_unit": "市住建局\n市水务局"}], unit="市住建局")
    assert len(merged(tmp_path).tasks) == 1
    write_list(tmp_path / "b.xlsx", [{"task_id": 9, "lead_unit": "市住建局、青芜县"}], unit="市住建局")
    assert len(merged(tmp_path).tasks) == 2


def test_two_units_that_are_named_without_a_lead_share_the_task_that_both_report(tmp_path: Path) -> None:
    """Each list is numbered for itself; what a third unit says of the same words under the same names is another task."""
    shared = {"lead_unit": "市水务局、市住建局"}
    write_list(tmp_path / "a.xlsx", [{**shared, "status": "整改中"}], unit="市水务局")
    write_list(tmp_path / "b.xlsx", [{"task_id": 9, **shared, "status": "未启动"}], unit="市住建局")
    (task,) = merged(tmp_path).tasks
    assert (task.status, fields(merged(tmp_path))) == (None, ["status"])
    write_list(tmp_path / "b.xlsx", [{"task_id": 9, **shared, "status": "未启动"}], unit="青芜县")
    assert len(merged(tmp_path).tasks) == 2


def test_what_one_unit_says_twice_is_shown_once(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}, {}], unit="市水务局")
    (task,) = merged(tmp_path).tasks
    assert task.values["progress"].count(CLEAN["progress"]) == 1


def test_a_task_under_two_spellings_of_its_number_is_named_once(tmp_path: Path) -> None:
    shared = {"lead_unit": "市水务局牵头,市农业农村局配合"}
    write_list(
        tmp_path / "a.xlsx", [{"task_id": "02", **shared}, {"task_id": 3, "problem": "料场未覆盖", **shared}], unit="市水务局"
    )
    write_list(tmp_path / "b.xlsx", [{"task_id": "2.", **shared}], unit="市住建局")
    absent = {absence.unit: absence.tasks for absence in merged(tmp_path).absences}
    assert absent["市农业农村局"] == ("02", "3")


def test_without_a_status_column_a_day_of_completion_counts_as_done(tmp_path: Path) -> None:
    keys = tuple(key for key in CLEAN if key not in ("status", "completed_on"))
    rows = [{"实际完成日期": "2026-10-08"}, {"task_id": 2, "problem": "沙坑未回填"}]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局", keys=(*keys, "实际完成日期"))
    master = merged(tmp_path)
    assert [(task.status, task.is_closed) for task in master.tasks] == [("已完成", True), (None, False)]
    # As the pace that its words tell: what it says later is then its own to change.
    assert [report.values["status"] for report in master.reports] == ["已完成", None]


def test_percentages_in_a_conflict_are_shown_as_percentages(tmp_path: Path) -> None:
    for name, unit, percent in (("a", "市水务局", 0.75), ("b", "市住建局", 0.6)):
        write_list(tmp_path / f"{name}.xlsx", [{"percent": percent}], unit=unit, keys=(*CLEAN, "percent"))
    master = merged(tmp_path)
    assert [(conflict.field, [side.value for side in conflict.sides]) for conflict in master.conflicts] == [
        ("percent", ["75%", "60%"])
    ]


@pytest.mark.parametrize(("one", "other", "same"), [
    ("十二处排口直排", "12处排口直排", True), ("约两百余户未接入", "约200余户未接入", True), ("第三泵站", "第3泵站", False),
    ("三千亩耕地", "3000亩耕地", False), ("十十处", "20处", False), ("二期五公里未验收", "二期5公里未验收", True),
])  # fmt: skip
def test_a_count_in_words_is_one_in_digits(one: str, other: str, same: bool) -> None:
    assert (wording_key(one) == wording_key(other)) is same


def test_a_list_beside_a_table_of_progress_is_one_report_of_the_unit(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    tasks, progress = book.active, book.create_sheet("整改进展")
    tasks.append(["序号", "存在问题", "整改措施", "责任领导", "责任单位", "整改时限"])
    tasks.append([1, LONG, MEASURES, "林知远 副市长", "市水务局", "2026年12月31日"])
    progress.append(["序号", "存在问题", "整改状态", "整改进展"])
    progress.append([1, LONG, "整改中", "已关停四家"])
    book.save(tmp_path / "市水务局.xlsx")
    master = merged(tmp_path)
    [task] = master.tasks
    assert (task.values["progress"], task.values["leader"]) == ("已关停四家", "林知远 副市长")  # no unit's name before it
    assert [finding.slug for finding in validate([tmp_path], campaign=ROSTER, as_of=DAY).findings] == []
