"""The command's reading is the campaign's."""

from __future__ import annotations

from datetime import date

from rectify_xl.campaign import Campaign, DeadlineRules
from rectify_xl.phrases import read_phrase

ANCHOR = date(2026, 1, 5)


def test_a_period_from_the_issue_of_the_list_is_certain_only_where_the_day_of_issue_is_known() -> None:
    known, unknown = Campaign(issued=ANCHOR), Campaign()
    assert read_phrase("自印发之日起30日内", ANCHOR, known).due == (date(2026, 2, 4),)
    assert read_phrase("自印发之日起30日内", ANCHOR, unknown).due == ()
    assert [read_phrase("30日内", ANCHOR, campaign).ambiguous for campaign in (known, unknown)] == [False, True]


def test_the_campaigns_choices_and_events_count() -> None:
    campaign = Campaign(deadlines=DeadlineRules(period_before="end", events={"汛期前": "06-01"}))
    assert read_phrase("9月前", ANCHOR, campaign).due == (date(2026, 9, 30),)
    assert read_phrase("汛前", ANCHOR, campaign).due == (date(2026, 5, 31),)
