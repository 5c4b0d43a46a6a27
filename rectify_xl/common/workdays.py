"""Working days of the official Chinese calendar."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5
#: Longer notices than this are typing errors in a year, and need not be counted day by day.
_LONGEST = 400


def working_days(first: date, last: date) -> tuple[int, bool]:
    """Number of working days from ``first`` to ``last``, both included, and whether the calendar knows them all.

    The calendar is published year by year; for a year it does not know Monday to Friday are counted.
    """
    import chinese_calendar  # noqa: PLC0415 - holds a table of every holiday, loaded on first use

    count, official = 0, True
    for offset in range(min((last - first).days + 1, _LONGEST)):
        day = first + timedelta(offset)
        try:
            working = chinese_calendar.is_workday(day)
        except NotImplementedError:
            working, official = day.weekday() < _SATURDAY, False
        count += bool(working)
    return count, official
