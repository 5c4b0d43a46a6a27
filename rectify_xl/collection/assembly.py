"""Submissions -> Collection: the rows of all accepted files together. One conversion per cell, here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.collection import Collection, Place
from rectify_xl.collection.pace import derive_pace
from rectify_xl.schema.conversion import convert
from rectify_xl.schema.fields import PACE

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.base import Base
    from rectify_xl.intake.submission import Submission


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
        Place(submission, table, task)
        for submission in submissions
        if submission.status == "accepted"
        for table in submission.tables
        for task in table.rows
    )
    raw = [place.task.values for place in places]
    columns = {
        known.key: [None if (value := row.get(known.key)) is None else convert(known, value) for row in raw]
        for known in schema.fields
    }
    derived = derive_pace(schema, raw, columns[PACE]) if schema.paces else {}
    return Collection(campaign, as_of, submissions, places, columns, collected, base, derived)
