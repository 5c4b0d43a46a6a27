"""The consolidated ledger of a campaign, whether it was merged from lists or read back from its workbook."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.common.short_repr import value_repr
from rectify_xl.ledger.lights import Lights, is_at_risk, warnings_dict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.common.findings import Finding
    from rectify_xl.common.i18n import Text
    from rectify_xl.intake.grid import Workbook
    from rectify_xl.ledger.decision_records import ConflictRecord, ExtensionRecord, PendingRecord
    from rectify_xl.ledger.records import AbsenceRecord, AddedCells, ChangeRecord, FindingRecord, ReportRecord, Round, TaskRecord
    from rectify_xl.ledger.since_base import SinceBase
    from rectify_xl.validation.report import Report


@dataclass(frozen=True, repr=False, eq=False)
class Saved:
    """A workbook that was read back, kept whole: of 2,000 tasks it takes as long to read as their lists, once is enough.

    Attributes:
        content: its bytes.
        workbook: the cells of all its sheets.
        master: what it says.
        path: the file that it was read from.
        baseline: the workbook as we would have left it, where a floor above has made it meanwhile (workbook/office_work.py).
    """

    content: bytes
    workbook: Workbook
    master: Master
    path: Path
    baseline: object = None


@dataclass(frozen=True, repr=False)
class Master:
    """What the master workbook shows: the result of ``merge``, ``summarize`` and ``read_master`` alike.

    Attributes:
        campaign: the campaign's settings.
        as_of: the day on which overdue was judged.
        tasks: 总台账, one record per task, in order.
        reports: 分单位填报, what each unit reported on each task; superseded reports are left out.
        absences: 未报送.
        conflicts: 冲突, all disagreements.
        findings: 问题清单.
        changes: 变更记录.
        rounds: the figures of the rounds before this one, the oldest first.
        lang: the language of its workbook, and of the findings' messages.
        files: how many files were used.
        held_rows: how many rows ``strict`` kept out.
        checked_on: the day of which the findings are, where it is not ``as_of``.
        notes: what somebody should know of how it was read back.
        report: the judged input of a merge; None for a master that was read back.
        held_back: the findings for which ``strict`` kept rows out of a merge.
        pending: 待确认, the rows of which it is not certain whose task they are.
        last_key: the highest number that a key was ever given, see :mod:`rectify_xl.ledger.keys`.
        added: columns that the office added to views of the tasks, such as 逾期, row by row.
        column_orders: key of a list -> ids of its columns, where the office has inserted or moved any.
        saved: the workbook that it was read back from or goes on from, in which the office worked; nothing where there is none.
        extensions: 延期.
        from_list: whether it began from a plan's own list, which names every task there is.
        planned: the marks of what that list said in the units' fields (rounds/row_marks.py), so that what the office writes over
            it is known as the office's.
        made_from: the SHA-256 of the workbook that it was first made from, nothing for a first round.
        since_base: of a merge with a base: what it came to.
        turnout: how units have reported in this round, kind -> units, see :mod:`rectify_xl.collection.turnout`; ``again``: those
            that reported something twice.
        round_extras: of the round's own row of 历次: the cells in columns that the office added.
        was_not_reported: of the same row: how many tasks were not reported on when this was written; None where it was not said.
    """

    campaign: Campaign
    as_of: date
    tasks: tuple[TaskRecord, ...] = ()
    reports: tuple[ReportRecord, ...] = ()
    absences: tuple[AbsenceRecord, ...] = ()
    conflicts: tuple[ConflictRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
    changes: tuple[ChangeRecord, ...] = ()
    rounds: tuple[Round, ...] = ()
    lang: str = "zh"
    files: int = 0
    held_rows: int = 0
    checked_on: date | None = None
    notes: tuple[Text, ...] = dataclasses.field(default=(), compare=False)
    report: Report | None = dataclasses.field(default=None, compare=False)
    held_back: tuple[Finding, ...] = dataclasses.field(default=(), compare=False)
    pending: tuple[PendingRecord, ...] = ()
    last_key: int = 0
    added: tuple[AddedCells, ...] = ()
    column_orders: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    saved: Saved | None = dataclasses.field(default=None, compare=False)
    extensions: tuple[ExtensionRecord, ...] = ()
    from_list: bool = False
    planned: frozenset[str] = frozenset()
    made_from: str = ""
    since_base: SinceBase | None = dataclasses.field(default=None, compare=False)
    turnout: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    round_extras: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    was_not_reported: int | None = dataclasses.field(default=None, compare=False)

    def __repr__(self) -> str:
        counts = (
            f"{len(getattr(self, name))} {name}" for name in ("tasks", "reports", "absences", "conflicts", "findings", "changes")
        )
        return f"<Master {value_repr(self.campaign.name)} as of {self.as_of}: {', '.join(counts)}>"

    def to_excel(
        self, path: str | Path, *, lang: str | None = None, backup_dir: str | Path | None = None, drop: bool = False
    ) -> Path | None:
        """Write the master workbook; see :func:`rectify_xl.write_master`.

        Raises:
            NotKeptError: some of the office's work cannot be kept, and ``drop`` is not set.
            RectifyError: the file cannot be written or kept, or is no master of this campaign.
        """
        # Workbooks are made on a floor above; what is public there is reached by its public name.
        write_master: Callable[..., Path | None] = import_module("rectify_xl").write_master
        return write_master(self, path, lang=lang, backup_dir=backup_dir, drop=drop)

    def tasks_frame(self) -> pd.DataFrame:
        """总台账 as a DataFrame, one row per task.

        The schema's columns as in :meth:`rectify_xl.Report.rows_frame`, then ``due``, ``judged_by``, ``flag``, ``in_doubt``,
        ``light`` (blank where the task bears none),
        ``days``, ``kinds``, ``is_closed``, ``is_clear``, ``has_leader``, ``leads``, ``leaders``, ``disputed`` and ``source``.
        """
        from rectify_xl.ledger.frames import tasks_frame  # noqa: PLC0415 - loads pandas

        return tasks_frame(self.campaign.schema, self.tasks, self.lights)

    def reports_frame(self) -> pd.DataFrame:
        """分单位填报 as a DataFrame, one row per task and reporting unit, with file, sheet, first and last row."""
        from rectify_xl.ledger.frames import reports_frame  # noqa: PLC0415 - as above

        return reports_frame(self.campaign.schema, self.reports)

    def changes_frame(self) -> pd.DataFrame:
        """变更记录 as a DataFrame, one row per changed field."""
        from rectify_xl.ledger.frames import changes_frame  # noqa: PLC0415 - as above

        return changes_frame(self.changes)

    def findings_frame(self) -> pd.DataFrame:
        """问题清单 as a DataFrame, one row per finding."""
        from rectify_xl.ledger.frames import finding_records_frame  # noqa: PLC0415 - as above

        return finding_records_frame(self.findings)

    @cached_property
    def overdue(self) -> tuple[TaskRecord, ...]:
        """逾期: past due and not completed, longest first."""
        return tuple(sorted(self._flagged("overdue"), key=lambda task: -task.timing.days))

    @property
    def doubtful(self) -> tuple[TaskRecord, ...]:
        """Those of the overdue tasks that may not be: overdue by a date in doubt."""
        return tuple(task for task in self.overdue if task.doubts)

    @cached_property
    def due_soon(self) -> tuple[TaskRecord, ...]:
        """即将到期: due within ``due_soon_days``, soonest first."""
        return tuple(sorted(self._flagged("due-soon"), key=lambda task: task.timing.days))

    @cached_property
    def unclear(self) -> tuple[TaskRecord, ...]:
        """时限不明: the tasks without one clear deadline."""
        return tuple(task for task in self.tasks if not task.is_clear)

    @cached_property
    def leaderless(self) -> tuple[TaskRecord, ...]:
        """缺责任领导: the tasks for which nobody named a leader."""
        return tuple(task for task in self.tasks if not task.has_leader)

    @cached_property
    def lights(self) -> Lights:
        """The lights of its tasks, by ``lights:`` of the campaign."""
        return Lights(self.campaign, self.as_of, self.tasks, self.missing_units, self.rounds)

    @cached_property
    def at_risk(self) -> tuple[TaskRecord, ...]:
        """The open tasks, not overdue, of which their unit expects that they cannot be done in time, or hardly."""
        return tuple(filter(is_at_risk, self.tasks))

    @property
    def missing_units(self) -> tuple[str, ...]:
        """The units that should have reported and did not."""
        return tuple(absence.unit for absence in self.absences if absence.kind == "missing")

    @property
    def severity_counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        counts = Counter(finding.severity for finding in self.findings)
        return {severity: counts[severity] for severity in Severity}

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings of severity error, 2 no file was used at all."""
        if not self.files:
            return 2
        return 1 if self.severity_counts[Severity.ERROR] else 0

    def _flagged(self, flag: str) -> list[TaskRecord]:
        return [task for task in self.tasks if task.timing.flag == flag]

    @property
    def same_unit_files(self) -> dict[str, tuple[str, ...]]:
        """Of a merge: units that sent several files -> the files."""
        files: dict[str, list[str]] = {}
        if self.report:
            collection = self.report.collection
            for submission in collection.submissions:
                if submission.status == "accepted":
                    for unit in collection.units_of(submission):
                        files.setdefault(unit, []).append(submission.path)
        return {unit: tuple(paths) for unit, paths in files.items() if len(paths) > 1}

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON-ready data (docs/json-output.md); what the input was is there after a merge alone."""
        judged: dict[str, Any] = {}
        if self.report:
            judged = {
                "same_unit_files": {unit: list(paths) for unit, paths in self.same_unit_files.items()},
                "held_back": [finding.to_dict() for finding in self.held_back],
                "silenced": [silenced.to_dict() for silenced in self.report.silenced],
                "files": self.report.files(),
                "findings": [finding.to_dict() for finding in self.report.findings],
                "summary": self.report.summary,
            }
        from rectify_xl.ledger.since_base import change_dict, outcomes_of, pending_dict  # noqa: PLC0415 - compares, as a merge does

        since = self.since_base
        return {
            "version": 1,
            "as_of": self.as_of.isoformat(),
            "round": self.campaign.round_id or None,
            "base": since.base if since else None,
            "tasks": len(self.tasks),
            "overdue": len(self.overdue),
            "in_doubt": [task.key for task in self.doubtful],
            "warnings": warnings_dict(self.campaign.stages, self.due_soon, self.at_risk),
            "lights": self.lights.to_list(self.lang),
            "reports": len(self.reports),
            "added": since.added if since else len(self.tasks),
            "updated": since.updated if since else 0,
            "unchanged": since.unchanged if since else 0,
            "outcomes": {str(outcome): count for outcome, count in outcomes_of(since, len(self.tasks)).items()},
            "changes": [change_dict(change) for change in since.changed] if since else [],
            "pending": [pending_dict(row) for row in self.pending],
            "not_reported": [{"key": key, "unit": unit} for key, unit in since.comparison.not_reported] if since else [],
            "conflicts": [conflict.to_dict() for conflict in self.conflicts],
            "missing_units": list(self.missing_units),
            **judged,
        }
