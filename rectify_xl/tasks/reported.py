"""One task as one list has it, and what its values say however they are worded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.closing_steps import DAY_OF, NOTICE_END
from rectify_xl.common.addresses import a1
from rectify_xl.common.text_keys import text_key
from rectify_xl.schema.conversion import convert, shown, shown_in
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks.numbering import numbering_scopes, roster_name
from rectify_xl.tasks.part_values import part_values
from rectify_xl.tasks.split_rows import split_up
from rectify_xl.tasks.wording import plain_number, wording_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.place import Place
    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.schema import Schema
    from rectify_xl.tasks.part_values import PartValues


UNSTATED = "（未填写）"  # the line of a part that says nothing, where other parts do
# The days of closing: a point that is struck off does not close the others.
_OF_CLOSING = frozenset({*DAY_OF.values(), NOTICE_END})


@dataclass(frozen=True)
class Reported:
    """One task as one list has it.

    ``positions`` are the rows of the collection that are its parts; ``older``: the reports of the unit's older lists, the newest
    first, which say what this one leaves blank.
    """

    collection: Collection
    positions: tuple[int, ...]
    older: tuple[Reported, ...] = ()

    @property
    def place(self) -> Place:
        """Where its first row stands."""
        return self.collection.places[self.positions[0]]

    @property
    def unit(self) -> str:
        """The unit that reported it."""
        return self.collection.unit_of(self.positions[0])

    @property
    def sender(self) -> str:
        """Whose file it came in: the unit, or the file itself where it names none."""
        reporting = self.collection.reporting_of(self.positions[0])
        return reporting.unit if reporting.covers or reporting.written else self.place.submission.path

    @cached_property
    def values(self) -> dict[str, Any]:
        """Field -> value; the values of parts that differ are listed one per line."""
        values = self._own_values
        return {key: self.telling(key).values[key] for key in values} if self.older else values

    @cached_property
    def _own_values(self) -> dict[str, Any]:
        if len(self.positions) == 1:
            at = self.positions[0]
            return {key: column[at] for key, column in self.collection.columns.items()}
        return {known.key: self._value(known) for known in self.collection.campaign.schema.fields}

    def telling(self, key: str) -> Reported:
        """The report whose list says it: this one, or an older one of the unit where this list is blank there."""
        own = replace(self, older=()) if self.older else self
        if self._own_values[key] is not None:
            return own
        return next((report for report in self.older if report.values[key] is not None), own)

    def _value(self, known: Field) -> Any:  # noqa: ANN401 - a cell holds anything
        column = self.collection.values(known.key)
        parts = [column[position] for position in self.positions]
        if known.key in _OF_CLOSING and any(value is not None for value in parts) and self._has_open_point(parts):
            return "\n".join(UNSTATED if value is None else shown(value) for value in parts)
        return value_of_parts(self.collection.campaign.schema, known, parts, done=self.is_done)

    @property
    def parts(self) -> PartValues:
        """What each of its rows says where they differ; nothing of a task of one row."""
        if len(self.positions) == 1:
            return ()
        schema = self.collection.campaign.schema
        tellers = {key: self.telling(key).positions for key in schema.keys}
        rows: list[dict[str, Any]] = [{} for _ in self.positions]
        for key, positions in tellers.items():
            if len(positions) == len(rows):
                column = self.collection.values(key)
                for row, position in zip(rows, positions, strict=True):
                    row[key] = column[position]
        return part_values(schema.fields, rows)

    @cached_property
    def words(self) -> dict[str, str]:
        """Choice field -> the words that the list has for its value, one per line, where they are not the value itself."""
        schema, found = self.collection.campaign.schema, {}
        if self.older:
            tellers = {known.key: self.telling(known.key).words for known in schema.fields}
            return {key: words[key] for key, words in tellers.items() if key in words}
        for known in schema.choices:
            if (value := self.values[known.key]) in known.choices:
                rows = (self.collection.places[at].task.values.get(known.key) for at in self.positions)
                meant = {text_key(word): word for word in map(shown, rows) if word and convert(known, word) == value}
                if set(meant) - {text_key(value)}:
                    found[known.key] = "\n".join(" ".join(word.split()) for word in meant.values())
        return found

    def shown(self, key: str) -> str:
        """What it says on a field as the column shows it: percentages as 75%, dates as 2026-08-31."""
        return shown_in(self.collection.campaign.schema[key], self.values[key])

    @cached_property
    def is_done(self) -> bool:
        """Whether every part is finished."""
        return all(self.collection.closed[position] for position in self.positions)

    def _has_open_point(self, parts: list[Any]) -> bool:
        """Whether a part that says nothing is not struck off by its status: its points are closed one by one."""
        blank = (self.collection.states[at] for at, value in zip(self.positions, parts, strict=True) if value is None)
        return any(state is not None and not state.struck_off for state in blank)

    @cached_property
    def key(self) -> tuple[str, str]:
        """Comparison keys of number and subject (the problem, else the measures)."""
        subject = wording_key(shown(self.values.get("problem"))) or wording_key(shown(self.values.get("measures")))
        return plain_number(shown(self.values.get("task_id"))), subject

    @cached_property
    def leads(self) -> frozenset[str]:
        """Roster names (names as written where the roster has none) of the units that lead it."""
        units = [self.collection.units[position] for position in self.positions]
        return frozenset(roster_name(self.collection, name) for unit in units for name in unit.lead)

    @cached_property
    def named(self) -> frozenset[str]:
        """Roster names of all units that answer for it, in whatever role."""
        units = [self.collection.units[position] for position in self.positions]
        names = (name for one in units for name in (*one.lead, *one.cooperating, *one.responsible))
        return frozenset(roster_name(self.collection, name) for name in names)

    @cached_property
    def scope(self) -> tuple[str, ...]:
        """Within what its number is unique."""
        return numbering_scopes(self.collection)[self.positions[0]]

    @cached_property
    def memo(self) -> dict[str, Any]:
        """What it says on each field, worked out once."""
        return {}

    def cell(self, key: str) -> str:
        """The address of a field in the list; of the row's first column where the list lacks the field."""
        if self.older:
            return self.telling(key).cell(key)
        table, task = self.place.table, self.place.task
        key = self.collection.derived_from.get((self.positions[0], key), key)
        if key in table.columns or key in task.sheets:
            return table.cell(task, key)
        return a1(task.row, min(table.columns.values()))

    def address(self, key: str) -> str:
        """``file!sheet!cell`` of a field."""
        if self.older:
            return self.telling(key).address(key)
        return f"{self.place.submission.path}!{self.place.table.sheet_of(self.place.task, key)}!{self.cell(key)}"

    @property
    def source(self) -> str:
        """``file!cell``, with the sheet in between where the file has several task tables."""
        place = self.place
        sheet = f"{place.table.sheet}!" if len(place.submission.tables) > 1 else ""
        key = "task_id" if "task_id" in place.table.columns else "problem"
        own = replace(self, older=()) if self.older else self
        return f"{place.submission.path}!{sheet}{own.cell(key)}"


def value_of_parts(schema: Schema, known: Field, parts: Sequence[Any], *, done: bool) -> Any:  # noqa: ANN401 - a cell holds anything
    """What a task of several parts says on a field; values that differ are listed one per line.

    Args:
        schema: which states are closed.
        known: the field.
        parts: the value of each part, None for one that says nothing.
        done: whether every part is finished.
    """
    distinct = list({_key(value): value for value in parts if value is not None}.values())
    if distinct and known.key in (STATUS, "completed_on") and not done:
        return _of_unfinished(schema, known, distinct, parts)
    if len(distinct) <= 1:
        return distinct[0] if distinct else None
    if known.kind == "choice" and all(value in known.choices for value in distinct):
        # A task is as far as the part that is least far.
        return min(distinct, key=known.choices.index)
    if known.kind == "date" and all(type(value) is date for value in distinct):
        return max(distinct, key=shown)
    return "\n".join(shown_in(known, value) for value in distinct)


def _of_unfinished(schema: Schema, known: Field, distinct: list[Any], parts: Sequence[Any]) -> Any:  # noqa: ANN401
    """Status or day of completion of a task of which a part is not finished.

    A finished part does not finish the whole: where the others say nothing, that stands beside it.
    """
    if known.key == STATUS and all(value in known.choices for value in distinct):
        closed = set(schema.states.closed)
        least = min(distinct, key=lambda word: (word in closed, known.choices.index(word)))
        if least not in closed:
            return least
    lines = [*dict.fromkeys(UNSTATED if value is None else shown(value) for value in parts)]
    return "\n".join(lines) if len(lines) > 1 else distinct[0]


def _key(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.date()
    return text_key(value) if isinstance(value, str) else value


def reported_tasks(collection: Collection) -> tuple[Reported, ...]:
    """The rows of the collection grouped into reported tasks, in file order. Worked out once."""
    return collection.once(_reported_tasks)


def first_rows(collection: Collection) -> dict[int, int]:
    """Position -> the first position of the task that the row is of, in its list."""
    return collection.once(_first_rows)


def _first_rows(collection: Collection) -> dict[int, int]:
    return {position: one.positions[0] for one in reported_tasks(collection) for position in one.positions}


def _reported_tasks(collection: Collection) -> tuple[Reported, ...]:
    groups: dict[tuple[str, str, int, int], list[int]] = defaultdict(list)
    for position, place in enumerate(collection.places):
        groups[place.root].append(position)
    rows = split_up(collection, groups.values()) if collection.base else groups.values()
    return tuple(Reported(collection, tuple(positions)) for positions in rows)
