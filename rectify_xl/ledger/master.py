"""A judged collection -> Master. Tasks and reports are joined here; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.absence import Absence, absences
from rectify_xl.collection.timing import Timing, date_or_none, is_closed, timing, worst
from rectify_xl.common.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.common.findings import Finding
    from rectify_xl.language.deadline import Deadline
    from rectify_xl.tasks import Conflict, Reported, Task
    from rectify_xl.validation.report import Report


@dataclass(frozen=True)
class LedgerRow:
    """A task of the ledger with its deadline as read and judged on the as-of date.

    ``due`` is the effective due date of the whole task; ``timing`` that of its most pressing part.
    """

    task: Task
    deadlines: tuple[Deadline, ...]
    due: date | None
    reason: str
    timing: Timing

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its deadline, each once."""
        return tuple(dict.fromkeys(kind for deadline in self.deadlines for kind in deadline.kinds))


@dataclass(frozen=True, slots=True)
class Round:
    """One round's figures: all tasks, closed, overdue, due soon, without a clear deadline."""

    id: str
    as_of: date
    tasks: int
    closed: int
    overdue: int
    due_soon: int
    undated: int

    @property
    def figures(self) -> tuple[int, int, int, int, int]:
        """In the order of 汇总."""
        return self.tasks, self.closed, self.overdue, self.due_soon, self.undated

    @property
    def key(self) -> str:
        """By what a round is known: its id, or its day where it has none."""
        return self.id or self.as_of.isoformat()


@dataclass(frozen=True)
class Master:
    """The consolidated ledger: what the master workbook shows.

    ``report`` holds the judged input (its collection, findings and files); ``held_back`` the rows that ``strict`` kept out;
    ``history`` the rounds before this one.
    """

    report: Report
    tasks: tuple[Task, ...]
    absent: tuple[Absence, ...]
    held_back: tuple[Finding, ...] = ()
    history: tuple[Round, ...] = ()

    @property
    def collection(self) -> Collection:
        """All rows of all files."""
        return self.report.collection

    @property
    def campaign(self) -> Campaign:
        """The campaign's settings."""
        return self.collection.campaign

    @property
    def as_of(self) -> date:
        """The day on which overdue was judged."""
        return self.collection.as_of

    @property
    def reports(self) -> tuple[Reported, ...]:
        """What each unit reported on each task, superseded reports left out."""
        return tuple(report for task in self.tasks for report in task.reports)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """All disagreements."""
        return tuple(conflict for task in self.tasks for conflict in task.conflicts)

    @cached_property
    def ledger(self) -> tuple[LedgerRow, ...]:
        """The tasks with their effective due dates and warnings."""
        return tuple(map(self._row, self.tasks))

    def _row(self, task: Task) -> LedgerRow:
        collection = self.collection
        source = _deadline_source(task)
        positions = source.positions if source else ()
        deadlines = tuple(collection.deadlines[position] for position in positions)
        if len(positions) > 1:
            parts = [collection.timings[position] for position in positions]
            judged = worst(parts)
        else:
            judged = self._judged(task, positions)
            parts = [judged]
        dues = [part.due for part in parts]
        # A task is due when the last of its parts is; a part without a date leaves the whole without one.
        due = None if None in dues else max(filter(None, dues), default=None)
        reasons = [collection.due[position][1] for position in positions if collection.due[position][0] == due]
        return LedgerRow(task, deadlines, due, reasons[0] if reasons and due else "", judged)

    def _judged(self, task: Task, positions: tuple[int, ...]) -> Timing:
        """A task without parts, by the values that all reports agree on."""
        collection = self.collection
        deadline = collection.deadlines[positions[0]] if positions else collection.no_deadline
        state = self.campaign.schema.states.get(task.values.get("status"))
        return timing(
            deadline,
            collection.due[positions[0]][0] if positions else None,
            state=state,
            closed=is_closed(state, deadline, task.values.get("completed_on")),
            completed_on=date_or_none(task.values.get("completed_on")),
            as_of=self.as_of,
            rules=self.campaign.deadlines,
        )

    @property
    def same_unit_files(self) -> dict[str, tuple[str, ...]]:
        """Units that sent several files -> the files."""
        files: dict[str, list[str]] = {}
        for submission in self.collection.submissions:
            if submission.status == "accepted":
                for unit in self.collection.units_of(submission):
                    files.setdefault(unit, []).append(submission.path)
        return {unit: tuple(paths) for unit, paths in files.items() if len(paths) > 1}

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON-ready data (contract section 3)."""
        return {
            "version": 1,
            "as_of": self.as_of.isoformat(),
            "tasks": len(self.tasks),
            "reports": len(self.reports),
            "added": len(self.tasks),
            "updated": 0,
            "unchanged": 0,
            "conflicts": [conflict.to_dict() for conflict in self.conflicts],
            "missing_units": [absence.unit for absence in self.absent if absence.kind == "missing"],
            "same_unit_files": {unit: list(paths) for unit, paths in self.same_unit_files.items()},
            "held_back": [finding.to_dict() for finding in self.held_back],
            "silenced": [silenced.to_dict() for silenced in self.report.silenced],
            "files": self.report.files(),
            "findings": [finding.to_dict() for finding in self.report.findings],
            "summary": self.report.summary,
        }


def _deadline_source(task: Task) -> Reported | None:
    """The report whose deadline the task shows; None where it shows none."""
    shown = task.values.get("deadline")
    if shown is None:
        return None
    candidates = (task.main, *task.reports)
    return next((report for report in candidates if report.values.get("deadline") == shown), None)


def consolidated(report: Report, *, strict: bool = False) -> Master:
    """Join the rows of a judged collection into a master.

    ``strict`` keeps rows with an error of family S or V out of it; they are listed in ``held_back``.
    """
    from rectify_xl.tasks import joined  # noqa: PLC0415 - see judge.validate

    held = _held_back(report.findings) if strict else ()
    collection = _without(report.collection, held) if held else report.collection
    return Master(report, joined(collection), absences(report.collection), held)


def _held_back(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.ERROR and finding.family in ("S", "V") and finding.row is not None
    )


def _without(collection: Collection, held: tuple[Finding, ...]) -> Collection:
    """The collection without the rows that findings are about."""
    from rectify_xl.collection.frame import make_collection  # noqa: PLC0415 - see judge.validate

    rows = {(finding.file, finding.sheet, finding.row) for finding in held}
    kept = []
    for submission in collection.submissions:
        tables = tuple(
            replace(table, rows=tuple(task for task in table.rows if (submission.path, table.sheet, task.row) not in rows))
            for table in submission.tables
        )
        kept.append(replace(submission, tables=tables))
    return make_collection(tuple(kept), collection.campaign, collection.as_of, collected=collection.collected)
