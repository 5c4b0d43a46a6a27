"""总台账: one row per task, the schema's columns and what is derived from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.collection.timing import WARNING_LABELS
from rectify_xl.common.i18n import Text
from rectify_xl.language.deadline import KIND_LABELS, reason_text
from rectify_xl.ledger.decided import decided_cells
from rectify_xl.ledger.sheets.context import MISSING, added_cells, added_columns, key_column, light_cells, light_column
from rectify_xl.ledger.sheets.entry import MasterSheet
from rectify_xl.ledger.sheets.parts_column import parts_cell, parts_column
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.ledger.unreported import unreported
from rectify_xl.schema.conversion import shown_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.ledger.sheets.context import SheetContext
    from rectify_xl.ledger.unreported import Silent
    from rectify_xl.schema.fields import Field

DISPUTED = "※"
# A ledger is judged by these; without one of them every task would look as if nobody had filled it in, or be about nothing.
INDISPENSABLE = frozenset({"problem", "measures", "leader", "lead_unit", "deadline", "status"})

KEY, NAME = "ledger", Text("总台账", "Ledger")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """The schema's columns, then the derived ones."""
    say = context.say
    return (
        *(context.column(known) for known in context.schema.fields),
        Column(say("责任单位原文", "Units as written"), width=24, key="written_units"),
        Column(say("到期日", "Due"), "date", 12, "due"),
        Column(say("时限类型", "Kind of deadline"), width=12, key="kinds"),
        Column(say("到期依据", "Why this date"), width=22, key="reason"),
        Column(say("当前节点", "Next node"), "date", 12, "next_due"),
        Column(say("预警", "Warning"), "flag", 11, "flag"),
        *([light_column(context)] if context.master.campaign.lights is not None else []),
        Column(say("本期填报", "This round"), width=11, key="reported"),
        Column(say("来源", "Source"), width=26, key="source"),
        key_column(context),
        parts_column(context),
    )


def render(context: SheetContext) -> ListSheet:
    """All tasks."""
    tasks = context.master.tasks
    added = added_columns(task.extras for task in tasks)
    disputed = context.say(
        "标“※”的内容各单位填报不一致，此处为牵头单位所填，详见“冲突”。",
        "※ marks values on which units disagree (see Conflicts).",
    )
    keys = context.schema.keys
    silent = unreported(context.master)
    decided = decided_cells(context.master)
    notes = [disputed] if any(task.disputed for task in tasks) else []
    if decided:
        notes.append(
            context.say(
                "绿色加粗的内容由整改办核定，见“变更记录”。", "Bold green values were decided by the office (see Changes)."
            )
        )
    return ListSheet(
        NAME.in_language(context.lang), context.title("总台账", "Ledger"), (*columns(context), *added),
        tuple((*_row(context, task, silent), *added_cells(added, task.extras)) for task in tasks),
        context.say("没有任务。", "No tasks."), "  ".join(notes), keys.index("category") if "category" in keys else None,
        records=tasks, marked=decided,
    )  # fmt: skip


def _row(context: SheetContext, task: TaskRecord, silent: Mapping[str, Silent]) -> tuple[Any, ...]:
    lang = context.lang
    kinds = "、".join(KIND_LABELS[kind][lang] for kind in task.kinds)
    return (
        *(_marked(known, task.values.get(known.key), task.disputed) for known in context.schema.fields),
        task.written_units,
        task.due,
        kinds if kinds or task.values.get("deadline") is not None else MISSING.in_language(lang),
        reason_text(task.reason, lang) or None,
        task.judged_by if task.judged_by != task.due else None,
        WARNING_LABELS[task.warning][lang],
        *light_cells(context, task),
        _reported(context, silent.get(task.key)),
        task.source,
        task.key or None,
        parts_cell(task.parts),
    )


def _reported(context: SheetContext, silent: Silent | None) -> str | None:
    """Whether the lead has reported in this round; blank where it has, or where nobody waits for it."""
    if silent is None:
        return None
    if silent.all_of_them:
        return context.say("本期未报", "not reported")
    return context.say("部分未报：", "not reported: ") + context.say("、", ", ").join(silent.units)


def _marked(known: Field, value: Any, disputed: frozenset[str]) -> Any:  # noqa: ANN401 - a cell holds anything
    if known.key not in disputed:
        return value
    return f"{DISPUTED}{shown_in(known, value)}" if value is not None else DISPUTED


SHEETS = (MasterSheet(KEY, NAME, Text("每项任务一行", "one row per task"), 10, render, "tasks", identity=("key",)),)
