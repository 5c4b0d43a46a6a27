"""Rows -> what each unit reported on each task -> tasks, with every disagreement kept and none decided.

Two grains, kept apart: a :class:`Reported` is one task as one list has it (several rows when the task has parts);
a :class:`Task` joins what all units reported on it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.model import UNREADABLE, a1
from rectify_xl.text_keys import number_key, text_key
from rectify_xl.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.book import Book, Place
    from rectify_xl.schema import Field

# Two wordings of one numbered task differ in one place (a typo, a cut-off tail); other problems differ by far more.
_SAME_WORDING = 0.85
# Never compared: units number their own lists.
_NOT_COMPARED = frozenset({"task_id"})


@dataclass(frozen=True)
class Reported:
    """One task as one list has it. ``positions`` are the rows of the book that are its parts."""

    book: Book
    positions: tuple[int, ...]

    @property
    def place(self) -> Place:
        """Where its first row stands."""
        return self.book.places[self.positions[0]]

    @property
    def unit(self) -> str:
        """The unit that reported it."""
        return self.book.unit_of(self.positions[0])

    @cached_property
    def values(self) -> dict[str, Any]:
        """Field -> value; the values of parts that differ are listed one per line."""
        return {known.key: self._value(known) for known in self.book.campaign.schema.fields}

    def _value(self, known: Field) -> Any:  # noqa: ANN401 - a cell holds anything
        column = self.book.values(known.key)
        parts = [column[position] for position in self.positions]
        distinct = list({_key(value): value for value in parts if value is not None}.values())
        if len(distinct) <= 1:
            return distinct[0] if distinct else None
        if known.kind == "choice" and all(value in known.choices for value in distinct):
            # A task is as far as the part that is least far.
            return min(distinct, key=known.choices.index)
        if all(type(value) is date for value in distinct):
            return max(distinct, key=shown)
        return "\n".join(shown(value) for value in distinct)

    @cached_property
    def key(self) -> tuple[str, str]:
        """Comparison keys of number and subject (the problem, else the measures)."""
        subject = text_key(shown(self.values.get("problem"))) or text_key(shown(self.values.get("measures")))
        return number_key(shown(self.values.get("task_id"))), subject

    @cached_property
    def leads(self) -> frozenset[str]:
        """Roster names (names as written where the roster has none) of the units that lead it."""
        units = [self.book.units[position] for position in self.positions]
        return frozenset(roster_name(self.book, name) for unit in units for name in unit.lead)

    def cell(self, key: str) -> str:
        """The address of a field in the list; of the row's first column where the list lacks the field."""
        table, task = self.place.table, self.place.task
        if key in table.columns:
            return table.cell(task, key)
        return a1(task.row, min(table.columns.values()))

    @property
    def source(self) -> str:
        """``file!cell``, with the sheet in between where the file has several task tables."""
        place = self.place
        sheet = f"{place.table.sheet}!" if len(place.submission.tables) > 1 else ""
        key = "task_id" if "task_id" in place.table.columns else "problem"
        return f"{place.submission.path}!{sheet}{self.cell(key)}"

    def compared(self, known: Field) -> Any:  # noqa: ANN401
        """The value in the form in which two reports are compared; None when there is nothing to compare."""
        if self.values[known.key] is None or isinstance(self.values[known.key], UNREADABLE):
            return None
        if known.role == "deadline":
            readings = [self.book.deadlines[position] for position in self.positions]
            if any(reading.due for reading in readings):
                return tuple((reading.kinds, reading.due) for reading in readings)
        if known.key == "lead_unit":
            return self.leads or _key(self.values[known.key])
        return _key(self.values[known.key])


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which reports of one task disagree: every value with its source."""

    task: str
    field: str
    values: tuple[tuple[str, str, str], ...]  # unit, value as shown, source

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


def _key(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.date()
    return text_key(value) if isinstance(value, str) else value


def roster_name(book: Book, name: str) -> str:
    """The roster's name of a unit, or the name as written."""
    match = book.match(name)
    return match.unit.name if match.unit else name


def reported_tasks(book: Book) -> tuple[Reported, ...]:
    """The rows of the book grouped into reported tasks, in file order."""
    groups: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for position, place in enumerate(book.places):
        first = place.task.part_of or place.task.row
        groups[(place.submission.path, place.table.sheet, first)].append(position)
    return tuple(Reported(book, tuple(positions)) for positions in groups.values())


def join_tasks(reports: Iterable[Reported]) -> tuple[Task, ...]:
    """Reports of the same task joined, ordered by number."""
    groups: list[list[Reported]] = []
    by_subject: dict[str, list[list[Reported]]] = defaultdict(list)
    by_number: dict[str, list[list[Reported]]] = defaultdict(list)
    for report in reports:
        number, subject = report.key
        home = next((group for group in by_subject[subject] if subject and _same(group[0], report)), None)
        home = home or next((group for group in by_number[number] if number and _reworded(group[0], report)), None)
        if home is None:
            home = []
            groups.append(home)
            by_subject[subject].append(home)
            by_number[number].append(home)
        home.append(report)
    return tuple(sorted(map(_task, groups), key=_order))


def _same(first: Reported, other: Reported) -> bool:
    """Same words: one task, unless both are numbered, differently, and in one list or under different lead units."""
    if first.key[0] == other.key[0] or not first.key[0] or not other.key[0]:
        return True
    one_list = first.place.submission.path == other.place.submission.path
    return not one_list and bool(first.leads) and first.leads == other.leads


def _reworded(first: Reported, other: Reported) -> bool:
    """Same number and nearly the same words: the same task, on whose wording two lists disagree."""
    mine, theirs = first.key[1], other.key[1]
    longest, shortest = max(len(mine), len(theirs)), min(len(mine), len(theirs))
    if not mine or not theirs or shortest < _SAME_WORDING * longest:
        return False
    head = _common(mine, theirs)
    tail = _common(mine[head:][::-1], theirs[head:][::-1])
    return head + tail >= _SAME_WORDING * longest


def _common(left: str, right: str) -> int:
    """Length of the common beginning."""
    for at, (mine, theirs) in enumerate(zip(left, right, strict=False)):
        if mine != theirs:
            return at
    return min(len(left), len(right))


def _order(task: Task) -> tuple[int, int, str, str]:
    """Numbers by value, then other numbers as they are, tasks without a number last; files in order."""
    number = task.main.key[0]
    source = task.main.place.submission.path
    if number.isdigit():
        return 0, int(number), "", source
    return (1 if number else 2), task.main.positions[0], number, source


def _task(group: list[Reported]) -> Task:
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
        by_unit[report.unit].append(report)
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
        return _by_unit(known, said), None
    main = task.main if task.main in said else said[0]
    sides = {report.compared(known): report for report in reversed(said) if report.compared(known) is not None}
    if len(sides) <= 1 or known.key in _NOT_COMPARED:
        return main.values[known.key], None
    values = tuple((report.unit, shown(report.values[known.key]), _source(report, known.key)) for report in said)
    leading = [report for report in said if report.unit in report.leads]
    value = leading[0].values[known.key] if len({report.compared(known) for report in leading}) == 1 else None
    return value, Conflict("", known.key, values)


def _source(report: Reported, key: str) -> str:
    return f"{report.place.submission.path}!{report.place.table.sheet}!{report.cell(key)}"


def _by_unit(known: Field, said: list[Reported]) -> Any:  # noqa: ANN401
    """Each unit has its own progress and contact: the unit's name before each."""
    return "\n".join(f"【{report.unit}】{shown(report.values[known.key])}" for report in said)
