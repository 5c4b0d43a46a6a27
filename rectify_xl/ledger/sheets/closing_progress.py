"""销号进度: how far each task is on the way from done to struck off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.ledger.sheets.context import key_column
from rectify_xl.ledger.sheets.entry import MasterSheet
from rectify_xl.ledger.sheets.tables import Column, ListSheet

if TYPE_CHECKING:
    from rectify_xl.ledger.sheets.context import SheetContext

NAME = Text("销号进度", "Closing")
_SHOWN = (
    "task_id",
    "problem",
    "lead_unit",
    "status",
    "completed_on",
    "accepted_on",
    "publicity_start",
    "publicity_end",
    "closed_on",
)


def columns(context: SheetContext) -> tuple[Column, ...]:
    """The task, and the day of each step that the schema knows."""
    schema = context.schema
    return (*(context.column(schema[key]) for key in _SHOWN if key in schema), key_column(context))


def render(context: SheetContext) -> ListSheet:
    """Nothing yet: the steps of closing are not recorded, and a status alone is no step."""
    return ListSheet(
        NAME.in_language(context.lang), context.title("销号进度", "Tasks on the way to closing"), columns(context), (),
        context.say("还没有记录销号步骤。", "No step of closing is recorded yet."),
    )  # fmt: skip


SHEETS = (MasterSheet("closing", NAME, Text("各任务的销号步骤", "the steps of closing"), 66, render, "tasks"),)
