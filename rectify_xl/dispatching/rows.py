"""The rows of a task in the workbook that one unit is sent: one, or one for each of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.readings import read_units
from rectify_xl.ledger.parts_due import Part, parts_shown
from rectify_xl.provenance.carried import key_number, make_key
from rectify_xl.schema.conversion import convert, shown, shown_in
from rectify_xl.schema.fields import DISPATCHED_EMPTY
from rectify_xl.tasks import UNSTATED, by_part, is_split, measure_keys, measures_in, said_by_each, value_of_parts, wording_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.dispatching.assignments import Assigned, Role
    from rectify_xl.ledger.records import ReportRecord, TaskRecord, Values
    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.schema import Schema
    from rectify_xl.tasks import PartValues


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """One row: its key, the unit's role, field key -> value, and what the unit said of its progress last."""

    key: str
    role: Role
    values: Values
    last_progress: str = ""

    def sent(self, schema: Schema) -> dict[str, str]:
        """Field key -> the text that the reader of the returned workbook will find there, where it stays as it is."""
        texts = {
            known.key: shown_in(known, convert(known, written(known, self.values.get(known.key)))) for known in schema.fields
        }
        return {key: text for key, text in texts.items() if text}


def written(known: Field, value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """A value as it is written into a cell: into one set to text a day would go as its serial number."""
    return shown(value) if known.is_text and value is not None else value


def rows_of(assigned: Assigned, unit: str, reports: Sequence[ReportRecord], schema: Schema) -> tuple[DispatchRow, ...]:
    """The rows of a task for one unit; ``reports`` are all reports on it.

    The office's columns say what 总台账 says. So do the unit's where it alone reports; else they say what it said itself last,
    of a lead unit with the office's word on how far the task is. Where different units lead its parts each gets its own.
    """
    own = next((report for report in reports if report.unit == unit), None)
    if of_own_parts := _rows_of_own_parts(assigned, unit, reports, schema):
        return of_own_parts
    task, alone = assigned.task, own is not None and len(reports) == 1
    values: dict[str, Any] = {}
    for known in schema.fields:
        shared = known.owner == "office" or alone or (known.grain == "task" and assigned.role == "lead")
        values[known.key] = task.values.get(known.key) if shared else own.values.get(known.key) if own else None
    last = shown(values.get("progress"))
    parts = _parts_of(own, reports, task, schema)
    split = {known.key: lines for known in schema.fields if (lines := parts.lines(known, values[known.key]))}
    values |= dict.fromkeys(DISPATCHED_EMPTY & values.keys())
    if not split.keys() - DISPATCHED_EMPTY:
        return (DispatchRow(task.key, assigned.role, values, last),)
    return tuple(
        DispatchRow(
            make_key(key_number(task.key), at + 1),
            assigned.role,
            {key: split[key][at] if key in split and key not in DISPATCHED_EMPTY else value for key, value in values.items()},
            shown(split["progress"][at]) if "progress" in split else last,
        )
        for at in range(parts.count)
    )


def _rows_of_own_parts(assigned: Assigned, unit: str, reports: Sequence[ReportRecord], schema: Schema) -> tuple[DispatchRow, ...]:
    """The rows of those parts for which a unit answers, with what it said of each; none where it is not known which they are.

    The lead of a part is sent the office's word where that has written over what the parts come to together.
    """
    task, parts = assigned.task, assigned.led.parts
    plan = _Parts(schema, parts, len(parts))
    said = {report.unit: by_part(schema.fields, measure_keys(parts), report.values, report.parts) for report in reports}
    mine = said.get(unit, {})
    if mine is None:
        return ()

    def value_of(known: Field, at: int, role: Role) -> Any:  # noqa: ANN401 - a cell holds anything
        whole, word = task.values.get(known.key), mine.get(at, {}).get(known.key)
        is_own = role == "cooperating" or (known.grain == "unit" and [*said] != [unit]) or known.key in task.disputed
        if known.owner == "unit" and is_own:
            return word
        words = [_word_of_part(known, place, roles.lead, said) for place, roles in enumerate(assigned.led.roles)]
        if known.owner == "unit" and any(one is not None for one in words) and plan.come_to(known, words, whole):
            return word
        lines = plan.lines(known, whole)
        return whole if lines is None else lines[at]

    rows = []
    for at, role in assigned.role_in_parts(unit).items():
        values = {known.key: value_of(known, at, role) for known in schema.fields}
        last = shown(values.get("progress"))
        values |= dict.fromkeys(DISPATCHED_EMPTY & values.keys())
        rows.append(DispatchRow(make_key(key_number(task.key), at + 1), role, values, last))
    return tuple(rows)


def _word_of_part(known: Field, at: int, lead: Sequence[str], said: Mapping[str, Mapping[int, Values] | None]) -> Any:  # noqa: ANN401
    """What is said of a part: by its lead, else by whoever reports on it."""
    words = {unit: parts[at].get(known.key) for unit, parts in said.items() if parts and at in parts}
    in_order = (words.get(unit) for unit in (*lead, *words))
    return next((word for word in in_order if word is not None), None)


def _parts_of(own: ReportRecord | None, reports: Sequence[ReportRecord], task: TaskRecord, schema: Schema) -> _Parts:
    """The parts of a task in the unit's list, else in the first list in which it takes several rows, else in the plan."""
    several = [report for report in ([own] if own else reports) if report.has_parts]
    if several:
        kept, rows = several[0].parts, several[0].rows
        return _Parts(schema, kept, len(kept) or (1 if isinstance(rows, str) else rows[1] - rows[0] + 1))
    return _Parts(schema, () if own else task.parts, 1 if own else len(task.parts) or 1)


@dataclass(frozen=True)
class _Parts:
    """``kept``: what each of them said; ``count``: how many there are, also where nobody has kept that."""

    schema: Schema
    kept: PartValues
    count: int

    def lines(self, known: Field, value: Any) -> list[Any] | None:  # noqa: ANN401 - a cell holds anything
        """What the ledger says of each part; None where it is said of the whole, or nobody can tell.

        The parts' own words as long as the office has not written over what they come to together, else one line each.
        """
        if is_split(known, self.kept) and self.come_to(known, said_by_each(known, self.kept, value), value):
            return said_by_each(known, self.kept, value)
        if known.key == "measures" and is_split(known, self.kept) and isinstance(value, str):
            measures = measures_in(value)  # of one cell, which the unit's list has in one row each
            if [*map(wording_key, measures)] == [wording_key(part.get(known.key, "")) for part in self.kept]:
                return [*measures]
        lines = value.split("\n") if isinstance(value, str) and self.count > 1 else []
        return [None if line == UNSTATED else convert(known, line) for line in lines] if len(lines) == self.count else None

    def come_to(self, known: Field, said: Sequence[Any], value: Any) -> bool:  # noqa: ANN401
        """Whether a value is what the parts say together, as a list or the ledger shows it."""
        if known.role == "units":  # the ledger names each unit once, in whatever order
            return _names([value]) == _names(said)
        together = [value_of_parts(self.schema, known, said, done=done) for done in (True, False)]
        if known.role == "deadline":
            together.append(parts_shown([Part(one, None, "", is_open=True) for one in said])[0])
        return shown_in(known, value) in [shown_in(known, one) for one in together]


def _names(cells: Sequence[Any]) -> frozenset[str]:
    """The units that several cells name."""
    return frozenset(name for cell in cells if isinstance(cell, str) for name in read_units(cell).names)
