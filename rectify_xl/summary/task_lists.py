"""Lists of flagged tasks: 缺责任领导, 时限不明, 逾期, 即将到期."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rectify_xl.summary.tables import Column, ListSheet
from rectify_xl.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rectify_xl.ledger import LedgerRow
    from rectify_xl.summary.view import View

_UNCLEAR = frozenset({
    "missing-deadline", "vague-deadline", "undated-deadline", "ambiguous-deadline", "unreadable-deadline",
    "impossible-date", "deadline-is-status", "uncached-formula", "formula-error",
})  # fmt: skip


def without_leader(view: View) -> ListSheet:
    """缺责任领导: tasks without a named leader."""
    book = view.master.book
    rows = [
        row
        for row in view.master.ledger
        if not any(leader.name for report in row.task.reports for at in report.positions for leader in book.leaders[at])
    ]
    return _tasks(view,
        view.say("缺责任领导", "No leader"), view.title("缺责任领导的任务", "Tasks without a named leader"), rows,
        view.say("所有任务都有责任领导。", "Every task has a leader."),
        Column(view.say("责任领导一栏", "As written"), width=20),
        lambda row: row.task.values.get("leader"),
    )  # fmt: skip


def unclear_deadline(view: View) -> ListSheet:
    """时限不明: vague, undated, ambiguous or unreadable deadlines with the reason."""
    reasons: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for finding in view.master.report.findings:
        if finding.slug in _UNCLEAR and finding.field == "deadline" and finding.file and finding.sheet and finding.row:
            reasons[(finding.file, finding.sheet, finding.row)].append(finding.message)
    told = [(row, _reasons(view, row, reasons)) for row in view.master.ledger]
    why = {id(row): reason for row, reason in told}
    rows = [row for row, reason in told if reason]
    return _tasks(view,
        view.say("时限不明", "Unclear deadlines"), view.title("时限不明的任务", "Tasks with unclear deadlines"), rows,
        view.say("所有任务的时限都明确。", "Every deadline is clear."),
        Column(view.say("原因", "Reason"), "long_text", 44),
        lambda row: why[id(row)],
    )  # fmt: skip


def _reasons(view: View, row: LedgerRow, reasons: Mapping[tuple[str, str, int], list[str]]) -> str:
    book = view.master.book
    found: dict[str, None] = {}
    for report in row.task.reports:
        for position in report.positions:
            place = book.places[position]
            for message in reasons.get((place.submission.path, place.table.sheet, place.task.row), ()):
                found[message] = None
    if not found and row.timing.flag == "undated":
        found[_undated_reason(view, row)] = None
    return "\n".join(found)


def _undated_reason(view: View, row: LedgerRow) -> str:
    """For rows whose finding stands at another row of a merged cell, or whose rule is switched off."""
    if not row.deadlines or row.task.values.get("deadline") is None:
        return view.say("没有可用的整改时限", "No deadline")
    return view.say(f"“{shown(row.task.values['deadline'])}”没有具体日期", "Names no date")


def overdue(view: View) -> ListSheet:
    """逾期: past due and not completed, longest first."""
    rows = [row for row in view.master.ledger if row.timing.flag == "overdue"]
    rows.sort(key=lambda row: -row.timing.days)
    return _tasks(view,
        view.say("逾期", "Overdue"), view.title("逾期任务", "Overdue tasks"), rows,
        view.say("没有逾期任务。", "Nothing is overdue."),
        Column(view.say("逾期天数", "Days overdue"), "number", 10),
        lambda row: row.timing.days,
    )  # fmt: skip


def due_soon(view: View) -> ListSheet:
    """即将到期: due within due_soon_days."""
    rows = [row for row in view.master.ledger if row.timing.flag == "due-soon"]
    rows.sort(key=lambda row: row.timing.days)
    days = view.master.campaign.deadlines.due_soon_days
    return _tasks(view,
        view.say("即将到期", "Due soon"), view.title(f"{days}天内到期的任务", f"Tasks due within {days} days"), rows,
        view.say(f"{days}天内没有到期的任务。", f"Nothing is due within {days} days."),
        Column(view.say("剩余天数", "Days left"), "number", 10),
        lambda row: row.timing.days,
    )  # fmt: skip


def _tasks(
    view: View, name: str, title: str, rows: Iterable[LedgerRow], empty: str, last: Column, value: Callable[[LedgerRow], Any]
) -> ListSheet:
    """A list of tasks with the columns a leader needs, and one column of its own."""
    columns = (
        Column(view.label("task_id"), width=8), Column(view.label("problem"), "long_text", 40),
        Column(view.label("lead_unit"), width=22), Column(view.label("leader"), width=20),
        Column(view.label("deadline"), width=18), Column(view.say("到期日", "Due"), "date", 12),
        Column(view.label("status"), width=10), last, Column(view.say("来源", "Source"), width=26),
    )  # fmt: skip
    cells = []
    for row in rows:
        values = row.task.values
        lead, _ = view.units_of(row)
        subject = values.get("problem") or values.get("measures") or row.task.main.values.get("problem")
        cells.append((
            values.get("task_id"), subject, "、".join(lead) or values.get("lead_unit"), values.get("leader"),
            values.get("deadline"), row.timing.next_due or row.timing.due, values.get("status"), value(row),
            "\n".join(report.source for report in row.task.reports),
        ))  # fmt: skip
    return ListSheet(name, title, columns, tuple(cells), empty)
