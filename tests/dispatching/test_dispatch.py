"""What every unit is sent: its open tasks with last month's words, and what is asked of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

import rectify_xl as rx
from rectify_xl.dispatching import make_forms
from rectify_xl.intake.document_properties import read_marks
from rectify_xl.intake.files import read_file
from rectify_xl.ledger.roles import roles_of
from rectify_xl.provenance.stamp import BASE, ROUND, UNIT
from tests.ledger.lists_with_parts import random_master
from tests.support.commands import run
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

LATER = ("--as-of", "2026-12-05")


def sent(folder: Path, **options: Any) -> rx.Dispatched:
    return rx.dispatch(folder / "总台账.xlsx", folder / "out", campaign=folder, as_of="2026-12-01", **options)


def table(path: Path, name: str = "整改任务清单") -> tuple[Worksheet, dict[str, int], list[dict[str, Any]]]:
    """The list of a dispatched workbook: the sheet, heading -> column, and its rows by heading."""
    sheet = openpyxl.load_workbook(path)[name]
    columns = {str(cell.value): cell.column for cell in sheet[4] if cell.value}
    rows = [{head: sheet.cell(row, at).value for head, at in columns.items()} for row in range(5, sheet.max_row + 1)]
    return sheet, columns, [row for row in rows if row.get("任务标识")]


def fill(path: Path, *, row: int = 5, **values: Any) -> None:
    """Write into a row of a list, the first one by default, as a clerk does."""
    book = openpyxl.load_workbook(path)
    sheet = book["整改任务清单"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    for head, value in values.items():
        sheet.cell(row, columns[head]).value = value
    book.save(path)


def test_one_workbook_per_unit_with_its_open_tasks_and_a_form_where_there_is_none(folder: Path) -> None:
    done = sent(folder)
    assert [(file.path, file.unit, file.tasks, file.lead, file.cooperating) for file in done.files] == [
        ("市水务局.xlsx", "市水务局", 2, 2, 0),
        ("市住建局.xlsx", "市住建局", 1, 0, 1),
        ("东明县.xlsx", "东明县", 1, 1, 0),  # 各县区 are its members
        ("西宁区.xlsx", "西宁区", 1, 1, 0),
    ]
    assert done.without_tasks == ("市农业局", "市教育局")  # all struck off; must report
    assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(
        file.path for file in (*done.files, *done.zero_forms)
    )
    again = sent(folder)
    assert again.to_dict() == done.to_dict()
    assert repr(done).count("\n") == 0


@pytest.mark.parametrize(("state", "is_sent"), [("反弹", True), ("整改中", True), ("已完成", False), (None, False)])
def test_a_task_that_came_back_is_sent_though_it_keeps_the_day_on_which_it_was_struck_off(
    folder: Path, state: str | None, *, is_sent: bool
) -> None:
    book = openpyxl.load_workbook(folder / "总台账.xlsx")
    sheet = book["总台账"]
    columns = {cell.value: cell.column for cell in sheet[3]}
    row = next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, columns["问题描述"]).value == "畜禽粪污直排")
    sheet.cell(row, columns["整改状态"]).value = state
    sheet.cell(row, columns["销号日期"]).value = date(2026, 11, 2)
    book.save(folder / "总台账.xlsx")
    assert ("市农业局" in [file.unit for file in sent(folder).files]) is is_sent


def test_a_unit_that_was_renamed_is_sent_what_it_said_under_its_old_name(folder: Path) -> None:
    def received(unit: str) -> tuple[list[dict[str, Any]], list[Any]]:
        book = folder / "out" / f"{unit}.xlsx"
        asked = table(book, "本期要求")[0].iter_rows(min_row=4, values_only=True)
        return table(book)[2], [cell for row in asked for cell in row]

    sent(folder)
    rows, asked = received("市水务局")
    assert [row["上期进展"] for row in rows if row["上期进展"]]
    path = folder / "units.csv"
    renamed = path.read_text("utf-8").replace("U01,市水务局,水务局,", "U01,市水资源局,市水务局|水务局,")
    path.write_text(renamed, "utf-8")
    sent(folder)
    assert received("市水资源局") == (rows, asked)


def test_where_no_zero_report_is_asked_for_none_is_sent_and_another_period_than_the_month_is_named(folder: Path) -> None:
    path = folder / "campaign.yaml"
    path.write_text(f"{path.read_text('utf-8')}reporting: {{period: quarter, zero_report: false}}\n", "utf-8")
    done = sent(folder)
    assert (done.without_tasks, len(done.files)) == ((), 4)
    asked = openpyxl.load_workbook(folder / "out" / "市水务局.xlsx")["本期要求"]
    assert any("整改进展按季度报送。" in str(cell.value) for row in asked.iter_rows() for cell in row)


def test_last_months_words_stand_beside_the_empty_cells(folder: Path) -> None:
    sent(folder)
    sheet, columns, rows = table(folder / "out" / "市水务局.xlsx")
    first = rows[0]
    assert (first["任务标识"], first["角色"], first["整改状态"], first["备注"]) == ("T0001", "牵头", "整改中", "每月十日前报")
    assert (first["上期进展"], first["整改进展"], first["完成率"]) == ("已封堵四处排口,截污管铺设二百一十米", None, None)
    locked = {head: sheet.cell(5, at).protection.locked for head, at in columns.items()}
    assert {head for head in locked if locked[head]} >= {"问题描述", "角色", "上期进展", "任务标识", "牵头单位"}
    assert {head for head in locked if not locked[head]} >= {"整改进展", "整改状态", "验收日期", "问题类别"}
    assert sheet.protection.sheet
    assert (sheet.protection.password, sheet.protection.autoFilter, sheet.protection.sort) == (None, False, False)  # allowed
    assert sheet.auto_filter.ref
    assert sheet.column_dimensions[openpyxl.utils.get_column_letter(columns["任务标识"])].hidden


def test_a_cooperating_unit_is_told_its_role_and_gets_nobody_elses_words(folder: Path) -> None:
    sent(folder)
    (row,) = table(folder / "out" / "市住建局.xlsx")[2]
    assert (row["角色"], row["上期进展"], row["整改状态"], row["备注"]) == ("配合", None, None, None)


def test_the_stamp_names_campaign_round_unit_and_the_masters_bytes(folder: Path) -> None:
    import hashlib

    sent(folder, round_id="第2轮")
    marks = read_marks((folder / "out" / "市水务局.xlsx").read_bytes()).properties
    digest = hashlib.sha256((folder / "总台账.xlsx").read_bytes()).hexdigest()
    assert (marks[ROUND], marks[UNIT], marks[BASE]) == ("第2轮", "市水务局", digest)


@pytest.mark.parametrize("seed", range(12))
def test_every_open_task_is_in_exactly_one_workbook_of_each_of_its_units(seed: int) -> None:
    master = random_master(seed)
    forms = make_forms(master, base="", campaign=master.campaign).forms
    for form in forms:
        keys = [row.key for row in form.rows]
        assert len(keys) == len(set(keys)) == len(form.sent)
    found = [(row.key.partition(".")[0], form.unit) for form in forms for row in form.rows]
    for task in master.tasks:
        roles = roles_of(task.values, master.campaign)
        struck_off = bool(task.state and task.state.struck_off)
        for unit in (*roles.lead, *roles.cooperating):
            assert ((task.key, unit) in found) is not struck_off
    assert len({form.unit for form in forms}) == len(forms)


def test_parts_of_a_task_are_rows_of_their_own(tmp_path: Path) -> None:
    further = {"task_id": None, "problem": None, "measures": "更换支管", "deadline": "2027年6月底前"}
    parts = [{"measures": "更换主管", "deadline": "2026年12月底前"}, {**further, "progress": "支管设计完成"}]
    write_list(tmp_path / "a.xlsx", parts, unit="市水务局")
    rx.merge(tmp_path / "a.xlsx", as_of="2026-11-21").to_excel(tmp_path / "m.xlsx")
    done = rx.dispatch(tmp_path / "m.xlsx", tmp_path / "out", unit="市水务局", as_of="2026-12-01")
    assert [(file.tasks, file.lead) for file in done.files] == [(1, 1)]
    rows = table(tmp_path / "out" / "市水务局.xlsx")[2]
    assert [(row["任务标识"], row["整改措施"], row["整改时限"]) for row in rows] == [
        ("T0001.1", "更换主管", "2026年12月底前"), ("T0001.2", "更换支管", "2027年6月底前"),
    ]  # fmt: skip
    assert [row["上期进展"] for row in rows] == ["已封堵四处排口,截污管铺设二百一十米", "支管设计完成"]
    book = openpyxl.load_workbook(tmp_path / "out" / "市水务局.xlsx")
    sheet = book["整改任务清单"]
    above, below = ([cell.value for cell in sheet[row]] for row in (5, 6))
    for at, (one, other) in enumerate(zip(above, below, strict=True), 1):  # a clerk sorts the list
        sheet.cell(5, at).value, sheet.cell(6, at).value = other, one
    book.save(tmp_path / "back.xlsx")
    report = rx.validate(tmp_path / "back.xlsx", as_of="2026-12-05")
    assert [(task.key, task.part_of) for task in report.submissions[0].tables[0].rows] == [("T0001.2", None), ("T0001.1", 5)]
    assert [finding.slug for finding in report.findings] == ["empty-submission"]


def test_each_unit_is_sent_the_parts_for_which_it_answers(tmp_path: Path) -> None:
    further = {"task_id": None, "problem": None, "measures": "更换支管", "lead_unit": "县水利局", "coop_units": "龙泉镇"}
    rows = [{"measures": "更换主管", "lead_unit": "龙泉镇", "coop_units": "县住建局"}, further]
    write_list(tmp_path / "a.xlsx", rows, keys=(*CLEAN, "coop_units"))
    rx.merge(tmp_path / "a.xlsx", as_of="2026-11-21").to_excel(tmp_path / "m.xlsx")
    rx.dispatch(tmp_path / "m.xlsx", tmp_path / "out", as_of="2026-12-01")
    first, second = ("T0001.1", "龙泉镇", "县住建局"), ("T0001.2", "县水利局", "龙泉镇")
    for unit, expected in {
        "龙泉镇": [("牵头", *first), ("配合", *second)], "县水利局": [("牵头", *second)], "县住建局": [("配合", *first)],
    }.items():  # fmt: skip
        sent_rows = table(tmp_path / "out" / f"{unit}.xlsx")[2]
        assert [(row["角色"], row["任务标识"], row["牵头单位"], row["配合单位"]) for row in sent_rows] == expected


def test_a_workbook_that_comes_back_as_it_went_out_reports_nothing_and_gets_one_finding(folder: Path) -> None:
    sent(folder)
    for path in (folder / "out").glob("*.xlsx"):
        report = rx.validate(path, campaign=folder, as_of="2026-12-05")
        assert [finding.slug for finding in report.findings] == ["empty-submission"], path.name


def test_a_filled_workbook_is_judged_by_what_was_filled_in(folder: Path) -> None:
    sent(folder)
    path = folder / "out" / "市水务局.xlsx"
    fill(path, 整改进展="排口全部封堵，截污管三百米通水", 整改状态="已完成")
    found = rx.validate(path, campaign=folder, as_of="2026-12-05").findings
    assert {finding.row for finding in found if finding.slug != "empty-progress"} == {5}
    assert [finding.row for finding in found if finding.slug == "empty-progress"] == [6]
    assert not {finding.slug for finding in found} & {
        "hidden-column",
        "unknown-column",
        "wrong-template",
        "hidden-sheet",
        "extra-sheet",
    }
    submission = read_file(path, "a.xlsx", rx.load_schema("task_list"))
    assert submission.dispatched["T0001"]["status"] == "整改中"
    assert "progress" not in submission.dispatched["T0001"]
    # What was sent only to be read is no word of the unit.
    assert [row.extras for row in submission.tables[0].rows] == [{}, {}]


def test_a_unit_is_not_told_to_mend_what_the_office_has_sent_it(folder: Path) -> None:
    """尽快 stands in 总台账, and 时限不明 tells the office; a leader is missing in a cell that the unit may fill in."""
    sent(folder)
    path = folder / "out" / "市水务局.xlsx"
    for limit, told in ((None, {"missing-leader"}), ("视情况", {"missing-leader", "vague-deadline"})):
        values = {"整改时限": limit} if limit else {}
        fill(path, row=6, 整改进展="主管已更换四百米，支管完成设计", **values)
        found = rx.validate(path, campaign=folder, as_of="2026-12-05").findings
        assert {one.slug for one in found if one.row == 6 and one.code[0] in "LUD"} == told
    master = rx.merge(path, campaign=folder, base=folder / "总台账.xlsx", as_of="2026-12-05")
    assert "4" in {task.name for task in master.unclear}


def test_two_tasks_that_the_office_has_numbered_alike_are_no_finding_on_the_unit(folder: Path) -> None:
    """A row that the office copied keeps its number, and so do tasks from lists that each unit numbers for itself."""
    book = openpyxl.load_workbook(folder / "总台账.xlsx")
    sheet = book["总台账"]
    columns = {cell.value: cell.column for cell in sheet[3]}
    rows = {str(sheet.cell(row, columns["任务编号"]).value): row for row in range(4, sheet.max_row + 1)}
    for head in ("任务编号", "问题描述", "整改措施"):
        sheet.cell(rows["4"], columns[head]).value = sheet.cell(rows["1"], columns[head]).value
    book.save(folder / "总台账.xlsx")
    sent(folder)
    path = folder / "out" / "市水务局.xlsx"
    for row in (5, 6):
        fill(path, row=row, 整改进展=f"第 {row} 处已完成设计，完成招标")

    def doubled() -> list[str | None]:
        found = rx.validate(path, campaign=folder, as_of="2026-12-05").findings
        return [one.cell for one in found if one.slug in ("duplicate-number", "duplicate-task")]

    assert doubled() == []
    key = next(cell.column for cell in table(path)[0][4] if cell.value == "任务标识")
    book = openpyxl.load_workbook(path)
    sheet = book["整改任务清单"]
    sheet.cell(6, key).value = sheet.cell(5, key).value  # a row that the unit itself has copied
    book.save(path)
    assert doubled() == ["A6"]


def test_one_such_heading_alone_may_be_a_column_of_the_unit(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{"角色": "具体承办"}], unit="市水务局", keys=(*CLEAN, "角色"))
    (row,) = read_file(path, "a.xlsx", rx.load_schema("task_list")).tables[0].rows
    assert list(row.extras.values()) == ["具体承办"]


def test_the_key_column_may_be_shown_and_moved_and_our_sheets_unhidden(folder: Path) -> None:
    sent(folder)
    book = openpyxl.load_workbook(folder / "out" / "市水务局.xlsx")
    for sheet in book.worksheets:
        sheet.sheet_state = "visible"
    sheet = book["整改任务清单"]
    last = next(cell.column for cell in sheet[4] if cell.value == "任务标识")
    sheet.column_dimensions[openpyxl.utils.get_column_letter(last)].hidden = False
    for row in range(4, 8):
        sheet.cell(row, last + 2).value, sheet.cell(row, last).value = sheet.cell(row, last).value, None
    book.save(folder / "back.xlsx")
    report = rx.validate(folder / "back.xlsx", campaign=folder, as_of="2026-12-05")
    assert [finding.slug for finding in report.findings] == ["empty-submission"]
    assert [task.key for task in report.submissions[0].tables[0].rows] == ["T0001", "T0004"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sheet: sheet.append(["甲", "私藏的任务"]),
        lambda sheet: sheet.append(["T0001", "同一标识两次"]),
        lambda sheet: sheet.cell(1, 1, "标识"),
        lambda sheet: sheet.cell(2, 99, "表外"),
    ],
)
def test_a_sheet_that_only_claims_to_be_ours_is_judged_as_any_hidden_one(folder: Path, spoil: Any) -> None:
    sent(folder)
    book = openpyxl.load_workbook(folder / "out" / "市水务局.xlsx")
    spoil(book["派发底稿"])
    book.save(folder / "back.xlsx")
    submission = read_file(folder / "back.xlsx", "a.xlsx", rx.load_schema("task_list"))
    assert submission.dispatched == {}
    assert "hidden-sheet" in {fault.slug for fault in submission.faults}


def test_what_is_asked_stands_on_one_page(folder: Path) -> None:
    sent(folder)
    sheet = openpyxl.load_workbook(folder / "out" / "东明县.xlsx")["本期要求"]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert "逾期 31 天" in text
    assert "牵头 1 项、配合 0 项" in text
    water = openpyxl.load_workbook(folder / "out" / "市水务局.xlsx")["本期要求"]
    asked = [str(cell.value) for row in water.iter_rows() for cell in row if cell.value is not None]
    assert any("没有责任领导" in line for line in asked)
    assert any("整改时限：尽快" in line for line in asked)


@pytest.mark.parametrize(("state", "is_asked"), [(None, True), ("整改中", False), ("反弹", False)])
def test_what_the_office_has_put_right_itself_is_asked_of_nobody(folder: Path, state: str | None, *, is_asked: bool) -> None:
    sent(folder)
    master, back = folder / "总台账.xlsx", folder / "out" / "市水务局.xlsx"
    fill(back, 整改状态="未启动", 整改进展="设备撤场，排口没有封堵", 完成率=0.3)
    rx.merge(back, campaign=folder, base=master, as_of="2026-12-05").to_excel(master)
    if state:
        book = openpyxl.load_workbook(master)
        columns = {cell.value: cell.column for cell in book["总台账"][3]}
        book["总台账"].cell(4, columns["整改状态"]).value = state
        book.save(master)
    rx.dispatch(master, folder / "next", campaign=folder, as_of="2026-12-06")
    cells = openpyxl.load_workbook(folder / "next" / "市水务局.xlsx")["本期要求"].iter_rows(values_only=True)
    asked = "\n".join(str(cell) for row in cells for cell in row if cell is not None)
    assert ("状态由“整改中”变为“未启动”" in asked) is is_asked
    assert ("完成率30%低于上期的50%" in asked) is (state != "反弹")


@pytest.mark.parametrize("column", ["问题描述", "整改状态", "整改进展", "备注"])
def test_the_form_of_a_zero_report_is_a_zero_report_once_it_says_so(folder: Path, column: str) -> None:
    sent(folder)
    path = folder / "out" / "市教育局.xlsx"
    fill(path, **{column: "本期零报告"})
    report = rx.validate(path, campaign=folder, as_of="2026-12-05")
    assert [(finding.slug, str(finding.severity)) for finding in report.findings] == [("empty-submission", "info")]


def test_a_workbook_that_somebody_has_saved_is_not_overwritten(folder: Path) -> None:
    sent(folder)
    path = folder / "out" / "市水务局.xlsx"
    fill(path, 整改进展="排口全部封堵")
    before = path.read_bytes()
    with pytest.raises(rx.RectifyError, match="派发后有人存过"):
        sent(folder)
    assert path.read_bytes() == before
    path.write_bytes(b"x")
    with pytest.raises(rx.RectifyError, match="没有覆盖"):
        sent(folder)
    path.unlink()
    write_list(path, [{}])
    with pytest.raises(rx.RectifyError, match="不是以前派发的填报表"):
        sent(folder)
    path.unlink()
    path.mkdir()
    with pytest.raises(rx.RectifyError):
        sent(folder)


def test_the_command_tells_what_it_made_and_what_to_check(folder: Path) -> None:
    words = ("dispatch", folder / "总台账.xlsx", "-o", folder / "out", "--campaign", folder, *LATER)
    (folder / "out").mkdir()
    (folder / "out" / "旧.xlsx").write_bytes(b"")
    text = run(*words)
    assert text.exit_code == 0
    assert "市水务局.xlsx  任务 2 项（牵头 2，配合 0）" in text.stdout
    assert "6 个单位的填报表，其中零报告表 2 个" in text.stdout
    assert "旧.xlsx" in text.stderr
    result = json.loads(run(*words, "--format", "json").stdout)
    assert list(result) == ["version", "round", "files", "without_tasks", "zero_reports"]
    assert list(result["files"][0]) == ["path", "unit", "tasks", "lead", "cooperating", "sha256"]
    one = run(*words, "--unit", "水务局", "--lang", "en", "--as-of", "2026-11-25")
    assert (one.exit_code, one.stderr) == (0, "")
    assert "2 tasks (2 lead, 0 cooperating)" in one.stdout
    for wrong in (("--unit", "市水务"), ("--round", "a/b")):
        assert run(*words, *wrong).exit_code == 2


def test_a_list_is_no_master(folder: Path) -> None:
    result = run("dispatch", folder / "in" / "水务.xlsx", "-o", folder / "out")
    assert result.exit_code == 2
    assert "没有任务标识" in result.stderr
    assert result.stderr.count("\n") == 1
    assert run("dispatch", folder / "none.xlsx", "-o", folder / "out").exit_code == 2
    with pytest.raises(TypeError, match="unit"):
        sent(folder, unit=3)


def test_tasks_without_a_unit_and_new_rows_are_told(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "总台账.xlsx")
    sheet = book["总台账"]
    head = next(row for row in range(1, 8) if "任务标识" in {cell.value for cell in sheet[row]})
    columns = {cell.value: cell.column for cell in sheet[head]}
    for number, unit in (("90", None), ("91", "市住建局"), ("92", "市气象局")):
        row = sheet.max_row + 1
        for label, value in {"任务编号": number, "问题描述": f"{number}号点位裸土未盖", "牵头单位": unit}.items():
            sheet.cell(row, columns[label]).value = value
    book.save(folder / "总台账.xlsx")
    done = sent(folder)
    assert [file.tasks for file in done.files if file.unit == "市住建局"] == [2]
    notes = [note.zh for note in done.notes]
    assert any("未派发：90" in note for note in notes)
    assert any("3 项任务是新加的行" in note for note in notes)
    assert any("不在单位名册中" in note and "市气象局" in note for note in notes)


def test_a_due_date_that_has_passed_is_told(folder: Path) -> None:
    def told(day: str, **options: Any) -> bool:
        master, out = folder / "总台账.xlsx", folder / "out"
        done = rx.dispatch(master, out, campaign=folder, as_of=day, unit="市水务局", **options)
        return any("报送截止日期 2026-11-25 已过" in note.zh for note in done.notes)

    assert not told("2026-11-25")  # the day itself
    assert told("2026-11-26")
    assert not told("2026-11-26", round_id="2026-12")  # of another round nobody knows the day


def test_without_a_campaign_the_names_are_as_written(tmp_path: Path) -> None:
    write_list(
        tmp_path / "a.xlsx",
        [{"lead_unit": "甲/乙县水务局"}, {"task_id": 2, "problem": "南渠淤积", "status": "已销号", "lead_unit": "市林业局"}],
        unit="某局",
    )
    rx.merge(tmp_path / "a.xlsx", as_of="2026-11-21").to_excel(tmp_path / "m.xlsx")
    done = rx.dispatch(tmp_path / "m.xlsx", tmp_path / "out", as_of="2026-12-01")
    assert all("/" not in file.path for file in done.files)
    assert done.without_tasks == ("市林业局",)
    with pytest.raises(rx.RectifyError, match="台账里没有"):
        rx.dispatch(tmp_path / "m.xlsx", tmp_path / "out", unit="市人防办", as_of="2026-12-01")


def test_a_workbook_made_alone_is_called_as_among_all_others(tmp_path: Path) -> None:
    """Two units whose names are one to a file system, and one whose name looks like a lock file, of which no list is read."""
    units = ("甲/乙局", "甲?乙局", "~$丙局")
    (tmp_path / "campaign.yaml").write_text("units: units.csv\n", "utf-8")
    (tmp_path / "units.csv").write_text("name,reports\n" + "".join(f"{unit},yes\n" for unit in units), "utf-8")
    for number, unit in enumerate(units[:2], 1):
        row = {"task_id": number, "problem": f"第{number}处排口没有截污", "lead_unit": unit}
        write_list(tmp_path / "in" / f"{number}.xlsx", [row], unit=unit)
    rx.merge(tmp_path / "in", campaign=tmp_path, as_of="2026-11-21").to_excel(tmp_path / "总台账.xlsx")
    done = sent(tmp_path)
    names = {file.unit: file.path for file in (*done.files, *done.zero_forms)}
    assert names == dict(zip(units, ("甲_乙局.xlsx", "甲_乙局(2).xlsx", "_~$丙局.xlsx"), strict=True))
    for unit in units:
        done = sent(tmp_path, unit=unit)
        assert [file.path for file in (*done.files, *done.zero_forms)] == [names[unit]]
    stamped = {unit: read_marks((tmp_path / "out" / name).read_bytes()).properties[UNIT] for unit, name in names.items()}
    assert stamped == {unit: unit for unit in units}


def test_undecided_conflicts_pending_rows_and_absences_are_asked(folder: Path) -> None:
    master = rx.read_master(folder / "总台账.xlsx", campaign=folder, as_of="2026-12-01")
    side = rx.ConflictSide("市水务局", "已完成", "a.xlsx!清单!K4")
    other = rx.ConflictSide("市住建局", "整改中", "b.xlsx!清单!K4")
    row = rx.SourceRow("a.xlsx", "清单", 9)
    master = replace(
        master,
        conflicts=(
            rx.ConflictRecord("1", "status", (side, other), key="T0001", ours="整改中"),
            rx.ConflictRecord("1", "deadline", (side,), key="T0001", kind="refused"),
            rx.ConflictRecord("1", "leader", (side,), key="T0001", decision="保留台账"),
        ),
        pending=(rx.PendingRecord("市水务局", {"problem": "新建泵站缺电"}, row, "unknown"),),
        absences=(rx.AbsenceRecord("市水务局", "missing"), rx.AbsenceRecord("市水务局", "口头报过")),
        findings=tuple(
            rx.FindingRecord(
                "warning", "佐证材料没有编号", "P1 x", unit="市水务局",
                file=at.file, sheet=at.sheet, cell=f"Q{at.row}", field="evidence",
            )
            for task in master.tasks for at in task.rows
        ),
    )  # fmt: skip
    for lang in ("zh", "en"):
        forms = make_forms(master, base="", campaign=master.campaign, unit="市水务局", lang=lang).forms
        asked = {section.title: section.requests for section in forms[0].asked.sections}
        assert [len(requests) for requests in asked.values()][:5] == [1, 1, 2, 1, 1]
    form = make_forms(master, base="", campaign=master.campaign, unit="市水务局").forms[0]
    states = [request.state for section in form.asked.sections for request in section.requests]
    assert "2026-11 没有报送" in states
    assert any("市住建局填“整改中”" in state and "台账为“整改中”" in state for state in states)
    assert any("新建泵站缺电" in state for state in states)
    (found,) = [request for section in forms[0].asked.sections for request in section.requests if "佐证" in request.state]
    assert found.task == "1, 4"  # equal ones together; those of tasks that are struck off are past


def test_decisions_that_stand_in_the_master_are_followed_and_told(folder: Path) -> None:
    path = folder / "总台账.xlsx"
    master = rx.read_master(path, campaign=folder)
    task = next(task for task in master.tasks if task.lead)
    side = rx.ConflictSide(task.lead[0], "2027年6月底前", "a.xlsx!清单!K4")
    conflict = rx.ConflictRecord(task.name, "deadline", (side,), key=task.key, kind="refused", decision=f"采用{task.lead[0]}填报")
    rx.write_master(replace(master, conflicts=(conflict,), pending=()), path)
    before = path.read_bytes()
    done = sent(folder, unit=task.lead[0])
    assert path.read_bytes() == before
    assert any("有 1 条处理意见还没有写进总台账，填报表已按这些意见生成" in note.zh for note in done.notes)
    rows = table(folder / "out" / done.files[0].path)[2]
    assert [row["整改时限"] for row in rows if row["任务标识"] == task.key] == ["2027年6月底前"]
