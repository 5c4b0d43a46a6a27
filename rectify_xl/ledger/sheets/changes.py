"""变更记录: the place of a comparison with the last master, which is not made yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.ledger.records import ChangeRecord
from rectify_xl.ledger.sheets.context import added_cells, added_columns
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.sheets.context import SheetContext

NAME = Text("变更记录", "Changes")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """Task, field, both values, where the new one stands, and the round."""
    say = context.say
    return (
        Column(say("任务编号", "Task"), width=10, key="task"), Column(say("字段", "Field"), width=12, key="field"),
        Column(say("原值", "Old"), width=30, key="old"), Column(say("新值", "New"), width=30, key="new"),
        Column(say("来源", "Source"), width=26, key="source"), Column(say("轮次", "Round"), width=10, key="round_id"),
    )  # fmt: skip


def render(context: SheetContext) -> ListSheet:
    """All changes."""
    changes = context.master.changes
    added = added_columns(change.extras for change in changes)
    rows = tuple(
        (
            change.task or None, context.label(change.field) or None, change.old or None, change.new or None,
            change.source or None, change.round_id or None, *added_cells(added, change.extras),
        )
        for change in changes
    )  # fmt: skip
    empty = context.say("本次为首次汇总，没有可对比的上期台账。", "First master: there is no earlier one to compare with.")
    if context.master.rounds:
        name = context.overview_name
        empty = context.say(
            f"历次数字已沿用到“{name}”；本版尚不能与上期台账逐项对比。",
            f"The figures of past rounds are carried on in {name}; this version does not compare task by task yet.",
        )
    title = context.title("变更记录", "Changes")
    return ListSheet(NAME.in_language(context.lang), title, (*columns(context), *added), rows, empty, records=changes)


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> ChangeRecord:
    """A row read back."""
    task, field, old, new, source, round_id = (shown(cells[key]) for key in ("task", "field", "old", "new", "source", "round_id"))
    return ChangeRecord(task, context.key(field), old, new, source, round_id, extras)


SHEETS = (
    MasterSheet(
        "changes", NAME, Text("本版尚不逐项对比", "not compared task by task yet"), 120, render, "history",
        read_back=ReadBack("changes", columns, parse),
    ),
)  # fmt: skip
