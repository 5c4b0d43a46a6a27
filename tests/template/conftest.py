"""An invented campaign, and rows as its office would fill them in."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest

from rectify_xl.campaign.settings import Campaign, CampaignLeader, Unit

MADE_ON = date(2026, 11, 2)
AS_OF = date(2026, 11, 21)
FIRST_ROW = 5  # of the tasks, as Excel counts
OFFICE_ROW: dict[str, Any] = {
    "task_id": "3", "category": "水环境", "problem": "东湾暗涵污水直排", "target": "2026年底前排口全部封堵",
    "measures": "1.封堵排口四处。\n2.铺设截污管二百米。", "leader": "池一鸣 市政府副市长", "lead_unit": "市水务局",
    "coop_units": "市财政局", "deadline": "2026年12月底前",
}  # fmt: skip


def folded(text: str) -> str:
    """Full-width punctuation as half-width: tests are about words."""
    return unicodedata.normalize("NFKC", text)


CAMPAIGN = Campaign(
    name="汐东市督察反馈问题整改",
    issuer="汐东市整改办",
    issued=date(2026, 3, 1),
    units=(
        Unit("1", "市水务局", ("水务局",)),
        Unit("2", "市财政局"),
        Unit("3", "市林业局"),
        *(Unit(f"V{number}", f"第{number}片区管理委员会") for number in range(1, 31)),
    ),
    leaders=(CampaignLeader("池一鸣", "市政府副市长"), CampaignLeader("叶知秋", "市政府秘书长")),
    round_id="2026-11",
    round_due=date(2026, 11, 25),
)


@pytest.fixture
def campaign() -> Campaign:
    return CAMPAIGN


@pytest.fixture
def office_row() -> dict[str, Any]:
    return dict(OFFICE_ROW)
