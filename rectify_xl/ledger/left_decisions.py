"""Decisions that were not applied and where they stand: rows above them leave 冲突 and 待确认 with those that were."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from rectify_xl.collection.base import LeftDecision
from rectify_xl.collection.extensions import GRANTED, REFUSED, granted
from rectify_xl.common.addresses import a1
from rectify_xl.common.i18n import Text
from rectify_xl.common.text_keys import number_key
from rectify_xl.ledger import decision_words as words
from rectify_xl.ledger.decision_records import ConflictRecord, PendingRecord
from rectify_xl.ledger.granting import counted
from rectify_xl.ledger.sheets import conflicts, extensions, pending
from rectify_xl.ledger.sheets.context import SheetContext

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from rectify_xl.ledger.decision_records import ExtensionRecord
    from rectify_xl.ledger.draft import Draft
    from rectify_xl.ledger.master import Master

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


def left_answers(master: Master) -> tuple[LeftDecision, ...]:
    """The office's answers in 延期 that move nothing: neither 同意 nor 不同意, or on a task of which nobody can be certain."""
    answered = [one for one in master.extensions if one.decision]
    if not answered:
        return ()
    keys = {task.key for task in master.tasks}
    numbers = counted(task.values.get("task_id") for task in master.tasks)
    columns = extensions.columns(SheetContext(master, master.lang))
    order = master.column_orders.get("extensions") or [column.key for column in columns]
    found = []
    for one in answered:
        if why := _fault(one, keys, numbers):
            name = one.task_id or one.key
            place = Text(f"“延期”中{one.unit}对任务{name}的申请", f"the request of {one.unit} on task {name} in Extensions")
            cell = a1(one.saved_row, [*order].index("decision") + 1) if one.saved_row else ""
            found.append(LeftDecision(extensions.NAME.in_language(master.lang), place, why, cell, cell))
    return tuple(found)


def _fault(one: ExtensionRecord, keys: Collection[str], numbers: Mapping[str, int]) -> Text | None:
    """Why an answer moves nothing; None where it does, or where it refuses."""
    answer = granted(one.decision)
    if answer is None:
        return words.not_offered(one.decision, lambda lang: (GRANTED.in_language(lang), REFUSED.in_language(lang)))
    if not answer:
        return None
    if one.key:
        return None if one.key in keys else Text("总台账中已没有这项任务", "the ledger has no such task any more")
    several = numbers.get(number_key(one.task_id), 0)
    return None if several == 1 else Text(
        f"没有填任务标识，总台账中编号为“{one.task_id}”的任务有{several}项",
        f"it bears no key, and the ledger has {several} tasks with the number “{one.task_id}”",
    )  # fmt: skip


def _lines(record: _Record) -> int:
    """How many rows a record takes."""
    sides = len(record.sides) if isinstance(record, ConflictRecord) else 1
    return max(1, ceil(sides / conflicts.MOST_SIDES))
