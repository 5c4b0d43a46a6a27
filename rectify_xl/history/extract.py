"""Of a merged master, what its history keeps: every task's state, what was reported in this round, what changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.history.entry import KeptChange, KeptReport, KeptTask
from rectify_xl.ledger.source_rows import SourceRow, row_of_cell
from rectify_xl.rounds import Outcome
from rectify_xl.schema.conversion import shown, shown_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import ReportRecord, TaskRecord

_LONGEST_TEXT = 120  # enough to know a task by


def kept_tasks(master: Master) -> tuple[KeptTask, ...]:
    """Every row of 总台账."""
    return tuple(
        KeptTask(
            task.key, _number(task), shown(task.subject)[:_LONGEST_TEXT], task.status or "", shown(task.values.get("deadline"))
        )
        for task in master.tasks
    )


def kept_reports(master: Master, files: Collection[str], changes: Iterable[KeptChange] = ()) -> tuple[KeptReport, ...]:
    """What these files reported, and the rows that the office has decided to be reports (``changes``: those of the merge)."""
    decided = {
        (change.key, row_of_cell(change.source)) for change in changes if not change.field and change.outcome == Outcome.DECIDED
    }
    tasks = {task.key: task for task in master.tasks}
    percent = master.campaign.schema.by_key.get("percent")
    kept = []
    for report in master.reports:
        task = tasks.get(report.key)
        taken = task and (report.file in files or (task.key, _first_row(report)) in decided)
        if task is None or not taken or report.round_id not in ("", master.campaign.round_id):
            continue
        said = report.values.get("percent")
        kept.append(
            KeptReport(
                task.key, _number(task), report.unit, report.file, report.sheet, _cell(task, report),
                shown(report.values.get("status")), shown_in(percent, said) if percent else shown(said),
                shown(report.values.get("progress")),
            )
        )  # fmt: skip
    return tuple(kept)


def kept_changes(master: Master, rounds: Collection[str], before: Iterable[KeptChange]) -> tuple[KeptChange, ...]:
    """What changed in these rounds, without what earlier merges of the same rounds have changed already.

    Beside the round that is merged there is the one before: the office decides in its master when its lists are in.
    """
    tasks = {task.key: task for task in master.tasks}
    known = Counter(before)
    kept = []
    for change in master.changes:
        if change.round_id not in (master.campaign.round_id, *rounds):
            continue
        task = tasks.get(change.key)
        one = KeptChange(
            change.key, _number(task) if task else change.task, change.unit, change.field, change.old, change.new, change.outcome,
            change.source,
        )  # fmt: skip
        if known[one]:
            known[one] -= 1
        else:
            kept.append(one)
    return tuple(kept)


def kept_disputes(master: Master, before: Iterable[KeptChange]) -> tuple[KeptChange, ...]:
    """What units say otherwise than the ledger, as far as this merge was the first of its round to put it into 冲突."""
    numbers = {task.key: _number(task) for task in master.tasks}
    known = {_said(one) for one in before}
    new = {
        (one.key, one.field): one.outcome
        for one in (master.since_base.comparison.fields if master.since_base else ())
        if one.outcome in (Outcome.CONFLICT, Outcome.REFUSED)
    }
    kept: dict[tuple[str, ...], KeptChange] = {}
    for conflict in master.conflicts:
        if (conflict.key, conflict.field) not in new and conflict.round_id != master.campaign.round_id:
            continue
        for side in conflict.sides:
            number = numbers.get(conflict.key, conflict.task)
            one = KeptChange(
                conflict.key, number, side.unit, conflict.field, conflict.ours, side.value, conflict.kind, side.source
            )
            kept.setdefault(_said(one), one)
    return tuple(one for said, one in kept.items() if said not in known)


def kept_edits(master: Master) -> tuple[KeptChange, ...]:
    """What the office had changed by its own hand before this merge."""
    return tuple(
        KeptChange(one.key, one.task, one.unit, one.field, one.old, one.new, one.outcome, one.source)
        for one in (master.since_base.edits if master.since_base else ())
    )


def _said(one: KeptChange) -> tuple[str, ...]:
    return one.key, one.unit, one.field, one.new, one.outcome


def _number(task: TaskRecord) -> str:
    return shown(task.values.get("task_id"))


def _cell(task: TaskRecord, report: ReportRecord) -> str:
    """Where the unit's row begins; its own words where the office has changed what stands there."""
    if isinstance(report.rows, str):
        return report.rows
    for line in task.source.splitlines():
        file, _, cell = line.rpartition("!")
        if file in (report.file, f"{report.file}!{report.sheet}") and _row(cell) == report.rows[0]:
            return cell
    return a1(report.rows[0], 1)


def _first_row(report: ReportRecord) -> SourceRow | None:
    """Where a row of 待确认 stands, as the line of 变更记录 on its decision names it."""
    return None if isinstance(report.rows, str) else SourceRow(report.file, report.sheet, report.rows[0])


def _row(cell: str) -> int | None:
    try:
        return from_a1(cell)[0]
    except ValueError:
        return None
