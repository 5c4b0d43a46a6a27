"""Units that should have reported and did not, reported late, or reported for another round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.book import Book

AbsenceKind = Literal["missing", "late", "cooperating"]


@dataclass(frozen=True, slots=True)
class Absence:
    """One roster unit and how it is absent.

    ``missing``: expected and not there; ``late``: its file is dated after the round's due date;
    ``cooperating``: not there, and expected by nobody, since it only cooperates.
    """

    unit: str
    kind: AbsenceKind
    tasks: tuple[str, ...] = ()
    file: str | None = None
    filled_on: date | None = None


def absences(book: Book) -> tuple[Absence, ...]:
    """Every absence, in roster order; empty without a roster.

    A unit is expected when units.csv says ``reports: yes``, or, where it has no such column, when it leads a task in
    somebody else's list. A file that names several units, or 各县区, counts for all of them.
    """
    arrived = {
        name
        for submission in book.submissions
        if submission.status != "skipped"
        for name in book.reporting[submission.path].covers
    }
    leading, cooperating = _named_in_tasks(book)
    found = []
    for unit in book.campaign.units:
        expected = unit.reports if unit.reports is not None else unit.name in leading
        if unit.name not in arrived:
            if expected:
                found.append(Absence(unit.name, "missing", tuple(leading.get(unit.name, ()))))
            elif unit.name in cooperating:
                found.append(Absence(unit.name, "cooperating", tuple(cooperating[unit.name])))
    return (*found, *_late(book))


def _named_in_tasks(book: Book) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Roster unit -> numbers of the tasks it leads, and of those in which it cooperates."""
    leading: dict[str, list[str]] = {}
    cooperating: dict[str, list[str]] = {}
    for position, units in enumerate(book.units):
        number = book.task_id(position) or ""
        for names, found in ((units.lead, leading), ((*units.cooperating, *units.responsible), cooperating)):
            for name in names:
                match = book.match(name)
                if match.unit and number not in found.setdefault(match.unit.name, []):
                    found[match.unit.name].append(number)
    return leading, cooperating


def _late(book: Book) -> list[Absence]:
    due = book.campaign.round_due
    return [
        Absence(book.reporting[submission.path].unit, "late", file=submission.path, filled_on=submission.filled_on)
        for submission in book.submissions
        if due and submission.status == "accepted" and submission.filled_on and submission.filled_on > due
    ]
