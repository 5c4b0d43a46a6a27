"""Where a decision stands that was not applied: rows above it leave 冲突 and 待确认 with those that were."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.ledger.decision_records import ConflictRecord, PendingRecord
from rectify_xl.ledger.sheets import conflicts, pending
from rectify_xl.ledger.sheets.context import SheetContext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.collection.base import LeftDecision
    from rectify_xl.ledger.draft import Draft

_Record = ConflictRecord | PendingRecord


def left_decisions(draft: Draft, left: Iterable[tuple[LeftDecision, _Record]]) -> tuple[LeftDecision, ...]:
    """The decisions that were left, with their cells; ``draft``: the master after the others were applied."""
    return tuple(_addressed(draft, decision, record) for decision, record in left)


def _addressed(draft: Draft, decision: LeftDecision, record: _Record) -> LeftDecision:
    if not record.saved_row:
        return decision
    is_conflict = isinstance(record, ConflictRecord)
    master, context = draft.master, SheetContext(draft.master, draft.master.lang)
    before: Iterable[_Record] = master.conflicts if is_conflict else master.pending
    now: Iterable[_Record] = draft.conflicts if is_conflict else draft.pending
    stay = {one.saved_row for one in now}
    gone = sum(_lines(one) for one in before if one.saved_row < record.saved_row and one.saved_row not in stay)
    columns = conflicts.columns(context) if is_conflict else pending.columns(context)
    order = master.column_orders.get("conflicts" if is_conflict else "pending") or [column.key for column in columns]
    at = [*order].index("decision") + 1
    return decision._replace(cell=a1(record.saved_row - gone, at), saved_cell=a1(record.saved_row, at))


def _lines(record: _Record) -> int:
    """How many rows a record takes."""
    sides = len(record.sides) if isinstance(record, ConflictRecord) else 1
    return max(1, ceil(sides / conflicts.MOST_SIDES))
