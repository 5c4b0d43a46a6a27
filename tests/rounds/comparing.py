"""Lists of a round compared with a base that is made by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.collection.assembly import make_collection
from rectify_xl.collection.base import Base, BaseReport, BaseTask
from rectify_xl.rounds import Comparison, FieldOutcome, Outcome, comparison_of
from rectify_xl.schema.conversion import convert
from rectify_xl.workflow.validate import validate
from tests.support.lists import CLEAN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rectify_xl.collection.collection import Collection

WATER, HOUSING, FARM = "市水务局", "市住建局", "市农业农村局"
CAMPAIGN = Campaign(
    name="青禾市整改",
    round_id="2026-12",
    issued=date(2026, 7, 1),
    units=tuple(Unit(id=str(at), name=name) for at, name in enumerate((WATER, HOUSING, FARM), 1)),
)


def row_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """CLEAN with some values on top, converted as a list that is read."""
    fields = CAMPAIGN.schema.fields
    return {known.key: convert(known, {**CLEAN, **values}.get(known.key)) for known in fields}


def base_task(
    key: str = "T0001",
    *,
    ours: Mapping[str, Any] | None = None,
    last: Mapping[str, Mapping[str, Any]] | None = None,
    lead: tuple[str, ...] = (WATER,),
    cooperating: tuple[str, ...] = (HOUSING,),
    round_id: str = "2026-11",
    **states: Any,
) -> BaseTask:
    """A task of the base: what the ledger says, and per unit what it said last."""
    reports = {unit: BaseReport(unit, row_of(values), round_id) for unit, values in (last or {}).items()}
    return BaseTask(key, row_of(ours or {}), reports, frozenset(lead), frozenset(cooperating), **states)


def collected(folder: Path, base: Base, as_of: date = date(2026, 12, 20)) -> Collection:
    """The lists of a folder with their base."""
    report = validate(folder, campaign=CAMPAIGN, as_of=as_of, collected=True)
    return make_collection(report.collection.submissions, CAMPAIGN, as_of, collected=True, base=base)


def compared(folder: Path, *tasks: BaseTask, **about: Any) -> Comparison:
    """What comes of the lists of a folder against a base of these tasks."""
    return comparison_of(collected(folder, Base(tasks, "2026-11", **about)))


def outcomes(comparison: Comparison, *, all_of: bool = False) -> dict[tuple[str, str, str], Outcome]:
    """(key, unit, field) -> outcome, those that changed nothing left out."""
    wanted = (one for one in comparison.fields if all_of or one.outcome is not Outcome.UNCHANGED)
    return {(one.key, one.unit, one.field): one.outcome for one in wanted}


def the(comparison: Comparison, field: str, unit: str = WATER) -> FieldOutcome:
    """The outcome of one field."""
    (found,) = (one for one in comparison.fields if (one.field, one.unit) == (field, unit))
    return found
