"""The calendar of deadlines: how many tasks are due in which month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.ledger.sheets.context import SheetContext

_BEFORE, _SHOWN = 3, 12  # months shown before the as-of date, and in all
_YEAR = 12
FIRST_DAY, LAST_DAY = date(1900, 3, 1), date(9999, 12, 31)  # what a cell can hold as a date


@dataclass(frozen=True, slots=True)
class Month:
    """The tasks due from ``first`` up to, not including, ``end``; no such bound where it is None."""

    label: str
    first: date | None
    end: date | None
    closed: int
    open: int
    overdue: int

    @property
    def tasks(self) -> int:
        """All tasks due then."""
        return self.closed + self.open + self.overdue


def months(context: SheetContext) -> tuple[Month, ...]:
    """A year of months around the as-of date, all that is due before and all that is due after."""
    start = context.master.as_of
    firsts = [_first(start, shift - _BEFORE) for shift in range(_SHOWN + 1)]
    spans: list[tuple[str, date | None, date | None]] = [(context.say("更早", "earlier"), None, firsts[0])]
    spans += [(_named(context, first, at), first, end) for at, (first, end) in enumerate(pairwise(firsts))]
    spans.append((context.say("以后", "later"), firsts[-1], None))
    counts = [[0, 0, 0] for _ in spans]
    for task in context.master.tasks:
        day = task.judged_by
        if day and day >= FIRST_DAY:
            at = next(at for at, (_, _, end) in enumerate(spans) if end is None or day < end)
            counts[at][_part(task)] += 1
    return tuple(Month(*span, *count) for span, count in zip(spans, counts, strict=True))


def _part(task: TaskRecord) -> int:
    """Closed, open or overdue. A task with parts may be overdue by one of them though its status says closed."""
    if task.timing.flag == "overdue":
        return 2
    return 0 if task.is_closed else 1


def _named(context: SheetContext, first: date, at: int) -> str:
    """A month; its year stands where one begins."""
    if context.lang != "zh":
        return f"{first:%Y-%m}"
    return f"{first.year}年{first.month}月" if at == 0 or first.month == 1 else f"{first.month}月"


def _first(day: date, shift: int) -> date:
    """The first day of the month ``shift`` months on, as far as there are months."""
    number = min(max(day.year * _YEAR + day.month - 1 + shift, _YEAR), LAST_DAY.year * _YEAR + _YEAR - 1)
    return date(number // _YEAR, number % _YEAR + 1, 1)
