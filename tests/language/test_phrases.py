"""The command's reading is the campaign's."""

from __future__ import annotations

from datetime import date

from rectify_xl.campaign.settings import Campaign, DeadlineRules
from rectify_xl.common.workdays import WorkCalendar
from rectify_xl.console.deadline_text import due_by_rule, phrase_json, phrase_lines, read_phrase, workday_note
from rectify_xl.language.deadline import parse_deadline

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


def test_a_phrase_without_a_day_shows_the_day_and_the_reason_of_the_campaign() -> None:
    campaign = Campaign(deadlines=DeadlineRules(immediate=date(2026, 4, 30), long_term=date(2026, 11, 30)))
    now, standing, vague, dated = (
        read_phrase(text, ANCHOR, campaign) for text in ("即知即改", "长期坚持", "尽快", "立行立改\uff0c2026年3月底前")
    )
    assert due_by_rule(now, campaign) == (date(2026, 4, 30), "immediate-rule:2026-04-30")
    assert due_by_rule(standing, campaign) == (date(2026, 11, 30), "long-term-rule:2026-11-30")
    assert due_by_rule(vague, campaign) == due_by_rule(dated, campaign) == (None, "")
    assert list(phrase_lines(now, "en", campaign, ANCHOR)) == [
        "即知即改  →  2026-04-30  [immediate]", "  the plan asks for immediate items by 2026-04-30",
    ]  # fmt: skip
    assert [phrase_json(one, campaign)["effective_due"] for one in (standing, vague, dated)] == ["2026-11-30", None, "2026-03-31"]
    assert "没有可以核对的日期" in next(phrase_lines(now, "zh", Campaign(), ANCHOR))


def test_working_days_over_a_holiday_or_an_unknown_year_are_remarked_on_and_keep_their_day() -> None:
    issued = {
        "quiet": date(2025, 11, 3), "national day": date(2025, 9, 29), "make-up day": date(2025, 2, 6),
        "unknown": date(2191, 3, 7),
    }  # fmt: skip
    reads = {name: parse_deadline("4个工作日内", anchor=day) for name, day in issued.items()}
    notes = {name: workday_note(read, issued[name], "en", WorkCalendar()) for name, read in reads.items()}
    assert notes["quiet"] == ""
    assert "1 working days by the official calendar" in notes["national day"]
    assert "5 working days by the official calendar" in notes["make-up day"]
    assert "not known yet" in notes["unknown"]
    assert reads["national day"].due == (date(2025, 10, 3),)
    shown = list(phrase_lines(reads["unknown"], "zh", Campaign(issued=issued["unknown"]), issued["unknown"]))
    assert any("尚未收录" in line for line in shown)
    month = parse_deadline("4天内", anchor=issued["national day"])
    assert workday_note(month, issued["national day"], "zh", WorkCalendar()) == ""
    long = parse_deadline("320个工作日内", anchor=date(2023, 1, 3))
    assert "306 working days" in workday_note(long, date(2023, 1, 3), "en", WorkCalendar())
