"""A master while it is being changed: by the office's decisions, and by what units reported this round.

Every change of a value of 总台账 goes through :meth:`Draft.change`, which logs it. The records are built anew at the end,
from what the ledger then shows.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.readings import read_units
from rectify_xl.common.addresses import from_a1
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.ledger.granting import certain
from rectify_xl.ledger.parts_due import RecordedDue
from rectify_xl.ledger.records import ROUND_OF_DIGEST, ChangeRecord
from rectify_xl.ledger.roles import roster_name
from rectify_xl.ledger.task_builder import TaskBuilder
from rectify_xl.provenance.carried import make_key
from rectify_xl.rounds import Outcome
from rectify_xl.schema.conversion import shown, shown_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.decision_records import ConflictRecord, PendingRecord
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import Extras, ReportRecord, TaskRecord
    from rectify_xl.tasks import PartValues


_HEADING = LazyPattern(r"([^：:]+)(?:：|: )")


@dataclass
class TaskDraft:
    """One row of 总台账 while it is being changed."""

    key: str
    values: dict[str, Any]
    source: str
    disputed: set[str] = field(default_factory=set)
    written_units: str | None = None
    recorded: RecordedDue = field(default_factory=RecordedDue)
    extras: Extras = field(default_factory=dict)
    parts: PartValues = ()

    @classmethod
    def of(cls, task: TaskRecord) -> TaskDraft:
        """A row as it stands."""
        beside = RecordedDue(task.due, task.reason, task.judged_by if task.judged_by != task.due else None)
        disputed = set(task.disputed)
        return cls(task.key, dict(task.values), task.source, disputed, task.written_units, beside, task.extras, task.parts)

    @property
    def name(self) -> str:
        """The number, or the beginning of what it is about."""
        longest = 20
        subject = self.values.get("problem") or self.values.get("measures")
        return shown(self.values.get("task_id")) or shown(subject)[:longest]

    def put(self, key: str, value: Any) -> None:  # noqa: ANN401 - a cell holds anything
        """Write a value; what stands beside a deadline or a unit cell follows it."""
        self.values[key] = value
        if key == "deadline":
            self.recorded = RecordedDue()
        elif key == "lead_unit":
            self._put_units(value)

    def _put_units(self, value: Any) -> None:  # noqa: ANN401
        units = read_units(value)
        lead = tuple(dict.fromkeys(units.lead or units.responsible))
        others = dict.fromkeys((*units.cooperating, *(units.responsible if units.lead else ())))
        self.values["lead_unit"] = "、".join(lead) or value
        if others and not self.values.get("coop_units"):
            self.values["coop_units"] = "、".join(others)
        self.written_units = shown(value) if shown(value) != self.values["lead_unit"] else None

    def reported_in(self, sources: Iterable[str], before: ReportRecord | None) -> None:
        """Name the cells of a new report, instead of those of the unit's report before."""
        kept = [line for line in self.source.split("\n") if line and not (before and _names(line, before))]
        self.source = "\n".join(dict.fromkeys((*kept, *sources)))


class Draft:
    """A master while it is being changed.

    Attributes:
        tasks: 总台账 by key, in order.
        reports: 分单位填报 by the key of the task: a round lays thousands of them, each on those of its own task.
        conflicts, pending: rows of their sheets.
        changes: what was changed so far.
        last_key: the highest number that a key was ever given.
    """

    def __init__(self, master: Master, round_id: str) -> None:
        self.master = master
        self.campaign: Campaign = master.campaign
        self.round_id = round_id
        self.tasks = {task.key: TaskDraft.of(task) for task in master.tasks}
        self.reports: defaultdict[str, list[ReportRecord]] = defaultdict(list)
        for report in master.reports:
            self.reports[report.key].append(report)
        self.conflicts: list[ConflictRecord] = list(master.conflicts)
        self.pending: list[PendingRecord] = list(master.pending)
        self.changes: list[ChangeRecord] = []
        self.last_key = master.last_key

    def change(
        self,
        key: str,
        name: str,
        value: Any,  # noqa: ANN401
        outcome: Outcome,
        *,
        unit: str = "",
        source: str = "",
        settled: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Write a value into 总台账 and log it; a decision is logged also where it keeps what is there."""
        task, known = self.tasks[key], self.campaign.schema[name]
        old = shown_in(known, task.values.get(name))
        if value != task.values.get(name):
            task.put(name, value)
        new = shown_in(known, value)
        if outcome is Outcome.DECIDED:
            task.disputed.discard(name)
        if old != new or outcome is Outcome.DECIDED:
            self.log(task, name, old, new, outcome, unit=unit, source=source, settled=settled)

    def log(
        self,
        task: TaskDraft,
        name: str,
        old: str,
        new: str,
        outcome: Outcome,
        *,
        unit: str = "",
        source: str = "",
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Write a line of 变更记录."""
        self.changes.append(
            ChangeRecord(task.name, name, old, new, source, self.round_id, key=task.key, unit=unit, outcome=outcome, **more)
        )

    def add(self, task: TaskDraft, *, unit: str, **more: Any) -> None:  # noqa: ANN401 - as in log()
        """Put a new task after the others, under a key of its own."""
        self.last_key += 1
        task.key = make_key(self.last_key)
        self.tasks[task.key] = task
        self.log(task, "", "", shown(task.values.get("problem") or task.values.get("measures")), Outcome.ADDED, unit=unit, **more)

    def report_of(self, key: str, unit: str) -> ReportRecord | None:
        """The last report of a unit on a task."""
        mine = [report for report in self.reports[key] if self._is(report, unit)]
        return mine[-1] if mine else None

    def lay(self, report: ReportRecord, sources: Iterable[str]) -> None:
        """Put a unit's report in the place of its last one on the task; of units that have become one there are several."""
        mine = [one for one in self.reports[report.key] if self._is(one, report.unit)]
        before = mine[-1] if mine else None
        replaced: list[ReportRecord | None] = [*mine] or [None]
        for one in replaced:
            self.tasks[report.key].reported_in(sources, one)
        kept = [one for one in self.reports[report.key] if one is before or not any(one is old for old in mine)]
        digests = dict.fromkeys(digest for one in (*mine, report) for digest in _digests(one, report.round_id))
        more: dict[str, Any] = {"digests": tuple(digests), "other": laid_over([one.other for one in (*mine, report)])}
        if before is None:
            self.reports[report.key] = [*kept, replace(report, **more)]
            return
        if before.round_id == report.round_id and before.stated is not None and report.stated is not None:
            more["stated"] = before.stated | report.stated
        words = {name: word for name, word in before.words.items() if report.values.get(name) == before.values.get(name)}
        new = replace(report, extras=before.extras, words={**words, **report.words}, **more)
        self.reports[report.key] = [new if one is before else one for one in kept]

    def _is(self, report: ReportRecord, unit: str) -> bool:
        return report.unit == unit or roster_name(self.campaign, report.unit) == roster_name(self.campaign, unit)

    def finish(self, campaign: Campaign, as_of: date, **more: Any) -> Master:  # noqa: ANN401 - attributes
        """The master as it is now, judged on a day.

        Args:
            campaign: the settings by which it is judged.
            as_of: the day.
            more: further attributes of the master.
        """
        place = {key: at for at, key in enumerate(self.tasks)}
        of_tasks = sorted(self.reports.items(), key=lambda one: place.get(one[0], len(place)))
        reports = tuple(report for _, several in of_tasks for report in several)
        requests = certain(self.master.extensions, (task.values.get("task_id") for task in self.tasks.values()))
        builder = TaskBuilder(campaign, as_of, reports, requests)
        open_fields: dict[str, set[str]] = {}
        for conflict in self.conflicts:
            if conflict.kind == "conflict":
                open_fields.setdefault(conflict.key, set()).add(conflict.field)
        tasks = tuple(
            builder.build(
                task.values,
                source=task.source,
                disputed=frozenset(task.disputed | open_fields.get(key, set())) & frozenset(campaign.schema.keys),
                written_units=task.written_units,
                recorded=task.recorded,
                extras=task.extras,
                key=key,
                parts=task.parts,
            )
            for key, task in self.tasks.items()
        )
        return dataclasses.replace(
            self.master,
            campaign=campaign,
            as_of=as_of,
            tasks=tasks,
            reports=reports,
            conflicts=tuple(replace(one, ours=self._ours(one)) for one in self.conflicts),
            pending=tuple(self.pending),
            changes=(*self.master.changes, *self.changes),
            last_key=self.last_key,
            **more,
        )

    def _ours(self, conflict: ConflictRecord) -> str:
        """What 总台账 shows now of the field of a conflict."""
        task = self.tasks.get(conflict.key)
        if task is None or conflict.field not in self.campaign.schema:
            return conflict.ours
        return shown_in(self.campaign.schema[conflict.field], task.values.get(conflict.field))


def laid_over(columns: Iterable[str]) -> str:
    """Columns that the schema does not know, as ``heading：text`` lines, a later report's over those of one before."""
    found: dict[str, list[str]] = {}
    for text in columns:
        new: dict[str, list[str]] = {}
        heading = ""
        for line in filter(None, text.split("\n")):
            start = _HEADING.match(line)
            heading = start[1] if start else heading
            new.setdefault(heading, []).append(line)
        found |= new
    return "\n".join(line for lines in found.values() for line in lines)


def _digests(report: ReportRecord, round_id: str) -> Iterator[str]:
    """The files of a report as a report of a round names them: those of another round with it."""
    for digest in report.digests:
        yield (
            digest if ROUND_OF_DIGEST in digest or report.round_id == round_id else f"{digest}{ROUND_OF_DIGEST}{report.round_id}"
        )


def same_text(one: str, other: str) -> bool:
    """Whether two texts have the same words."""
    return text_key(one) == text_key(other)


def _names(line: str, report: ReportRecord) -> bool:
    """Whether a line of the sources is the row of a report."""
    place, _, cell = line.rpartition("!")
    try:
        row = from_a1(cell)[0]
    except ValueError:
        return False
    return place in (report.file, f"{report.file}!{report.sheet}") and not isinstance(report.rows, str) and report.rows[0] == row
