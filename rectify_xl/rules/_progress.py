"""How far a task is: open or finished, due when, and dates in their order."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.timing import CLOSED
from rectify_xl.rules import phrases
from rectify_xl.tasks import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from rectify_xl.collection.collection import Book
    from rectify_xl.collection.timing import Flag, Timing

NOT_STARTED = "未启动"
UNDER_WAY = "整改中"
STRUCK_OFF = "已销号"


def finished(book: Book) -> Iterator[int]:
    """Positions of the rows whose status says that the work is done (已完成, 已验收, 公示中, 已销号)."""
    return (position for position, status in enumerate(book.statuses) if status in CLOSED)


def told_nowhere(book: Book, key: str) -> NDArray[np.bool_]:
    """Rows with a blank in that column, once per task: what one row of a task says counts for its parts.

    A part that has a status of its own answers for itself.
    """
    blank = book.blank(key)
    for first, *others in book.once(_parts):
        blank[first] &= all(blank[position] for position in others)
        blank[others] = False
    return blank


def _parts(book: Book) -> list[list[int]]:
    """The tasks of several rows: the positions of those that speak for the whole task."""
    tasks: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for position, (place, status) in enumerate(zip(book.places, book.values("status"), strict=True)):
        task = place.root
        if task not in tasks or status is None or "status" in place.task.anchors:
            tasks[task].append(position)
    return [positions for positions in tasks.values() if len(positions) > 1]


def day(book: Book, position: int, key: str) -> date | None:
    """The date in a row's field; None where there is none or it is unreadable."""
    value = book.values(key)[position]
    return value if isinstance(value, date) else None


def days(book: Book, key: str) -> Iterator[tuple[int, date]]:
    """Position and date of every row that has a date in ``key``."""
    return ((position, value) for position, value in enumerate(book.values(key)) if isinstance(value, date))


def source(book: Book, position: int, due: date | None) -> dict[str, Any]:
    """Facts that tell where a due date comes from when it is not written in the cell; a clerk could not find it there."""
    if due in book.deadlines[position].due:
        return phrases("source", "", "")
    if due == book.campaign.deadlines.immediate and "immediate" in book.deadlines[position].kinds:
        return phrases("source", "（方案对立行立改的规定）", " (the plan's rule for 立行立改)")
    return phrases("source", "（方案对长期坚持的规定）", " (the plan's rule for 长期坚持)")


def flagged(book: Book, flag: Flag) -> Iterator[tuple[int, Timing]]:
    """Position and timing of the rows in that state on the as-of date, those left out that are told elsewhere."""
    others = carried_along(book) | book.once(_told_by_lead) | book.once(_earlier_sheets)
    timings = enumerate(book.timings)
    return ((position, timing) for position, timing in timings if timing.flag == flag and position not in others)


def _told_by_lead(book: Book) -> frozenset[int]:
    """Rows without a status whose task the unit that leads it reports as finished."""
    found: set[int] = set()
    for task in joined(book):
        leading = [report for report in task.reports if report.unit in report.leads]
        if any(all(book.closed[position] for position in report.positions) for report in leading):
            found |= {position for report in task.reports for position in report.positions if report not in leading}
    return frozenset(position for position in found if book.statuses[position] is None)


def _earlier_sheets(book: Book) -> frozenset[int]:
    """Rows on the sheet of an earlier month whose task stands anew on a later sheet of the same workbook."""
    return frozenset(
        position
        for task in joined(book)
        for older in task.superseded
        for position in older.positions
        if any(newer.place.submission.path == older.place.submission.path for newer in task.reports)
    )


def carried_along(book: Book) -> frozenset[int]:
    """Rows of other units' tasks in a copy of the whole plan, of which the sender has filled in only its own.

    Their units report them in their own lists; nobody could ask the sender about them.
    """
    return book.once(_carried_along)


def _carried_along(book: Book) -> frozenset[int]:
    told = zip(*(book.values(key) for key in ("status", "progress", "percent", "completed_on")), strict=True)
    filled, blank = set(), []
    for position, values in enumerate(told):
        covers = book.reporting_of(position).covers
        named = _members(book, position) if covers else set()
        if any(value is not None for value in values):
            filled |= {book.places[position].table_key} if named & set(covers) else set()
        elif named and named.isdisjoint(covers):
            blank.append(position)
    return frozenset(position for position in blank if book.places[position].table_key in filled)


def _members(book: Book, position: int) -> set[str]:
    """The roster units that a row names in whatever role, 各县区 by its members."""
    units = book.units[position]
    matches = [book.match(name) for name in (*units.lead, *units.cooperating, *units.responsible, *units.collective)]
    return {unit.name for match in matches for unit in (match.unit, *match.members) if unit}
