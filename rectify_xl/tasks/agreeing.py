"""What the reports of one task agree on, and every disagreement kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.tasks.reported import Reported, meaning
from rectify_xl.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.schema import Field

# Never compared: units number their own lists.
_NOT_COMPARED = frozenset({"task_id"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which reports of one task disagree: all that say something, in file order."""

    task: str
    field: str
    reports: tuple[Reported, ...]

    @property
    def values(self) -> tuple[tuple[str, str, str], ...]:
        """Unit, value as shown and source of every side."""
        return tuple((report.unit, shown(report.values[self.field]), _source(report, self.field)) for report in self.reports)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        sides = [{"unit": unit, "value": value, "source": source} for unit, value, source in self.values]
        return {"task": self.task, "field": self.field, "values": sides}


@dataclass(frozen=True)
class Task:
    """One task of the master. ``values`` holds what all agree on, or the lead unit's value; None where neither exists."""

    reports: tuple[Reported, ...]
    values: Mapping[str, Any]
    conflicts: tuple[Conflict, ...] = ()
    superseded: tuple[Reported, ...] = field(default=())

    @cached_property
    def main(self) -> Reported:
        """The report that stands for the task: the lead unit's, else the first."""
        return next((report for report in self.reports if report.unit in report.leads), self.reports[0])

    @property
    def name(self) -> str:
        """The number, or the beginning of the problem."""
        longest = 20
        subject = self.main.values.get("problem") or self.main.values.get("measures")
        return shown(self.values.get("task_id")) or shown(subject)[:longest]


def make_task(group: list[Reported]) -> Task:
    """Join the reports of one task."""
    if len(group) == 1:
        return Task((group[0],), group[0].values)
    valid, superseded = _latest_per_unit(group)
    schema = valid[0].book.campaign.schema
    bare = Task(tuple(valid), {}, superseded=tuple(superseded))
    values: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for known in schema.fields:
        values[known.key], conflict = _agreed(known, bare)
        if conflict:
            conflicts.append(conflict)
    name = replace(bare, values=values).name
    return replace(bare, values=values, conflicts=tuple(replace(conflict, task=name) for conflict in conflicts))


def _latest_per_unit(group: list[Reported]) -> tuple[list[Reported], list[Reported]]:
    """Reports that stand, and those that a later file of the same unit replaces. Without a known order all stand."""
    valid: list[Reported] = []
    superseded: list[Reported] = []
    by_unit: dict[str, list[Reported]] = defaultdict(list)
    for report in group:
        by_unit[report.sender].append(report)
    for reports in by_unit.values():
        latest = latest_of(reports)
        valid += [latest] if latest else reports
        superseded += [report for report in reports if latest and report is not latest]
    valid.sort(key=group.index)
    return valid, superseded


def latest_of(reports: list[Reported]) -> Reported | None:
    """The report of the latest file, by the date of filling in, else by document properties; None when unknown.

    Reports out of one file are not ordered: that is a duplicate, not a correction.
    """
    if len({report.place.submission.path for report in reports}) < len(reports):
        return None
    if len(reports) == 1:
        return reports[0]
    for moment in ("filled_on", "modified"):
        dates = [getattr(report.place.submission, moment) for report in reports]
        if all(dates) and len(set(dates)) == len(dates):
            return max(reports, key=lambda report: getattr(report.place.submission, moment))
    return None


def _agreed(known: Field, task: Task) -> tuple[Any, Conflict | None]:
    """The value of one field over all reports, with the conflict where they disagree."""
    if len(task.reports) == 1:
        return task.reports[0].values[known.key], None
    said = [report for report in task.reports if report.values[known.key] is not None]
    if not said:
        return None, None
    if known.grain == "unit":
        return _by_unit(known, said), _own_conflict(known, said)
    main = task.main if task.main in said else said[0]
    if known.key in _NOT_COMPARED or not _disagree(known, said):
        return main.values[known.key], None
    leading = [report for report in said if report.unit in report.leads]
    agreed = leading and not _disagree(known, leading)
    return leading[0].values[known.key] if agreed else None, Conflict("", known.key, tuple(said))


def _disagree(known: Field, reports: Iterable[Reported]) -> bool:
    return len({report.compared(known) for report in reports} - {None}) > 1


def differ(one: Reported, other: Reported, known: Field) -> bool:
    """Whether two reports both say something about a field, and not the same."""
    return known.key not in _NOT_COMPARED and _disagree(known, (one, other))


def differing_part(report: Reported, other: Reported, known: Field) -> int:
    """The position of the first part of ``report`` that says something else than the same part of ``other``."""
    book = report.book
    if len(report.positions) == len(other.positions):
        for mine, theirs in zip(report.positions, other.positions, strict=True):
            if meaning(book, known, mine) != meaning(book, known, theirs):
                return mine
    return report.positions[0]


def _source(report: Reported, key: str) -> str:
    return f"{report.place.submission.path}!{report.place.table.sheet}!{report.cell(key)}"


def _own_conflict(known: Field, said: list[Reported]) -> Conflict | None:
    """Two reports of one unit whose order is unknown disagree even on what is the unit's own."""
    by_unit: dict[str, list[Reported]] = defaultdict(list)
    for report in said:
        by_unit[report.sender].append(report)
    sides = [report for reports in by_unit.values() if _disagree(known, reports) for report in reports]
    return Conflict("", known.key, tuple(sides)) if sides else None


def _by_unit(known: Field, said: list[Reported]) -> Any:  # noqa: ANN401
    """Each unit has its own progress and contact: the unit's name before each."""
    return "\n".join(f"【{report.unit}】{shown(report.values[known.key])}" for report in said)
