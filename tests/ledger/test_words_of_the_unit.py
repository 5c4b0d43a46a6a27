"""分单位填报 keeps the unit's own word of a status; 总台账 and every figure take what it means."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import merge, write_master
from rectify_xl.ledger.reading import read_master
from rectify_xl.schema.loading import load_schema
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 21)
KEYS = ("task_id", "problem", "measures", "leader", "lead_unit", "deadline", "status", "remark")


def merged(folder: Path, *statuses: Any, parts: bool = False) -> Master:
    rows = [
        {
            "task_id": 1 if parts else at,
            "problem": "两处排口" if parts else f"第{at}处排口没有截污",
            "measures": f"封堵{at}号",
            "status": word,
        }
        for at, word in enumerate(statuses, 1)
    ]
    path = write_list(folder / "in" / "市水务局.xlsx", rows, unit="市水务局", keys=KEYS)
    if parts:
        book = openpyxl.load_workbook(path)
        for column in "AB":
            book.worksheets[0].merge_cells(f"{column}4:{column}{3 + len(rows)}")
        book.save(path)
    return merge([folder / "in"], as_of=AS_OF, workers=1)


def column(path: Path, sheet: str) -> list[object]:
    lines = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    head = next(at for at, line in enumerate(lines) if "整改状态" in line)
    return [line[lines[head].index("整改状态")] for line in lines[head + 1 :]]


WORDS = [
    # written, counted, kept
    ("基本完成", "整改中", "基本完成"),
    (" 基本完成。", "整改中", "基本完成。"),
    ("正在\n推进", "整改中", "正在 推进"),
    ("進行中", "整改中", "進行中"),
    ("Closed", "已完成", "Closed"),
    ("整改中", "整改中", "整改中"),
    ("整改 中", "整改中", "整改中"),  # the same word
    ("差不多了", "差不多了", "差不多了"),
    (None, None, None),
]


def test_a_word_is_shown_as_written_and_counted_as_meant(tmp_path: Path) -> None:
    written, counted, kept = (list(words) for words in zip(*WORDS, strict=True))
    master = merged(tmp_path, *written)
    write_master(master, tmp_path / "m.xlsx")
    assert column(tmp_path / "m.xlsx", "总台账") == counted
    assert column(tmp_path / "m.xlsx", "分单位填报") == kept
    assert [report.values["status"] for report in master.reports] == counted


def test_every_synonym_of_the_shipped_lists(tmp_path: Path) -> None:
    synonyms = load_schema("task_list")["status"].synonyms
    master = merged(tmp_path, *synonyms)
    assert [task.status for task in master.tasks] == list(synonyms.values())
    assert [report.words["status"] for report in master.reports] == list(synonyms)
    write_master(master, tmp_path / "m.xlsx")
    assert column(tmp_path / "m.xlsx", "分单位填报") == list(synonyms)


@pytest.mark.parametrize(
    ("statuses", "counted", "kept"),
    [
        (("基本完成", "已完成"), "整改中", "基本完成"),  # the part that is least far speaks for the task
        (("基本完成", "整改中"), "整改中", "基本完成\n整改中"),
        (("基本完成", "正在推进"), "整改中", "基本完成\n正在推进"),
        (("基本完成", "基本完成"), "整改中", "基本完成"),
        (("已办结", "完成"), "已完成", "已办结\n完成"),
        (("整改中", "整改中"), "整改中", "整改中"),
    ],
)
def test_the_words_of_parts(tmp_path: Path, statuses: tuple[str, ...], counted: str, kept: str) -> None:
    master = merged(tmp_path, *statuses, parts=True)
    assert [task.status for task in master.tasks] == [counted]
    write_master(master, tmp_path / "m.xlsx")
    assert column(tmp_path / "m.xlsx", "分单位填报") == [kept]
    assert read_master(tmp_path / "m.xlsx").reports == master.reports


def test_a_master_read_back_keeps_words_and_meanings_and_is_the_same_file(tmp_path: Path) -> None:
    master = merged(tmp_path, "基本完成", "整改中", "已办结", None, "差不多了")
    write_master(master, tmp_path / "m.xlsx")
    again = read_master(tmp_path / "m.xlsx")
    assert (again.reports, again.tasks) == (master.reports, master.tasks)
    write_master(again, tmp_path / "n.xlsx")
    assert (tmp_path / "m.xlsx").read_bytes() == (tmp_path / "n.xlsx").read_bytes()


def test_the_hint_names_the_word_and_what_it_counts_as(tmp_path: Path) -> None:
    master = merged(tmp_path, "基本完成")
    (hint,) = (one for one in master.findings if one.slug == "nearly-done")
    assert (hint.severity, hint.value) == ("info", "基本完成")
    assert "整改中" in hint.message
