"""Keys of tasks: given once, kept, never given again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import rectify_xl as rx
from rectify_xl.provenance.carried import key_number, make_key, part_number, task_key
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.slow


def the_column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[3] if cell.value == heading)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    rows = [{}, {"task_id": 2, "problem": "乙渠淤积"}, {"task_id": 3, "problem": "丙渠淤积"}]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    rx.merge(tmp_path / "a.xlsx", as_of="2026-11-21").to_excel(tmp_path / "m.xlsx")
    return tmp_path / "m.xlsx"


@pytest.mark.parametrize(
    ("key", "number", "part", "task"),
    [("T0007", 7, 0, "T0007"), ("T0007.2", 7, 2, "T0007"), ("T12345", 12345, 0, "T12345"), ("7", 0, 0, ""), ("T²", 0, 0, "")],
)
def test_a_key_names_a_task_or_a_part(key: str, number: int, part: int, task: str) -> None:
    assert (key_number(key), part_number(key), task_key(key)) == (number, part, task)
    assert not number or make_key(number, part) == key


def test_keys_are_given_in_the_order_of_the_ledger_and_stand_in_a_hidden_column(saved: Path) -> None:
    book = openpyxl.load_workbook(saved)
    for name in ("总台账", "分单位填报"):
        sheet = book[name]
        at = the_column(sheet, "任务标识")
        assert [sheet.cell(row, at).value for row in (4, 5, 6)] == ["T0001", "T0002", "T0003"]
        assert sheet.column_dimensions[sheet.cell(3, at).column_letter].hidden


def test_a_key_once_given_is_never_given_again(saved: Path) -> None:
    book = openpyxl.load_workbook(saved)
    book["总台账"].delete_rows(6)
    sheet = book["总台账"]
    for at, value in enumerate(["4", None, "丁渠淤积"], 1):
        sheet.cell(6, at, value)
    sheet.cell(6, the_column(sheet, "任务标识")).value = None
    book.save(saved)
    master = rx.read_master(saved)
    assert [task.key for task in master.tasks] == ["T0001", "T0002", "T0004"]
    assert master.last_key == 4


def test_a_copied_row_gets_a_key_of_its_own_and_that_is_said(saved: Path) -> None:
    book = openpyxl.load_workbook(saved)
    sheet = book["总台账"]
    for cell in sheet[4]:
        sheet.cell(7, cell.column).value = cell.value
    book.save(saved)
    master = rx.read_master(saved)
    assert [task.key for task in master.tasks] == ["T0001", "T0002", "T0003", "T0004"]
    assert any("复制" in note.zh and "T0004" in note.zh for note in master.notes)


@pytest.mark.parametrize("written_over", [4, 5])
def test_whichever_of_two_copies_is_written_over_the_reports_stay_with_the_other(saved: Path, written_over: int) -> None:
    """Excel inserts a copied row above the original."""
    book = openpyxl.load_workbook(saved)
    sheet = book["总台账"]
    values = [cell.value for cell in sheet[4]]
    sheet.insert_rows(4)
    for column, value in enumerate(values, 1):
        sheet.cell(4, column).value = value
    for heading, value in (("任务编号", "9"), ("问题描述", "甲渠沿线堆放垃圾"), ("整改进展", None), ("整改状态", "※整改中")):
        sheet.cell(written_over, the_column(sheet, heading)).value = value
    book.save(saved)
    master = rx.read_master(saved)
    keys = {task.values["task_id"]: task.key for task in master.tasks}
    assert keys == {"1": "T0001", "9": "T0004", "2": "T0002", "3": "T0003"}
    copied = next(task for task in master.tasks if task.key == "T0004")
    assert (copied.source, copied.rows, copied.disputed, copied.values["status"]) == ("", (), frozenset(), "整改中")
    assert [note.zh for note in master.notes if "“9”一行是复制来的" in note.zh]


def test_a_master_of_before_gets_keys_when_it_is_read(saved: Path) -> None:
    book = openpyxl.load_workbook(saved)
    for name in ("总台账", "分单位填报"):
        sheet = book[name]
        sheet.delete_cols(the_column(sheet, "任务标识"))
    del book.custom_doc_props["rectify_xl.last_key"]
    book.save(saved)
    master = rx.read_master(saved)
    assert [task.key for task in master.tasks] == ["T0001", "T0002", "T0003"]
    assert [report.key for report in master.reports] == ["T0001", "T0002", "T0003"]


def test_a_deleted_column_of_keys_is_made_good_by_what_was_reported(saved: Path) -> None:
    book = openpyxl.load_workbook(saved)
    sheet = book["总台账"]
    sheet.delete_cols(the_column(sheet, "任务标识"))
    sheet.delete_rows(4)
    book.save(saved)
    assert [task.key for task in rx.read_master(saved).tasks] == ["T0002", "T0003"]


@pytest.mark.parametrize("typed", ["X9", "T0077", "T0001", "T0003", "T0002.1"])
def test_a_key_typed_over_in_the_ledger_is_put_right_and_that_is_said(saved: Path, typed: str) -> None:
    book = openpyxl.load_workbook(saved)
    sheet = book["总台账"]
    sheet.cell(5, the_column(sheet, "任务标识")).value = typed
    book.save(saved)
    master = rx.read_master(saved)
    assert [task.key for task in master.tasks] == ["T0001", "T0002", "T0003"]
    assert [report.key for report in master.reports] == ["T0001", "T0002", "T0003"]
    assert master.last_key == 3
    assert [typed in note.zh and "T0002" in note.zh for note in master.notes] == [True]


def test_a_key_typed_over_that_nothing_tells_is_a_new_one_and_that_is_said(saved: Path) -> None:
    book = openpyxl.load_workbook(saved)
    sheet = book["总台账"]
    sheet.cell(5, the_column(sheet, "任务标识")).value = "二号"
    sheet.cell(5, the_column(sheet, "来源")).value = None
    book.save(saved)
    master = rx.read_master(saved)
    assert [task.key for task in master.tasks] == ["T0001", "T0004", "T0003"]
    assert ["二号" in note.zh and "T0004" in note.zh for note in master.notes] == [True]


def test_carried_columns_are_known_headings_in_every_list(tmp_path: Path) -> None:
    extra = {"任务标识": "T0001", "角色": "牵头", "上期进展": "已清淤2公里"}
    write_list(tmp_path / "a.xlsx", [extra], unit="市水务局", keys=(*CLEAN, *extra))
    report = rx.validate(tmp_path / "a.xlsx", as_of="2026-11-21")
    assert not [finding for finding in report.findings if finding.slug in ("unknown-column", "hidden-column", "extra-sheet")]
    (row,) = report.collection.places
    assert row.task.key == "T0001"
    assert "任务标识" not in row.task.extras
