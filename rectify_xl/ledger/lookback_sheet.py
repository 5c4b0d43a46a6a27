"""The sheet of a look-back: the tasks to look at, and room for what is found on the spot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.common.workdays import days_later
from rectify_xl.ledger.lookback import NAME, RESULTS
from rectify_xl.ledger.sheets.context import key_column
from rectify_xl.ledger.sheets.tables import Column, ListSheet

if TYPE_CHECKING:
    from rectify_xl.ledger.lookback import Sample
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.ledger.sheets.context import SheetContext

TO_FILL_IN = ("looked_on", "looked_by", "result", "notes")
_SHOWN = ("lead_unit", "measures", "progress", "closed_on", "reopened_on", "reopen_reason")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """The task, why and by when it is looked at, and what is filled in on the spot."""
    say, schema = context.say, context.schema
    return (
        Column(context.label("task_id"), width=8, key="task_id"),
        Column(context.label("problem"), "long_text", 34, "problem"),
        *(context.column(schema[key]) for key in _SHOWN if key in schema),
        Column(say("抽中原因", "Why"), width=10, key="why"), Column(say("应查日期", "Look by"), "date", 12, "look_by"),
        Column(say("核查日期", "Looked at on"), "date", 12, "looked_on"), Column(say("核查人", "By"), width=12, key="looked_by"),
        Column(say("核查结果", "Result"), width=12, key="result"),
        Column(say("现场情况", "On the spot"), "long_text", 40, "notes"), key_column(context),
    )  # fmt: skip


def render(context: SheetContext, sample: Sample) -> ListSheet:
    """The tasks of a sample."""
    say = context.say
    results = tuple(result.in_language(context.lang) for result in RESULTS)
    note = say(
        f"从{sample.population}项已销号（含反弹）任务中抽查{len(sample.tasks)}项，反弹过的{len(sample.reopened)}项全部列入，"
        f"其余按牵头单位分层抽取；随机种子{sample.seed}",
        f"{len(sample.tasks)} of {sample.population} tasks that were struck off; all {len(sample.reopened)} that came back,"
        f" the others by lead unit; seed {sample.seed}",
    )
    rows = tuple(_row(context, task, came_back=task.key in sample.reopened) for task in sample.tasks)
    return ListSheet(
        NAME.in_language(context.lang), context.title("销号任务回头看", "Look-back at tasks struck off"), columns(context), rows,
        say("没有已销号的任务。", "No task is struck off."), note, choices={"result": (results,) * len(rows)}, calm=True,
    )  # fmt: skip


def render_draw(context: SheetContext, sample: Sample) -> ListSheet:
    """How the sample was drawn: unit by unit how many tasks there are and how many of them were taken."""
    say = context.say
    columns = (
        Column(say("牵头单位", "Lead unit"), width=30), Column(say("已销号", "Struck off"), "number", 10),
        Column(say("抽中", "Drawn"), "number", 10),
    )  # fmt: skip
    unnamed = say("（未写明牵头单位）", "(no lead unit named)")
    rows = tuple((unit or unnamed, there, drawn) for unit, (there, drawn) in sample.units.items())
    note = say(f"随机种子{sample.seed}；已销号含反弹", f"seed {sample.seed}; what came back counts, too")
    return ListSheet(say("抽样说明", "How drawn"), context.title("回头看抽样说明", "How it was drawn"), columns, rows, "", note)


def _row(context: SheetContext, task: TaskRecord, *, came_back: bool) -> tuple[Any, ...]:
    values = task.values
    closed = values.get("closed_on")
    within = context.master.campaign.lookback.days_after_closing
    why = context.say("反弹过", "came back") if came_back else context.say("抽样", "drawn")
    return (
        values.get("task_id"), task.subject, *(values.get(key) for key in _SHOWN if key in context.schema), why,
        days_later(closed, within) if isinstance(closed, date) else None, None, None, None, None, task.key or None,
    )  # fmt: skip
