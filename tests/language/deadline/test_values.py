"""Cell values that are no text, and texts that are nothing but figures."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rectify_xl.language.deadline import parse_deadline

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
