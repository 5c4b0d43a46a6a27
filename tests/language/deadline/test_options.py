"""Each convention a campaign may decide, and the campaign's own dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rectify_xl.language.deadline import DeadlineOptions, effective_due, parse_deadline, reason_text
from rectify_xl.language.deadline.reasons import CODES

ANCHOR = date(2024, 3, 15)


def _read(text: str, anchor: date | None = ANCHOR, **options: Any) -> Any:
    return parse_deadline(text, anchor=anchor, options=DeadlineOptions(**options))


@pytest.mark.parametrize(
    ("options", "due", "ambiguous"),
    [
        ({}, date(2024, 8, 31), True),
        ({"period_before": "start"}, date(2024, 8, 31), False),
        ({"period_before": "end"}, date(2024, 9, 30), False),
    ],
)
def test_period_before(options: dict[str, Any], due: date, ambiguous: bool) -> None:
    read = _read("9月前", **options)
    assert (read.due, read.ambiguous) == ((due,), ambiguous)
    assert read.alternatives == ((date(2024, 9, 30),) if ambiguous else ())


@pytest.mark.parametrize(
    ("options", "due", "ambiguous"),
    [
        ({}, date(2024, 9, 20), True),
        ({"xun_before": "start"}, date(2024, 9, 10), False),
        ({"xun_before": "end"}, date(2024, 9, 20), False),
    ],
)
def test_xun_before(options: dict[str, Any], due: date, ambiguous: bool) -> None:
    read = _read("9月中旬前", **options)
    assert (read.due, read.ambiguous) == ((due,), ambiguous)


def test_open_ended() -> None:
    assert _read("持续推进").kinds == ("long_term",)
    assert _read("持续推进", open_ended="vague").kinds == ("vague",)


def test_durations() -> None:
    assert _read("30日内").reasons == ("duration-base",)
    assert not _read("30日内", durations_decided=True).ambiguous
    assert _read("10个工作日内", durations_decided=True).reasons == ("working-days",)
    assert _read("3-5年内", durations_decided=True).ambiguous
    assert _read("自印发之日起30日内").due == ()
    assert _read("自印发之日起30日内", issue_is_anchor=True).due == (date(2024, 4, 14),)


def test_roll() -> None:
    late = date(2024, 12, 2)
    assert _read("1月底前", late).due == (date(2025, 1, 31),)
    assert _read("1月底前", late, roll_after_days=365).due == (date(2024, 1, 31),)
    assert _read("9月底前", late).reasons == ("yearless-past",)


@pytest.mark.parametrize("text", ["汛期前", "汛前完成", "2024年汛期前", "主汛期到来之前"])
@pytest.mark.parametrize("key", ["汛期前", "汛前", "汛期"])
def test_events(text: str, key: str) -> None:
    read = _read(text, events={key: "06-01"})
    assert read.kinds == ("dated",)
    assert read.due == (date(2024, 5, 31),)
    assert not read.ambiguous


def test_events_take_the_next_or_the_written_year() -> None:
    assert _read("采暖季前", date(2023, 11, 20), events={"采暖季前": "11-15"}).due == (date(2024, 11, 14),)
    assert _read("2026年采暖季前", events={"采暖季前": "11-15"}).due == (date(2026, 11, 14),)
    assert _read("2026-2027年采暖季前", events={"采暖季前": "11-15"}).due == (date(2026, 11, 14),)
    assert _read("2026-2027年春节前", events={"春节前": "02-06"}).due == (date(2027, 2, 5),)
    assert _read("2026-2027年采暖季", events={"采暖季前": "11-15"}).due == ()
    assert _read("闰日前夕汛前", events={"汛前": "02-29"}).due == (date(2028, 2, 28),)
    assert _read("入冬前", events={"汛期前": "06-01"}).kinds == ("vague",)
    assert _read("每年汛前", events={"汛期前": "06-01"}).kinds == ("recurring",)
    assert _read("汛前", None, events={"汛期前": "06-01"}).kinds == ("vague",)


def test_around_an_event_is_around_a_day() -> None:
    read = _read("清明节前后", events={"清明节前": "04-04"})
    assert (read.due, read.reasons) == ((date(2024, 4, 3),), ("rough",))
    assert read.ambiguous


def test_an_event_of_the_campaigns_own() -> None:
    assert _read("园区投产前", events={"投产前": "07-01"}).due == (date(2024, 6, 30),)


@pytest.mark.parametrize(
    "options",
    [
        {"period_before": "middle"},
        {"xun_before": "x"},
        {"open_ended": "x"},
        {"events": {"汛期前": "June"}},
        {"events": {"汛期前": "02-30"}},
        {"events": {"汛期前": "0601"}},
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must be|no such day"):
        DeadlineOptions(**options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("立行立改,2024年5月底前完成", (date(2024, 5, 31), "written")),
        ("立行立改、长期坚持", (date(2024, 6, 30), "immediate-rule:2024-06-30")),
        ("长期坚持", (date(2024, 12, 31), "long-term-rule:2024-12-31")),
        ("尽快", (None, "undated")),
    ],
)
def test_effective_due(text: str, expected: tuple[date | None, str]) -> None:
    assert effective_due(_read(text), date(2024, 6, 30), date(2024, 12, 31)) == expected
    if not _read(text).due:
        assert effective_due(_read(text)) == (None, "undated")


def test_reason_texts() -> None:
    assert reason_text("immediate-rule:2020-06-30") == "方案规定立行立改事项于2020-06-30前完成"
    assert reason_text("no-such-code") == "no-such-code"
    for code in CODES:
        assert reason_text(code) != code
        assert reason_text(code, "en").isascii() or "“" in reason_text(code, "en") or "长期" in reason_text(code, "en")


@pytest.mark.parametrize(
    "text",
    [
        "6月底前",
        "30日内",
        "本月底",
        "下周五前",
        "年底前",
        "15日前",
        "本季度末",
        "今年",
        "明后两年",
        "到本世纪末",
        "分三年完成",
        "国庆节前",
        "翌年3月",
        "今年国庆前",
    ],
)
def test_without_an_anchor(text: str) -> None:
    read = _read(text, None)
    assert read.due == ()
    assert "no-anchor" in read.reasons
    assert read.vague


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2024年6月底前,12月底前", (date(2024, 6, 30), date(2024, 12, 31))),
        ("24年底前", (date(2024, 12, 31),)),
        ("2024年6月10日前,20日前", (date(2024, 6, 10), date(2024, 6, 20))),
        ("2024年11月底前,次年3月底前", (date(2024, 11, 30), date(2025, 3, 31))),
        ("截至2024年6月底", (date(2024, 6, 30),)),
    ],
)
def test_written_years_need_no_anchor(text: str, due: tuple[date, ...]) -> None:
    assert _read(text, None).due == due


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("每年6月底前", date(2020, 7, 23), date(2021, 6, 30)),
        ("2020年起,每年2月底前", date(2019, 1, 16), date(2020, 2, 29)),
        ("每月1日前", date(2020, 7, 23), date(2020, 8, 1)),
        ("每月31日前", date(2024, 4, 1), date(2024, 5, 31)),
        ("每月底", date(2024, 2, 3), date(2024, 2, 29)),
        ("每月", date(2024, 2, 3), None),
        ("每周五", date(2024, 3, 13), date(2024, 3, 15)),
        ("每周天", date(2024, 3, 13), date(2024, 3, 17)),
        ("每周", date(2024, 3, 13), None),
        ("每季度末", date(2024, 5, 1), date(2024, 6, 30)),
        ("每季度", date(2024, 5, 1), None),
        ("每年底", date(2024, 5, 1), date(2024, 12, 31)),
        ("每半年", date(2024, 5, 1), None),
        ("每年", date(2024, 5, 1), None),
        ("每日", date(2024, 5, 1), None),
        ("每年2月30日前", date(2024, 5, 1), None),
        ("每月40日前", date(2024, 5, 1), None),
        ("每月5日前", None, None),
    ],
)
def test_next_due(text: str, anchor: date | None, expected: date | None) -> None:
    assert _read(text, anchor).next_due == expected


def test_defaults_are_the_guides() -> None:
    options = DeadlineOptions()
    assert (options.period_before, options.xun_before, options.open_ended) == (None, None, "long_term")
    assert not options.events


@pytest.mark.parametrize("text", ["30日内", "用三年时间", "3个月内"])
def test_no_day_beyond_the_calendar(text: str) -> None:
    read = _read(text, date.max)
    assert read.kinds == ("invalid",)
    assert read.problem == "impossible"


def test_no_event_beyond_the_calendar() -> None:
    assert _read("汛前", date(9998, 12, 1), events={"汛前": "02-29"}).kinds == ("vague",)


def test_before_a_plan_period() -> None:
    assert _read("“十四五”前", date(2019, 1, 1)).due == (date(2020, 12, 31),)
    assert _read("“十四五”前", date(2019, 1, 1)).alternatives == (date(2025, 12, 31),)
    assert _read("“十四五”前", date(2022, 1, 1)).due == (date(2025, 12, 31),)
