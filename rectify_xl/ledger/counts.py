"""汇总, 按单位 and 按领导: figures over the ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.timing import FLAG_LABELS
from rectify_xl.ledger.months import Month, months
from rectify_xl.ledger.naming import UnitNames
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.ledger.view import UNSET, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rectify_xl.ledger.entries import Entry


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of 汇总.

    ``by_unit`` holds unit, tasks, closed, overdue; ``unit_bars`` unit, closed, open, overdue, each task in one of them.
    """

    figures: tuple[tuple[str, int], ...]
    by_status: tuple[tuple[str, int], ...]
    by_flag: tuple[tuple[str, int], ...]
    by_unit: tuple[tuple[str, int, int, int], ...] = ()
    unit_bars: tuple[tuple[str, int, int, int], ...] = ()
    months: tuple[Month, ...] = ()


def overview(view: View) -> Overview:
    """Figures by status, warning, unit and month."""
    flags, statuses = _tallies(view.contents.entries, view)
    led = _led(view)
    return Overview(
        figures=tuple(zip(figure_labels(view), figures(view), strict=True)),
        by_status=tuple((name, statuses[name]) for name in view.statuses if statuses[name]),
        by_flag=tuple((label[view.lang], flags[flag]) for flag, label in FLAG_LABELS.items()),
        by_unit=tuple((row[0], row[1], row[2], row[3]) for row in _count_groups(view, led)),
        unit_bars=_unit_bars(led),
        months=months(view),
    )


def figures(view: View) -> tuple[int, int, int, int, int]:
    """Tasks, closed, overdue, due soon, without a clear deadline."""
    entries = view.contents.entries
    flags = Counter(entry.timing.flag for entry in entries)
    closed = sum(entry.is_closed for entry in entries)
    return len(entries), closed, flags["overdue"], flags["due-soon"], flags["undated"]


def figure_labels(view: View) -> tuple[str, str, str, str, str]:
    """What the five figures are called."""
    return (
        view.say("任务总数", "Tasks"), view.say("已办结", "Closed"), view.say("逾期", "Overdue"),
        view.say("即将到期", "Due soon"), view.say("无明确时限", "No clear deadline"),
    )  # fmt: skip


def _tallies(entries: Iterable[Entry], view: View) -> tuple[Counter[str], Counter[str]]:
    """How many tasks have which warning and which status."""
    flags: Counter[str] = Counter(entry.timing.flag for entry in entries)
    return flags, Counter(view.status(entry) for entry in entries)


def by_unit(view: View) -> ListSheet:
    """按单位: the tasks each unit leads, counted."""
    return _counted(
        view,
        view.say("按单位", "By unit"),
        view.say("按牵头单位统计", "By lead unit"),
        view.say("单位", "Unit"),
        _count_groups(view, _led(view)),
    )


def by_leader(view: View) -> ListSheet:
    """按领导: the tasks each leader is responsible for, counted."""
    return _counted(
        view,
        view.say("按领导", "By leader"),
        view.say("按责任领导统计", "By leader"),
        view.say("责任领导", "Leader"),
        _count_groups(view, _grouped(view, lambda entry: entry.leaders)),
    )


def _counted(view: View, name: str, title: str, first: str, rows: list[tuple[Any, ...]]) -> ListSheet:
    columns = (
        Column(first, width=26), Column(view.say("任务数", "Tasks"), "number", 9),
        Column(view.say("已办结", "Closed"), "number", 9), Column(view.say("逾期", "Overdue"), "number", 9),
        Column(view.say("即将到期", "Due soon"), "number", 9), Column(view.say("办结率", "Closed %"), "percent", 9),
        *(Column(status, "number", 9) for status in view.statuses),
    )  # fmt: skip
    return ListSheet(name, view.title(title, title), columns, tuple(rows), view.say("没有任务。", "No tasks."))


def _led(view: View) -> dict[str, list[Entry]]:
    """The tasks that each unit leads."""
    counted = UnitNames(view)
    return _grouped(view, lambda entry: counted.of(entry.lead))


def _unit_bars(led: Mapping[str, list[Entry]]) -> tuple[tuple[str, int, int, int], ...]:
    """Per unit its tasks closed, open in time and overdue, the worst first; one late by a part of it is overdue."""
    bars = []
    for name, rows in led.items():
        late = sum(row.timing.flag == "overdue" for row in rows)
        closed = sum(row.timing.flag != "overdue" and row.is_closed for row in rows)
        bars.append((name, closed, len(rows) - closed - late, late))
    return tuple(sorted(bars, key=lambda bar: (-bar[3], -sum(bar[1:]), bar[0])))


def _grouped(view: View, names: Callable[[Entry], tuple[str, ...]]) -> dict[str, list[Entry]]:
    """The tasks of every name; a task of several counts for each."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in view.contents.entries:
        for name in names(entry) or (UNSET[view.lang],):
            groups[name].append(entry)
    return groups


def _count_groups(view: View, groups: Mapping[str, list[Entry]]) -> list[tuple[Any, ...]]:
    counted = []
    for name, rows in groups.items():
        flags, statuses = _tallies(rows, view)
        closed = sum(row.is_closed for row in rows)
        by_status = (statuses[status] for status in view.statuses)
        counted.append((name, len(rows), closed, flags["overdue"], flags["due-soon"], closed / len(rows), *by_status))
    return sorted(counted, key=lambda cells: (-cells[3], -cells[1], cells[0]))
