"""Text for the terminal: folding, levels, sheets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import openpyxl

from rectify_xl.judge import validate
from rectify_xl.render import report_lines
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


def test_errors_come_before_warnings_and_infos(tmp_path: Path) -> None:
    rows = [{"deadline": "9月前", "leader": None}, {"task_id": 2, "problem": "乙渠淤积", "deadline": "待定"}]
    shown = [line.split()[1] for line in lines(write_list(tmp_path / "a.xlsx", rows)) if line.startswith("  ")]
    assert shown == sorted(shown, key=["错误", "提醒", "提示"].index)
    assert len(set(shown)) > 1


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
    assert "b.xlsx(未采用)" in shown
    assert "未当作报送件:~$a.xlsx(临时锁文件)" in shown
