"""Units that should have reported and did not, reported late, or reported for another round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.common.text_keys import number_key
from rectify_xl.provenance.stamp import difference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rectify_xl.collection.collection import Book
    from rectify_xl.intake.submission import Submission

AbsenceKind = Literal["missing", "late", "wrong-round", "cooperating"]


@dataclass(frozen=True, slots=True)
class Absence:
    """One roster unit and how it is absent.

    ``missing``: expected and not there; ``late``: its file is dated after the round's due date;
    ``wrong-round``: its file was made from the template of another round or campaign;
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
    return (*found, *_late(book), *_wrong_round(book))


def _named_in_tasks(book: Book) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Roster unit -> numbers of the tasks it leads, and of those in which it cooperates; 2 and 02 are one."""
    leading: dict[str, dict[str, str]] = {}
    cooperating: dict[str, dict[str, str]] = {}
    for position, units in enumerate(book.units):
        number = book.task_id(position) or ""
        for names, found in ((units.lead, leading), ((*units.cooperating, *units.responsible), cooperating)):
            for name in names:
                match = book.match(name)
                if match.unit:
                    found.setdefault(match.unit.name, {}).setdefault(number_key(number), number)
    return ({name: list(numbers.values()) for name, numbers in leading.items()},
            {name: list(numbers.values()) for name, numbers in cooperating.items()})  # fmt: skip


def _late(book: Book) -> list[Absence]:
    due = book.campaign.round_due
    return [
        absence
        for submission in _accepted(book)
        if due and submission.filled_on and submission.filled_on > due
        for absence in _by_file(book, "late", submission)
    ]


def _wrong_round(book: Book) -> list[Absence]:
    """Files made from the template of another round or campaign (see wrong-template)."""
    campaign = book.campaign
    return [
        absence
        for submission in _accepted(book)
        if difference(submission.stamp, campaign)
        for absence in _by_file(book, "wrong-round", submission)
    ]


def _accepted(book: Book) -> list[Submission]:
    return [submission for submission in book.submissions if submission.status == "accepted"]


def _by_file(book: Book, kind: AbsenceKind, submission: Submission) -> Iterator[Absence]:
    """One absence for each unit whose list the file holds."""
    for unit in book.units_of(submission):
        yield Absence(unit, kind, file=submission.path, filled_on=submission.filled_on)
