"""A task of several rows: the rows that a list leaves out or leaves blank say what they said before, each by its own part."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.provenance.carried import part_number, task_key
from rectify_xl.schema.conversion import convert, shown
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import UNSTATED, part_values, said_by_each, value_of_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.collection.base import BaseReport
    from rectify_xl.collection.collection import Collection
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import PartValues, Reported


def is_of_one_row(reported: Reported, last: BaseReport | None, plan: Sequence[str] = ()) -> bool:
    """Whether a task is one row, in the list, as it was sent out and as reported last: then its parts need not be looked for.

    Where each part has a lead of its own (``plan``: their measures) a row of last time may have been that of another one.
    """
    if len(reported.positions) > 1 or len(_dispatched_parts(reported)) > 1 or (last and last.parts):
        return False
    return not (plan and last) or _words(last.values.get("measures")) == _words(reported.values["measures"])


def _dispatched_parts(reported: Reported) -> Sequence[str]:
    """The keys of the parts of a task, as its list was sent out."""
    place = reported.place
    if not place.submission.dispatched:
        return ()
    return reported.collection.once(_parts_by_task).get((place.submission.path, task_key(place.task.key)), ())


def _parts_by_task(collection: Collection) -> Mapping[tuple[str, str], Sequence[str]]:
    """(path, the task's key) -> the keys of its parts, of all lists that were sent out."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for submission in collection.submissions:
        for key in submission.dispatched:
            if part_number(key):
                found[submission.path, task_key(key)].append(key)
    return found


class Parts:
    """The parts of a task as one list has them, beside what the unit said of them last.

    ``plan``: the measures of the parts of the plan's list, where each has a lead of its own: the unit is sent some of them alone.
    """

    def __init__(self, reported: Reported, last: BaseReport | None, plan: Sequence[str] = ()) -> None:
        self._reported, self._last = reported, last
        self._kept: PartValues = (last.parts or ({},)) if last and (last.parts or plan) else ()
        self._kept_at: list[int | None] | None = None  # of each part its place among those of the last report, if not the same
        if plan and self._by_plan(plan):
            return
        self._kept = last.parts if last else ()
        sent = reported.place.submission.dispatched
        keys = _dispatched_parts(reported)
        by_key = {reported.collection.places[position].task.key: position for position in reported.positions}
        dispatched = len(keys) > 1 and bool(by_key.keys() & set(keys))
        # Rows that the unit has put below those of its own are parts as well, of which nothing was said before.
        further = [position for position in reported.positions if position not in {by_key.get(key) for key in keys}]
        self._positions: list[int | None] = [*map(by_key.get, keys), *further] if dispatched else self._by_measure()
        self._sent = [*(sent[key] for key in keys), *({} for _ in further)] if dispatched else []

    def _by_plan(self, plan: Sequence[str]) -> bool:
        """The rows of a list beside those of the last report, in the order of the plan; whether it is known which they are."""
        measures = self._reported.collection.campaign.schema["measures"]
        whole = self._last.values.get("measures") if self._last else None
        last = [_words(value) for value in said_by_each(measures, self._kept, whole)]
        here = {_words(self._reported.collection.values("measures")[at]): at for at in self._reported.positions}
        known = {*here, *last}
        if len(here) < len(self._reported.positions) or len({*last}) < len(last) or not known <= {*plan}:
            return False
        in_order = [words for words in plan if words in known]
        self._positions, self._sent = [here.get(words) for words in in_order], []
        self._kept_at = [last.index(words) if words in last else None for words in in_order]
        return True

    def _by_measure(self) -> list[int | None]:
        """The rows of a list of the unit's own, beside the parts of its last report that it leaves out, as their measures say."""
        reported, kept = self._reported, self._last.parts if self._last else ()
        own: list[int | None] = list(reported.positions)
        measures = reported.collection.values("measures")
        here = {_words(measures[position]): position for position in reported.positions}
        last = [_words(part.get("measures")) for part in kept]
        known = len(own) == len(here) < len(last) == len(set(last)) and here.keys() <= set(last) - {""}
        return [here.get(words) for words in last] if known else own

    def __len__(self) -> int:
        """How many parts there are, those that the list leaves out as well."""
        return len(self._positions)

    def value(self, known: Field) -> Any:  # noqa: ANN401 - a cell holds anything
        """What the task says on a field, parts that say nothing as before; None where the list itself says nothing."""
        value = self._reported.values[known.key]
        if value is None or len(self) == 1 or None not in self._given(known) or self._before(known) is None:
            return value
        schema = self._reported.collection.campaign.schema
        return value_of_parts(schema, known, self.said(known), done=self._is_done())

    def said(self, known: Field) -> tuple[Any, ...]:
        """What each part says on a field, one that says nothing as before; nothing of a task of one row."""
        if len(self) == 1:
            return ()
        given = self._given(known)
        before = self._before(known) if None in given else None
        return tuple(before[at] if one is None and before else one for at, one in enumerate(given))

    def _given(self, known: Field) -> list[Any]:
        column = self._reported.collection.values(known.key)
        return [None if position is None else column[position] for position in self._positions]

    def kept(self, known: Field) -> Sequence[Any] | None:
        """What each part says on a field that the list does not state; None where the last report tells it of none."""
        if self._kept_at is not None:
            last = self._last_of_each(known) or [None] * len(self)
            return [one if one is not None else given for one, given in zip(last, self._given(known), strict=True)]
        if self._last is None or len(self._kept) != len(self):
            return None
        return said_by_each(known, self._kept, self._last.values.get(known.key))

    def _before(self, known: Field) -> Sequence[Any] | None:
        """What each part said before: as it was dispatched, else in the last report; None where nobody can tell."""
        last = self._last_of_each(known)
        if self._kept_at is not None:
            return last
        if not self._sent:
            return last if last and self._are_the_same else None
        sent = [convert(known, row.get(known.key)) for row in self._sent]
        return [last[at] if one is None and last else one for at, one in enumerate(sent)]

    @property
    def _are_the_same(self) -> bool:
        """Whether a list without keys has the parts of the last report in their order, as their measures say."""
        measures = self._reported.collection.campaign.schema["measures"]
        last = self._last_of_each(measures)
        given = zip(last or (), self._given(measures), self._positions, strict=True) if last is not None else ()
        return last is not None and all(_words(one) == _words(now) for one, now, position in given if position is not None)

    def _last_of_each(self, known: Field) -> list[Any] | None:
        """What each part says in the last report; of one that does not keep it, where it has a line for each part."""
        if self._last is None:
            return None
        value, kept = self._last.values.get(known.key), self._kept
        if self._kept_at is not None:
            each = said_by_each(known, kept, value)
            return [None if at is None else each[at] for at in self._kept_at]
        if kept:
            unknown = [None] * (len(self) - len(kept))
            return [*said_by_each(known, kept, value), *unknown] if len(kept) <= len(self) else None
        lines = value.split("\n") if isinstance(value, str) else []
        return [convert(known, None if line == UNSTATED else line) for line in lines] if len(lines) == len(self) else None

    def _is_done(self) -> bool:
        """Whether all parts are finished, those that are left out as they were dispatched."""
        states = self._reported.collection.campaign.schema
        if STATUS not in states:
            return self._reported.is_done
        before = [convert(states[STATUS], row.get(STATUS)) for row in self._sent] or self._last_of_each(states[STATUS]) or ()
        left_out = [state for state, position in zip(before, self._positions, strict=False) if position is None]
        return self._reported.is_done and all(state in states.states.closed for state in left_out)


def values_of_list(reported: Reported, last: BaseReport | None, plan: Sequence[str] = ()) -> Mapping[str, Any]:
    """What a list says of a task, the parts that it leaves out as before."""
    parts = None if is_of_one_row(reported, last, plan) else Parts(reported, last, plan)
    if parts is None or len(parts) == len(reported.positions):
        return reported.values
    fields = reported.collection.campaign.schema.fields
    return {known.key: parts.value(known) for known in fields}


def parts_of_report(
    reported: Reported, last: BaseReport | None, stated: Mapping[str, Sequence[Any]], plan: Sequence[str] = ()
) -> PartValues:
    """What each part of a task says after a round.

    Args:
        reported: the rows of the list that knows the task best.
        last: the unit's last report.
        stated: field -> what each part says of it now.
        plan: the measures of the plan's parts, where each has a lead of its own.
    """
    parts = None if is_of_one_row(reported, last, plan) else Parts(reported, last, plan)
    if parts is None or len(parts) == 1:
        return ()
    fields = reported.collection.campaign.schema.fields
    rows: list[dict[str, Any]] = [{} for _ in range(len(parts))]
    for known in fields:
        if known.key in stated:
            said: Sequence[Any] = stated[known.key]
        else:
            kept = parts.kept(known)
            said = parts.said(known) if kept is None else kept
        for row, value in zip(rows, said, strict=False) if len(said) == len(rows) else ():
            row[known.key] = value
    return part_values(fields, rows)


def _words(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    return text_key(shown(value))
