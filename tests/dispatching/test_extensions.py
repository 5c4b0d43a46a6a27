"""A later deadline from the unit's question to the ledger: 延期申请, the register 延期, 到期日."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

import rectify_xl as rx
from rectify_xl.campaign.settings import Campaign, load_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.intake.files import read_file
from rectify_xl.ledger.decision_records import ExtensionRecord
from rectify_xl.ledger.granting import extended

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord

ASKED, DUE = "2026-12-10", "2027-03-31"
AS_OF = "2026-12-20"


def dispatched(folder: Path) -> Path:
    rx.dispatch(folder / "总台账.xlsx", folder / "out", campaign=folder, round_id="2026-12", as_of="2026-12-01")
    return folder / "out" / "市水务局.xlsx"


def ask(path: Path, rows: Mapping[int, tuple[Any, ...]], progress: str = "又封堵一处") -> None:
    """Fill in asked on, new deadline and reason of some rows of 延期申请, and the progress of the first task."""
    book = openpyxl.load_workbook(path)
    for row, values in rows.items():
        for column, value in enumerate(values, 4):
            book["延期申请"].cell(row, column, value)
    tasks = book["整改任务清单"]
    at = next(cell.column for cell in tasks[4] if cell.value == "整改进展")
    tasks.cell(5, at, progress)
    book.save(path)


def merged(folder: Path) -> Master:
    return rx.merge(folder / "out" / "市水务局.xlsx", campaign=folder, base=folder / "总台账.xlsx", as_of=AS_OF)


def decide(folder: Path, **cells: Any) -> None:
    """Write into the first row of the register."""
    book = openpyxl.load_workbook(folder / "总台账.xlsx")
    sheet = book["延期"]
    at = {cell.value: cell.column for cell in sheet[3]}
    for heading, value in cells.items():
        sheet.cell(4, at[heading], value)
    book.save(folder / "总台账.xlsx")


def first(master: Master) -> TaskRecord:
    return next(task for task in master.tasks if task.key == "T0001")


def test_the_sheet_has_a_row_for_every_task_that_the_unit_leads(folder: Path) -> None:
    sheet = openpyxl.load_workbook(dispatched(folder))["延期申请"]
    assert [cell.value for cell in sheet[3]] == ["任务编号", "问题描述", "现时限", "申请日期", "新时限", "理由", "任务标识"]
    assert [(row[0].value, row[2].value, row[6].value) for row in sheet.iter_rows(min_row=4)] == [
        ("1", "2026年12月31日前", "T0001"), ("4", "尽快", "T0004"),
    ]  # fmt: skip
    assert [cell.protection.locked for cell in sheet[4]] == [True, True, True, False, False, False, True]
    assert "延期申请" not in openpyxl.load_workbook(folder / "out" / "市住建局.xlsx").sheetnames  # it cooperates


def test_what_is_done_needs_no_extension(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "总台账.xlsx")
    sheet = book["总台账"]
    at = next(cell.column for cell in sheet[3] if cell.value == "整改状态")
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, at).value == "整改中":
            sheet.cell(row, at, "已完成")
    book.save(folder / "总台账.xlsx")
    assert "延期申请" not in openpyxl.load_workbook(dispatched(folder)).sheetnames


def test_left_blank_it_asks_for_nothing(folder: Path) -> None:
    path = dispatched(folder)
    assert read_file(path, path.name, load_campaign(folder).schema).extensions == ()
    ask(path, {})
    assert merged(folder).extensions == ()


def test_a_request_joins_the_register_and_moves_nothing_until_it_is_granted(folder: Path) -> None:
    ask(dispatched(folder), {4: (date(2026, 12, 10), "2027年3月31日", "钢材到货推迟")})
    master = merged(folder)
    (asked,) = master.extensions
    assert (asked.key, asked.task_id, asked.unit, asked.asked_on, asked.new_deadline, asked.reason, asked.decision) == (
        "T0001", "1", "市水务局", date(2026, 12, 10), "2027年3月31日", "钢材到货推迟", "",
    )  # fmt: skip
    assert (first(master).due, first(master).timing.flag) == (date(2026, 12, 31), "due-soon")
    assert not [one for one in master.findings if one.slug.startswith("extension")]
    master.to_excel(folder / "总台账.xlsx")
    assert merged(folder).extensions == (asked,)  # the same file once more asks for nothing new
    decide(folder, 处理意见="同意", 批准人="钟离岳", 批准日期=date(2026, 12, 15), 文号="澄整办〔2026〕8号")
    later = rx.summarize(folder / "总台账.xlsx", campaign=folder, as_of="2027-01-20")
    task = first(later)
    assert (task.due, task.reason, task.timing.flag, task.values["deadline"]) == (
        date(2027, 3, 31), "extended:1", "on-time", "2026年12月31日前",
    )  # fmt: skip
    later.to_excel(folder / "总台账.xlsx")
    row = next(row for row in openpyxl.load_workbook(folder / "总台账.xlsx")["总台账"].iter_rows(min_row=4, values_only=True)
               if "T0001" in row)  # fmt: skip
    assert "已延期1次" in row
    again = rx.read_master(folder / "总台账.xlsx", campaign=folder)
    assert (first(again).due, first(again).reason) == (date(2027, 3, 31), "extended:1")
    decide(folder, 处理意见="不同意")
    refused = rx.summarize(folder / "总台账.xlsx", campaign=folder, as_of="2027-01-20")
    assert (first(refused).due, first(refused).timing.flag) == (date(2026, 12, 31), "overdue")
    assert [one.slug for one in refused.findings if one.sheet == "延期"] == ["extension-not-granted"]


def test_a_request_in_a_row_of_its_own_joins_the_register_once(folder: Path) -> None:
    path = dispatched(folder)
    ask(path, {})
    book = openpyxl.load_workbook(path)
    for column, value in enumerate(("1", None, None, date(2026, 12, 10), "2027年3月31日", "钢材到货推迟"), 1):
        book["延期申请"].cell(9, column, value)
    book.save(path)
    master = merged(folder)
    assert [(one.key, one.task_id, one.old_deadline) for one in master.extensions] == [("T0001", "1", "2026年12月31日前")]
    master.to_excel(folder / "总台账.xlsx")
    assert merged(folder).extensions == master.extensions


def test_what_is_wrong_with_a_request_is_told_at_its_cell(folder: Path) -> None:
    ask(dispatched(folder), {4: (date(2027, 1, 5), "尽快", None)})
    found = {(one.slug, one.file, one.sheet, one.cell) for one in merged(folder).findings if one.slug.startswith("extension")}
    assert found == {
        ("extension-too-late", "市水务局.xlsx", "延期申请", "D4"),
        ("extension-incomplete", "市水务局.xlsx", "延期申请", "E4"),
        ("extension-incomplete", "市水务局.xlsx", "延期申请", "F4"),
    }


def test_a_request_without_a_base_is_not_lost(folder: Path) -> None:
    ask(dispatched(folder), {4: (date(2026, 12, 10), DUE, "钢材到货推迟")})
    master = rx.merge(folder / "out" / "市水务局.xlsx", campaign=folder, as_of=AS_OF)
    assert [(one.key, one.task_id, one.old_deadline) for one in master.extensions] == [("T0001", "1", "2026年12月31日前")]


def test_the_last_granted_one_counts() -> None:
    def record(decision: str, new: Any, approved: str, key: str = "T0001") -> ExtensionRecord:
        return ExtensionRecord(key, "1", new_deadline=new, decision=decision, approved_on=approved)

    def until(*records: ExtensionRecord) -> Any:
        found = extended(Campaign(issued=date(2026, 7, 1)), date(2026, 12, 1), records)
        return {key: (one.until, one.times) for key, one in found.items()}

    march, june = record("同意", "2027年3月底前", "2026-12-10"), record("Granted", date(2027, 6, 30), "2027-03-10")
    assert until(june, march) == until(march, june) == {"T0001": (date(2027, 6, 30), 2)}
    assert until(march, record("不同意", DUE, ""), record("再议", DUE, ""), record("同意", "尽快", "")) == {
        "T0001": (date(2027, 3, 31), 1)
    }
    assert until(record("同意", DUE, "", key="")) == {"#1": (date(2027, 3, 31), 1)}


def test_an_answer_that_moves_nothing_is_told(folder: Path) -> None:
    """Of two tasks with one number none is granted more time, nor is anything granted by words that nobody knows."""
    path = folder / "总台账.xlsx"
    book = openpyxl.load_workbook(path)
    tasks = book["总台账"]
    number = next(cell.column for cell in tasks[3] if cell.value == "任务编号")
    tasks.cell(5, number, tasks.cell(4, number).value)
    for row, (key, answer) in enumerate((("", "同意"), ("T0001", "同意延期"), ("T0099", "同意"), ("T0002", "不同意")), 4):
        for column, value in ((1, key), (2, "1"), (3, "市水务局"), (6, DUE), (8, answer)):
            book["延期"].cell(row, column, value or None)
    book.save(path)
    master = rx.summarize(path, campaign=folder, as_of=AS_OF)
    assert date.fromisoformat(DUE) not in {task.due for task in master.tasks}
    told = [
        (one.cell, one.message.partition("：")[2].partition("，没有处理")[0])
        for one in master.findings
        if one.slug == "incomplete-decision"
    ]
    assert told == [
        ("H4", "没有填任务标识，总台账中编号为“1”的任务有2项"),
        ("H5", "处理意见“同意延期”不在可选之列（可选：同意、不同意）"),
        ("H6", "总台账中已没有这项任务"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("extension: {ask_before_working_days: 20, requires: [reason]}", ""),
        ("extension: {requires: [stamp]}", "reason、new_date"),
        ("extension: {ask_before: 20}", "ask_before_working_days"),
    ],
)
def test_the_settings(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "campaign.yaml").write_text(text, "utf-8")
    if says:
        with pytest.raises(RectifyError, match=says):
            load_campaign(tmp_path)
    else:
        rules = load_campaign(tmp_path).extension
        assert (rules.ask_before_working_days, rules.requires) == (20, ("reason",))
