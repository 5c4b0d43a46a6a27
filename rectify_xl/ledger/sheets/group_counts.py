"""按单位 and 按领导: tasks counted per lead unit and per leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.ledger.counts import count_all, count_leaders, in_order, pace_labels
from rectify_xl.ledger.sheets.entry import MasterSheet
from rectify_xl.ledger.sheets.tables import Column, ListSheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.ledger.counts import GroupCount
    from rectify_xl.ledger.sheets.context import SheetContext


BY_UNIT = Text("按单位", "By unit")
BY_LEADER = Text("按领导", "By leader")
TOTAL = Text("合计", "Total")


def by_unit(context: SheetContext) -> ListSheet:
    """按单位: the tasks each unit leads, counted."""
    title = context.say("按牵头单位统计", "By lead unit")
    return _sheet(context, BY_UNIT, title, context.say("单位", "Unit"), in_order(context))


def by_leader(context: SheetContext) -> ListSheet:
    """按领导: the tasks each leader is responsible for, counted."""
    title = context.say("按责任领导统计", "By leader")
    return _sheet(context, BY_LEADER, title, context.say("责任领导", "Leader"), tuple(count_leaders(context)))


def _sheet(context: SheetContext, name: Text, title: str, first: str, counts: Sequence[GroupCount]) -> ListSheet:
    say = context.say
    whole = count_all(context, TOTAL.in_language(context.lang))
    columns = (
        Column(first, width=26, key="name"), Column(say("任务数", "Tasks"), "number", 9, "tasks"),
        Column(say("已办结", "Closed"), "number", 9, "closed"), Column(say("逾期", "Overdue"), "number", 9, "overdue"),
        Column(say("其中存疑", "In doubt"), "number", 9, "in_doubt"),
        Column(say("即将到期", "Due soon"), "number", 9, "due_soon"), Column(say("办结率", "Closed %"), "percent", 9, "share"),
        *(Column(status, "number", 9) for status in context.statuses),
        *(Column(label, "number", 9) for label in pace_labels(context)),
    )  # fmt: skip
    shown = (*counts, *([whole] if whole else []))
    rows = tuple((count.name, *_figures(count), *count.by_status, *count.by_pace) for count in shown)
    note = _counted_twice(context, sum(count.tasks for count in counts))
    empty = say("没有任务。", "No tasks.")
    return ListSheet(
        name.in_language(context.lang), context.title(title, title), columns, rows, empty, note, has_total=whole is not None
    )


def _figures(count: GroupCount) -> tuple[int | float, ...]:
    return count.tasks, count.closed, count.overdue, count.in_doubt, count.due_soon, count.closed_share


def _counted_twice(context: SheetContext, counted: int) -> str:
    """Why the rows add up to more than there are tasks; nothing where they do not."""
    tasks = len(context.master.tasks)
    if counted <= tasks:
        return ""
    return context.say(
        f"任务共{tasks}项；几个单位（领导）共同牵头的任务分别计入各行，各行相加为{counted}，合计每项只计一次",
        f"{tasks} tasks in all; one that several lead together counts in the row of each, so that the rows add up to {counted};"
        " the total counts it once",
    )


SHEETS = (
    MasterSheet("by_unit", BY_UNIT, Text("各牵头单位任务数", "counts per lead unit"), 90, by_unit, "figures", identity=("name",)),
    MasterSheet(
        "by_leader", BY_LEADER, Text("各责任领导任务数", "counts per leader"), 100, by_leader, "figures", identity=("name",)
    ),
)
