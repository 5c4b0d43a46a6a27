"""What the reports of one task agree on, and every disagreement kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.schema.conversion import shown
from rectify_xl.schema.fields import PACE
from rectify_xl.tasks.comparing import disagree, stated_in
from rectify_xl.tasks.versions import latest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks.reported import Reported

# How far a task is: stated by one report or not at all.
HOW_FAR = frozenset({"status", "percent", "completed_on", PACE, "forecast"})
# Of these, what a cooperating unit says of its own share contradicts nobody.
OF_OWN_SHARE = frozenset({PACE, "forecast"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which reports of one task disagree: all that say something, in file order."""

    task: str
    field: str
    reports: tuple[Reported, ...]

    @property
    def values(self) -> tuple[tuple[str, str, str], ...]:
        """Unit, value as shown and source of every side."""
        return tuple((report.unit, report.shown(key), report.address(key)) for report, key in self.sides)

    @property
    def sides(self) -> tuple[tuple[Reported, str], ...]:
        """Every report with the field in whose cell it says so."""
        return tuple((report, stated_in(report, self.field)) for report in self.reports)

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

    @cached_property
    def leading(self) -> tuple[Reported, ...]:
        """The reports of lead units, all lists of a unit that leads by one of them."""
        units = {report.unit for report in self.reports if report.unit in report.leads}
        return tuple(report for report in self.reports if report.unit in units)

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
    schema = valid[0].collection.campaign.schema
    bare = Task(tuple(valid), {}, superseded=tuple(superseded))
    values: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for known in schema.fields:
        values[known.key], conflict = _agreed(known, bare)
        if conflict and not _is_reported(conflict, conflicts):
            conflicts.append(conflict)
    if values.get("status") is None and any(conflict.field == "status" for conflict in conflicts):
        values |= dict.fromkeys(HOW_FAR & values.keys())
    name = replace(bare, values=values).name
    return replace(bare, values=values, conflicts=tuple(replace(conflict, task=name) for conflict in conflicts))


def _is_reported(conflict: Conflict, others: list[Conflict]) -> bool:
    """Whether the same cells disagree on another field already: who leads and who cooperates, stated in one cell."""
    cells = {(report.positions, key) for report, key in conflict.sides}
    return any(cells <= {(report.positions, key) for report, key in other.sides} for other in others)


def _latest_per_unit(group: list[Reported]) -> tuple[list[Reported], list[Reported]]:
    """Reports that stand, and those that a later file of the same unit replaces. Without a known order all stand."""
    valid: list[Reported] = []
    superseded: list[Reported] = []
    by_unit: dict[str, list[Reported]] = defaultdict(list)
    for report in group:
        by_unit[report.sender].append(report)
    for reports in by_unit.values():
        last, *older = _newest_first(reports)
        if last is None:
            valid += reports
            continue
        # What the later list leaves blank the older one has said.
        valid.append(replace(last, older=tuple(older)) if older else last)
        superseded += older
    valid.sort(key=lambda report: report.positions)
    return valid, superseded


def _newest_first(reports: list[Reported]) -> list[Any]:
    """The reports of a unit, the last one first; None before them where nobody knows which that is."""
    left, found = list(reports), []
    while left and (last := latest_of(left)):
        found.append(last)
        left = [report for report in left if report is not last]
    return [*found, *left] if found else [None, *left]


def latest_of(reports: list[Reported]) -> Reported | None:
    """The report that was written last; None when unknown. Two rows of one table are a duplicate, not a correction."""
    at = latest([report.place for report in reports])
    return None if at is None else reports[at]


def _agreed(known: Field, task: Task) -> tuple[Any, Conflict | None]:
    """The value of one field over all reports, with the conflict where they disagree."""
    if len(task.reports) == 1:
        return task.reports[0].values[known.key], None
    said = [report for report in task.reports if report.values[stated_in(report, known.key)] is not None]
    if not said:
        return None, None
    if known.grain == "unit":
        return _by_unit(known, task, said), _own_conflict(known, said)
    if known.key in OF_OWN_SHARE:
        said = [report for report in said if report in task.leading] or said
    disputed = disagree(known, said)
    leading = [report for report in said if (report in task.leading if known.key in HOW_FAR else report.unit in report.leads)]
    if known.key in HOW_FAR and any(map(_says_how_far, task.leading)):
        # What a cooperating unit has done of its own share is not the state of the task.
        value = leading[0].values[known.key] if leading and not disagree(known, leading) else None
    elif disputed:
        value = _shown(known, leading[0]) if leading and not disagree(known, leading) else None
    else:
        value = _shown(known, task.main if task.main in said and task.main.values[known.key] is not None else said[0])
    return value, Conflict("", known.key, tuple(said)) if disputed else None


def _says_how_far(report: Reported) -> bool:
    return any(report.values.get(key) is not None for key in HOW_FAR)


def _shown(known: Field, report: Reported) -> Any:  # noqa: ANN401
    """The value of a field; the cooperating units as read where no cell of their own names them."""
    if stated_in(report, known.key) == known.key:
        return report.values[known.key]
    return "、".join(dict.fromkeys(name for at in report.positions for name in report.collection.units[at].cooperating))


def _own_conflict(known: Field, said: list[Reported]) -> Conflict | None:
    """Two reports of one unit whose order is unknown disagree even on what is the unit's own."""
    by_unit: dict[str, list[Reported]] = defaultdict(list)
    for report in said:
        by_unit[report.sender].append(report)
    several = (reports for reports in by_unit.values() if len(reports) > 1)
    sides = [report for reports in several if disagree(known, reports) for report in reports]
    return Conflict("", known.key, tuple(sides)) if sides else None


def _by_unit(known: Field, task: Task, said: list[Reported]) -> Any:  # noqa: ANN401
    """Each unit has its own progress and contact: the unit's name before each, where several report on the task."""
    if len({report.sender for report in task.reports}) == 1:
        texts = dict.fromkeys(shown(report.values[known.key]) for report in said)
        return "\n".join(texts) if len(texts) > 1 else said[0].values[known.key]
    return "\n".join(dict.fromkeys(f"【{report.unit}】{shown(report.values[known.key])}" for report in said))
