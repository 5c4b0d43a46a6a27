"""A row of 冲突 or 待确认 that the office deletes before it decides on it: put back, or said; never gone without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl import read_master, write_master
from rectify_xl.ledger.decisions import with_decisions
from rectify_xl.ledger.deleted_questions import OpenQuestions
from rectify_xl.workbook.lists import FIRST_ROW
from tests.rounds.in_memory import CAMPAIGN, HOUSING, WATER, a_list, edited, merged

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow

WELL = {"task_id": 1, "problem": "南湾水源井周边堆放杂物", "lead_unit": WATER, "coop_units": HOUSING, "status": "整改中"}
BANK = {"task_id": 2, "problem": "北堤护坡垃圾无人清运", "lead_unit": WATER, "status": "整改中"}
OTHER = {"task_id": 9, "problem": "老城区泵站夜间噪声超标", "lead_unit": HOUSING, "status": "整改中"}


def with_questions() -> Master:
    """In 冲突 a value on which two units disagree and an office's field that a unit wants changed; in 待确认 a row of no task."""
    first = merged([a_list(WATER, [WELL, BANK], "水务10.xlsx"), a_list(HOUSING, [WELL], "住建10.xlsx")], round_id="2026-10")
    office = edited(first, "T0002", target="护坡无垃圾")
    lists = [
        a_list(WATER, [{**WELL, "percent": 0.3}, {**BANK, "target": "每月清运一次"}], "水务11.xlsx"),
        a_list(HOUSING, [{**WELL, "percent": 0.6}, OTHER], "住建11.xlsx"),
    ]
    return merged(lists, office)


def without_rows(path: Path, sheet: str) -> None:
    """Delete all entries of a list, as the office would in Excel."""
    book = openpyxl.load_workbook(path)
    rows = book[sheet]
    rows.delete_rows(FIRST_ROW + 1, rows.max_row - FIRST_ROW)
    book.save(path)


@pytest.fixture
def master(tmp_path: Path) -> Path:
    made = with_questions()
    assert [(one.field, one.kind) for one in made.conflicts] == [("percent", "conflict"), ("target", "refused")]
    assert len(made.pending) == 1
    write_master(made, tmp_path / "台账.xlsx")
    return tmp_path / "台账.xlsx"


def test_a_master_that_nobody_touched_misses_nothing(master: Path) -> None:
    assert read_master(master, campaign=CAMPAIGN).notes == ()


def test_an_undecided_conflict_is_put_back_and_that_is_said(master: Path) -> None:
    before = read_master(master, campaign=CAMPAIGN).conflicts[0]
    without_rows(master, "冲突")
    again = read_master(master, campaign=CAMPAIGN)
    (conflict,) = again.conflicts
    assert {(side.unit, side.value) for side in conflict.sides} == {(WATER, "30%"), (HOUSING, "60%")}
    assert (conflict.key, conflict.field, conflict.kind) == (before.key, before.field, before.kind)
    assert {side.source.split("!")[0] for side in conflict.sides} == {"水务11.xlsx", "住建11.xlsx"}
    put_back, gone = (note.zh for note in again.notes)
    assert put_back.startswith(f"{master}: “冲突”中任务1“完成率”一行被删去，但还没有作出处理，已按“分单位填报”恢复")
    assert "“冲突”生成时有2条，现在只有0条：少了1条" in gone


def test_what_was_put_back_is_asked_in_the_next_round_and_can_be_decided(master: Path) -> None:
    without_rows(master, "冲突")
    later = merged(
        [a_list(WATER, [{**WELL, "progress": "已清运"}], "水务12.xlsx")], read_master(master, campaign=CAMPAIGN), "2026-12"
    )
    assert [one.field for one in later.conflicts] == ["percent"]
    assert later.tasks[0].disputed == {"percent"}


def test_a_row_that_waited_is_named_as_gone(master: Path) -> None:
    without_rows(master, "待确认")
    (note,) = read_master(master, campaign=CAMPAIGN).notes
    assert "“待确认”生成时有1条，现在只有0条：少了1条，没有处理的内容不会写入台账" in note.zh
    assert "To confirm held 1 when it was written and holds 0 now" in note.en


def test_a_value_that_the_office_has_settled_by_hand_is_no_question(master: Path) -> None:
    without_rows(master, "冲突")
    book = openpyxl.load_workbook(master)
    marked = [
        cell for row in book["总台账"].iter_rows() for cell in row if str(cell.value).startswith("※") and "%" in str(cell.value)
    ]
    assert len(marked) == 1
    marked[0].value = 0.45
    book.save(master)
    again = read_master(master, campaign=CAMPAIGN)
    assert again.conflicts == ()
    assert again.tasks[0].values["percent"] == 0.45
    (note,) = (note.zh for note in again.notes)
    assert "“冲突”生成时有2条，现在只有0条：少了2条" in note


def test_a_value_written_over_a_disputed_one_is_the_decision_though_its_question_still_stands(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    (marked,) = (cell for row in book["总台账"].iter_rows() for cell in row if str(cell.value).startswith("※"))
    marked.value = 0.45
    book.save(master)
    decided = with_decisions(read_master(master, campaign=CAMPAIGN))
    assert [one.field for one in decided.master.conflicts if one.kind == "conflict"] == []
    assert (decided.count, decided.master.tasks[0].values["percent"], decided.master.tasks[0].disputed) == (1, 0.45, frozenset())
    assert [(one.field, one.old, one.new, one.outcome) for one in decided.changes] == [("percent", "30%", "45%", "decided")]
    later = merged([a_list(HOUSING, [{**WELL, "percent": 0.6}], "住建补.xlsx")], decided.master)
    assert (later.conflicts, later.tasks[0].values["percent"]) == (decided.master.conflicts, 0.45)


def test_a_disputed_value_that_was_only_deleted_is_asked_about_still(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    (marked,) = (cell for row in book["总台账"].iter_rows() for cell in row if str(cell.value).startswith("※"))
    marked.value = None
    book.save(master)
    assert [one.field for one in with_decisions(read_master(master, campaign=CAMPAIGN)).master.conflicts].count("percent") == 1


@pytest.mark.parametrize("text", ["", "x y", "-3 4", "9" * 5000, "1"])
def test_a_stamp_that_was_tampered_with_counts_nothing_that_it_does_not_say(text: str) -> None:
    parsed = OpenQuestions.parsed(text)
    assert parsed.pending in (0, 4)
    assert parsed.conflicts in (0, 1)
    assert OpenQuestions.parsed(str(OpenQuestions(12, 3))) == (12, 3)


def test_of_lines_of_several_units_only_that_which_differs_is_asked_about(tmp_path: Path) -> None:
    lists = [
        a_list(WATER, [{**WELL, "progress": "仍有杂物"}], "水务10.xlsx"),
        a_list(HOUSING, [{**WELL, "progress": "棚屋已拆"}], "住建10.xlsx"),
    ]
    first = merged(lists, round_id="2026-10")
    office = edited(first, "T0001", progress=str(first.tasks[0].values["progress"]).replace("仍有杂物", "杂物已清运"))
    later = merged([a_list(WATER, [{**WELL, "progress": "杂物清了一半"}], "水务11.xlsx")], office)
    assert [[side.unit for side in one.sides] for one in later.conflicts] == [[WATER]]
    write_master(later, tmp_path / "台账.xlsx")
    without_rows(tmp_path / "台账.xlsx", "冲突")
    (conflict,) = read_master(tmp_path / "台账.xlsx", campaign=CAMPAIGN).conflicts
    assert [(side.unit, side.value) for side in conflict.sides] == [(WATER, "杂物清了一半")]


@pytest.mark.parametrize("decided", [0, 1])
def test_a_copied_row_is_asked_once_and_decided_with_its_copy(master: Path, decided: int) -> None:
    book = openpyxl.load_workbook(master)
    sheet = book["冲突"]
    columns = {cell.value: cell.column for cell in sheet[FIRST_ROW]}
    first, copied = FIRST_ROW + 1, sheet.max_row + 1
    for cell in sheet[first]:
        sheet.cell(copied, cell.column).value = cell.value
    book.save(master)
    asked = read_master(master, campaign=CAMPAIGN)
    assert [one.field for one in asked.conflicts] == ["percent", "target"]
    sheet.cell((first, copied)[decided], columns["处理意见"]).value = "以核定值为准"
    sheet.cell((first, copied)[decided], columns["核定值"]).value = "45%"
    book.save(master)
    told = with_decisions(read_master(master, campaign=CAMPAIGN)).master
    assert [one.field for one in told.conflicts] == ["target"]
    assert told.tasks[0].values["percent"] == 0.45
    assert told.tasks[0].disputed == frozenset()


def test_a_copied_row_that_waits_becomes_one_task(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    sheet = book["待确认"]
    columns = {cell.value: cell.column for cell in sheet[FIRST_ROW]}
    for cell in sheet[FIRST_ROW + 1]:
        sheet.cell(FIRST_ROW + 2, cell.column).value = cell.value
    sheet.cell(FIRST_ROW + 2, columns["处理意见"]).value = "新增为任务"
    book.save(master)
    told = with_decisions(read_master(master, campaign=CAMPAIGN)).master
    assert told.pending == ()
    assert [task.key for task in told.tasks] == ["T0001", "T0002", "T0003"]


def test_a_copy_hides_no_deletion(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    sheet = book["冲突"]
    for cell in sheet[FIRST_ROW + 1]:
        sheet.cell(FIRST_ROW + 2, cell.column).value = cell.value
    book.save(master)
    (note,) = (note.zh for note in read_master(master, campaign=CAMPAIGN).notes)
    assert "“冲突”生成时有2条，现在只有1条：少了1条" in note


def test_a_copy_with_a_remark_of_its_own_stays(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    sheet = book["冲突"]
    sheet.cell(FIRST_ROW, sheet.max_column + 1).value = "经办"
    for cell in sheet[FIRST_ROW + 1]:
        sheet.cell(FIRST_ROW + 3, cell.column).value = cell.value
    sheet.cell(FIRST_ROW + 3, sheet.max_column).value = "老周去问"
    book.save(master)
    assert [one.field for one in read_master(master, campaign=CAMPAIGN).conflicts] == ["percent", "target", "percent"]
