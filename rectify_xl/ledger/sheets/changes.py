"""变更记录: every value of 总台账 that a merge or a decision changed, round after round."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.ledger.records import ChangeRecord
from rectify_xl.ledger.sheets.context import added_cells, added_columns, key_column
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.rounds import Outcome
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.sheets.context import SheetContext

OUTCOMES: Mapping[str, Text] = {
    Outcome.REPORTED: Text("按填报更新", "as reported"),
    Outcome.FILLED: Text("单位补填", "filled in by a unit"),
    Outcome.ADDED: Text("新增任务", "new task"),
    Outcome.DECIDED: Text("核定", "decided"),
    Outcome.CONFLICT: Text("各单位不一致，暂列", "shown while in dispute"),
}
_SINCE_ROUNDS = frozenset({"unit", "outcome", "settled", "digest", "key"})

NAME = Text("变更记录", "Changes")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """Round, task, field, both values, whose it was, what happened, and where the new one stands."""
    say = context.say
    return (
        Column(say("轮次", "Round"), width=10, key="round_id"),
        Column(say("任务编号", "Task"), width=10, key="task", leads_to="task"),
        Column(say("字段", "Field"), width=12, key="field"),
        Column(say("旧值", "Old"), "long_text", 30, "old"), Column(say("新值", "New"), "long_text", 30, "new"),
        Column(say("单位", "Unit"), width=18, key="unit"), Column(say("结果", "Outcome"), width=12, key="outcome"),
        Column(say("来源", "Source"), width=26, key="source"), key_column(context),
        Column(say("已核定的内容", "Settled"), width=12, key="settled", hidden=True),
        Column(say("文件指纹", "File digests"), width=12, key="digest", hidden=True),
    )  # fmt: skip


def render(context: SheetContext) -> ListSheet:
    """All changes."""
    changes = context.master.changes
    added = added_columns(change.extras for change in changes)
    rows = tuple(
        (
            change.round_id or None, change.task or None, context.label(change.field) or None, change.old or None,
            change.new or None, change.unit or None, _outcome(change, context.lang) or None, change.source or None,
            change.key or None, json.dumps(change.settled, ensure_ascii=False) if change.settled else None,
            change.digest or None, *added_cells(added, change.extras),
        )
        for change in changes
    )  # fmt: skip
    empty = context.say("还没有变更。", "Nothing has changed yet.")
    if not context.master.rounds and not context.master.made_from:
        empty = context.say("本次为首次汇总，没有可对比的上期台账。", "First master: there is no earlier one to compare with.")
    title = context.title("变更记录", "Changes")
    return ListSheet(NAME.in_language(context.lang), title, (*columns(context), *added), rows, empty, records=changes)


def _outcome(change: ChangeRecord, lang: str) -> str:
    return OUTCOMES[change.outcome].in_language(lang) if change.outcome in OUTCOMES else change.outcome


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> ChangeRecord:
    """A row read back."""
    texts = {name: shown(cells[name]) for name in ("task", "old", "new", "source", "round_id", "key", "unit", "digest")}
    outcomes = {words.in_language(context.lang): str(outcome) for outcome, words in OUTCOMES.items()}
    outcome = shown(cells["outcome"])
    return ChangeRecord(
        **texts, field=context.key(shown(cells["field"])), outcome=outcomes.get(outcome, outcome),
        settled=_settled(shown(cells["settled"])), extras=extras,
    )  # fmt: skip


def _settled(text: str) -> tuple[tuple[str, str], ...]:
    """Units with the texts on which was decided; a cell that was spoiled settles nothing, and they are asked again."""
    try:
        pairs = json.loads(text or "[]")
        return tuple((str(unit), str(said)) for unit, said in pairs)
    except (TypeError, ValueError):
        return ()


SHEETS = (
    MasterSheet(
        "changes", NAME, Text("总台账中变更过的内容", "what has changed in the ledger"), 120, render, "history",
        read_back=ReadBack("changes", columns, parse, optional=lambda _: _SINCE_ROUNDS | {"old", "new"}),
    ),
)  # fmt: skip
