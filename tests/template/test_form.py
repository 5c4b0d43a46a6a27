"""What stands in a template, before it has any looks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.campaign.settings import Campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.provenance.stamp import LONGEST, template_stamp
from rectify_xl.schema.loading import load_schema
from rectify_xl.template import make_template
from tests.template.conftest import MADE_ON

if TYPE_CHECKING:
    from rectify_xl.template import Template


def made(campaign: Campaign, **options: Any) -> Template:
    return make_template(campaign, made_on=MADE_ON, **options)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("", "整改任务清单"),
        ("汐东市督察反馈问题整改", "汐东市督察反馈问题整改任务清单"),
        ("汐东市 2026 年\n督察", "汐东市 2026 年 督察整改任务清单"),
        ("汐东市整改任务", "汐东市整改任务清单"),
    ],
)
def test_the_title_does_not_say_a_word_twice(name: str, title: str) -> None:
    assert made(Campaign(name=name)).title == title


def test_the_title_in_english_names_both() -> None:
    assert made(Campaign(name="Xidong"), lang="en").title == "Xidong: Rectification task list"
    assert made(Campaign(), lang="en").title == "Rectification task list"


def test_dropdowns_come_from_schema_roster_leaders_and_given_categories(campaign: Campaign, office_row: dict[str, Any]) -> None:
    choices = made(campaign, filled=[office_row, {**office_row, "category": "大气"}, {"problem": "无类别"}]).choices
    assert set(choices) == {"category", "leader", "lead_unit", "coop_units", "acceptance_unit", "status", "pace", "forecast"}
    assert choices["status"].others == "refuse"
    assert choices["pace"].values == ("未达到序时进度", "达到序时进度", "超序时进度")
    assert choices["forecast"].values == ("不能", "有困难", "能")
    assert (choices["pace"].others, choices["forecast"].others) == ("refuse", "refuse")
    assert choices["leader"].values == ("池一鸣 市政府副市长", "叶知秋 市政府秘书长")
    assert choices["leader"].others == "ask"
    assert choices["lead_unit"].values[:2] == ("市水务局", "市财政局")
    assert choices["lead_unit"].others == "take"
    assert choices["category"].values == ("水环境", "大气")


def test_without_roster_and_leaders_only_the_schemas_own_choices_have_a_dropdown() -> None:
    assert set(made(Campaign()).choices) == {"status", "pace", "forecast"}


def test_groups_are_runs_of_columns_of_one_owner() -> None:
    assert made(Campaign()).groups == (("office", 10), ("unit", 8), ("office", 8), ("unit", 3))


def test_the_unit_is_named_as_in_the_roster(campaign: Campaign) -> None:
    template = made(campaign, unit="水务局")
    assert template.unit == "市水务局"
    assert template.stamp["rectify_xl.unit"] == "市水务局"
    assert made(replace(campaign, units=()), unit=" 镇水利站 ").unit == "镇水利站"


@pytest.mark.parametrize(("unit", "near"), [("市水雾局", "市水务局"), ("某某公司", "单位名册中没有“某某公司”")])
def test_a_unit_that_the_roster_lacks_is_an_error(campaign: Campaign, unit: str, near: str) -> None:
    with pytest.raises(RectifyError, match=near):
        made(campaign, unit=unit)


def test_a_field_that_the_schema_lacks_is_an_error(campaign: Campaign) -> None:
    with pytest.raises(RectifyError, match=r"task_list 没有字段 leadr.*leader"):
        made(campaign, filled=[{"leadr": "池一鸣"}])


def test_only_filled_cells_of_the_office_are_fixed(campaign: Campaign, office_row: dict[str, Any]) -> None:
    template = made(campaign)
    fixed = {known.key for known in campaign.schema.fields if template.is_fixed({**office_row, "target": "/"}, known)}
    assert fixed == {"task_id", "category", "problem", "measures", "leader", "lead_unit", "coop_units", "deadline"}


def test_the_note_says_round_and_day(campaign: Campaign) -> None:
    assert made(campaign).note.startswith("轮次 2026-11 · 报送截止 2026-11-25 · ")
    assert "Round 2026-11 · due on 2026-11-25" in made(campaign, lang="en").note
    assert "轮次" not in made(Campaign()).note


def test_the_stamp_names_campaign_round_schema_and_version_and_fits_a_property(campaign: Campaign) -> None:
    ledger = replace(campaign, schema=load_schema("acceptance_ledger"), name="长" * 300)
    assert list(template_stamp(ledger).values()) == ["template", "长" * LONGEST, "2026-11", "acceptance_ledger", "1", ""]
