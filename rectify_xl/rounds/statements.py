"""What a unit states on a task of the base: cells that are neither empty nor exactly as they were dispatched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.common.unreadable import UNREADABLE
from rectify_xl.schema.conversion import shown_in
from rectify_xl.tasks import latest_of, meaning_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.collection.base import BaseTask
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported


@dataclass(frozen=True, slots=True)
class Stated:
    """One value that a row states, and the row."""

    value: Any
    reported: Reported


@dataclass
class Statements:
    """What one unit states on one task in all its files of a round.

    ``stated``: field -> what it states; ``blank``: fields that it emptied, with the row; ``torn``: fields on which its own
    files differ, nobody knowing which is later, with all that they say; ``touched``: whether it says anything at all.
    """

    stated: dict[str, Stated] = field(default_factory=dict)
    blank: dict[str, Reported] = field(default_factory=dict)
    torn: dict[str, tuple[Stated, ...]] = field(default_factory=dict)
    touched: bool = False


def statements_of(unit: str, rows: Sequence[Reported], task: BaseTask) -> Statements:
    """Lay the files of one unit over each other: each adds what it states, a later one supersedes an earlier one."""
    found = Statements()
    said: dict[str, list[Stated]] = {}
    last = task.reports[unit].values if unit in task.reports else {}
    for reported in rows:
        # A list of the unit's own is a report even where nothing has changed; a dispatched row that came back as it was is none.
        sent = _sent(reported)
        found.touched |= not sent
        for known in reported.collection.campaign.schema.fields:
            value = reported.values[known.key]
            if not _is_told(known, reported) or isinstance(value, UNREADABLE) or _is_own_number(known, reported):
                continue
            if value is None:
                if _was_filled(known, sent, last):
                    found.blank.setdefault(known.key, reported)
            elif not (sent and _as_dispatched(known, reported, sent)):
                said.setdefault(known.key, []).append(Stated(value, reported))
    _lay_over(found, said)
    found.touched |= bool(said or found.blank)
    return found


def _lay_over(found: Statements, said: Mapping[str, Sequence[Stated]]) -> None:
    """Of each field what the latest file says."""
    for key, several in said.items():
        found.blank.pop(key, None)
        found.stated[key] = several[-1]
        if len(several) == 1:
            continue
        schema = several[0].reported.collection.campaign.schema
        meanings = {meaning_of(one.reported.collection, schema[key], one.value) for one in several}
        if len(meanings) > 1:
            later = latest_of([one.reported for one in several])
            if later is None:
                found.torn[key] = tuple(several)
            else:
                found.stated[key] = next(one for one in several if one.reported is later)


def _is_told(known: Field, reported: Reported) -> bool:
    """Whether a list has a cell for a field, or says in another one what belongs there."""
    told = reported.collection.told_elsewhere
    return known.key in reported.place.table.columns or any((at, known.key) in told for at in reported.positions)


def _is_own_number(known: Field, reported: Reported) -> bool:
    """Units number their own lists; only a list that carries keys speaks of the office's number."""
    return known.key == "task_id" and not reported.place.task.key


def _sent(reported: Reported) -> list[Mapping[str, str]]:
    """The rows as they were dispatched, one per part; nothing where one of them was not."""
    places = [reported.collection.places[position] for position in reported.positions]
    rows = [place.submission.dispatched.get(place.task.key) for place in places]
    return [row for row in rows if row is not None] if all(row is not None for row in rows) else []


def _was_filled(known: Field, sent: Sequence[Mapping[str, str]], last: Mapping[str, Any]) -> bool:
    return any(row.get(known.key) for row in sent) if sent else last.get(known.key) is not None


def _as_dispatched(known: Field, reported: Reported, sent: Sequence[Mapping[str, str]]) -> bool:
    column = reported.collection.values(known.key)
    now = [text_key(shown_in(known, column[position])) for position in reported.positions]
    return now == [text_key(row.get(known.key, "")) for row in sent]
