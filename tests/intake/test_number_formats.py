"""What a cell shows of its number, by built-in and own formats."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest

from rectify_xl.common.shown_month import ShownMonth
from rectify_xl.common.unreadable import TurnedDate
from rectify_xl.intake.readers.number_formats import Shows, as_shown, shown_date, shows
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.schema.conversion import convert
from rectify_xl.schema.loading import load_schema

FIRST_OF_NOVEMBER = 46327  # 2026-11-01


@pytest.mark.parametrize(
    ("format_id", "code", "expected"),
    [
        (0, None, Shows.NUMBER), (1, None, Shows.NUMBER), (9, None, Shows.PERCENT), (10, None, Shows.PERCENT),
        (14, None, Shows.DATE), (15, None, Shows.DATE), (16, None, Shows.DATE), (17, None, Shows.MONTH),
        (22, None, Shows.DATE), (27, None, Shows.MONTH), (31, None, Shows.DATE), (49, None, Shows.NUMBER),
        (57, None, Shows.MONTH), (58, None, Shows.DATE),
        (164, 'yyyy"年"m"月"', Shows.MONTH), (164, 'yyyy"年"m"月";@', Shows.MONTH), (164, "yyyy-mm", Shows.MONTH),
        (164, "mmm-yy", Shows.MONTH), (164, "[$-804]yyyy年m月", Shows.MONTH), (164, "yyyy/m", Shows.MONTH),
        (164, 'yyyy"年"', Shows.YEAR), (164, 'yyyy"年"m"月"d"日"', Shows.DATE), (164, 'yyyy"年"m"月底前"', Shows.MONTH),
        (164, 'yyyy"年"m"月1日"', Shows.DATE), (164, 'm"月"d"日"', Shows.DATE), (164, "h:mm", Shows.DATE),
        (164, "yyyy-mm aaa", Shows.DATE), (164, "[红色]G/通用格式", Shows.NUMBER), (164, "[Red]0.00", Shows.NUMBER),
        (164, "0.0%", Shows.PERCENT), (164, '0"%"', Shows.PERCENT_SIGN), (164, "0\\%", Shows.PERCENT_SIGN),
        (164, '0"项"', Shows.NUMBER), (164, "@", Shows.NUMBER),
    ],
)  # fmt: skip
def test_what_a_format_shows(format_id: int, code: str | None, expected: Shows) -> None:
    assert shows(format_id, code) is expected


@pytest.mark.parametrize(
    ("value", "shown", "expected"),
    [
        (FIRST_OF_NOVEMBER, Shows.MONTH, "2026年11月"),
        (FIRST_OF_NOVEMBER + 14, Shows.MONTH, "2026年11月"),
        (FIRST_OF_NOVEMBER, Shows.YEAR, "2026年"),
        (FIRST_OF_NOVEMBER, Shows.DATE, date(2026, 11, 1)),
        (FIRST_OF_NOVEMBER, Shows.NUMBER, FIRST_OF_NOVEMBER),
        (0.75, Shows.PERCENT, 0.75), (1, Shows.PERCENT, 1), (0, Shows.PERCENT, 0),
        (1.2, Shows.PERCENT, "120%"), (1.05, Shows.PERCENT, "105%"), (-0.1, Shows.PERCENT, "-10%"), (80, Shows.PERCENT, "8000%"),
        (80, Shows.PERCENT_SIGN, "80%"), (1, Shows.PERCENT_SIGN, "1%"), (0.5, Shows.PERCENT_SIGN, "0.5%"),
    ],
)  # fmt: skip
def test_what_a_cell_shows(value: float, shown: Shows, expected: Any) -> None:
    assert as_shown(value, shown, date1904=False) == expected


@pytest.mark.parametrize(
    ("moment", "text", "expected"),
    [
        (date(2026, 11, 1), "2026年11月", "2026年11月"),
        (date(2026, 11, 11), "2026年11月", "2026年11月"),
        (date(2026, 11, 1), "Nov-26", "2026年11月"),
        (date(2026, 11, 1), "2026-11", "2026年11月"),
        (date(2026, 11, 1), "2026-11-01", date(2026, 11, 1)),
        (date(2026, 11, 11), "11/11/26", date(2026, 11, 11)),
        (date(2026, 11, 1), "2026年11月1日", date(2026, 11, 1)),
        (date(2026, 11, 1), "11月1日", date(2026, 11, 1)),
        (date(2026, 11, 1), "", date(2026, 11, 1)),
        ("abc", "abc", "abc"),
    ],
)
def test_a_date_beside_its_shown_text(moment: Any, text: str, expected: Any) -> None:
    assert shown_date(moment, text) == expected


def test_a_month_is_due_on_its_last_day() -> None:
    month = ShownMonth("2026年11月", date(2026, 11, 1))
    assert parse_deadline(convert(load_schema()["deadline"], month)).due == (date(2026, 11, 30),)


def test_a_day_typed_under_a_month_format_is_kept_where_a_day_is_asked_for() -> None:
    field = load_schema()["completed_on"]
    assert convert(field, ShownMonth("2026年11月", date(2026, 11, 15))) == date(2026, 11, 15)
    assert convert(field, ShownMonth("2026年11月", date(2026, 11, 1))) == "2026年11月"


def test_a_month_leaves_a_reading_process_whole() -> None:
    there = pickle.loads(pickle.dumps(ShownMonth("2026年11月", date(2026, 11, 15))))  # noqa: S301 - our own bytes
    assert (there, there.moment) == ("2026年11月", date(2026, 11, 15))


def test_a_task_number_that_is_a_date_was_turned_into_one() -> None:
    field = load_schema()["task_id"]
    assert convert(field, date(2026, 1, 2)) == TurnedDate("1月2日")
    assert convert(field, ShownMonth("2032年1月", date(2032, 1, 1))) == TurnedDate("2032年1月")
    assert convert(field, "1-2") == "1-2"
