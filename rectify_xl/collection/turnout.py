"""How each unit has reported in a round: on time, late, nothing to report, for another round, not usable, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rectify_xl.collection.absence import absences, arrived_before, is_of_another_round
from rectify_xl.collection.untouched import untouched_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.collection.collection import Collection
    from rectify_xl.intake.submission import Submission

# Of several lists of a unit the one that comes first here counts.
TurnoutKind = Literal["on-time", "late", "zero", "wrong-round", "unusable", "missing"]
TURNOUT: tuple[TurnoutKind, ...] = ("on-time", "late", "zero", "wrong-round", "unusable", "missing")


def turnout(collection: Collection) -> Mapping[str, tuple[str, ...]]:
    """Kind -> units, each unit under one kind; what was merged earlier in this round counts with it.

    Units of the roster that nobody expects to report stand under none. Without a roster nobody knows who is missing.
    """
    return collection.once(_turnout)


def kind_of(collection: Collection, submission: Submission) -> TurnoutKind:
    """What one list is as a report of the round."""
    due = collection.campaign.round_due
    if submission.status == "rejected":
        return "unusable"
    if is_of_another_round(collection, submission):
        return "wrong-round"
    zero = is_zero_report(submission)
    if not zero and (not any(table.rows for table in submission.tables) or submission.path in untouched_files(collection)):
        return "unusable"
    if due and submission.filled_on and submission.filled_on > due:
        return "late"
    return "zero" if zero else "on-time"


def is_zero_report(submission: Submission) -> bool:
    """Whether a list says that there is nothing to report, and lists nothing."""
    stated = any(fault.slug == "empty-submission" and fault.facts.get("zero") for fault in submission.faults)
    return stated and not any(table.rows for table in submission.tables)


def units_of_list(collection: Collection, submission: Submission) -> tuple[str, ...]:
    """The units for which a list counts: those that it covers, and those outside of the roster that it names."""
    reporting = collection.reporting[submission.path]
    named = collection.units_of(submission) if submission.status == "accepted" else ()
    return tuple(dict.fromkeys(filter(None, (*reporting.covers, *named))))


def _turnout(collection: Collection) -> Mapping[str, tuple[str, ...]]:
    best: dict[str, TurnoutKind] = {}
    for unit, kind in _said(collection):
        if unit not in best or TURNOUT.index(kind) < TURNOUT.index(best[unit]):
            best[unit] = kind
    roster = {unit: at for at, unit in enumerate(collection.campaign.unit_by_name)}
    ordered = sorted(best, key=lambda unit: roster.get(unit, len(roster)))
    return {kind: tuple(unit for unit in ordered if best[unit] == kind) for kind in TURNOUT}


def _said(collection: Collection) -> Iterator[tuple[str, TurnoutKind]]:
    before = arrived_before(collection)
    for kind in TURNOUT[:-1]:
        yield from ((unit, kind) for unit in before.get(kind, ()))
    for submission in collection.submissions:
        if submission.status != "skipped":
            kind = kind_of(collection, submission)
            yield from ((unit, kind) for unit in units_of_list(collection, submission))
    yield from ((absence.unit, "missing") for absence in absences(collection) if absence.kind == "missing")
