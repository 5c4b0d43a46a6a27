"""The rows of a task in the workbook that one unit is sent: one, or one for each of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.provenance.carried import key_number, make_key
from rectify_xl.schema.conversion import convert, shown, shown_in
from rectify_xl.schema.fields import DISPATCHED_EMPTY
from rectify_xl.tasks import UNSTATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.dispatching.assignments import Assigned, Role
    from rectify_xl.ledger.records import ReportRecord, Values
    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.schema import Schema


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
    of a lead unit with the office's word on how far the task is.
    """
    own = next((report for report in reports if report.unit == unit), None)
    task, alone = assigned.task, own is not None and len(reports) == 1
    values: dict[str, Any] = {}
    for known in schema.fields:
        shared = known.owner == "office" or alone or (known.grain == "task" and assigned.role == "lead")
        values[known.key] = task.values.get(known.key) if shared else own.values.get(known.key) if own else None
    last = shown(values.get("progress"))
    values |= dict.fromkeys(DISPATCHED_EMPTY & values.keys())
    parts = _parts(own, reports)
    split = {key: lines for key, value in {**values, "": last}.items() if (lines := _lines(value, parts))}
    if not split.keys() - {""}:
        return (DispatchRow(task.key, assigned.role, values, last),)
    return tuple(
        DispatchRow(
            make_key(key_number(task.key), at + 1),
            assigned.role,
            {known.key: _line(known, values[known.key], split.get(known.key), at) for known in schema.fields},
            (split[""][at] or "") if "" in split else last,
        )
        for at in range(parts)
    )


def _parts(own: ReportRecord | None, reports: Sequence[ReportRecord]) -> int:
    """How many rows the task takes in the unit's list, else in the first list in which it takes several."""
    several = [report for report in ([own] if own else reports) if report.has_parts]
    rows = several[0].rows if several else ""
    return 1 if isinstance(rows, str) else rows[1] - rows[0] + 1


def _lines(value: Any, parts: int) -> list[str | None] | None:  # noqa: ANN401
    """What stands in the ledger of each part, one per line; None where it is said of the whole, or nobody can tell."""
    lines = value.split("\n") if isinstance(value, str) and parts > 1 else []
    return [None if line == UNSTATED else line for line in lines] if len(lines) == parts else None


def _line(known: Field, value: Any, split: Sequence[str | None] | None, at: int) -> Any:  # noqa: ANN401
    return value if split is None else convert(known, split[at])
