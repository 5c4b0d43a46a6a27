"""Cell values that are no text, and texts that are nothing but figures."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rectify_xl.language.deadline import DeadlineOptions, parse_deadline

ANCHOR = date(2024, 3, 15)


@pytest.mark.parametrize(
    ("value", "due"),
    [
        (date(2024, 8, 31), date(2024, 8, 31)),
        (datetime(2024, 8, 31, 17, 30, tzinfo=UTC), date(2024, 8, 31)),
        (45535, date(2024, 8, 31)),
        (45535.75, date(2024, 8, 31)),
        (20240831, date(2024, 8, 31)),
        (202408, date(2024, 8, 31)),
        (2024, date(2024, 12, 31)),
        (2024.8, date(2024, 8, 31)),
        ("45535", date(2024, 8, 31)),
        ("45535.0", date(2024, 8, 31)),
        ("2024.0", date(2024, 12, 31)),
        ("36526", date(2000, 1, 1)),
        ("55153", date(2050, 12, 31)),
    ],
)
def test_dates(value: object, due: date) -> None:
    read = parse_deadline(value, anchor=ANCHOR)
    assert read.kinds == ("dated",)
    assert read.due == (due,)


@pytest.mark.parametrize("value", [36525, 55154, 20241340, 19001231, 7, -3, 0.5, True, float("nan"), float("inf"), 123456789])
def test_other_numbers(value: object) -> None:
    read = parse_deadline(value, anchor=ANCHOR)
    assert read.kinds == ("invalid",)
    assert read.problem == "unreadable"


def test_october_typed_as_a_number_is_a_question() -> None:
    read = parse_deadline(2024.1, anchor=ANCHOR)
    assert read.due == (date(2024, 1, 31),)
    assert read.alternatives == (date(2024, 10, 31),)
    assert read.reasons == ("decimal-month",)
    assert read.ambiguous


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "empty"),
        ("", "empty"),
        ("  ", "empty"),
        ("—", "empty"),
        ("无", "empty"),
        ("同上", "placeholder"),
        ("〃", "placeholder"),
        ("  年  月  日前", "placeholder"),
        ("2024年X月", "placeholder"),
        ("2024年2月30日", "impossible"),
        ("13月底前", "impossible"),
        ("20240231", "impossible"),
        ("年12月底前", "truncated"),
        ("县水务局", "not-a-deadline"),
        ("#REF!", "unreadable"),
        ("########", "unreadable"),
        ("1234567", "unreadable"),
    ],
)
def test_problems(text: str | None, problem: str) -> None:
    read = parse_deadline(text, anchor=ANCHOR)
    assert read.kinds == ("invalid",)
    assert read.problem == problem
    assert read.reasons == ("impossible-date" if problem == "impossible" else problem,)


@pytest.mark.parametrize(
    "text",
    [
        "2207年10月底前",
        "20247年10月31日",
        "204年第三季度",
        "4年11月底前",
        "\uff12\uff13\uff10\uff14年上半年",
        "二三〇四年六月底前",
        "二〇二二四年六月",
        "2207年度的10月底前",
        "2207年\uff0c10月底前完成",
        "2207年内",
        "2207年国庆前",
        "2207/10/31日前",
        "204-10月底前",
        "2207年4月1日至10月31日",
        "4月1日至2207年10月31日",
        "2024年4月1日至2207年10月31日",
        "自2207年4月起",
    ],
)
def test_a_year_that_cannot_be_is_not_replaced(text: str) -> None:
    for anchor in (ANCHOR, None):
        read = parse_deadline(text, anchor=anchor)
        assert (read.problem, read.due, read.reasons) == ("impossible", (), ("impossible-date",))
        assert not read.yearless


def test_beside_a_year_that_cannot_be_other_words_stay() -> None:
    dated = parse_deadline("2024年6月底前\uff0c2207年10月底前", anchor=ANCHOR)
    assert (dated.due, dated.reasons) == ((date(2024, 6, 30),), ("impossible-date",))
    assert parse_deadline("立行立改\uff0c2207年10月底前", anchor=ANCHOR).kinds == ("immediate",)
    event = parse_deadline("2207年汛期前", anchor=ANCHOR, options=DeadlineOptions(events={"汛期前": "06-01"}))
    assert event.problem == "impossible"


@pytest.mark.parametrize(
    "text",
    [
        "10000年一遇的堤防\uff0c10月底前加固",
        "近3年\uff0c10月底前",
        "3000年以上古树\uff0c10月底前挂牌",
        "1.10月底前",
        "3台锅炉10月底前",
    ],
)
def test_figures_that_are_no_year_leave_a_yearless_date(text: str) -> None:
    read = parse_deadline(text, anchor=ANCHOR)
    assert (read.due, read.yearless) == ((date(2024, 10, 31),), True)


@pytest.mark.parametrize("text", ["每3年10月底前", "3年内", "2024年10月底前"])
def test_figures_that_are_read_stay_as_they_were(text: str) -> None:
    read = parse_deadline(text, anchor=ANCHOR)
    assert read.problem is None
    assert "impossible-date" not in read.reasons
