"""What the papers say of a master, counted as its sheets count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.common.workdays import working_days
from rectify_xl.language.units import is_collective
from rectify_xl.ledger.counts import by_leader, by_unit, overview
from rectify_xl.ledger.naming import WRONG_NAME, UnitNames
from rectify_xl.ledger.rows import ABSENCES
from rectify_xl.ledger.translation import in_language
from rectify_xl.ledger.view import UNSET, View
from rectify_xl.papers.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from rectify_xl.ledger.sheets import Contents, Entry

UNNAMED = "（未写明牵头单位）"
_KINDS = {label: kind for kind, labels in ABSENCES.items() for label in labels.values()}
_WRONG = WRONG_NAME["zh"]


@dataclass(frozen=True, slots=True)
class Absent:
    """A row of 未报送: ``kind`` is missing, late or cooperating."""

    unit: str
    kind: str
    filled_on: date | None


@dataclass(frozen=True, slots=True)
class Count:
    """A row of 按单位 or 按领导."""

    name: str
    tasks: int
    closed: int
    overdue: int
    due_soon: int


class Facts:
    """A master's contents as the papers need them; they are written in Chinese whatever the master's language."""

    def __init__(self, contents: Contents) -> None:
        self.contents = in_language(contents, "zh")
        self.campaign = contents.campaign
        self.as_of = contents.as_of
        self.entries = self.contents.entries
        self._view = View(self.contents)
        self._names = UnitNames(self._view)

    @cached_property
    def figures(self) -> dict[str, int]:
        """The figures of 汇总 by name."""
        return {figure[0]: figure[1] for figure in overview(self._view).figures}

    @cached_property
    def statuses(self) -> tuple[tuple[str, int], ...]:
        """How many tasks are in which status."""
        return overview(self._view).by_status

    @cached_property
    def units(self) -> tuple[Count, ...]:
        """按单位, without the row of tasks that name no unit."""
        return _counts(by_unit(self._view).rows)

    @cached_property
    def leaders(self) -> tuple[Count, ...]:
        """按领导, without the row of tasks that name no leader."""
        return _counts(by_leader(self._view).rows)

    @cached_property
    def overdue(self) -> tuple[Entry, ...]:
        """逾期, longest first."""
        found = [entry for entry in self.entries if entry.timing.flag == "overdue"]
        return tuple(sorted(found, key=lambda entry: -entry.timing.days))

    @cached_property
    def due_soon(self) -> tuple[Entry, ...]:
        """即将到期, soonest first."""
        found = [entry for entry in self.entries if entry.timing.flag == "due-soon"]
        return tuple(sorted(found, key=lambda entry: entry.timing.days))

    @cached_property
    def unclear(self) -> tuple[Entry, ...]:
        """时限不明."""
        return tuple(entry for entry in self.entries if entry.unclear)

    @cached_property
    def leaderless(self) -> tuple[Entry, ...]:
        """缺责任领导."""
        return tuple(entry for entry in self.entries if not entry.led)

    @cached_property
    def absent(self) -> tuple[Absent, ...]:
        """未报送, as far as its rows say what the program wrote there."""
        rows = self.contents.records["not_reported"]
        return tuple(Absent(row[0], _KINDS[row[1]], row[6]) for row in rows if row[1] in _KINDS)

    @cached_property
    def missing(self) -> frozenset[str]:
        """Units that should have reported and did not."""
        return frozenset(absent.unit for absent in self.absent if absent.kind == "missing")

    @cached_property
    def late(self) -> frozenset[str]:
        """Units that reported after the round's due date."""
        return frozenset(absent.unit for absent in self.absent if absent.kind == "late")

    def lead(self, entry: Entry) -> tuple[str, ...]:
        """The units that lead a task, as 按单位 counts it."""
        return self._names.of(entry.lead)

    @cached_property
    def led(self) -> dict[str, list[Entry]]:
        """Unit -> the tasks it leads."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for name in self.lead(entry):
                groups.setdefault(name, []).append(entry)
        return groups

    def reply_by(self) -> tuple[date, bool]:
        """The day by which units answer, and whether the official calendar knew the days until then.

        The round's due date while it is to come, else some working days after the as-of date.
        """
        due = self.campaign.round_due
        if due and due > self.as_of:
            return due, True
        wanted = self.campaign.papers.reply_working_days
        first = _after(self.as_of, 1)
        days = wanted
        while (found := working_days(first, _after(self.as_of, days)))[0] < wanted:
            days += 1
        return _after(self.as_of, days), found[1]

    def standing(self, name: str) -> str:
        """What a lead unit's name is: ``unit``, ``group`` (各县区), ``unlisted`` (in no roster), ``wrong`` (advertising)."""
        if name in self.campaign.unit_by_name:
            return "unit"
        if name == _WRONG:
            return "wrong"
        if is_collective(name):
            return "group"
        return "unlisted" if self.campaign.units else "unit"

    @cached_property
    def unnamed(self) -> tuple[Entry, ...]:
        """Tasks that name no lead unit, or something that is none."""
        return tuple(entry for entry in self.entries if not entry.lead or _WRONG in self.lead(entry))


def _after(day: date, days: int) -> date:
    return day.fromordinal(day.toordinal() + days)


def _counts(rows: Iterable[tuple[object, ...]]) -> tuple[Count, ...]:
    return tuple(Count(*row[:5]) for row in rows if row[0] not in UNSET.values())  # type: ignore[arg-type]  # as counted


def is_open(entry: Entry) -> bool:
    """Whether a task is not among 已办结."""
    return not entry.is_closed


def by_lead(facts: Facts, entries: Iterable[Entry], told: Callable[[list[Entry]], str]) -> str:
    """Tasks by lead unit, the unit with most first: 市水利局2项(任务3、8)、…; those of no good name at the end."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in facts.lead(entry) or (UNNAMED,):
            groups.setdefault(name, []).append(entry)
    ordered = sorted(groups.items(), key=lambda group: (group[0] in (UNNAMED, _WRONG), -len(group[1])))
    return "、".join(f"{plain(name)}{told(found)}" for name, found in ordered)
