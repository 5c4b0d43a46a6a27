"""销号进度: the step of every task that is done, what is missing, since when, the next day, and what waits too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.campaign.closing_steps import with_steps
from rectify_xl.campaign.settings import Closing, NoticeRules
from rectify_xl.common.workdays import WorkCalendar
from rectify_xl.ledger.decision_findings import with_findings_of_decisions
from rectify_xl.ledger.decisions import with_decisions
from rectify_xl.ledger.master import Master
from rectify_xl.ledger.merging import consolidated
from rectify_xl.ledger.sheets.closing_progress import render
from rectify_xl.ledger.sheets.context import SheetContext
from rectify_xl.schema.loading import load_schema
from rectify_xl.workflow.validate import validate
from tests.support.ledgers import CAMPAIGN, a_task
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.records import TaskRecord

AS_OF = date(2026, 11, 20)


def rows(*tasks: TaskRecord, as_of: date = AS_OF, **closing: Any) -> list[dict[str, Any]]:
    """The rows of the sheet by column key."""
    rules = Closing(**closing)
    schema = CAMPAIGN.schema if rules.steps == Closing().steps else with_steps(CAMPAIGN.schema, rules.steps)
    sheet = render(SheetContext(Master(replace(CAMPAIGN, closing=rules, schema=schema), as_of, tasks), "zh"))
    return [dict(zip((column.key for column in sheet.columns), row, strict=True)) for row in sheet.rows]


def the(row: dict[str, Any], *keys: str) -> tuple[Any, ...]:
    return tuple(row[key] for key in keys)


DONE = {"status": "已完成", "completed_on": date(2026, 10, 20)}
ACCEPTED = {**DONE, "accepted_on": date(2026, 10, 30), "accepted_by": "沈青"}


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (DONE, ("验收", "验收日期", date(2026, 10, 20), None, None)),
        (ACCEPTED, ("公示", "公示开始", date(2026, 10, 30), None, None)),
        (
            {**ACCEPTED, "publicity_start": date(2026, 11, 16)},
            ("公示", None, date(2026, 11, 16), date(2026, 11, 27), "正在公示，2026-11-27期满"),
        ),
        (
            {**ACCEPTED, "publicity_start": date(2026, 11, 23)},
            ("公示", None, date(2026, 11, 23), date(2026, 12, 4), "公示2026-11-23开始"),
        ),
        (
            {**ACCEPTED, "publicity_start": date(2026, 11, 2), "publicity_end": date(2026, 11, 13)},
            ("销号", "销号日期", date(2026, 11, 13), None, "公示期满，可以销号"),
        ),
        (
            {**ACCEPTED, "publicity_start": date(2026, 11, 2), "closed_on": date(2026, 11, 16)},
            ("步骤已齐", None, date(2026, 11, 16), None, "各步骤日期已齐，请把状态改为销号"),
        ),
        (
            {**ACCEPTED, "accepted_by": None, "completed_on": None},
            ("公示", "公示开始", date(2026, 10, 30), None, "没有填写完成日期\n没有填写验收人"),
        ),
    ],
)
def test_the_step_of_a_task(values: dict[str, Any], shown: tuple[Any, ...]) -> None:
    (row,) = rows(a_task("1", "市水务局", **values))
    assert the(row, "step", "missing", "since", "until", "note") == shown


def test_only_what_is_done_and_not_struck_off() -> None:
    tasks = [a_task(str(at), status=status) for at, status in enumerate(CAMPAIGN.schema.states.words)]
    assert [row["status"] for row in rows(*tasks)] == ["已完成", "已验收", "公示中"]
    sheet = render(SheetContext(Master(CAMPAIGN, AS_OF), "zh"))
    assert (sheet.rows, sheet.empty) == ((), "没有办结而未销号的任务。")
    assert sheet.note == "步骤：验收 → 公示 → 销号；公示10个工作日"


def test_what_has_waited_too_long_stands_first() -> None:
    fresh = a_task("1", **{**DONE, "completed_on": date(2026, 11, 10)})
    undated = a_task("3", status="已完成", flag="overdue", days=60)
    found = rows(fresh, a_task("2", **DONE), undated, within_days=30)
    assert [the(row, "task_id", "until", "note") for row in found] == [
        ("3", date(2026, 10, 21), "办结后超过规定期限30天未销号\n没有填写完成日期"),
        ("2", date(2026, 11, 19), "办结后超过规定期限1天未销号"),
        ("1", date(2026, 12, 10), None),
    ]


def test_a_notice_into_a_year_that_nobody_knows() -> None:
    task = a_task("1", **{**ACCEPTED, "publicity_start": date(2026, 12, 25)})
    (row,) = rows(task, as_of=date(2026, 12, 28))
    assert the(row, "step", "missing", "until") == ("公示", "公示结束", None)
    assert "holidays.csv" in row["note"]
    (row,) = rows(task, as_of=date(2026, 12, 28), notice=NoticeRules(10, "calendar"))
    assert the(row, "until", "note") == (date(2027, 1, 3), "正在公示，2027-01-03期满")
    own = replace(CAMPAIGN, calendar=WorkCalendar({date(2027, 1, 1): False}))
    sheet = render(SheetContext(Master(own, date(2026, 12, 28), (task,)), "zh"))
    assert date(2027, 1, 8) in sheet.rows[0]


def test_the_steps_of_another_place() -> None:
    steps = ("apply", "review", "inspect", "accept", "sign", "notice", "recheck", "close", "file")
    values = {**DONE, "applied_on": date(2026, 10, 21), "reviewed_on": date(2026, 10, 23)}
    (row,) = rows(a_task("1", **values), steps=steps)
    assert the(row, "step", "missing", "since") == ("现场核查", "现场核查日期", date(2026, 10, 23))
    keys = with_steps(load_schema(), steps).keys
    assert [key for key in keys if key.endswith("_on") and key not in ("completed_on", "reopened_on")] == [
        "applied_on", "reviewed_on", "site_checked_on", "accepted_on", "signed_on", "rechecked_on", "closed_on", "filed_on",
    ]  # fmt: skip
    assert with_steps(load_schema("acceptance_ledger"), ("review", "inspect", "close")) is load_schema("acceptance_ledger")


def test_points_close_one_by_one() -> None:
    two = {
        **ACCEPTED,
        "publicity_start": date(2026, 11, 2),
        "publicity_end": date(2026, 11, 13),
        "closed_on": "2026-11-16\n（未填写）",
    }
    (row,) = rows(a_task("1", **two))
    assert the(row, "step", "missing", "points") == ("销号", "销号日期", "共2处，已销1处")


def test_a_point_that_is_struck_off_does_not_close_the_task(tmp_path: Path) -> None:
    keys = (*CLEAN, "验收日期", "公示开始", "公示结束", "销号日期")
    days = {"验收日期": date(2026, 10, 30), "公示开始": date(2026, 11, 2), "公示结束": date(2026, 11, 13)}
    point = {**days, "status": "已销号", "销号日期": date(2026, 11, 16)}
    rows_sent = [point, {**days, "measures": "第二处", "status": "公示中"}]
    path = write_list(tmp_path / "a.xlsx", rows_sent, unit="市水务局", keys=keys)
    import openpyxl  # merged numbers make the rows parts of one task

    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A4:A5")
    book.active.merge_cells("B4:B5")
    book.save(path)
    master = consolidated(validate(path, as_of=AS_OF, collected=True))
    (task,) = master.tasks
    assert (task.values["closed_on"], task.values["status"]) == ("2026-11-16\n（未填写）", "公示中")
    sheet = render(SheetContext(master, "zh"))
    assert "共2处，已销1处" in sheet.rows[0]


def test_the_office_s_own_dates_are_judged_in_the_master() -> None:
    early = a_task("7", **{**ACCEPTED, "publicity_start": date(2026, 11, 2), "closed_on": date(2026, 11, 10), "status": "已销号"})
    master = Master(CAMPAIGN, AS_OF, (replace(early, key="T0001"),))
    judged = with_findings_of_decisions(with_decisions(master))
    (finding,) = judged.findings
    assert (finding.slug, finding.severity, finding.sheet, finding.task_id, finding.field) == (
        "closing-too-early", "error", "总台账", "7", "closed_on",
    )  # fmt: skip
    assert with_findings_of_decisions(with_decisions(judged)).findings == judged.findings


def test_a_task_that_came_back_takes_the_way_once_again() -> None:
    former = {
        **ACCEPTED, "completed_on": date(2026, 8, 1), "accepted_on": date(2026, 8, 3), "publicity_start": date(2026, 8, 4),
        "publicity_end": date(2026, 8, 17), "closed_on": date(2026, 8, 18), "reopened_on": date(2026, 10, 12),
    }  # fmt: skip
    (row,) = rows(a_task(**former), within_days=30)
    assert the(row, "step", "missing", "since", "until") == ("验收", "验收日期", date(2026, 10, 12), date(2026, 11, 11))
    assert row["note"] == "办结后超过规定期限9天未销号\n2026-10-12反弹过，销号重新办理\n没有填写反弹以后的完成日期"
    assert row["closed_on"] == date(2026, 8, 18)  # what was done stays on record
    again = {**former, "completed_on": date(2026, 11, 2), "accepted_on": date(2026, 11, 5)}
    (row,) = rows(a_task(**again))
    assert the(row, "step", "missing", "since") == ("公示", "公示开始", date(2026, 11, 5))
    assert row["note"] == "2026-10-12反弹过，销号重新办理"
    points = {**former, "closed_on": "2026-08-18\n2026-10-20", "accepted_on": "2026-08-03\n2026-10-15"}
    (row,) = rows(a_task(**points), steps=("accept", "close"))
    assert the(row, "step", "points") == ("验收", "共2处，已销1处")
