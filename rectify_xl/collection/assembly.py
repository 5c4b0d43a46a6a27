"""Submissions -> Collection: the rows of all accepted files together. One conversion per cell, here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.collection.collection import Collection
from rectify_xl.collection.derived_status import derive_status
from rectify_xl.collection.pace import derive_pace
from rectify_xl.collection.place import Place, table_key
from rectify_xl.schema.conversion import convert
from rectify_xl.schema.fields import PACE, STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.base import Base
    from rectify_xl.intake.submission import Submission
    from rectify_xl.schema.fields import Field


def make_collection(
    submissions: tuple[Submission, ...],
    campaign: Campaign,
    as_of: date,
    *,
    collected: bool = False,
    base: Base | None = None,
) -> Collection:
    """Put the rows of all accepted submissions together."""
    schema = campaign.schema
    places = tuple(
        Place(submission, table, task, key)
        for submission in submissions
        if submission.status == "accepted"
        for table in submission.tables
        for key in (table_key(submission, table),)
        for task in table.rows
    )
    raw = [place.task.values for place in places]
    # Lists lack half of a schema's columns: those are one and the same column of blanks.
    present, blanks = frozenset[str]().union(*raw), [None] * len(raw)
    columns = {known.key: _converted(known, raw) if known.key in present else blanks for known in schema.fields}
    derived: dict[tuple[int, str], str] = {}
    if schema.paces:
        columns[PACE] = list(columns[PACE])
        derived |= derive_pace(schema, raw, columns[PACE])
    if schema.states.closed:
        columns[STATUS] = list(columns[STATUS])
        derived |= derive_status(schema[STATUS], places, columns)
    return Collection(campaign, as_of, submissions, places, columns, collected, base, derived)


def _converted(known: Field, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [None if (value := row.get(known.key)) is None else convert(known, value) for row in rows]
