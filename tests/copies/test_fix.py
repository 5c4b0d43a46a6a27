"""Corrected copies: only what the catalogue offers, carried through to the end, originals never touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.common.errors import RectifyError
from rectify_xl.console.correction_text import correction_lines
from rectify_xl.copies import annotate, changes_of, fix
from rectify_xl.provenance.remarks import FILLS
from tests.copies.books import check, corrected, facts, parts, returned, rich
from tests.support.lists import write_list
from tests.support.workbooks import patch

if TYPE_CHECKING:
    from pathlib import Path

SECOND = datetime(2026, 11, 2)  # noqa: DTZ001 - a cell's date has no zone
KEYS = ("task_id", "problem", "measures", "leader", "lead_unit", "deadline", "status", "progress", "completed_on")
UNITS = Campaign(
    issued=date(2026, 7, 1),
    units=(Unit("U1", "澄湖市生态环境局", aliases=("市环保办",), former_names=("澄湖市环境保护局",)),),
)


def cell(path: Path, address: str, sheet: str = "任务清单") -> Any:
    return openpyxl.load_workbook(path)[sheet][address]


def test_texts_stay_texts_and_dates_become_real_dates(tmp_path: Path) -> None:
    original = rich(tmp_path / "市水务局.xlsx")
    before = original.read_bytes()
    result = corrected(original, tmp_path / "out")
    assert original.read_bytes() == before
    assert [(one.sheet, one.cell, one.rules, one.old, one.shown, one.safe) for one in result.changes] == [
        ("任务清单", "J6", ("text-date",), "2026.11.2", "2026-11-02", True),
        ("任务清单", "D7", ("untrimmed-text",), " 钟离岳 副市长", "钟离岳 副市长", True),
    ]
    (copy,) = result.copies
    assert cell(copy.path, "J6").value == SECOND
    assert cell(copy.path, "J6").number_format == "yyyy-mm-dd"
    assert cell(copy.path, "J6").border.left.style == "thin"
    assert cell(copy.path, "D7").value == "钟离岳 副市长"
    rich_cell = openpyxl.load_workbook(copy.path, rich_text=True)["任务清单"]["D7"].value
    assert [getattr(run, "text", run) for run in rich_cell] == ["钟离岳", " 副市长"]
    assert rich_cell[1].font.color.rgb == "FFFF0000"


def test_only_the_corrected_cells_differ(tmp_path: Path) -> None:
    original = rich(tmp_path / "市水务局.xlsx")
    copy = corrected(original, tmp_path / "out").copies[0].path
    before, after = parts(original), parts(copy)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
    assert set(before) == set(after)
    changed, same = facts(original), facts(copy)
    assert {at for at in changed.values if changed.values[at] != same.values[at]} == {"J6", "D7"}
    assert (changed.comments, changed.fills, changed.merges) == (same.comments, same.fills, same.merges)


def test_a_corrected_copy_is_free_of_those_findings_and_correcting_it_changes_nothing(tmp_path: Path) -> None:
    original = rich(tmp_path / "市水务局.xlsx")
    first = corrected(original, tmp_path / "one")
    report = check(first.copies[0].path)
    assert {one.slug for one in report.findings} & {"text-date", "untrimmed-text"} == set()
    assert [one.to_dict() for one in report.findings] == [one.to_dict() for one in first.fixed.report.findings]
    second = corrected(first.copies[0].path, tmp_path / "two")
    assert second.changes == ()
    assert second.copies[0].path.read_bytes() == first.copies[0].path.read_bytes()


def test_one_correction_may_uncover_the_next(tmp_path: Path) -> None:
    original = write_list(
        tmp_path / "a.xlsx", [{"lead_unit": "\u200b澄湖市环境保护局 牵头,市环保办配合 "}], unit="澄湖市生态环境局", keys=KEYS
    )
    report = check(original, campaign=UNITS)
    result = fix(report, [original], tmp_path / "out")
    (change,) = result.changes
    assert change.new == "澄湖市生态环境局 牵头,澄湖市生态环境局配合"
    assert len(change.rules) > 1
    assert not [one for one in check(result.copies[0].path, campaign=UNITS).findings if one.fix]


def test_doubtful_corrections_wait_to_be_asked_for(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"deadline": "12月底前"}], unit="市水务局", keys=KEYS)
    report = check(original, campaign=UNITS)
    assert fix(report, [original], tmp_path / "safe").changes == ()
    (change,) = fix(report, [original], tmp_path / "unsafe", unsafe=True).changes
    assert (change.old, change.shown, change.safe, change.rules) == ("12月底前", "2026年12月底前", False, ("yearless-deadline",))


def test_a_merged_cell_is_corrected_once_for_all_its_rows(tmp_path: Path) -> None:
    rows = [{"leader": "钟离岳 副市长 "}, {"task_id": 2, "problem": "南湖退捕船只没有拆解", "leader": None}]
    original = write_list(tmp_path / "a.xlsx", rows, unit="市水务局", keys=KEYS)
    book: Any = openpyxl.load_workbook(original)
    book.active.merge_cells("D4:D5")
    book.save(original)
    result = corrected(original, tmp_path / "out")
    assert [(one.cell, one.shown) for one in result.changes] == [("D4", "钟离岳 副市长")]
    assert not [one for one in check(result.copies[0].path).findings if one.slug == "untrimmed-text"]


def test_a_formula_is_never_written_over(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"leader": "X"}], unit="市水务局", keys=KEYS)
    formula = '<c r="D4" t="str"><f>A9&amp;" "</f><v xml:space="preserve">钟离岳 副市长 </v></c>'.encode()
    sheet = parts(original)["xl/worksheets/sheet1.xml"]
    start = sheet.index(b'<c r="D4"')
    end = sheet.index(b"</c>", start) + 4
    patch(original, {"xl/worksheets/sheet1.xml": sheet[:start] + formula + sheet[end:]})
    report = check(original)
    assert [one.cell for one in report.findings if one.slug == "untrimmed-text"] == ["D4"]
    assert fix(report, [original], tmp_path / "out").changes == ()


def test_a_category_inside_a_section_heading_is_left_alone(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{}], unit="市水务局", keys=KEYS)
    book: Any = openpyxl.load_workbook(original)
    sheet = book.active
    sheet.insert_rows(4)
    sheet["A4"] = "一、水\u200b环境治理(1项)"
    sheet.merge_cells("A4:I4")
    book.save(original)
    report = check(original)
    offered = [one for one in report.findings if one.fix]
    assert [one.cell for one in offered] == ["A4"]
    assert fix(report, [original], tmp_path / "out").changes == ()


def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"status": "已完成", "completed_on": "20261102"}], unit="市水务局", keys=KEYS)
    patch(original, {"xl/workbook.xml": lambda part: part.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)})
    copy = corrected(original, tmp_path / "out").copies[0].path
    assert cell(copy, "I4").value == SECOND


def test_files_without_anything_to_correct_are_copied_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    clean = write_list(folder / "b.xlsx", [{}], unit="市水务局", keys=KEYS)
    (folder / "c.docx").write_bytes(b"PK a letter")
    dirty = write_list(folder / "a.xlsx", [{"leader": " 钟离岳 副市长"}], unit="市住建局", keys=KEYS)
    result = fix(check(clean, dirty, folder / "c.docx"), [folder], tmp_path / "out")
    assert [copy.path.name for copy in result.copies] == ["a.xlsx", "b.xlsx"]
    assert result.left_out == ("c.docx",)
    assert (tmp_path / "out" / "b.xlsx").read_bytes() == clean.read_bytes()
    assert not (tmp_path / "out" / "c.docx").exists()


def test_a_returned_copy_is_corrected_without_our_old_marks(tmp_path: Path) -> None:
    original = rich(tmp_path / "市水务局.xlsx")
    first = returned(original, tmp_path / "one")
    copy = corrected(first, tmp_path / "two").copies[0].path
    plain = corrected(original, tmp_path / "three").copies[0].path
    assert facts(copy) == facts(plain)
    assert openpyxl.load_workbook(copy).sheetnames == ["任务清单", "选项", "填表说明"]


def test_marked_and_corrected_together_say_what_was_mended(tmp_path: Path) -> None:
    original = rich(tmp_path / "市水务局.xlsx")
    report = check(original)
    corrections = fix(report, [original], tmp_path / "fixed")
    (copy,) = annotate(report, [original], tmp_path / "out", fixed=corrections)
    after = facts(copy.path)
    assert after.values["D7"] == "钟离岳 副市长"
    assert after.fills["D7"] == after.fills["J6"] == FILLS["fixed"]
    assert "原为“ 钟离岳 副市长”，已改为“钟离岳 副市长”" in after.comments["D7"][1]
    book: Any = openpyxl.load_workbook(copy.path)
    assert "【已改正】责任领导：原为" in book["任务清单"]["K7"].value
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[1:8] for row in rows if row[1] == "已改正"] == [
        ["已改正", "任务清单", "J6", "3", "实际完成日期", "“2026.11.2”", "“2026-11-02”"],
        ["已改正", "任务清单", "D7", "4", "责任领导", "“ 钟离岳 副市长”", "“钟离岳 副市长”"],
    ]
    assert any("另有2处已自动改正" in str(row[2]) for row in rows)
    left = [one.message for one in corrections.fixed.report.findings]
    assert [row[7] for row in rows if row[1] in ("错误", "提醒", "提示")] == left
    again = returned(copy.path, tmp_path / "again")
    assert facts(again).fills.get("D7") is None


def test_what_was_corrected_is_told_in_text_and_data(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"leader": "\u3000钟离岳 副市长"}], unit="市水务局", keys=KEYS)
    result = corrected(original, tmp_path / "out")
    lines = list(correction_lines(result, "zh"))
    assert lines[0] == f"已改正 a.xlsx → {tmp_path / 'out' / 'a.xlsx'}"
    assert lines[1] == "  任务清单!D4 “␣钟离岳␣副市长” → “钟离岳␣副市长” [untrimmed-text]"
    assert lines[-1].startswith("共改正 1 处")
    assert "1 cells corrected" in list(correction_lines(result, "en"))[-1]
    assert changes_of(result) == [{
        "file": "a.xlsx", "sheet": "任务清单", "cell": "D4", "field": "leader", "task_id": "1", "rules": ["untrimmed-text"],
        "safe": True, "old": "\u3000钟离岳 副市长", "new": "钟离岳 副市长", "copy": (tmp_path / "out" / "a.xlsx").as_posix(),
    }]  # fmt: skip


def test_a_file_that_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{}], unit="市水务局", keys=KEYS)
    report = check(original)
    write_list(original, [{"leader": "另一人 副市长"}], unit="市水务局", keys=KEYS)
    with pytest.raises(RectifyError, match=r"a\.xlsx"):
        fix(report, [original], tmp_path / "out")
    with pytest.raises(RectifyError, match=r"a\.xlsx"):
        annotate(report, [original], tmp_path / "out")


def test_rules_that_are_left_out_correct_nothing(tmp_path: Path) -> None:
    original = write_list(tmp_path / "a.xlsx", [{"leader": " 钟离岳 副市长"}], unit="市水务局", keys=KEYS)
    campaign = replace(Campaign(), rules=replace(Campaign().rules, ignore=("untrimmed-text",)))
    assert fix(check(original, campaign=campaign), [original], tmp_path / "out").changes == ()
