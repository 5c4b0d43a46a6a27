"""What a unit states on a task of the base: cells that are neither empty nor exactly as they were dispatched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_xl.common.text_keys import text_key
from rectify_xl.common.unreadable import UNREADABLE
from rectify_xl.provenance.carried import task_key
from rectify_xl.rounds.parts import Parts, is_of_one_row
from rectify_xl.schema.conversion import shown_in
from rectify_xl.schema.fields import DISPATCHED_EMPTY
from rectify_xl.tasks import latest_of, meaning_of, written_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rectify_xl.collection.base import BaseReport, BaseTask
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported


class Stated(NamedTuple):
    """One value that a row states, and the row; ``parts``: what each row of the task says, where it takes several."""

    value: Any
    reported: Reported
    parts: tuple[Any, ...] = ()

    def said(self, key: str) -> Any:  # noqa: ANN401 - a cell holds anything
        """The unit's own word where a choice was read from it, else the value."""
        return self.reported.words.get(key, self.value)


@dataclass
class Statements:
    """What one unit states on one task in all its files of a round.

    Attributes:
        stated: field -> what it states.
        blank: fields that it emptied, with the row.
        torn: fields on which its own files differ, nobody knowing which is later, with all that they say.
        before: of torn fields what a list said that was merged before in this round.
        superseded: (field, what an older file says, what a later one says).
        number: the unit's own number of the task.
        touched: whether it says anything at all.
    """

    stated: dict[str, Stated] = field(default_factory=dict)
    blank: dict[str, Reported] = field(default_factory=dict)
    torn: dict[str, tuple[Stated, ...]] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    superseded: list[tuple[str, Stated, Stated]] = field(default_factory=list)
    number: Any = None
    touched: bool = False


def statements_of(unit: str, rows: Sequence[Reported], task: BaseTask) -> Statements:
    """Lay the files of one unit over each other: each adds what it states, a later one supersedes an earlier one."""
    found = Statements()
    said: dict[str, list[Stated]] = {}
    last = task.reports.get(unit)
    # As nearly all are: one row in one list, and nothing said before in this round that it could be laid over.
    is_plain = len(rows) == 1 and not (last and last.is_of(rows[0].collection.campaign.round_id))
    for reported in rows:
        parts = None if is_of_one_row(reported, last, task.part_measures) else Parts(reported, last, task.part_measures)
        values = reported.values
        # A list of the unit's own is a report even where nothing has changed; a dispatched row that came back as it was is none.
        sent = _sent(reported, task.key)
        found.touched |= not sent
        for known in _listed_fields(reported):
            value = values[known.key]
            if isinstance(value, UNREADABLE):
                continue
            if known.key == "task_id" and _is_own_number(reported, task):
                found.number = value if value is not None else found.number
                continue
            if value is None:
                if _was_filled(known, reported, sent, last.values if last else {}):
                    found.blank.setdefault(known.key, reported)
            elif known.key in DISPATCHED_EMPTY or not (sent and _as_dispatched(known, reported, sent)):
                one = Stated(parts.value(known), reported, parts.said(known)) if parts else Stated(value, reported)
                if is_plain:
                    found.stated[known.key] = one
                else:
                    said.setdefault(known.key, []).append(one)
    for key, several in said.items():
        found.blank.pop(key, None)
        _lay_over(found, several[0].reported.collection.campaign.schema[key], several, last)
    found.touched |= bool(said or found.stated or found.blank)
    return found


def stated_cells(reported: Reported) -> tuple[frozenset[str], dict[str, str]]:
    """The fields that a row states, wherever it belongs, and the cell of every field that it fills in."""
    sent, stated, cells = _sent(reported, reported.place.task.key), set(), {}
    for known in reported.collection.campaign.schema.fields:
        if reported.values[known.key] is not None:
            cells[known.key] = reported.cell(known.key)
            if known.key in DISPATCHED_EMPTY or not (sent and _as_dispatched(known, reported, sent)):
                stated.add(known.key)
    return frozenset(stated), cells


def _listed_fields(reported: Reported) -> Iterable[Field]:
    """The fields for which a list has a column, or says in another one what belongs there."""
    columns, derived = reported.place.table.columns, reported.collection.derived_from
    for known in reported.collection.campaign.schema.fields:
        if known.key in columns or (derived and any((at, known.key) in derived for at in reported.positions)):
            yield known


def _lay_over(found: Statements, known: Field, several: list[Stated], last: BaseReport | None) -> None:
    """Of all that the unit's lists of this round say on a field the last one counts, where that is known."""
    collection = several[0].reported.collection
    before = last.said_in(collection.campaign.round_id, known.key) if last else None
    if before is None and len(several) == 1:
        found.stated[known.key] = several[0]
        return

    def differ(*values: Any) -> bool:  # noqa: ANN401 - a cell holds anything
        return len({meaning_of(collection, known, value) for value in values}) > 1

    later = latest_of([one.reported for one in several])
    if later is None and differ(*(one.value for one in several)):
        found.torn[known.key] = tuple(several)
        return
    # Of several wordings of one meaning the same is shown in whichever order the files came.
    in_order = sorted(several, key=lambda one: one.reported.place.submission.path)
    valid = next((one for one in several if one.reported is later), in_order[-1])
    if (
        before is not None
        and last
        and differ(before, valid.value)
        and not written_of(valid.reported.place).is_after(last.written)
    ):
        found.torn[known.key], found.before[known.key] = (valid,), before
        return
    found.stated[known.key] = valid
    found.superseded += [(known.key, one, valid) for one in several if one is not valid and differ(one.value, valid.value)]


def _is_own_number(reported: Reported, task: BaseTask) -> bool:
    """Units number their own lists; only a row that carries the task's key speaks of the office's number."""
    return task_key(reported.place.task.key) != task.key


def _sent(reported: Reported, key: str) -> list[Mapping[str, str]]:
    """The rows as they were dispatched, one per part; nothing where one of them was not.

    A row of one part that has lost its key, or bears that of another task, is that of the task which it is (``key``).
    """
    places = [reported.collection.places[position] for position in reported.positions]
    if not any(place.submission.dispatched for place in places):
        return []
    keys = [place.task.key for place in places]
    if len(keys) == 1 and task_key(keys[0]) != task_key(key):
        keys = [key]
    rows = [place.submission.dispatched.get(own) for place, own in zip(places, keys, strict=True)]
    return [row for row in rows if row is not None] if all(row is not None for row in rows) else []


def _was_filled(known: Field, reported: Reported, sent: Sequence[Mapping[str, str]], last: Mapping[str, Any]) -> bool:
    if known.key in DISPATCHED_EMPTY and reported.place.submission.dispatched:
        return False
    return any(row.get(known.key) for row in sent) if sent else last.get(known.key) is not None


def _as_dispatched(known: Field, reported: Reported, sent: Sequence[Mapping[str, str]]) -> bool:
    column = reported.collection.values(known.key)
    now = [text_key(shown_in(known, column[position])) for position in reported.positions]
    return now == [text_key(row.get(known.key, "")) for row in sent]
