"""``schema: auto``: which of the shipped schemas a run takes, once for all files, since one master has one schema."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.schema.schema import Schema

# How far a schema may stay behind the best one and still fit a file: one heading more is no other trade.
_LEEWAY = 1


def fitting(fits: Mapping[str, int]) -> tuple[str, ...]:
    """The names of the schemas that fit a file, from the score of each; none where the file holds no list."""
    best = max(fits.values(), default=0)
    return tuple(name for name, score in fits.items() if score >= best - _LEEWAY)


def chosen_by_files(campaign: Campaign, files: Iterable[Mapping[str, int]]) -> Campaign:
    """The campaign with the schema that fits most of the files; of several the one with the highest score in all.

    Args:
        campaign: one whose schema is to be chosen; any other is returned as it is.
        files: of every file, the name of a schema -> its score.
    """
    choice = campaign.schema_choice
    if choice is None or choice.by:
        return campaign
    scores = list(files)
    votes = [name for fits in scores for name in fitting(fits)]

    def rank(schema: Schema) -> tuple[int, int]:
        return votes.count(schema.name), sum(fits.get(schema.name, 0) for fits in scores)

    return replace(campaign, schema=max(choice.candidates, key=rank), schema_choice=replace(choice, by="files"))


def chosen_by_master(campaign: Campaign, name: str) -> Campaign:
    """The campaign with the schema that a master was written with; one that names its schema itself is returned as it is."""
    choice = campaign.schema_choice
    if choice is None:
        return campaign
    schema = next((one for one in choice.candidates if one.name == name), campaign.schema)
    return replace(campaign, schema=schema, schema_choice=replace(choice, by="master"))


def check_chosen(campaign: Campaign) -> None:
    """See that the columns are settled: an empty list has nothing to choose them by.

    Raises:
        RectifyError: the choice is left to files, and none were read.
    """
    choice = campaign.schema_choice
    if choice is not None and not choice.by:
        known = [schema.name for schema in choice.candidates]
        raise RectifyError(
            f"schema: auto 要读了清单才能定列，空白模板没有清单可读；请用 --schema 指明 {'、'.join(known)} 之一",
            f"schema: auto settles the columns by the lists read, and an empty template has none; name one with --schema:"
            f" {', '.join(known)}",
        )
