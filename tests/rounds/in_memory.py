"""Rounds without a file: lists as they are read, merged into masters as the workflow does it, hundreds of times a second."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.settings import Campaign, RuleChoice, Unit
from rectify_xl.collection.assembly import make_collection
from rectify_xl.dispatching import make_forms
from rectify_xl.intake.submission import Submission, Table, TaskRow
from rectify_xl.ledger.base_view import base_of
from rectify_xl.ledger.continuing import continued
from rectify_xl.ledger.decisions import with_decisions
from rectify_xl.ledger.merging import consolidated
from rectify_xl.provenance.stamp import ROUND, UNIT
from rectify_xl.rounds import planned_marks
from rectify_xl.schema.conversion import convert, shown
from rectify_xl.validation.engine import run_rules
from rectify_xl.validation.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rectify_xl.ledger.master import Master

WATER, HOUSING, FARM, FIRST_ROW = "市水务局", "市住建局", "市农业农村局", 4
UNITS = (WATER, HOUSING, FARM)
CAMPAIGN = Campaign(
    name="青禾市整改",
    round_id="2026-11",
    issued=date(2026, 7, 1),
    units=tuple(Unit(id=str(at), name=name) for at, name in enumerate(UNITS, 1)),
)
KEYS = CAMPAIGN.schema.keys
# The rules that speak of what a merge does not take over; those about single values need pandera and say nothing of rounds.
_RULES = RuleChoice(select=("X", "H", "formula-error"), ignore=("duplicate-number", "number-gap"))


@dataclass(frozen=True)
class Row:
    """One row of a list: field key -> raw value; ``part_of``: the index of the first row of its task."""

    values: Mapping[str, Any]
    key: str = ""
    part_of: int | None = None
    extras: Mapping[str, str] = field(default_factory=dict)


def a_list(
    unit: str,
    rows: Iterable[Row | Mapping[str, Any]],
    path: str = "",
    *,
    columns: Sequence[str] = KEYS,
    filled_on: date | None = None,
    **about: Any,
) -> Submission:
    """A list of a unit with these columns; a row may be given by its values alone."""
    given = [row if isinstance(row, Row) else Row(row) for row in rows]
    table = Table(
        "任务清单",
        FIRST_ROW - 1,
        {key: at for at, key in enumerate(columns, 1)},
        {key: CAMPAIGN.schema[key].label["zh"] for key in columns},
        tuple(
            TaskRow(
                FIRST_ROW + at,
                {key: row.values.get(key) for key in columns},
                extras=row.extras,
                part_of=None if row.part_of is None else FIRST_ROW + row.part_of,
                key=row.key,
            )
            for at, row in enumerate(given)
        ),
        unit_text=unit,
        filled_on=filled_on,
    )
    made = Submission(path or f"{unit}.xlsx", tables=(table,), unit_text=unit, filled_on=filled_on, **about)
    content = repr((made.path, made.stamp, filled_on, columns, given))
    return made if "sha256" in about else replace(made, sha256=sha256(content.encode()).hexdigest())


def saved_again(submission: Submission) -> Submission:
    """The same list with other bytes, as a program leaves it that saves without a change."""
    return replace(submission, sha256=sha256(submission.sha256.encode()).hexdigest())


def dispatched(master: Master, round_id: str, as_of: date) -> dict[str, tuple[list[Row], Mapping[str, Any]]]:
    """What each unit is sent: its rows as the reader finds them when they come back untouched, and what the file claims."""
    campaign = replace(master.campaign, round_id=round_id)
    forms = make_forms(replace(master, as_of=as_of), base="", campaign=campaign).forms
    found = {}
    for form in forms:
        first: dict[str, int] = {}
        rows = []
        for at, row in enumerate(form.rows):
            whole, _, part = row.key.partition(".")
            first.setdefault(whole, at)
            values = {key: _returned(row.values.get(key)) for key in KEYS}
            rows.append(Row(values, row.key, first[whole] if part and first[whole] != at else None))
        found[form.unit] = (rows, {"dispatched": form.sent, "stamp": {ROUND: round_id, UNIT: form.unit}})
    return found


def _returned(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, float, date)) else shown(value)


def merged(
    submissions: Iterable[Submission], base: Master | None = None, round_id: str = "2026-11", *, day: int = 20, **settings: Any
) -> Master:
    """Merge lists, as :func:`rectify_xl.merge` does it once they are read."""
    campaign = replace(CAMPAIGN, round_id=round_id, **settings)
    as_of = date.fromisoformat(f"{round_id}-{day:02d}")
    given = tuple(submissions)
    if base is None:
        return consolidated(_judged(given, campaign, as_of, None))
    decided = with_decisions(replace(base, campaign=replace(campaign, round_id=base.campaign.round_id)), round_id)
    return continued(decided, _judged(given, campaign, as_of, base_of(decided.master)), base="last.xlsx")


def from_plan(rows: Iterable[Row | Mapping[str, Any]]) -> Master:
    """A plan's own list as the base of round one."""
    master = merged([a_list("", rows, "任务清单.xlsx")])
    parts = {report.key: report.parts for report in master.reports}
    tasks = tuple(replace(task, parts=parts[task.key]) for task in master.tasks)
    return replace(
        master, tasks=tasks, campaign=replace(master.campaign, round_id=""), reports=(), absences=(), findings=(), report=None,
        from_list=True, planned=planned_marks(CAMPAIGN.schema, ((task.key, task.values) for task in master.tasks)),
    )  # fmt: skip


def _judged(submissions: tuple[Submission, ...], campaign: Campaign, as_of: date, base: Any) -> Report:
    collection = make_collection(submissions, campaign, as_of, collected=True, base=base)
    return Report(as_of, collection, run_rules(collection, _RULES), choice=_RULES)


def edited(master: Master, key: str, **values: Any) -> Master:
    """The office writes into 总台账; a field given as None is emptied."""
    new = {name: convert(CAMPAIGN.schema[name], value) for name, value in values.items()}
    tasks = tuple(replace(task, values={**task.values, **new}) if task.key == key else task for task in master.tasks)
    return replace(master, tasks=tasks)
