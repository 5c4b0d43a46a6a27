"""Calendar periods and date arithmetic, without any vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Unit = Literal["day", "xun", "month", "quarter", "half", "year", "plan", "span"]
_SATURDAY: Final = 5
_LENGTHS: Final = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2
_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def month_length(year: int, month: int) -> int:
    """Return the number of days; IndexError for a month that there is not."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month] + (leap and month == _FEBRUARY)


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, month_length(year, month))


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, clipped to the month's end (Civil Code, art. 202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def add_workdays(day: date, count: int) -> date:
    """Return the ``count``-th Monday-to-Friday after ``day``; public holidays are not known here."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY:
            count -= 1
    return day


def before(day: date) -> date:
    """Return the day before; the calendar's first day is its own."""
    return day - timedelta(days=1) if day > date.min else day


@dataclass(slots=True)
class Period:
    """A period as written: its unit, which one within the year, and the year if one was written.

    ``index`` is the month, quarter or half (for ``span`` the first month); ``part`` the day of the
    month, the third of the month (旬, 1 to 3), or for ``span`` the last month. A ``plan`` is the five
    years from ``year``.
    ``closed``: an end was written (底, 末, a day), so that 前 after it changes nothing.
    """

    unit: Unit
    index: int = 0
    part: int = 0
    year: int | None = None
    closed: bool = False
    before: bool = False
    #: taken from the anchor: 今年, 本月, 下周五
    relative: bool = False
    #: a rough time (月初, 年初, 左右): the reason code
    rough: str = ""
    #: the month is missing too (15日前)
    monthless: bool = False
    #: the text restates nothing else: 2020年 alone
    bare_year: bool = False
    needs_anchor: bool = False

    def span(self, year: int) -> tuple[date, date] | None:
        """Return first and last day of the period in ``year``; ``None`` if there is no such day."""
        try:
            return self._span(year)
        except (ValueError, IndexError, OverflowError):
            return None

    def _span(self, year: int) -> tuple[date, date]:
        if self.unit == "day":
            day = date(year, self.index, self.part)
            return day, day
        if self.unit == "xun":
            first = date(year, self.index, 1 + 10 * (self.part - 1))
            last = first + timedelta(days=9) if self.part < 3 else month_end(year, self.index)  # noqa: PLR2004
            return first, last
        if self.unit == "plan":
            return date(year, 1, 1), date(year + 4, 12, 31)
        months = _MONTHS.get(self.unit)
        if months is None:
            return date(year, self.index, 1), month_end(year, self.part)
        start = 1 if self.unit == "year" else (self.index - 1) * months + 1
        return date(year, start, 1), month_end(year, start + months - 1)


def shift(day: date, unit: str, count: float) -> date | None:
    """Return ``day`` plus a duration; ``None`` beyond the calendar. The start day is not counted."""
    try:
        if unit == "month":
            whole = int(count)
            moved = add_months(day, whole)
            return moved + timedelta(days=15) if count > whole else moved
        if unit == "workday":
            return add_workdays(day, int(count))
        if unit == "hour":
            return day + timedelta(days=max(1, -int(-count // 24)))
        return day + timedelta(days=-int(-count // 1))
    except (ValueError, OverflowError):
        return None
