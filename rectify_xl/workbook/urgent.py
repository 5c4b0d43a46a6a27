"""The ten most urgent tasks of 汇总: red is overdue, yellow is due soon, blue is what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.ledger.naming import UnitNames
from rectify_xl.schema.conversion import shown
from rectify_xl.workbook.lists import FIRST_ROW

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.ledger.sheets.context import SheetContext

MOST_URGENT = 10


@dataclass(frozen=True, slots=True)
class Urgent:
    """One task: its row in 总台账, number, how urgent (a flag) and in words, lead units, problem, due date."""

    cell: str
    number: Any
    flag: str
    urgency: str
    units: str
    problem: str
    due: date | None


def most_urgent(context: SheetContext) -> tuple[Urgent, ...]:
    """The longest overdue, then the soonest due, then the next to come."""
    names = UnitNames(context)
    return tuple(_urgent(context, names, at, task) for at, task in _ranked(context))


def _ranked(context: SheetContext) -> list[tuple[int, TaskRecord]]:
    late: list[tuple[int, TaskRecord]] = []
    soon: list[tuple[int, TaskRecord]] = []
    later: list[tuple[int, TaskRecord]] = []
    for at, task in enumerate(context.master.tasks):
        timing = task.timing
        if timing.flag == "overdue":
            late.append((at, task))
        elif timing.next_due:  # what is closed has no next date
            (soon if timing.flag == "due-soon" else later).append((at, task))
    late.sort(key=lambda ranked: -ranked[1].timing.days)
    for coming in (soon, later):
        coming.sort(key=lambda ranked: str(ranked[1].timing.next_due))
    return [*late, *soon, *later][:MOST_URGENT]


def _urgent(context: SheetContext, names: UnitNames, at: int, task: TaskRecord) -> Urgent:
    timing, values = task.timing, task.values
    if timing.flag == "overdue":
        urgency = context.say(f"逾期{timing.days}天", f"{timing.days} d late")
        if task.doubts:
            urgency += context.say("（存疑）", " (?)")
    else:
        assert timing.next_due  # noqa: S101 - ranked by it
        left = (timing.next_due - context.master.as_of).days
        urgency = context.say(f"剩{left}天", f"{left} d left")
    units = _units(context, names.of(task.lead)) or shown(values.get("lead_unit"))
    cell, number = f"A{FIRST_ROW + at + 1}", values.get("task_id")
    return Urgent(cell, number, timing.flag, urgency, units, shown(task.subject), task.judged_by)


def _units(context: SheetContext, names: tuple[str, ...]) -> str:
    """One line has room for one name."""
    more = len(names) - 1
    return context.say(f"{names[0]}等{more + 1}家", f"{names[0]} and {more} more") if more > 0 else "".join(names)
