"""延期: the requests for a later deadline, one row each, with what the office said to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.collection.extensions import GRANTED, REFUSED
from rectify_xl.common.i18n import Text
from rectify_xl.ledger.decision_records import ExtensionRecord
from rectify_xl.ledger.decision_words import DECISION
from rectify_xl.ledger.sheets.context import added_cells, added_columns
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.provenance.carried import KEY
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.sheets.context import SheetContext

NAME = Text("延期", "Extensions")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """The task and who asks, from which day to which and why, and the answer."""
    say = context.say
    return (
        Column(KEY.in_language(context.lang), width=10, key="key"),
        Column(context.label("task_id"), width=10, key="task_id", leads_to="task"),
        Column(say("单位", "Unit"), width=20, key="unit"), Column(say("申请日期", "Asked on"), "date", 12, "asked_on"),
        Column(say("原时限", "Deadline"), width=16, key="old_deadline"),
        Column(say("新时限", "New deadline"), width=16, key="new_deadline"),
        Column(say("理由", "Reason"), "long_text", 36, "reason"),
        Column(DECISION.in_language(context.lang), width=12, key="decision"),
        Column(say("批准人", "Approved by"), width=12, key="approved_by"),
        Column(say("批准日期", "Approved on"), "date", 12, "approved_on"),
        Column(say("文号", "Document"), width=18, key="document"),
    )  # fmt: skip


def render(context: SheetContext) -> ListSheet:
    """All requests."""
    asked, own = context.master.extensions, columns(context)
    added = added_columns(one.extras for one in asked)
    rows = tuple((*(getattr(one, column.key) or None for column in own), *added_cells(added, one.extras)) for one in asked)
    answers = tuple(answer.in_language(context.lang) for answer in (GRANTED, REFUSED))
    return ListSheet(
        NAME.in_language(context.lang), context.title("延期申请", "Requests for extension"), (*own, *added), rows,
        context.say("还没有延期申请。", "Nobody has asked for an extension."), records=asked,
        choices={"decision": (answers,) * len(rows)},
    )  # fmt: skip


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> ExtensionRecord:
    """A row read back; days stay days."""
    days = {"asked_on", "approved_on", "old_deadline", "new_deadline"}
    own = {column.key: cells[column.key] for column in columns(context)}
    written: dict[str, Any] = {key: (value or "") if key in days else shown(value) for key, value in own.items()}
    return ExtensionRecord(**written, extras=extras)


SHEETS = (
    MasterSheet(
        "extensions", NAME, Text("延期申请和批复", "requests for a later deadline"), 63, render, "tasks",
        read_back=ReadBack("extensions", columns, parse, is_decided=True),
    ),
)  # fmt: skip
