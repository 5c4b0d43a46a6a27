"""What a cell shows of its number, by built-in and own formats."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from typing import Any

import pytest

from rectify_xl.common.shown_month import ShownMonth
from rectify_xl.common.shown_number import ShownNumber
from rectify_xl.common.unreadable import TurnedDate
from rectify_xl.intake.readers.number_formats import Shows, as_shown, shown_date, shown_number, shows
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.schema.conversion import convert, shown
from rectify_xl.schema.loading import load_schema

NOON = datetime(2026, 11, 1, 12)  # noqa: DTZ001
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
    assert shows(format_id, code).shows is expected


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ('yyyy"年"m"月"', FIRST_OF_NOVEMBER, "2026年11月"), ('yyyy"年"m"月"', FIRST_OF_NOVEMBER + 14, "2026年11月"),
        ('m"月"', FIRST_OF_NOVEMBER, "2026年11月"), ("mmm", FIRST_OF_NOVEMBER, "2026年11月"),
        ('e"年"m"月"', FIRST_OF_NOVEMBER, "2026年11月"), ("[$-804]yyyy.m", FIRST_OF_NOVEMBER, "2026年11月"),
        ('yyyy"年"m"月底前"', FIRST_OF_NOVEMBER, "2026年11月底前"), ('yyyy"年"m"月"前', FIRST_OF_NOVEMBER, "2026年11月前"),
        ('"截至"yyyy"年"m"月"', FIRST_OF_NOVEMBER, "截至2026年11月"), ('m"月进展"', FIRST_OF_NOVEMBER, "2026年11月进展"),
        ('yyyy"年"', FIRST_OF_NOVEMBER, "2026年"), ('yyyy"年底前"', FIRST_OF_NOVEMBER, "2026年底前"), ("yyyy", 46387, "2026年"),
        ("yyyy-mm-dd", FIRST_OF_NOVEMBER, date(2026, 11, 1)), ("yyyy-mm-dd", FIRST_OF_NOVEMBER + 0.6, date(2026, 11, 1)),
        ("yyyy-mm-dd h:mm", FIRST_OF_NOVEMBER + 0.5, NOON), ("h:mm", 0.5, "12:00"), ("mm:ss", 0.5, "12:00"),
        ("[mm]", 0.5, "12:00"), ("yyyy-mm-dd", -5, -5),
        ("0%", 0.75, 0.75), ("0%", 1, 1), ("0%", 0, 0), ("0%", 1.2, "120%"), ("0.0%", 1.05, "105%"), ("0%", -0.1, "-10%"),
        ("0.00%", 80, "8000%"), ('0"%"', 80, "80%"), ("0\\%", 1, "1%"), ('0.0"％"', 0.5, "0.5%"),
        ("General", FIRST_OF_NOVEMBER, FIRST_OF_NOVEMBER), ("@", 7, 7), ("# ?/?", 0.5, 0.5), ("0.00E+00", 1200, 1200),
        ("0.0,", 1200, 1200), ("[DBNum1]General", 3, 3), ("[>5]0.00;0", 3, 3),
    ],
)  # fmt: skip
def test_what_a_cell_shows(code: str, value: float, expected: Any) -> None:
    found = as_shown(value, shows(164, code), date1904=False)
    assert (found, type(found) is ShownNumber) == (expected, False)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0.00", 1.1, "1.10"), ("0.00", 1.125, "1.13"), ("0.0#", 1.1, None), ("0.0#", 1.25, None), ("0.##", 3, None),
        ("0.00_ ", 3, "3.00"), ("#,##0.00", 1200, "1200.00"), ("#,##0", 1200, None), ("0", 60.5, "61"), ("0_);(0)", 7, None),
        ("000", 7, "007"), ("00-00", 102, "01-02"), ("0-0", 12, "1-2"), ("000", 1234, None), ('"ST-"000', 1, "ST-001"),
        ('"第"0"项"', 3, "第3项"), ('G/通用格式"项"', 3, "3项"), ('General"项"', 1.5, "1.5项"), ('0.0"万元"', 3.25, "3.3万元"),
        ("[$¥-804]0.00", 3, "¥3.00"), ("0;[红色]-0", 5, None), ("0;[Red]0", -5, "5"), ("0.00", -1.1, "-1.10"),
        ("#.00", 0.5, ".50"), ("[蓝色]00", 5, "05"), ('"是";;"否"', 1, "是"), ('"是";;"否"', 0, "否"),
        ("000-0000-0000", 13812345678, "138-1234-5678"),
        ("0000-00-00", 20261130, "2026-11-30"), ("0!-0", 12, "1-2"), (";;;", 5, None),
        ("0.00", 123456789012345, "123456789012345.00"),
    ],
)  # fmt: skip
def test_figures_that_a_format_writes(code: str, value: float, text: str | None) -> None:
    found = as_shown(value, shows(164, code), date1904=False)
    assert (found, shown(found)) == (value, str(value) if text is None else text)


def test_a_zero_that_its_format_leaves_out_is_blank() -> None:
    assert as_shown(0, shows(164, "0;-0;;@"), date1904=False) is None
    assert shown(as_shown(0, shows(164, "0.0;-0.0"), date1904=False)) == "0.0"


def test_the_shown_text_counts_in_columns_of_texts_only() -> None:
    schema = load_schema()
    number = ShownNumber(0.5, "0.50")
    assert convert(schema["task_id"], number) == "0.50"
    assert (convert(schema["percent"], number), type(convert(schema["percent"], number))) == (0.5, float)
    assert convert(schema["completed_on"], ShownNumber(20261130, "2026-11-30")) == date(2026, 11, 30)
    assert parse_deadline(convert(schema["deadline"], ShownNumber(11, "2026年11月底前"))).due == (date(2026, 11, 30),)
    there = pickle.loads(pickle.dumps(number))  # noqa: S301 - our own bytes
    assert (there, there.text, str(there)) == (0.5, "0.50", "0.50")


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        (1.1, "1.10", "1.10"), (1, "ST-001", "ST-001"), (7, "007", "007"), (1200, "1,200", "1200"), (3, "", "3"), (3, "3", "3"),
        (3, "第3项", "第3项"), (1234.5, "1.234,5", "1234.5"), (12, "###", "12"), (12000000, "1.2E+07", "12000000"),
        (3.25, "3.3万元", "3.3万元"), (5, "7", "5"), (20, "020", "020"),
    ],
)  # fmt: skip
def test_a_number_beside_its_shown_text(value: float, text: str, expected: str) -> None:
    assert shown(shown_number(value, text)) == expected


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
        (date(2026, 11, 1), "11月", "2026年11月"),
        (date(2026, 11, 1), "11月进展", "2026年11月进展"),
        (date(2026, 11, 1), "截至2026年11月底", "截至2026年11月底"),
        (date(2026, 1, 1), "2026年", "2026年"),
        (date(2026, 11, 1), "2026年底前", "2026年底前"),
        (date(2026, 11, 1), "二〇二六年十一月", "2026年11月"),
        (date(2026, 11, 1), "12月", date(2026, 11, 1)),
        (date(2026, 11, 1), "11", date(2026, 11, 1)),
        (NOON, "2026-11-01", date(2026, 11, 1)),
        (NOON, "2026-11-01 12:00", NOON),
        (NOON, "", NOON),
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
