"""Submissions -> Collection: the rows of all accepted files in one frame. One conversion per cell, here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from rectify_xl.collection.collection import Collection, Place
from rectify_xl.schema.conversion import convert

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.intake.submission import Submission


def make_collection(
    submissions: tuple[Submission, ...], campaign: Campaign, as_of: date, *, collected: bool = False
) -> Collection:
    """Put the rows of all accepted submissions into one frame."""
    schema = campaign.schema
    places = tuple(
        Place(submission, table, task)
        for submission in submissions
        if submission.status == "accepted"
        for table in submission.tables
        for task in table.rows
    )
    index = (
        pd.MultiIndex.from_tuples(
            [(place.submission.path, place.table.sheet, place.task.row) for place in places], names=["file", "sheet", "row"]
        )
        if places
        else pd.MultiIndex.from_arrays([[], [], []], names=["file", "sheet", "row"])
    )
    raw = [place.task.values for place in places]  # noqa: PD011 - a row's values, not a frame's
    columns = {
        known.key: pd.Series(
            [None if (value := row.get(known.key)) is None else convert(known, value) for row in raw], dtype=object, index=index
        )
        for known in schema.fields
    }
    frame = pd.DataFrame(columns, index=index)
    return Collection(campaign, as_of, submissions, places, frame, collected)
