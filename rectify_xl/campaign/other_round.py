"""The settings of a campaign for another round than the one that campaign.yaml names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Campaign


def with_round(campaign: Campaign, round_id: str) -> Campaign:
    """The settings for another round than the one that they name; its days are not known then."""
    return (
        campaign if round_id == campaign.round_id else replace(campaign, round_id=round_id, round_due=None, round_resend_by=None)
    )
