"""Text for the terminal: folding, levels, sheets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.console.report_text import master_lines, report_lines, summarized_line, tally_lines
from rectify_xl.workflow.validate import validate
from tests.support.ledgers import a_master, a_task, in_doubt
from tests.support.lists import CLEAN, HEADINGS, write_list

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 21)


def lines(path: Path, **options: object) -> list[str]:
    report = validate([path], as_of=DAY, **options)  # type: ignore[arg-type]
    return list(report_lines(report))


def test_separate_cells_are_named_one_by_one_and_cut_after_six(tmp_path: Path) -> None:
    faulty = {1, 3, 5, 7, 9, 11, 13, 15}
    rows = [{"task_id": n, "problem": f"{n}号渠淤积", "leader": None if n in faulty else "冷泉 副市长"} for n in range(1, 17)]
    path = write_list(tmp_path / "a.xlsx", rows)
    (line,) = (line for line in lines(path, select=["missing-leader"]) if "missing-leader" in line)
    assert line.strip().startswith("D4、D6、D8、D10、D12、D14… 错误")


def test_findings_stand_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    rows = [{"deadline": "9月前", "leader": None}, {"task_id": 2, "problem": "乙渠淤积", "deadline": "待定", "leader": None}]
    shown = [line.split()[:2] for line in lines(write_list(tmp_path / "a.xlsx", rows)) if line.startswith("  ")]
    assert shown == [["D4、D5", "错误"], ["F4", "提醒"], ["F4", "提醒"], ["F5", "错误"]]


def test_a_file_with_two_tables_names_the_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("大气", "水"):
        sheet = book.create_sheet(name)
        sheet.append([HEADINGS[key] for key in CLEAN])
        sheet.append([CLEAN[key] if key != "leader" else None for key in CLEAN])
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    shown = lines(tmp_path / "a.xlsx", select=["L"])
    assert any("大气!D2" in line for line in shown)
    assert any("水!D2" in line for line in shown)


def test_skipped_and_rejected_files_are_named(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}])
    (tmp_path / "~$a.xlsx").write_bytes(b"")
    (tmp_path / "b.xlsx").write_bytes(b"nothing")
    shown = lines(tmp_path)
    assert "b.xlsx（未采用）" in shown
    assert "未当作报送件：~$a.xlsx（临时锁文件）" in shown


def test_what_can_be_corrected_says_by_which_option(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{"deadline": "12月底前", "problem": " 甲渠淤积 "}])
    shown = lines(path, select=["untrimmed-text", "yearless-deadline", "missing-leader"])
    (trimmed,) = (line for line in shown if "untrimmed-text" in line)
    (yearless,) = (line for line in shown if "yearless-deadline" in line)
    assert "可用 --fix 自动改正" in trimmed
    assert "可用 --fix --unsafe 自动改正" in yearless
    report = validate([path], as_of=DAY, lang="en", select=["untrimmed-text"])
    assert any("--fix corrects it" in line for line in report_lines(report, "en"))


def test_the_tally_counts_each_rule_by_severity_the_most_frequent_first(tmp_path: Path) -> None:
    rows = [{"task_id": n, "problem": f"{n}号渠淤积", "deadline": "尽快", "leader": None if n > 1 else "冷泉"} for n in (1, 2, 3)]
    report = validate([write_list(tmp_path / "a.xlsx", rows)], as_of=DAY, select=["D502", "L"])
    words = [line.split()[:3] for line in tally_lines(report)]
    assert words == [
        ["错误", "3", "vague-deadline"], ["错误", "2", "missing-leader"], ["提醒", "1", "leader-without-title"],
    ]  # fmt: skip
    assert "What" not in "".join(tally_lines(report, "en"))


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "逾期 2 项（其中 1 项时限存疑）"), ("en", "2 overdue (1 by a date in doubt)")]
)
def test_tasks_overdue_by_a_date_in_doubt_are_told_apart(lang: str, words: str) -> None:
    late = a_task("1", "市水务局", flag="overdue", days=9)
    master = a_master([late, in_doubt(late)])
    assert words in summarized_line(master, "总台账.xlsx", lang)
    assert words in next(iter(master_lines(master, "总台账.xlsx", lang)))
    assert "存疑" not in summarized_line(a_master([late]), "总台账.xlsx", "zh")


def test_a_cell_on_another_sheet_than_the_list_is_named_with_its_sheet(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{}])
    book = openpyxl.load_workbook(path)
    row = [cell.value for cell in book.worksheets[0][4]]
    book.create_sheet("续表").append([2, "乙渠淤积", *row[2:]])
    book.save(path)
    (line,) = (line for line in lines(path) if "unread-rows" in line)
    assert line.split()[:2] == ["续表!B1", "错误"]


def test_findings_about_all_files_say_so(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"task_id": n, "problem": f"{n}号渠淤积"} for n in (1, 2, 5)])
    assert any(line.split()[0] == "全部" and "number-gap" in line for line in lines(tmp_path))
    (tmp_path / "b.xlsx").write_bytes(b"nothing")
    assert any(line.split()[0] == "文件" and "disguised-file" in line for line in lines(tmp_path))


def test_infos_of_one_rule_are_one_line_whatever_names_they_hold(tmp_path: Path) -> None:
    leaders = ("冷泉 副市长\n江月 局长", "冷泉 副市长\n苏晴 局长", "冷泉 副市长")
    rows = [{"task_id": n, "problem": f"{n}号渠淤积", "leader": leader} for n, leader in enumerate(leaders, 1)]
    shown = lines(write_list(tmp_path / "a.xlsx", rows), select=["several-leaders"])
    (line,) = (line for line in shown if "several-leaders" in line)
    assert line.split()[0] == "D4"
    assert "江月" in line
    assert "同类共 2 处,另见 D5" in line.replace("\uff0c", ",")
