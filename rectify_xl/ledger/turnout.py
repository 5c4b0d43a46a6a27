"""Who has reported in this round, and how: the rows of 未报送, and the figures of 历次."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.absence import Absence, absences
from rectify_xl.collection.turnout import kind_of, turnout, units_of_list
from rectify_xl.common.figures import whole_number
from rectify_xl.ledger.records import AbsenceRecord
from rectify_xl.rounds.joined_rows import joined_of_round
from rectify_xl.rounds.known_values import task_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.ledger.master import Master
    from rectify_xl.rounds import Comparison

AGAIN = "again"


def turnout_of(collection: Collection, again: Mapping[str, str], before: Master | None = None) -> Mapping[str, tuple[str, ...]]:
    """Kind -> units, those of earlier merges of this round with them; ``again``: see below."""
    known = before.turnout.get(AGAIN, ()) if before else ()
    found = {**turnout(collection), AGAIN: tuple(dict.fromkeys((*known, *again)))}
    return {kind: units for kind, units in found.items() if units}


def is_answered(master: Master, absence: AbsenceRecord) -> bool:
    """Whether a unit handed in a list of another round beside one of this round: nothing is asked of it for that.

    What the office wrote itself, without a file, counts in any case.
    """
    reported = (unit for kind in ("on-time", "late", "zero") for unit in master.turnout.get(kind, ()))
    return absence.kind == "wrong-round" and bool(absence.file) and absence.unit in reported


def reported_again(collection: Collection, comparison: Comparison | None = None) -> Mapping[str, str]:
    """Unit -> the later file, of units that have reported a task twice in this round."""
    found: dict[str, str] = {}
    known = task_of_rows(collection) if collection.base else {}
    for task in joined_of_round(collection):
        for older in task.superseded:
            if older.positions[0] in known:
                continue  # the comparison tells what was said twice
            newer = next(report for report in task.reports if report.sender == older.sender)
            found.setdefault(newer.unit, newer.place.submission.path)
    for one in comparison.superseded if comparison else ():
        found.setdefault(one.newer.unit, one.newer.place.submission.path)
    base = collection.base
    earlier = base.reported_in(collection.campaign.round_id) if base else frozenset()
    for new in comparison.reports if comparison else ():
        if new.stated and (new.task.key, new.unit) in earlier:
            found.setdefault(new.unit, new.reported[-1].place.submission.path)
    return {unit: file for unit, file in found.items() if unit}


def absence_records(collection: Collection, again: Mapping[str, str], before: Master | None = None) -> tuple[AbsenceRecord, ...]:
    """Every row of 未报送: who is missing or late, who reported nothing to report, in no usable form, or twice.

    Args:
        collection: the lists of the round.
        again: units that have reported twice, with the later file.
        before: the master of an earlier merge of this very round, of which the lists are not all here.
    """
    campaign = collection.campaign
    filled = {submission.path: submission.filled_on for submission in collection.submissions}
    found = [*absences(collection), *_of_lists(collection)]
    found += (Absence(unit, "again", file=file, filled_on=filled.get(file)) for unit, file in again.items())
    rows = [absence_record(absence, campaign) for absence in found]
    known = {(row.unit, row.kind, row.file) for row in rows}
    unusable = set(turnout(collection)["unusable"])
    for row in before.absences if before else ():
        still = row.kind != "unusable" or row.unit in unusable
        # That a unit reported twice was so, though its lists are handed in again and change nothing.
        carried = row.kind == "again" or row.file not in filled
        if row.file and carried and (row.unit, row.kind, row.file) not in known and still:
            rows.append(row)
    return tuple(rows)


def _of_lists(collection: Collection) -> Iterator[Absence]:
    """The lists of units of which nothing better has come."""
    units = turnout(collection)
    for submission in collection.submissions:
        if submission.status == "skipped":
            continue
        match kind_of(collection, submission):
            case "zero" | "unusable" as kind:
                for unit in units_of_list(collection, submission):
                    if unit in units[kind]:
                        yield Absence(unit, kind, file=submission.path, filled_on=submission.filled_on)


def absence_record(absence: Absence, campaign: Campaign) -> AbsenceRecord:
    """The row of 未报送 of an absence, with whom to call."""
    unit = campaign.unit_by_name.get(absence.unit)
    return AbsenceRecord(
        unit=absence.unit,
        kind=absence.kind,
        tasks=tuple(sorted(absence.tasks, key=_by_number)),
        liaison=unit.liaison if unit else "",
        phone=unit.phone if unit else "",
        file=absence.file or "",
        filled_on=absence.filled_on,
        other_round=absence.other_round,
    )


def _by_number(number: str) -> tuple[int, str]:
    counted = whole_number(number)
    return (counted, "") if counted is not None else (10**15, number)
