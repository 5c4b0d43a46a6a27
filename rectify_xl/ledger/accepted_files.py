"""A file of another round that the office has taken: it counts as its unit's report of the round in which it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.ledger import decision_words as words
from rectify_xl.ledger.records import ChangeRecord
from rectify_xl.rounds import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.ledger.decision_records import PendingRecord
    from rectify_xl.ledger.draft import Draft
    from rectify_xl.ledger.master import Master

_WRONG_ROUND = "wrong-round"
_RULE = "wrong-template"


def accepted_files(master: Master) -> dict[str, str]:
    """The beginning of the SHA-256 of every such file -> the round for which it counts."""
    return {
        change.digest: change.round_id
        for change in master.changes
        if change.digest and not change.key and words.is_said(change.new, words.ACCEPTED_FILE)
    }


def take_files(draft: Draft, files: Mapping[str, Sequence[PendingRecord]]) -> dict[str, Any]:
    """Log the files that were taken.

    Args:
        draft: the master in which the office has decided.
        files: path -> the rows of the file that waited.

    Returns:
        The attributes of the master that change: nobody is told any more that the file is of another round.
    """
    master = draft.master
    for path, rows in files.items():
        units = "、".join(dict.fromkeys(filter(None, (row.unit for row in rows))))
        said, round_id = words.ACCEPTED_FILE.in_language(master.lang), rows[0].round_id or draft.round_id
        draft.changes.append(
            ChangeRecord("", "", "", said, path, round_id, unit=units, outcome=Outcome.DECIDED, digest=rows[0].digest)
        )
    if not files:
        return {}
    now = {path: "on-time" if any(row.states for row in rows) else "unusable" for path, rows in files.items()}
    due = master.campaign.round_due if draft.round_id == master.campaign.round_id else None
    absences = []
    turnout = {kind: list(names) for kind, names in master.turnout.items()}
    for absence in master.absences:
        if absence.kind != _WRONG_ROUND or absence.file not in files:
            absences.append(absence)
            continue
        kind = now[absence.file]
        if kind == "on-time" and due and isinstance(absence.filled_on, date) and absence.filled_on > due:
            kind = "late"
        if kind != "on-time":
            absences.append(replace(absence, kind=kind))
        if absence.unit in turnout.get(_WRONG_ROUND, ()):
            turnout[_WRONG_ROUND].remove(absence.unit)
            turnout.setdefault(kind, []).append(absence.unit)
    return {
        "absences": tuple(absences),
        "turnout": {kind: tuple(names) for kind, names in turnout.items() if names},
        "findings": tuple(one for one in master.findings if one.slug != _RULE or one.file not in files),
    }
