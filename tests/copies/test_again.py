"""A copy that comes back: our marks are neither read nor kept, the clerk's answers are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.provenance.remarks import COLUMN, COMMENT_LINE, FILLS, NAMES, SHEET
from tests.copies.books import check, corrected, facts, parts, returned, rich, said, with_thread
from tests.support.lists import write_list
from tests.support.workbooks import HEADINGS, by_openpyxl, layout, task

if TYPE_CHECKING:
    from pathlib import Path


def edit(path: Path, cell: str, value: Any, sheet: str = "任务清单") -> Path:
    book: Any = openpyxl.load_workbook(path)
    book[sheet][cell].value = value
    book.save(path)
    return path


def test_marking_twice_gives_the_very_same_file(tmp_path: Path) -> None:
    original = with_thread(rich(tmp_path / "市水务局.xlsx"), "F4")
    first = returned(original, tmp_path / "one")
    second = returned(first, tmp_path / "two")
    assert parts(second) == parts(first)
    assert second.read_bytes() == first.read_bytes()


def test_what_was_mended_is_no_longer_marked(tmp_path: Path) -> None:
    original = rich(tmp_path / "市水务局.xlsx")
    first = edit(returned(original, tmp_path / "one"), "F4", "2026年12月31日前")
    second = returned(first, tmp_path / "two")
    before, after = facts(original), facts(second)
    assert after.fills["F4"] == before.fills["F4"] == "FFFF00"
    assert after.looks["F4"] == before.looks["F4"]
    assert after.comments["F4"] == before.comments["F4"]
    assert after.fills["D5"] == FILLS["error"]
    assert after.widths == before.widths
    listed = [cell.value for row in openpyxl.load_workbook(second).worksheets[0].iter_rows() for cell in row]
    assert not any("尽快完成" in str(value) for value in listed)


def test_when_all_is_mended_nothing_of_ours_is_left_but_the_first_sheet(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"deadline": "尽快"}], unit="市水务局")
    first = edit(returned(original, tmp_path / "one"), "F4", "2026年12月31日前")
    assert said(check(first)) == []
    second = returned(first, tmp_path / "two")
    book: Any = openpyxl.load_workbook(second)
    assert book.sheetnames == [SHEET["zh"], "任务清单"]
    assert "未发现问题" in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    sheet = book["任务清单"]
    assert sheet.max_column == 8
    assert sheet.auto_filter.ref is None
    assert not any(cell.comment or cell.fill.fill_type for row in sheet.iter_rows() for cell in row)
    assert NAMES not in parts(second)["xl/workbook.xml"].decode()
    assert not any("comments" in name or "vml" in name for name in parts(second))


def test_a_sheet_that_the_clerk_deleted_is_made_anew(tmp_path: Path) -> None:
    first = returned(rich(tmp_path / "市水务局.xlsx"), tmp_path / "one")
    book: Any = openpyxl.load_workbook(first)
    del book[SHEET["zh"]]
    book.save(first)
    report = check(first)
    assert said(report) == said(check(tmp_path / "市水务局.xlsx"))
    second: Any = openpyxl.load_workbook(returned(first, tmp_path / "two"))
    assert second.sheetnames == [SHEET["zh"], "任务清单", "选项", "填表说明"]
    heads = [cell.value for cell in second["任务清单"][3]]
    assert heads.count(COLUMN["zh"]) == 1


def test_answers_between_our_lines_are_read_and_kept(tmp_path: Path) -> None:
    first = returned(rich(tmp_path / "市水务局.xlsx"), tmp_path / "one")
    book: Any = openpyxl.load_workbook(first)
    remarks = book["任务清单"]["K4"].value
    book["任务清单"]["K4"].value = f"{remarks}\n已报市政府,待批复"
    comment = book["任务清单"]["F4"].comment
    comment.text = f"{comment.text}\n见公函三号"
    book.save(first)

    report = check(first)
    (unknown,) = [one for one in report.findings if one.slug == "unknown-column"]
    assert unknown.cell == "K3"
    (extras,) = [task.extras for task in report.submissions[0].tables[0].rows if task.row == 4]
    assert extras == {COLUMN["zh"]: "已报市政府,待批复"}

    second = returned(first, tmp_path / "two")
    after: Any = openpyxl.load_workbook(second)["任务清单"]
    assert [cell.value for cell in after[3]].count(COLUMN["zh"]) == 1
    assert after["K4"].value.endswith("\n已报市政府,待批复")
    assert after["K4"].value.count("尽快完成") == 1
    own, _, ours = after["F4"].comment.text.partition(COMMENT_LINE["zh"])
    assert own == "等上级批复\n联系人李四\n见公函三号\n"
    assert ours.count("【") == 1

    plain: Any = openpyxl.load_workbook(corrected(second, tmp_path / "three").copies[0].path)["任务清单"]
    assert plain["K4"].value == "已报市政府,待批复"
    assert plain["K5"].value is None
    assert plain["F4"].comment.text == "等上级批复\n联系人李四\n见公函三号"


def test_rows_that_move_take_their_marks_along(tmp_path: Path) -> None:
    original = write_list(
        tmp_path / "a.xlsx", [{}, {"task_id": 2, "problem": "南湖退捕船只没有拆解", "deadline": "尽快"}], unit="市水务局"
    )
    book: Any = openpyxl.load_workbook(original)
    book.active["F5"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    book.save(original)
    first = returned(original, tmp_path / "one")
    # A row put in by Excel moves cells, names and notes; by hand all three have to be moved.
    moved: Any = openpyxl.load_workbook(first)
    sheet = moved["任务清单"]
    sheet.move_range("A5:I5", rows=1)
    for name, entry in list(moved.defined_names.items()):
        if name.startswith(f"{NAMES}fill"):
            entry.attr_text = entry.attr_text.replace("$F$5", "$F$6")
    moved.save(first)
    after = facts(returned(first, tmp_path / "two"))
    assert after.fills.get("F6") == FILLS["error"]
    assert "F5" not in after.fills
    mended = facts(returned(edit(first, "F6", "2026年12月31日前"), tmp_path / "three"))
    assert mended.fills.get("F6") == "00FF00"


def test_a_clerk_s_own_column_of_that_name_is_reported_as_any_other(tmp_path: Path) -> None:
    keys = ("task_id", "problem", "measures", "leader", "lead_unit", "deadline", "status", "progress", COLUMN["zh"])
    original = write_list(tmp_path / "a.xlsx", [{COLUMN["zh"]: "局长已阅"}], unit="市水务局", keys=keys)
    (finding,) = check(original).findings
    assert (finding.slug, finding.cell) == ("unknown-column", "I3")
    first = returned(original, tmp_path / "one")
    assert [(one.slug, one.cell) for one in check(first).findings] == [("unknown-column", "I3")]
    sheet: Any = openpyxl.load_workbook(first)["任务清单"]
    assert sheet["I4"].value == "局长已阅"


def test_a_clerk_s_own_sheet_of_that_name_stays(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{}], unit="市水务局")
    book: Any = openpyxl.load_workbook(original)
    book.create_sheet(SHEET["zh"])["A1"].value = "自查结果"
    book.save(original)
    first = returned(original, tmp_path / "one")
    assert [one.slug for one in check(first).findings] == ["extra-sheet"]
    second: Any = openpyxl.load_workbook(returned(first, tmp_path / "two"))
    assert second.sheetnames == [f"{SHEET['zh']}(2)", "任务清单", SHEET["zh"]]


def test_marks_are_known_by_their_words_where_a_program_lost_the_stamps(tmp_path: Path) -> None:
    first = returned(rich(tmp_path / "市水务局.xlsx"), tmp_path / "one")
    book: Any = openpyxl.load_workbook(first)
    for name in [name for name in book.defined_names if name.startswith(NAMES)]:
        del book.defined_names[name]
    for name in [entry.name for entry in book.custom_doc_props.props]:
        del book.custom_doc_props[name]
    book.save(first)
    assert said(check(first)) == said(check(tmp_path / "市水务局.xlsx"))
    second: Any = openpyxl.load_workbook(returned(first, tmp_path / "two"))
    assert [cell.value for cell in second["任务清单"][3]].count(COLUMN["zh"]) == 1
    assert second.sheetnames == [SHEET["zh"], "任务清单", "选项", "填表说明"]
    assert second["任务清单"]["F4"].comment.text.count(COMMENT_LINE["zh"]) == 1


def test_a_hidden_list_is_not_excused_by_our_names(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"deadline": "尽快"}], unit="市水务局")
    first = returned(original, tmp_path / "one")
    book: Any = openpyxl.load_workbook(first)
    book.copy_worksheet(book["任务清单"]).title = "新表"
    book["任务清单"].sheet_state = "hidden"
    book.save(first)
    assert ("hidden-sheet", "任务清单") in [(one.slug, one.sheet) for one in check(first).findings]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_either_language_is_known_again(tmp_path: Path, lang: str) -> None:
    original = rich(tmp_path / "市水务局.xlsx")
    first = returned(original, tmp_path / "one", lang=lang)
    assert openpyxl.load_workbook(first).sheetnames[0] == SHEET[lang]
    assert said(check(first)) == said(check(original))
    other = returned(first, tmp_path / "two", lang="zh")
    assert parts(other) == parts(returned(original, tmp_path / "three", lang="zh"))


def test_a_width_that_was_changed_for_our_column_is_as_it_was(tmp_path: Path) -> None:
    original = rich(tmp_path / "市水务局.xlsx")
    plain = corrected(returned(original, tmp_path / "one"), tmp_path / "two").copies[0].path
    sheets = [parts(path)["xl/worksheets/sheet1.xml"] for path in (original, plain)]
    before, after = (sheet[sheet.index(b"<cols>") : sheet.index(b"<sheetData>")] for sheet in sheets)
    assert after == before


def test_what_is_said_of_a_row_of_two_lists_side_by_side_is_said_once(tmp_path: Path) -> None:
    heads = [*HEADINGS, "整改状态"]
    faulty, other = [*task(1, "东渠"), "差不多了"], [*task(1, "甲塘"), "整改中"]
    original = by_openpyxl(tmp_path / "a.xlsx", layout([heads + heads, faulty + other]))
    book: Any = openpyxl.load_workbook(returned(original, tmp_path / "one"))
    assert book["任务清单"].cell(1, 15).value == COLUMN["zh"]
    assert str(book["任务清单"].cell(2, 15).value).count("差不多了") == 1
