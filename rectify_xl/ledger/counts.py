"""Figures over the tasks of a master: for 汇总, 按单位 and 按领导, and for the papers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.collection.timing import WARNING_LABELS
from rectify_xl.ledger.months import Month, months
from rectify_xl.ledger.naming import UnitNames
from rectify_xl.schema.fields import PACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rectify_xl.collection.timing import Warned
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.ledger.sheets.context import SheetContext


@dataclass(frozen=True, slots=True)
class GroupCount:
    """The tasks of one unit or leader, counted.

    ``is_named`` is False for the tasks that name none; ``in_doubt`` are those of the overdue ones that are so by a date in doubt.
    """

    name: str
    tasks: int
    closed: int = 0
    overdue: int = 0
    due_soon: int = 0
    by_status: tuple[int, ...] = ()
    by_pace: tuple[int, ...] = ()
    is_named: bool = True
    in_doubt: int = 0

    @property
    def closed_share(self) -> float:
        """Closed ones among all; 0 of none."""
        return self.closed / self.tasks if self.tasks else 0.0


@dataclass(frozen=True, slots=True)
class UnitBar:
    """A unit's tasks, each counted once: closed, open in time, overdue."""

    name: str
    closed: int
    open: int
    overdue: int
    in_doubt: int = 0  # of those overdue

    @property
    def tasks(self) -> int:
        """All of them."""
        return self.closed + self.open + self.overdue


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of 汇总."""

    figures: tuple[tuple[str, int], ...]
    by_status: tuple[tuple[str, int], ...]
    by_warning: tuple[tuple[Warned, str, int], ...]
    unit_bars: tuple[UnitBar, ...] = ()
    months: tuple[Month, ...] = ()
    by_pace: tuple[tuple[str, int], ...] = ()


def overview(context: SheetContext) -> Overview:
    """Figures by status, warning, unit and month."""
    _, statuses = _tallies(context.master.tasks, context)
    warnings = Counter(task.warning for task in context.master.tasks)
    return Overview(
        figures=tuple(zip(figure_labels(context), figures(context), strict=True)),
        by_status=tuple((name, statuses[name]) for name in context.statuses if statuses[name]),
        # Dates in doubt are the exception: no figure of them where there are none.
        by_warning=tuple(
            (warning, label[context.lang], warnings[warning])
            for warning, label in WARNING_LABELS.items()
            if warning != "in-doubt" or warnings[warning]
        ),
        unit_bars=_unit_bars(context),
        months=months(context),
        by_pace=tuple(zip(pace_labels(context), _paces(context.master.tasks, context), strict=True)),
    )


def figures(context: SheetContext) -> tuple[int, int, int, int, int]:
    """Tasks, closed, overdue, due soon, without a clear deadline."""
    tasks = context.master.tasks
    flags = Counter(task.timing.flag for task in tasks)
    return len(tasks), sum(task.is_closed for task in tasks), flags["overdue"], flags["due-soon"], flags["undated"]


def figure_labels(context: SheetContext) -> tuple[str, str, str, str, str]:
    """What the five figures are called."""
    say = context.say
    return (
        say("任务总数", "Tasks"), say("已办结", "Closed"), say("逾期", "Overdue"), say("即将到期", "Due soon"),
        say("无明确时限", "No clear deadline"),
    )  # fmt: skip


def pace_labels(context: SheetContext) -> tuple[str, ...]:
    """What the figures of the pace are called; nothing where no task that is not done says anything of it."""
    if not context.is_paced:
        return ()
    behind, reached, *_ = context.schema.paces
    return (reached, behind, context.say("未填序时进度", "Pace not given"))


def _paces(tasks: Iterable[TaskRecord], context: SheetContext) -> tuple[int, ...]:
    """Of the tasks that are not done, how many keep pace (or are ahead of it), are behind it, and do not say."""
    if not context.is_paced:
        return ()
    behind, *reached = context.schema.paces
    tally = Counter(task.values.get(PACE) for task in tasks if not task.is_closed)
    keeping = sum(tally[choice] for choice in reached)
    return (keeping, tally[behind], sum(tally.values()) - keeping - tally[behind])


def count_units(context: SheetContext) -> tuple[GroupCount, ...]:
    """The tasks that each unit leads, most overdue first; a task of several units counts for each."""
    return _counted(context, _led(context))


def in_order(context: SheetContext) -> tuple[GroupCount, ...]:
    """The units as they are listed: the most overdue first, or in the roster's order with those that have no task among them."""
    found = count_units(context)
    if context.master.campaign.papers.order == "points":
        return found
    by_name, nothing = {count.name: count for count in found}, (0,) * len(context.statuses)
    paces = (0,) * len(pace_labels(context))
    roster = [unit.name for unit in context.master.campaign.units if unit.name in by_name or unit.reports is not False]
    listed = [by_name.pop(name, GroupCount(name, 0, by_status=nothing, by_pace=paces)) for name in roster]
    return (*listed, *by_name.values())


def count_leaders(context: SheetContext) -> tuple[GroupCount, ...]:
    """The tasks that each leader is responsible for."""
    return _counted(context, _grouped(context, lambda task: task.leaders))


def count_all(context: SheetContext, name: str) -> GroupCount | None:
    """All tasks, each counted once, under ``name``; None where there is none."""
    return next(iter(_counted(context, {name: list(context.master.tasks)})), None) if context.master.tasks else None


def _tallies(tasks: Iterable[TaskRecord], context: SheetContext) -> tuple[Counter[str], Counter[str]]:
    """How many tasks have which warning and which status."""
    flags: Counter[str] = Counter(task.timing.flag for task in tasks)
    return flags, Counter(context.status(task) for task in tasks)


def _led(context: SheetContext) -> dict[str, list[TaskRecord]]:
    """The tasks that each unit leads."""
    names = UnitNames(context)
    return _grouped(context, lambda task: names.of(task.lead))


def _unit_bars(context: SheetContext) -> tuple[UnitBar, ...]:
    """The worst unit first; a task that is late by a part of it is overdue."""
    bars = []
    for name, tasks in _led(context).items():
        late = sum(task.timing.flag == "overdue" for task in tasks)
        closed = sum(task.timing.flag != "overdue" and task.is_closed for task in tasks)
        bars.append(UnitBar(name, closed, len(tasks) - closed - late, late, _in_doubt(tasks)))
    return tuple(sorted(bars, key=lambda bar: (-bar.overdue, -bar.tasks, bar.name)))


def _in_doubt(tasks: Iterable[TaskRecord]) -> int:
    return sum(bool(task.doubts) for task in tasks)


def _grouped(context: SheetContext, names: Callable[[TaskRecord], tuple[str, ...]]) -> dict[str, list[TaskRecord]]:
    """The tasks of every name; a task of several counts for each."""
    groups: dict[str, list[TaskRecord]] = defaultdict(list)
    for task in context.master.tasks:
        for name in names(task) or (context.unset,):
            groups[name].append(task)
    return groups


def _counted(context: SheetContext, groups: Mapping[str, list[TaskRecord]]) -> tuple[GroupCount, ...]:
    counted = []
    for name, tasks in groups.items():
        flags, statuses = _tallies(tasks, context)
        by_status = tuple(statuses[status] for status in context.statuses)
        paces = _paces(tasks, context)
        named, closed = name != context.unset, sum(task.is_closed for task in tasks)
        late, soon, doubted = flags["overdue"], flags["due-soon"], _in_doubt(tasks)
        counted.append(GroupCount(name, len(tasks), closed, late, soon, by_status, paces, named, doubted))
    return tuple(sorted(counted, key=lambda count: (-count.overdue, -count.tasks, count.name)))
