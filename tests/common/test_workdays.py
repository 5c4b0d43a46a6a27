"""Working days: the published calendar day by day against another package, real notices, and years that nobody knows."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from rectify_xl.common.workdays import LastDay, Span, WorkCalendar

CALENDAR = WorkCalendar()
FIRST, LAST = date(2020, 1, 1), date(2026, 12, 31)
#: Days on which the two packages differ, and why the one that we use is right. There is none.
EXPLAINED: dict[date, str] = {}


def test_two_independent_packages_agree_day_by_day() -> None:
    other = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 1))
    days = [FIRST + timedelta(offset) for offset in range((LAST - FIRST).days + 1)]
    assert {day for day in days if CALENDAR.is_workday(day) != other.is_working_day(day)} == EXPLAINED.keys()
    assert len(days) == 2557
    assert sum(bool(CALENDAR.is_workday(day)) for day in days) == 1744


@pytest.mark.parametrize(
    ("first", "last", "working"),
    [
        (date(2023, 7, 27), date(2023, 8, 9), 10),
        (date(2025, 1, 21), date(2025, 2, 8), 10),
        (date(2021, 4, 26), date(2021, 5, 25), 20),
        (date(2024, 9, 29), date(2024, 10, 9), 4),
        (date(2019, 12, 13), date(2019, 12, 19), 5),
    ],
)
def test_real_notices(first: date, last: date, working: int) -> None:
    assert CALENDAR.between(first, last) == Span(working)
    assert CALENDAR.last_day(first, working) == LastDay(last)


def test_a_notice_of_calendar_days() -> None:
    assert CALENDAR.last_day(date(2019, 12, 13), 7, "calendar") == LastDay(date(2019, 12, 19))
    assert CALENDAR.last_day(date(2019, 12, 13), 7, "calendar", count_first=False) == LastDay(date(2019, 12, 20))


def test_ten_working_days_over_the_national_day() -> None:
    assert CALENDAR.last_day(date(2024, 9, 29), 10) == LastDay(date(2024, 10, 16))


def test_the_first_day_counts_where_it_is_worked_and_may_be_left_out() -> None:
    monday, saturday = date(2026, 11, 2), date(2026, 11, 7)
    assert CALENDAR.last_day(monday, 1) == LastDay(monday)
    assert CALENDAR.last_day(monday, 1, count_first=False) == LastDay(monday + timedelta(1))
    assert CALENDAR.last_day(saturday, 1) == LastDay(saturday + timedelta(2))


def test_new_year_2027_is_not_guessed() -> None:
    assert CALENDAR.last_day(date(2026, 12, 25), 10) == LastDay(None, 2027, date(2027, 1, 5))
    assert CALENDAR.last_day(date(2027, 3, 1), 1) == LastDay(None, 2027, date(2027, 3, 1))
    assert CALENDAR.last_day(date(2027, 3, 1), 3, count_first=False) == LastDay(None, 2027, date(2027, 3, 4))
    assert CALENDAR.between(date(2026, 12, 30), date(2027, 1, 5)) == Span(2, 5, (2027,))
    assert CALENDAR.last_day(date(2026, 12, 25), 10, "calendar") == LastDay(date(2027, 1, 3))


def test_what_the_office_adds() -> None:
    own = WorkCalendar({date(2027, 1, 1): False, date(2027, 1, 3): True, date(2026, 11, 2): False})
    assert own.last_day(date(2026, 12, 25), 10) == LastDay(date(2027, 1, 7))
    # Its own day lies over the published calendar, which still holds for the rest of the year.
    assert [own.is_workday(date(2026, 11, day)) for day in (2, 3)] == [False, True]
    assert own.is_workday(date(2026, 10, 1)) is False
    assert own.is_workday(date(2028, 1, 3)) is None
