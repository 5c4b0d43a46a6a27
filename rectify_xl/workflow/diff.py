"""diff(): two masters -> what differs between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.campaign.arguments import normalise_campaign
from rectify_xl.ledger.difference import Difference, difference_of
from rectify_xl.ledger.master import Master
from rectify_xl.ledger.reading import read_master

if TYPE_CHECKING:
    from rectify_xl.campaign.arguments import CampaignLike, PathLike


def diff(old: Master | PathLike, new: Master | PathLike, *, campaign: CampaignLike | None = None) -> Difference:
    """Compare two masters task by task.

    Tasks are joined by their keys, whatever their numbers and order. Values are compared as they are read (2026年12月底前 and
    2026-12-31 are the same deadline) and told as they are written. The office's own columns are compared by their text.

    Args:
        old: the earlier master: a workbook, or what merge, summarize or read_master returned.
        new: the later one.
        campaign: the settings they were made with, or the path of their folder.

    Raises:
        RectifyError: see :func:`rectify_xl.read_master`.
        TypeError: an argument is of a wrong type.
    """
    settings = None if campaign is None else normalise_campaign(campaign)
    first, second = (one if isinstance(one, Master) else read_master(one, campaign=settings) for one in (old, new))
    return difference_of(first, second)
