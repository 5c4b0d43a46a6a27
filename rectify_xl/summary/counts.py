"""汇总, 按单位 and 按领导: figures over the ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from rectify_xl.summary.tables import Column, ListSheet, Overview
from rectify_xl.summary.view import UNSET, View
from rectify_xl.tasks import roster_name
from rectify_xl.timing import CLOSED, FLAG_LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger import LedgerRow


def overview(view: View) -> Overview:
    """Figures by status, warning and unit."""
    rows = view.master.ledger
    flags = Counter(row.timing.flag for row in rows)
    statuses = Counter(view.status(row) for row in rows)
    order = view.schema["status"].choices if "status" in view.schema else ()
    closed = sum(statuses[status] for status in CLOSED)
    no_date = flags["undated"]
    return Overview(
        figures=(
            (view.say("任务总数", "Tasks"), len(rows)),
            (view.say("已办结", "Closed"), closed),
            (view.say("逾期", "Overdue"), flags["overdue"]),
            (view.say("即将到期", "Due soon"), flags["due-soon"]),
            (view.say("无明确时限", "No clear deadline"), no_date),
        ),
        by_status=tuple((name, statuses[name]) for name in (*order, UNSET[view.lang]) if statuses[name]),
        by_flag=tuple((label[view.lang], flags[flag]) for flag, label in FLAG_LABELS.items()),
        by_unit=tuple((row[0], row[1], row[2], row[3]) for row in _units_counted(view)),
    )


def by_unit(view: View) -> ListSheet:
    """按单位: the tasks each unit leads, counted."""
    return _counted(
        view,
        view.say("按单位", "By unit"),
        view.say("按牵头单位统计", "By lead unit"),
        view.say("单位", "Unit"),
        _units_counted(view),
    )


def by_leader(view: View) -> ListSheet:
    """按领导: the tasks each leader is responsible for, counted."""
    return _counted(
        view,
        view.say("按领导", "By leader"),
        view.say("按责任领导统计", "By leader"),
        view.say("责任领导", "Leader"),
        _leaders_counted(view),
    )


def _counted(view: View, name: str, title: str, first: str, rows: list[tuple[Any, ...]]) -> ListSheet:
    order = view.schema["status"].choices if "status" in view.schema else ()
    columns = (
        Column(first, width=26), Column(view.say("任务数", "Tasks"), "number", 9),
        Column(view.say("已办结", "Closed"), "number", 9), Column(view.say("逾期", "Overdue"), "number", 9),
        Column(view.say("即将到期", "Due soon"), "number", 9), Column(view.say("办结率", "Closed %"), "percent", 9),
        *(Column(status, "number", 9) for status in (*order, UNSET[view.lang])),
    )  # fmt: skip
    return ListSheet(name, view.title(title, title), columns, tuple(rows), view.say("没有任务。", "No tasks."))


def _units_counted(view: View) -> list[tuple[Any, ...]]:
    book = view.master.book
    groups: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in view.master.ledger:
        lead, _ = view.units_of(row)
        for name in dict.fromkeys(roster_name(book, name) for name in lead) or (UNSET[view.lang],):
            groups[name].append(row)
    return _count_groups(view, groups)


def _leaders_counted(view: View) -> list[tuple[Any, ...]]:
    book = view.master.book
    groups: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in view.master.ledger:
        people = [leader.name for at in row.task.main.positions for leader in book.leaders[at] if leader.name]
        for name in dict.fromkeys(people) or (UNSET[view.lang],):
            groups[name].append(row)
    return _count_groups(view, groups)


def _count_groups(view: View, groups: Mapping[str, list[LedgerRow]]) -> list[tuple[Any, ...]]:
    order = view.schema["status"].choices if "status" in view.schema else ()
    counted = []
    for name, rows in groups.items():
        flags = Counter(row.timing.flag for row in rows)
        statuses = Counter(view.status(row) for row in rows)
        closed = sum(statuses[status] for status in CLOSED)
        by_status = (statuses[status] for status in (*order, UNSET[view.lang]))
        counted.append((name, len(rows), closed, flags["overdue"], flags["due-soon"], closed / len(rows), *by_status))
    return sorted(counted, key=lambda cells: (-cells[3], -cells[1], cells[0]))
