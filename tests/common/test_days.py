from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_xl.common.days import parse_day
from rectify_xl.common.errors import RectifyError


@given(st.dates(date(1990, 1, 1), date(2999, 12, 31)))
def test_every_day_in_every_usual_spelling(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    for text in (
        day.isoformat(), f"{day:%Y%m%d}", f"{year}/{month}/{number}", f"{year}.{month:02}.{number:02}",
        f"{year}年{month}月{number}日", f" {year} 年 {month} 月 {number} 号", f"{year}-{month}-{number}",
    ):  # fmt: skip
        assert parse_day(text) == day


def test_full_width_digits_are_digits() -> None:
    assert parse_day("２０２６／１１／２８") == date(2026, 11, 28)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "明天",
        "11月28日",
        "2026-11",
        "2026-11/28",
        "28/11/2026",
        "2026-2-30",
        "1989-12-31",
        "3000-01-01",
        "٢٠٢٦-11-28",
        "2026-11-28T08:00",
    ],
)
def test_what_is_no_day_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(RectifyError) as caught:
        parse_day(text)
    message = caught.value.message
    assert message.zh != message.en
    assert "\n" not in message.zh + message.en
