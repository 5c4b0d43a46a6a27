"""The ten most urgent tasks of 汇总: red is overdue, yellow is due soon, blue is what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.ledger.naming import UnitNames
from rectify_xl.schema.conversion import shown
from rectify_xl.workbook.lists import FIRST_ROW

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.ledger.sheets import Entry
    from rectify_xl.ledger.view import View

MOST_URGENT = 10


@dataclass(frozen=True, slots=True)
class Urgent:
    """One task: its row in 总台账, number, how urgent (a flag) and in words, lead units, problem, due date."""

    cell: str
    number: Any
    flag: str
    said: str
    units: str
    problem: str
    due: date | None


def most_urgent(view: View) -> tuple[Urgent, ...]:
    """The longest overdue, then the soonest due, then the next to come."""
    names = UnitNames(view)
    return tuple(_urgent(view, names, at, entry) for at, entry in _ranked(view))


def _ranked(view: View) -> list[tuple[int, Entry]]:
    late: list[tuple[int, Entry]] = []
    soon: list[tuple[int, Entry]] = []
    later: list[tuple[int, Entry]] = []
    for at, entry in enumerate(view.contents.entries):
        timing = entry.timing
        if timing.flag == "overdue":
            late.append((at, entry))
        elif timing.next_due:  # what is closed has no next date
            (soon if timing.flag == "due-soon" else later).append((at, entry))
    late.sort(key=lambda ranked: -ranked[1].timing.days)
    for coming in (soon, later):
        coming.sort(key=lambda ranked: str(ranked[1].timing.next_due))
    return [*late, *soon, *later][:MOST_URGENT]


def _urgent(view: View, names: UnitNames, at: int, entry: Entry) -> Urgent:
    timing, values = entry.timing, entry.values
    if timing.flag == "overdue":
        said = view.say(f"逾期{timing.days}天", f"{timing.days} d late")
    else:
        assert timing.next_due  # noqa: S101 - ranked by it
        left = (timing.next_due - view.contents.as_of).days
        said = view.say(f"剩{left}天", f"{left} d left")
    units = _units(view, names.of(entry.lead)) or shown(values.get("lead_unit"))
    return Urgent(
        f"A{FIRST_ROW + at + 1}", values.get("task_id"), timing.flag, said, units, shown(entry.subject), entry.judged_by
    )


def _units(view: View, names: tuple[str, ...]) -> str:
    """One line has room for one name."""
    more = len(names) - 1
    return view.say(f"{names[0]}等{more + 1}家", f"{names[0]} and {more} more") if more > 0 else "".join(names)
