"""Lists of flagged tasks: 缺责任领导, 时限不明, 逾期, 即将到期."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.ledger.sheets.tables import Column, ListSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rectify_xl.ledger.entries import Entry
    from rectify_xl.ledger.view import View


def without_leader(view: View) -> ListSheet:
    """缺责任领导: tasks without a named leader."""
    return _tasks(view,
        view.say("缺责任领导", "No leader"), view.title("缺责任领导的任务", "Tasks without a named leader"),
        [entry for entry in view.contents.entries if not entry.led],
        view.say("所有任务都有责任领导。", "Every task has a leader."),
        Column(view.say("责任领导一栏", "As written"), width=20),
        lambda entry: entry.values.get("leader"),
    )  # fmt: skip


def unclear_deadline(view: View) -> ListSheet:
    """时限不明: vague, undated, ambiguous or unreadable deadlines with the reason."""
    rows = [entry for entry in view.contents.entries if entry.unclear]
    undated = sum(entry.timing.flag == "undated" for entry in rows)
    # 汇总 counts by warning: whoever comes from its figure to a longer list is told why.
    note = view.say(
        f"其中{undated}条预警为“无明确时限”，其余已办结，或有日期但不止一种理解",
        f"{undated} of them have no date; the others are done, or have a date that can be read in two ways",
    )
    return _tasks(view,
        view.say("时限不明", "Unclear deadlines"), view.title("时限不明的任务", "Tasks with unclear deadlines"), rows,
        view.say("所有任务的时限都明确。", "Every deadline is clear."),
        Column(view.say("原因", "Reason"), "long_text", 44),
        lambda entry: entry.unclear,
        note if undated < len(rows) else "",
    )  # fmt: skip


def overdue(view: View) -> ListSheet:
    """逾期: past due and not completed, longest first."""
    rows = [entry for entry in view.contents.entries if entry.timing.flag == "overdue"]
    rows.sort(key=lambda entry: -entry.timing.days)
    return _tasks(view,
        view.say("逾期", "Overdue"), view.title("逾期任务", "Overdue tasks"), rows,
        view.say("没有逾期任务。", "Nothing is overdue."),
        Column(view.say("逾期天数", "Days overdue"), "number", 10),
        lambda entry: entry.timing.days,
    )  # fmt: skip


def due_soon(view: View) -> ListSheet:
    """即将到期: due within due_soon_days."""
    rows = [entry for entry in view.contents.entries if entry.timing.flag == "due-soon"]
    rows.sort(key=lambda entry: entry.timing.days)
    days = view.contents.campaign.deadlines.due_soon_days
    return _tasks(view,
        view.say("即将到期", "Due soon"), view.title(f"{days}天内到期的任务", f"Tasks due within {days} days"), rows,
        view.say(f"{days}天内没有到期的任务。", f"Nothing is due within {days} days."),
        Column(view.say("剩余天数", "Days left"), "number", 10),
        lambda entry: entry.timing.days,
    )  # fmt: skip


def _tasks(
    view: View,
    name: str,
    title: str,
    entries: Iterable[Entry],
    empty: str,
    last: Column,
    value: Callable[[Entry], Any],
    note: str = "",
) -> ListSheet:
    """A list of tasks with the columns a leader needs, and one column of its own."""
    columns = (
        Column(view.label("task_id"), width=8), Column(view.label("problem"), "long_text", 40),
        Column(view.label("lead_unit"), width=22), Column(view.label("leader"), width=20),
        Column(view.label("deadline"), width=18), Column(view.say("到期日", "Due"), "date", 12),
        Column(view.label("status"), width=10), last, Column(view.say("来源", "Source"), width=26),
    )  # fmt: skip
    cells = []
    for entry in entries:
        values, judged = entry.values, entry.timing
        cells.append((
            values.get("task_id"), entry.subject, values.get("lead_unit"), values.get("leader"), values.get("deadline"),
            judged.next_due or judged.due, values.get("status"), value(entry), entry.source,
        ))  # fmt: skip
    return ListSheet(name, title, columns, tuple(cells), empty, note)
