"""Units that should have reported and did not, reported late, or reported for another round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.common.text_keys import number_key
from rectify_xl.provenance.stamp import difference
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from rectify_xl.collection.collection import Collection
    from rectify_xl.intake.submission import Submission

AbsenceKind = Literal["missing", "late", "wrong-round", "cooperating", "zero", "unusable", "again"]


@dataclass(frozen=True, slots=True)
class Absence:
    """One unit and how it has reported, where it is not simply on time.

    ``missing``: expected and not there; ``late``: its file is dated after the round's due date;
    ``wrong-round``: its file was made from the template of another round or campaign, or was merged in an earlier round;
    ``cooperating``: not there, and expected by nobody, since it only cooperates; ``zero``: it has nothing to report;
    ``unusable``: its list could not be read, or nobody filled it in; ``again``: it reported a task twice (``file`` is the later).
    ``other_round``: the earlier round in which its file was merged.
    """

    unit: str
    kind: AbsenceKind
    tasks: tuple[str, ...] = ()
    file: str | None = None
    filled_on: date | None = None
    other_round: str = ""


def absences(collection: Collection) -> tuple[Absence, ...]:
    """Who is missing, late or in the wrong round, in roster order; nobody is missing without a roster.

    A unit is expected when units.csv says ``reports: yes``, or, where it has no such column, when it leads a task in
    somebody else's list, or an open task of the last master. With ``reporting.zero_report: false`` a unit that leads no open
    task of the last master is not. A file that names several units, or 各县区, counts for all of them; so does a report that
    was merged earlier in this very round.
    """
    base = collection.base
    arrived = {
        name
        for submission in collection.submissions
        if submission.status != "skipped"
        for name in collection.reporting[submission.path].covers
    }
    arrived |= {unit for _, unit in base.reported_in(collection.campaign.round_id)} if base else set()
    arrived |= {unit for kind, units in arrived_before(collection).items() if kind != "missing" for unit in units}
    leading, cooperating = _named_in_tasks(collection)
    zero_reports = collection.campaign.reporting.zero_report
    found = []
    for unit in collection.campaign.units:
        has_task = unit.name in leading
        expected = has_task if unit.reports is None else unit.reports and (has_task or base is None or zero_reports)
        if unit.name not in arrived:
            if expected:
                found.append(Absence(unit.name, "missing", tuple(leading.get(unit.name, ()))))
            elif unit.name in cooperating:
                found.append(Absence(unit.name, "cooperating", tuple(cooperating[unit.name])))
    return (*found, *_late(collection), *_wrong_round(collection))


def arrived_before(collection: Collection) -> Mapping[str, tuple[str, ...]]:
    """How units have reported in earlier merges of this very round; nothing without an id by which rounds are told apart."""
    base, round_id = collection.base, collection.campaign.round_id
    return base.turnout if base and round_id and base.round_id == round_id else {}


def is_of_another_round(collection: Collection, submission: Submission) -> bool:
    """Whether a file is of another round or campaign (see wrong-template, handed-in-again), and the office has not taken it."""
    campaign, base = collection.campaign, collection.base
    if base and base.was_accepted(submission, campaign.round_id):
        return False
    return bool(difference(submission.stamp, campaign) or submission.path in earlier_rounds(collection))


def earlier_rounds(collection: Collection) -> Mapping[str, str]:
    """The files that an earlier round has merged, byte for byte: path -> that round, in the order of the files."""
    return collection.once(_earlier_rounds)


def _earlier_rounds(collection: Collection) -> Mapping[str, str]:
    base, now = collection.base, collection.campaign.round_id
    found = ((one.path, base.earlier_round(one, now)) for one in collection.submissions) if base else ()
    return {path: round_id for path, round_id in found if round_id}


def _named_in_tasks(collection: Collection) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Roster unit -> numbers of the tasks it leads, and of those in which it cooperates; 2 and 02 are one.

    Of a unit with tasks in the last master they are its numbers there: a list may number its rows from 1.
    """
    leading: dict[str, dict[str, str]] = {}
    cooperating: dict[str, dict[str, str]] = {}
    for position, units in enumerate(collection.units):
        number = collection.task_id(position) or ""
        for names, found in ((units.lead, leading), ((*units.cooperating, *units.responsible), cooperating)):
            for name in names:
                match = collection.match(name)
                if match.unit:
                    found.setdefault(match.unit.name, {}).setdefault(number_key(number), number)
    of_base: tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]] = ({}, {})
    for task in collection.base.tasks if collection.base else ():
        number = shown(task.values.get("task_id"))
        for named, found in zip((task.lead, task.cooperating), of_base, strict=True) if not task.closed else ():
            for name in sorted(named):
                found.setdefault(name, {}).setdefault(number_key(number), number)
    leading, cooperating = leading | of_base[0], cooperating | of_base[1]
    return ({name: list(numbers.values()) for name, numbers in leading.items()},
            {name: list(numbers.values()) for name, numbers in cooperating.items()})  # fmt: skip


def _late(collection: Collection) -> list[Absence]:
    due = collection.campaign.round_due
    return [
        absence
        for submission in _accepted(collection)
        if due and submission.filled_on and submission.filled_on > due
        for absence in _by_file(collection, "late", submission)
    ]


def _wrong_round(collection: Collection) -> list[Absence]:
    return [
        absence
        for submission in _accepted(collection)
        if is_of_another_round(collection, submission)
        for absence in _by_file(collection, "wrong-round", submission, earlier_rounds(collection).get(submission.path, ""))
    ]


def _accepted(collection: Collection) -> list[Submission]:
    return [submission for submission in collection.submissions if submission.status == "accepted"]


def _by_file(collection: Collection, kind: AbsenceKind, submission: Submission, other_round: str = "") -> Iterator[Absence]:
    """One absence for each unit whose list the file holds."""
    for unit in collection.units_of(submission):
        yield Absence(unit, kind, file=submission.path, filled_on=submission.filled_on, other_round=other_round)
