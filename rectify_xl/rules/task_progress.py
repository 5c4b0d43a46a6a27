"""How far a task is: open or finished, due when, and dates in their order."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.language.deadline import KIND_LABELS
from rectify_xl.rounds.known_values import task_of_rows
from rectify_xl.rules import phrases
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.timing import Flag, Timing
    from rectify_xl.tasks import Reported


def finished(collection: Collection) -> Iterator[int]:
    """Positions of the rows whose status says that the work is done."""
    return (position for position, state in enumerate(collection.states) if state and state.closed)


def blank_in_every_part(collection: Collection, key: str) -> list[bool]:
    """Rows with a blank in that column, once per task: what one row of a task says counts for its parts.

    A part that has a status of its own answers for itself.
    """
    blank = collection.blank(key)
    for first, *others in collection.once(_parts):
        blank[first] = blank[first] and all(blank[position] for position in others)
        for position in others:
            blank[position] = False
    return blank


def _parts(collection: Collection) -> list[list[int]]:
    """The tasks of several rows: the positions of those whose cells count for the whole task."""
    tasks: dict[tuple[str, str, int, int], list[int]] = defaultdict(list)
    for position, (place, status) in enumerate(zip(collection.places, collection.values("status"), strict=True)):
        task = place.root
        if task not in tasks or status is None or "status" in place.task.anchors:
            tasks[task].append(position)
    return [positions for positions in tasks.values() if len(positions) > 1]


def day(collection: Collection, position: int, key: str) -> date | None:
    """The date in a row's field; None where there is none or it is unreadable."""
    value = collection.values(key)[position]
    return value if isinstance(value, date) else None


def days(collection: Collection, key: str) -> Iterator[tuple[int, date]]:
    """Position and date of every row that has a date in ``key``."""
    return ((position, value) for position, value in enumerate(collection.values(key)) if isinstance(value, date))


def due_source(collection: Collection, position: int, due: date | None) -> dict[str, Any]:
    """Facts that name where a due date comes from when it is not written in the cell; a clerk could not find it there."""
    if due in collection.deadlines[position].due:
        return phrases("source", "", "")
    if due == collection.campaign.deadlines.immediate and "immediate" in collection.deadlines[position].kinds:
        return _by_rule("immediate")
    return _by_rule("long_term")


def _by_rule(kind: str) -> dict[str, Any]:
    """The words for a date that the campaign's rule for a kind of deadline gives."""
    name = KIND_LABELS[kind]["zh"]
    return phrases("source", f"（方案对{name}的规定）", f" (the plan's rule for {name})")


def rows_flagged(collection: Collection, flag: Flag) -> Iterator[tuple[int, Timing]]:
    """Position and timing of the rows in that state on the as-of date, without those that another row answers for."""
    others = rows_of_other_units(collection) | collection.once(_closed_by_lead) | collection.once(_superseded)
    others |= collection.once(_closed_in_ledger)
    timings = enumerate(collection.timings)
    return ((position, timing) for position, timing in timings if timing.flag == flag and position not in others)


def _closed_by_lead(collection: Collection) -> frozenset[int]:
    """Rows without a status whose task the unit that leads it reports as finished."""
    found: set[int] = set()
    for task in joined(collection):
        leading = [report for report in task.reports if report.unit in report.leads]
        if any(all(collection.closed[position] for position in report.positions) for report in leading):
            found |= {position for report in task.reports for position in report.positions if report not in leading}
    return frozenset(position for position in found if collection.statuses[position] is None)


def _closed_in_ledger(collection: Collection) -> frozenset[int]:
    """Rows without a status whose task the last master has as finished, or as a lasting duty: it stays so."""
    if not collection.base:
        return frozenset()
    known = collection.campaign.schema.states
    states = ((at, known.get(task.values.get(STATUS))) for at, task in task_of_rows(collection).items())
    return frozenset(at for at, state in states if state and (state.closed or state.standing) and not collection.statuses[at])


def _superseded(collection: Collection) -> frozenset[int]:
    """Rows whose task stands again on a later sheet of the same workbook, or as finished in a later list of the unit's."""

    def answers(newer: Reported, older: Reported) -> bool:
        if newer.place.submission.path == older.place.submission.path:
            return True
        return newer.sender == older.sender and all(collection.closed[position] for position in newer.positions)

    return frozenset(
        position
        for task in joined(collection)
        for older in task.superseded
        for position in older.positions
        if any(answers(newer, older) for newer in task.reports)
    )


def rows_of_other_units(collection: Collection) -> frozenset[int]:
    """Rows of other units' tasks in a copy of the whole plan, of which the sender has filled in only its own.

    Their units report them in their own lists; nobody could ask the sender about them.
    """
    return collection.once(_rows_of_other_units)


def _rows_of_other_units(collection: Collection) -> frozenset[int]:
    reported = zip(*(collection.values(key) for key in ("status", "progress", "percent", "completed_on")), strict=True)
    filled, blank = set(), []
    for position, values in enumerate(reported):
        covers = collection.reporting_of(position).covers
        named = _members(collection, position) if covers else set()
        if any(value is not None for value in values):
            filled |= {collection.places[position].table_key} if named & set(covers) else set()
        elif named and named.isdisjoint(covers):
            blank.append(position)
    return frozenset(position for position in blank if collection.places[position].table_key in filled)


def _members(collection: Collection, position: int) -> set[str]:
    """The roster units that a row names in whatever role, 各县区 by its members."""
    units = collection.units[position]
    matches = [collection.match(name) for name in (*units.lead, *units.cooperating, *units.responsible, *units.collective)]
    return {unit.name for match in matches for unit in (match.unit, *match.members) if unit}
