"""What units said last, where somebody has edited 分单位填报 since: a comparison goes by what was reported, and not by that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.ledger.roles import roster_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import ReportRecord


def as_reported(master: Master, written: Iterable[ReportRecord]) -> Master:
    """A master with its reports as they were written.

    Args:
        master: as the office saved it.
        written: the reports of the last master as history keeps it. A row that says of itself to be of the same list and place
            has their values, one that was deleted is there again; what came later, by a decision, stays as it is.
    """
    before = {(report.key, report.unit): report for report in written}
    found = []
    for report in master.reports:
        old = before.get((report.key, report.unit))
        found.append(replace(report, values=old.values, words=old.words) if old and _place(old) == _place(report) else report)
    there = {(report.key, roster_name(master.campaign, report.unit)) for report in found}
    tasks = {task.key for task in master.tasks}
    deleted = (
        report for (key, unit), report in before.items()
        if key in tasks and (key, roster_name(master.campaign, unit)) not in there
    )  # fmt: skip
    return replace(master, reports=(*found, *deleted))


def _place(report: ReportRecord) -> tuple[object, ...]:
    return report.file, report.sheet, report.rows, report.round_id, report.digests
