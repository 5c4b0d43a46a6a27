"""A decision on one row of 待确认: it becomes a task, it is the report on a task, or it is not taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.common.text_keys import number_key
from rectify_xl.ledger import decision_words as words
from rectify_xl.ledger.decision_records import ConflictRecord, ConflictSide
from rectify_xl.ledger.draft import TaskDraft, same_text
from rectify_xl.ledger.records import ReportRecord
from rectify_xl.ledger.roles import roles_of, roster_name
from rectify_xl.rounds import Outcome, is_closing, row_mark, value_mark
from rectify_xl.rounds.composing import join_lines, lines_by_unit
from rectify_xl.schema.conversion import shown, shown_in
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.decision_records import PendingRecord
    from rectify_xl.ledger.draft import Draft
    from rectify_xl.schema.fields import Field

_CERTAIN = 0.995  # so alike a row must be to the only nearest task, to be its report without another question


def decide_row(draft: Draft, row: PendingRecord, decision: str) -> Text | None:
    """Apply one decision.

    Returns:
        None where it was applied; else why it was not.
    """
    if not decision:
        return Text("填了核定值，没有选处理意见", "a decided value without a decision")
    if words.is_said(decision, words.REJECT):
        _log(draft, row, TaskDraft("", dict(row.values), ""))
        draft.pending.remove(row)
        return None
    offered = {words.NEW_TASK: _add, words.IS_TASK: _is_task}
    if row.reason == words.OTHER_ROUND:
        offered = {words.ACCEPT: _accept}
    apply = next((apply for said, apply in offered.items() if words.is_said(decision, said)), None)
    if apply is None:
        return words.not_offered(decision, lambda lang: words.choices_of_row(row.reason, lang))
    return apply(draft, row)


def _accept(draft: Draft, row: PendingRecord) -> Text | None:
    """Of a file of another round that is taken: rows that are certainly one task are its report, the others wait on.

    A row that came back as it was sent out says nothing, and is nobody's report.
    """
    if not row.states:
        draft.pending.remove(row)
        return None
    near = [one for one in row.nearest if one.score >= _CERTAIN]
    if len(near) == 1 and near[0].key in draft.tasks:
        _lay(draft, row, draft.tasks[near[0].key])
    else:
        at = draft.pending.index(row)
        draft.pending[at] = replace(row, reason="uncertain" if row.nearest else "unknown", decision="", decided_value="")
    return None


def _add(draft: Draft, row: PendingRecord) -> Text | None:
    if row.decided_value:
        return Text("选了“新增为任务”，又填了核定值", "a new task, and a decided value beside it")
    if not any(row.values.get(key) for key in ("problem", "measures")):
        return Text("这一行没有问题描述和整改措施，不能新增为任务", "it names neither problem nor measures")
    task = TaskDraft("", dict(row.values), "")
    task.put("lead_unit", row.values.get("lead_unit"))
    number = number_key(shown(task.values.get("task_id")))
    if draft.master.from_list and number in {number_key(shown(one.values.get("task_id"))) for one in draft.tasks.values()}:
        task.values["task_id"] = None  # the unit's own number, which in the plan is another task's: the office gives it one
    if task.values.get(STATUS) is None and isinstance(task.values.get("completed_on"), date):
        task.values[STATUS] = next(iter(draft.campaign.schema.states.closed), None)
    draft.add(task, unit=row.unit, source=row.address(), digest=row.digest, settled=_settled(row))
    draft.lay(_report(draft, row, task.key), [row.address()])
    draft.pending.remove(row)
    return None


def _is_task(draft: Draft, row: PendingRecord) -> Text | None:
    said = row.decided_value
    if not said:
        return Text("没有在核定值中填任务编号", "the task's number is missing in the decided value")
    found = [task for task in draft.tasks.values() if task.key == said.strip().upper()] or [
        task for task in draft.tasks.values() if number_key(shown(task.values.get("task_id"))) == number_key(said)
    ]
    if len(found) != 1:
        return Text(
            f"总台账中编号为“{said}”的任务有{len(found)}项", f"the ledger has {len(found)} tasks with the number “{said}”"
        )
    about = next((key for key in ("problem", "measures") if row.values.get(key) is not None), "")
    _lay(draft, row, found[0], about if found[0].values.get(about) is not None else "")
    return None


def _lay(draft: Draft, row: PendingRecord, task: TaskDraft, about: str = "") -> None:
    """The row becomes the unit's report on a task; what is the office's, or was changed by it, becomes a conflict.

    Of the field by which the task is known (``about``) the office has said that both wordings are one.
    """
    last = draft.report_of(task.key, row.unit)
    reports = {roster_name(draft.campaign, report.unit): report for report in draft.reports[task.key]}
    said_of = row.states - {"task_id", about}
    for known in draft.campaign.schema.fields:
        value = row.values.get(known.key)
        if known.key in said_of:
            _merge(draft, row, task, known, value, {unit: report.values.get(known.key) for unit, report in reports.items()})
    draft.lay(_report(draft, row, task.key, last), [row.address()])
    _log(draft, row, task)
    if about in row.states - task.disputed:
        _settle_wording(draft, row, task, about)
    draft.pending.remove(row)


def _settle_wording(draft: Draft, row: PendingRecord, task: TaskDraft, name: str) -> None:
    known = draft.campaign.schema[name]
    ours, theirs = task.values[name], shown_in(known, row.values[name])
    if not same_text(shown_in(known, ours), theirs):
        settled = ((row.unit, theirs),)
        draft.change(task.key, name, ours, Outcome.DECIDED, unit=row.unit, source=row.address(name), settled=settled)


def _merge(
    draft: Draft,
    row: PendingRecord,
    task: TaskDraft,
    known: Field,
    value: Any,  # noqa: ANN401 - a cell holds anything
    last: Mapping[str, Any],
) -> None:
    """One value of the row; ``last``: what each unit that has reported on the task said last."""
    ours, theirs = task.values.get(known.key), value
    unit = roster_name(draft.campaign, row.unit)
    before, alone = last.get(unit), not last.keys() - {unit}
    if known.grain == "unit" and not alone:
        said = {name: shown_in(known, one) for name, one in last.items()}
        lines = (
            lines_by_unit(shown_in(known, ours), said, lambda name: roster_name(draft.campaign, name)) if ours is not None else {}
        )
        if lines is not None and same_text(lines.get(unit, ""), shown_in(known, before)):
            theirs = join_lines({**lines, unit: shown_in(known, value)})
            ours = None
    if same_text(shown_in(known, task.values.get(known.key)), shown_in(known, theirs)):
        return
    planned = all(one is None for one in last.values()) and value_mark(task.key, known, ours) in draft.master.planned
    speaks = alone or (unit in roles_of(task.values, draft.campaign).lead and known.key not in task.disputed)
    untouched = planned or (speaks and same_text(shown_in(known, ours), shown_in(known, before)))
    if known.owner == "unit" and (ours is None or untouched):
        draft.change(task.key, known.key, theirs, Outcome.REPORTED, unit=row.unit, source=row.address(known.key))
    elif known.owner == "office" and ours is None and not is_closing(known.key) and known.key not in task.disputed:
        draft.change(task.key, known.key, theirs, Outcome.FILLED, unit=row.unit, source=row.address(known.key))
    else:
        side = ConflictSide(row.unit, shown_in(known, value), row.address(known.key))
        kind = "conflict" if known.owner == "unit" else "refused"
        draft.conflicts.append(ConflictRecord(task.name, known.key, (side,), key=task.key, kind=kind, round_id=draft.round_id))


def _report(draft: Draft, row: PendingRecord, key: str, last: ReportRecord | None = None) -> ReportRecord:
    sent = {name: value for name, value in row.values.items() if value is not None}
    before = {name: value for name, value in last.values.items() if value is not None} if last else {}
    said = {name: row.values[name] for name in row.states}
    return ReportRecord(
        unit=last.unit if last else row.unit,
        values={**dict.fromkeys(draft.campaign.schema.keys), **sent, **before, **said},
        other=row.other,
        file=row.source.file,
        sheet=row.source.sheet,
        rows=(row.source.row, row.source.row),
        key=key,
        round_id=row.round_id or draft.round_id,
        digests=(row.digest,) if row.digest else (),
        words=row.words,
        stated=row.states,
    )


def _log(draft: Draft, row: PendingRecord, task: TaskDraft) -> None:
    """The line of 变更记录 that keeps a decision on a row from being asked again."""
    old = shown(row.values.get("problem")) or shown(row.values.get("measures"))
    new = shown(task.values.get("problem") or task.values.get("measures")) if task.key else ""
    draft.log(task, "", old, new, Outcome.DECIDED, unit=row.unit, source=row.address(), settled=_settled(row), digest=row.digest)


def _settled(row: PendingRecord) -> tuple[tuple[str, str], ...]:
    return ((row.unit, mark_of(row)),)


def mark_of(row: PendingRecord) -> str:
    """By what the row is known again: see :func:`rectify_xl.rounds.row_mark`."""
    return row_mark(row.unit, row.values, row.other, whole_file=row.reason == words.OTHER_ROUND)
