"""A task of several rows: the rows that a list leaves out or leaves blank say what they said before, each by its own part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.provenance.carried import part_number, task_key
from rectify_xl.schema.conversion import convert, shown
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import UNSTATED, value_of_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported


class Parts:
    """The parts of a task as one list has them, beside what the unit said of them last."""

    def __init__(self, reported: Reported, last: Mapping[str, Any]) -> None:
        self._reported, self._last = reported, last
        places = [(position, reported.collection.places[position]) for position in reported.positions]
        sent = reported.place.submission.dispatched
        whole = task_key(reported.place.task.key)
        keys = [key for key in sent if part_number(key) and task_key(key) == whole]
        by_key = {place.task.key: position for position, place in places}
        dispatched = len(keys) > 1 and by_key.keys() <= set(keys)
        self._positions: list[int | None] = [by_key.get(key) for key in keys] if dispatched else list(reported.positions)
        self._sent = [sent[key] for key in keys] if dispatched else []

    def value(self, known: Field) -> Any:  # noqa: ANN401 - a cell holds anything
        """What the task says on a field, parts that say nothing as before; None where the list itself says nothing."""
        value = self._reported.values[known.key]
        if value is None or len(self._positions) == 1:
            return value
        column = self._reported.collection.values(known.key)
        given = [None if position is None else column[position] for position in self._positions]
        before = self._before(known)
        if None not in given or before is None:
            return value
        parts = [before[at] if said is None else said for at, said in enumerate(given)]
        return value_of_parts(self._reported.collection, known, parts, done=self._is_done())

    def _before(self, known: Field) -> Sequence[Any] | None:
        """What each part said before: as it was dispatched, else its line of the last report; None where nobody can tell."""
        lines = self._lines(known.key)
        if not self._sent:
            return [convert(known, line) for line in lines] if lines and self._are_the_same else None
        sent = [convert(known, row.get(known.key)) for row in self._sent]
        return [convert(known, lines[at]) if one is None and lines else one for at, one in enumerate(sent)]

    @property
    def _are_the_same(self) -> bool:
        """Whether a list without keys has the parts of the last report in their order, as their measures say."""
        lines = self._lines("measures")
        column = self._reported.collection.values("measures")
        now = [text_key(shown(column[position])) for position in self._reported.positions]
        return lines is not None and now == [text_key(line or "") for line in lines]

    def _lines(self, key: str) -> list[str | None] | None:
        """The lines of the last report, where there is one for each part."""
        value = self._last.get(key)
        lines = value.split("\n") if isinstance(value, str) else []
        return [None if line == UNSTATED else line for line in lines] if len(lines) == len(self._positions) else None

    def _is_done(self) -> bool:
        """Whether all parts are finished, those that are left out as they were dispatched."""
        states = self._reported.collection.campaign.schema
        left_out = [row for row, position in zip(self._sent, self._positions, strict=False) if position is None]
        return self._reported.is_done and all(
            convert(states[STATUS], row.get(STATUS)) in states.states.closed for row in left_out
        )
