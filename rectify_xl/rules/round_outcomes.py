"""What the rules that need a base share: the outcomes of the comparison as places of the collection."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rectify_xl.rounds import comparison_of
from rectify_xl.schema.conversion import shown_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.base import BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rounds import FieldOutcome, NewReport, Outcome
    from rectify_xl.tasks import Reported

_LONGEST_NAME = 20


def outcomes(collection: Collection, *wanted: Outcome) -> Iterator[tuple[int, FieldOutcome]]:
    """The outcomes of certain kinds with the position of their row."""
    for one in comparison_of(collection).fields:
        if one.outcome in wanted and one.reported is not None:
            yield one.reported.positions[0], one


def stated_reports(collection: Collection, field: str) -> Iterator[tuple[int, NewReport]]:
    """The reports that state something on a field, with the position of their last row that does."""
    for report in comparison_of(collection).reports:
        if field in report.stated:
            positions = _positions(report)
            at = positions[0] if len(positions) == 1 else next(p for p in reversed(positions) if _says(collection, field, p))
            yield at, report


def _positions(report: NewReport) -> list[int]:
    return [position for reported in report.reported for position in reported.positions]


def _says(collection: Collection, field: str, position: int) -> bool:
    return collection.values(field)[position] is not None


def text_of(collection: Collection, field: str, value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A value as its column shows it."""
    return shown_in(collection.campaign.schema[field], value)


def stated_value(collection: Collection, field: str, position: int) -> dict[str, Any]:
    """The fact of what a cell shows where that is not what it holds: 72% for 0.72."""
    value = collection.values(field)[position]
    return {"value": text_of(collection, field, value)} if isinstance(value, int | float) else {}


def name_of(task: BaseTask) -> str:
    """A task as an office calls it: its number, else the beginning of its problem."""
    values = task.values
    return str(values.get("task_id") or "") or str(values.get("problem") or values.get("measures") or task.key)[:_LONGEST_NAME]


def full_name(collection: Collection, task: BaseTask) -> str:
    """The same, with what it is about beside a number that other tasks of the ledger have: units number their own lists."""
    name = name_of(task)
    return f"{name}（{_about(task)}）" if name in collection.once(_shared_names) else name


def _shared_names(collection: Collection) -> frozenset[str]:
    names = Counter(name_of(task) for task in collection.base.tasks) if collection.base else {}
    return frozenset(name for name, count in names.items() if count > 1)


def _about(task: BaseTask) -> str:
    return str(task.values.get("problem") or task.values.get("measures") or task.key)[:_LONGEST_NAME]


def subject_field(reported: Reported) -> str:
    """The column by which a row is pointed at: its number, else what it is about."""
    return next((key for key in ("task_id", "problem", "measures") if key in reported.place.table.columns), "problem")
