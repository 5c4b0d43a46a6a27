"""Lists of flagged tasks: 缺责任领导, 时限不明, 逾期, 即将到期."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.ledger.sheets.context import key_column, light_cells, light_column
from rectify_xl.ledger.sheets.deadline_reasons import why_doubtful, why_unclear
from rectify_xl.ledger.sheets.entry import MasterSheet
from rectify_xl.ledger.sheets.tables import Column, ListSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.ledger.sheets.context import SheetContext


NO_LEADER = Text("缺责任领导", "No leader")
UNCLEAR = Text("时限不明", "Unclear deadlines")
OVERDUE = Text("逾期", "Overdue")
DUE_SOON = Text("即将到期", "Due soon")


def without_leader(context: SheetContext) -> ListSheet:
    """缺责任领导: tasks without a named leader."""
    return _tasks(context,
        NO_LEADER, context.title("缺责任领导的任务", "Tasks without a named leader"),
        context.master.leaderless,
        context.say("所有任务都有责任领导。", "Every task has a leader."),
        Column(context.say("责任领导一栏", "As written"), width=20),
        lambda task: task.values.get("leader"),
    )  # fmt: skip


def unclear_deadline(context: SheetContext) -> ListSheet:
    """时限不明: vague, undated, ambiguous or unreadable deadlines with the reason."""
    rows = context.master.unclear
    undated = sum(task.timing.flag == "undated" for task in rows)
    # 汇总 counts by warning: a reader who comes from its figure to a longer list learns why.
    note = context.say(
        f"其中{undated}条预警为“无明确时限”，其余已办结，或有日期但不止一种理解",
        f"{undated} of them have no date; the others are done, or have a date that can be read in two ways",
    )
    return _tasks(context,
        UNCLEAR, context.title("时限不明的任务", "Tasks with unclear deadlines"), rows,
        context.say("所有任务的时限都明确。", "Every deadline is clear."),
        Column(context.say("原因", "Reason"), "long_text", 44),
        lambda task: why_unclear(task, context),
        note if undated < len(rows) else "",
    )  # fmt: skip


def overdue(context: SheetContext) -> ListSheet:
    """逾期: past due and not completed, longest first."""
    return _tasks(context,
        OVERDUE, context.title("逾期任务", "Overdue tasks"), context.master.overdue,
        context.say("没有逾期任务。", "Nothing is overdue."),
        Column(context.say("逾期天数", "Days overdue"), "number", 10),
        lambda task: task.timing.days,
        doubt=True,
    )  # fmt: skip


def due_soon(context: SheetContext) -> ListSheet:
    """即将到期: due within due_soon_days; how many of them have come to a nearer stage."""
    days, *nearer = context.master.campaign.stages
    left = [task.timing.days for task in context.master.due_soon]
    counted = [(stage, sum(one <= stage for one in left)) for stage in nearer]
    note = "，".join(f"{stage}天内到期{count}项" for stage, count in counted if count)
    note = (
        context.say(
            f"其中{note}", "of them " + ", ".join(f"{count} due within {stage} days" for stage, count in counted if count)
        )
        if note
        else ""
    )
    return _tasks(context,
        DUE_SOON, context.title(f"{days}天内到期的任务", f"Tasks due within {days} days"),
        context.master.due_soon,
        context.say(f"{days}天内没有到期的任务。", f"Nothing is due within {days} days."),
        Column(context.say("剩余天数", "Days left"), "number", 10),
        lambda task: task.timing.days,
        note,
    )  # fmt: skip


def _tasks(
    context: SheetContext,
    name: Text,
    title: str,
    tasks: Sequence[TaskRecord],
    empty: str,
    last: Column,
    value: Callable[[TaskRecord], Any],
    note: str = "",
    *,
    doubt: bool = False,
) -> ListSheet:
    """A list of tasks with the columns a leader needs, and one column of its own; with ``doubt`` what is doubtful in it."""
    columns = (
        Column(context.label("task_id"), width=8, key="task_id", leads_to="task"),
        Column(context.label("problem"), "long_text", 40, "problem", "task"),
        Column(context.label("lead_unit"), width=22), Column(context.label("leader"), width=20),
        Column(context.label("deadline"), width=18), Column(context.say("到期日", "Due"), "date", 12),
        Column(context.label("status"), width=10), last,
        *([light_column(context)] if context.master.campaign.lights is not None else []),
        *([Column(context.say("存疑", "In doubt"), "long_text", 24)] if doubt else []),
        Column(context.say("来源", "Source"), width=26, key="source", leads_to="report"), key_column(context),
    )  # fmt: skip
    cells = []
    for task in tasks:
        values, judged = task.values, task.timing
        cells.append((
            values.get("task_id"), task.subject, values.get("lead_unit"), values.get("leader"), values.get("deadline"),
            judged.next_due or judged.due, values.get("status"), value(task), *light_cells(context, task),
            *([why_doubtful(task, context) or None] if doubt else []), task.source, task.key or None,
        ))  # fmt: skip
    return ListSheet(name.in_language(context.lang), title, columns, tuple(cells), empty, note, records=tuple(tasks))


SHEETS = (
    MasterSheet(
        "without_leader", NO_LEADER, Text("没有写明领导姓名", "no leader is named"), 30, without_leader, identity=("key",)
    ),
    MasterSheet(
        "unclear_deadline",
        UNCLEAR,
        Text("含糊、缺失或无法识别", "vague, missing or unreadable"),
        40,
        unclear_deadline,
        flag="undated",
        identity=("key",),
    ),
    MasterSheet(
        "overdue", OVERDUE, Text("已过期且未办结", "past due, not closed"), 50, overdue, flag="overdue", identity=("key",)
    ),
    MasterSheet("due_soon", DUE_SOON, Text("临近期限", "due before long"), 60, due_soon, flag="due-soon", identity=("key",)),
)
