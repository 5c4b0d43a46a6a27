"""What the papers say of a master, counted as its sheets count."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from rectify_xl.collection.timing import date_or_none
from rectify_xl.common.i18n import listed, localise
from rectify_xl.common.workdays import LastDay
from rectify_xl.language.units import is_collective
from rectify_xl.ledger.counts import count_leaders, count_units, overview
from rectify_xl.ledger.naming import WRONG_NAME, UnitNames
from rectify_xl.ledger.sheets.absences import KINDS, TURNOUT_LABELS
from rectify_xl.ledger.sheets.context import SheetContext
from rectify_xl.papers.words import plain, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from rectify_xl.ledger.counts import GroupCount, Overview
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import AbsenceRecord, TaskRecord


NameKind = Literal["unit", "group", "unlisted", "wrong"]


class Figures(NamedTuple):
    """The five figures of a master."""

    tasks: int
    closed: int
    overdue: int
    due_soon: int
    undated: int


class Facts:
    """A master as the papers need it, with our words in the language of the paper."""

    def __init__(self, master: Master, lang: str = "zh") -> None:
        self.master = master
        self.lang = lang
        self.wrong_unit = WRONG_NAME.in_language(lang)
        self.unnamed_unit = localise(lang, "（未写明牵头单位）", "(no lead unit named)")
        self.campaign = master.campaign
        self.as_of = master.as_of
        self._context = SheetContext(master, lang)
        self._names = UnitNames(self._context)

    def say(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return localise(self.lang, zh, en)

    def listed(self, words: Iterable[str]) -> str:
        """Words one after the other."""
        return listed(self.lang, words)

    @cached_property
    def _overview(self) -> Overview:
        return overview(self._context)

    @property
    def named_figures(self) -> dict[str, int]:
        """The figures of 汇总 by their names in the paper's language."""
        return dict(self._overview.figures)

    @cached_property
    def figures(self) -> Figures:
        """The figures of 汇总."""
        return Figures(*self.named_figures.values())

    @property
    def statuses(self) -> tuple[tuple[str, int], ...]:
        """How many tasks are in which status."""
        return self._overview.by_status

    @property
    def paces(self) -> tuple[tuple[str, int], ...]:
        """Of the tasks that are not done, how many keep pace, are behind and do not say; nothing where nobody says anything."""
        return self._overview.by_pace

    @cached_property
    def units(self) -> tuple[GroupCount, ...]:
        """按单位, without the tasks that name no unit."""
        return tuple(count for count in count_units(self._context) if count.is_named)

    @cached_property
    def leaders(self) -> tuple[GroupCount, ...]:
        """按领导, without the tasks that name no leader."""
        return tuple(count for count in count_leaders(self._context) if count.is_named)

    @cached_property
    def absences(self) -> tuple[AbsenceRecord, ...]:
        """未报送, as far as its rows say what the program wrote there."""
        return tuple(absence for absence in self.master.absences if absence.kind in KINDS)

    @cached_property
    def missing(self) -> frozenset[str]:
        """Units that should have reported and did not."""
        return frozenset(self.master.missing_units)

    @cached_property
    def late(self) -> Mapping[str, date | None]:
        """Units that reported after the round's due date, and the day on which their list was filled in."""
        late = (absence for absence in self.master.absences if absence.kind == "late")
        return {absence.unit: date_or_none(absence.filled_on) for absence in late}

    def lead(self, task: TaskRecord) -> tuple[str, ...]:
        """The units that lead a task, as 按单位 counts it."""
        return self._names.of(task.lead)

    @cached_property
    def led(self) -> dict[str, list[TaskRecord]]:
        """Unit -> the tasks it leads."""
        groups: dict[str, list[TaskRecord]] = {}
        for task in self.master.tasks:
            for name in self.lead(task):
                groups.setdefault(name, []).append(task)
        return groups

    def reply_by(self) -> LastDay:
        """The day by which units answer: the round's due date while it is to come, else some working days after the as-of date.

        It has no day where that depends on a year of which nobody knows the holidays.
        """
        due = self.campaign.round_due
        if due and due > self.as_of:
            return LastDay(due)
        return self.campaign.calendar.last_day(self.as_of, self.campaign.papers.reply_working_days, count_first=False)

    def turnout(self, unit: str) -> str:
        """How a unit has reported in this round, in a word; nothing where nobody knows."""
        known = next((kind for kind, units in self.master.turnout.items() if unit in units and kind in TURNOUT_LABELS), "")
        kind = known or ("missing" if unit in self.missing else "late" if unit in self.late else "")
        return TURNOUT_LABELS[kind].in_language(self.lang) if kind else ""

    @property
    def resend_by(self) -> date | None:
        """The day by which a list is sent again, where the round has one and it has not passed."""
        by = self.campaign.round_resend_by
        return by if by and by >= self.as_of else None

    def standing(self, name: str) -> NameKind:
        """What a lead unit's name is: ``unit``, ``group`` (各县区), ``unlisted`` (in no roster), ``wrong`` (advertising)."""
        if name in self.campaign.unit_by_name:
            return "unit"
        if name == self.wrong_unit:
            return "wrong"
        if is_collective(name):
            return "group"
        return "unlisted" if self.campaign.units else "unit"

    @cached_property
    def unnamed(self) -> tuple[TaskRecord, ...]:
        """Tasks that name no lead unit, or something that is none."""
        return tuple(task for task in self.master.tasks if not task.lead or self.wrong_unit in self.lead(task))


def is_open(task: TaskRecord) -> bool:
    """Whether a task is not among 已办结."""
    return not task.is_closed


def days_late(facts: Facts, task: TaskRecord) -> str:
    """How long a task is overdue: 逾期9天, with a mark where the day itself is in doubt."""
    days = task.timing.days
    return facts.say(f"逾期{days}天", f"{plural(days, 'day')} late") + doubt_mark(facts, task)


def doubt_mark(facts: Facts, task: TaskRecord) -> str:
    """What follows the days of a task that is overdue by a doubtful date; empty for any other."""
    return facts.say("（存疑）", " (in doubt)") if task.doubts else ""


def doubts_among(facts: Facts, tasks: Iterable[TaskRecord]) -> str:
    """What follows the number of overdue tasks in a sentence: how many are so by a date in doubt; empty for none."""
    count = sum(bool(task.doubts) for task in tasks)
    return facts.say(f"（其中{count}项时限存疑）", f" ({count} by a date in doubt)") if count else ""


def overdue_count(facts: Facts, count: GroupCount) -> int | str:
    """The overdue tasks of a unit or leader in a table, with those by a date in doubt: 3, or 3（存疑1）."""
    if not count.in_doubt:
        return count.overdue
    return f"{count.overdue}{facts.say(f'（存疑{count.in_doubt}）', f' ({count.in_doubt} in doubt)')}"


def longest_late(facts: Facts, late: Sequence[TaskRecord]) -> str:
    """How long the longest of overdue tasks is late by a date that is certain, and how many dates are in doubt."""
    certain = [task.timing.days for task in late if not task.doubts]
    doubtful = len(late) - len(certain)
    if not certain:
        return facts.say("时限存疑", "by dates in doubt")
    days = max(certain)
    longest = facts.say(f"最长{days}天", f"the longest by {plural(days, 'day')}")
    return longest + (facts.say(f"（另有{doubtful}项存疑）", f" ({doubtful} more in doubt)") if doubtful else "")


def by_lead(facts: Facts, tasks: Iterable[TaskRecord], count: Callable[[list[TaskRecord]], str]) -> str:
    """Tasks by lead unit, the unit with most first: 市水利局2项(任务3、8)、…; those of no good name at the end."""
    last = (facts.unnamed_unit, facts.wrong_unit)
    groups: dict[str, list[TaskRecord]] = {}
    for task in tasks:
        for name in facts.lead(task) or (facts.unnamed_unit,):
            groups.setdefault(name, []).append(task)
    ordered = sorted(groups.items(), key=lambda group: (group[0] in last, -len(group[1])))
    space = facts.say("", " ")
    shared = facts.say("（共同牵头的分别计入各单位）", " (those led together count for each)")
    several = len({id(task) for found in groups.values() for task in found}) < sum(map(len, groups.values()))
    return facts.listed(f"{plain(name)}{space}{count(found)}" for name, found in ordered) + (shared if several else "")
