"""Working days of the official Chinese calendar, and what an office adds to it. A year that nobody knows is never guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Unit = Literal["working", "calendar"]
_SATURDAY = 5
#: Longer spans than this are typing errors in a year, and need not be counted day by day.
_LONGEST = 4_000


def days_later(day: date, days: int) -> date:
    """So many days later; the last day that there is where a typing error in a year leads beyond it."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


@dataclass(frozen=True, slots=True)
class Span:
    """The working days from one day to another.

    ``known``: those of which it is certain; ``unknown``: how many days lie in ``years`` that no calendar knows.
    """

    known: int
    unknown: int = 0
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last of so many days; ``day`` is None, with the ``year`` that nobody knows, where it cannot be told.

    ``earliest``: the day before which it certainly does not lie: were every day worked of which nothing is known.
    """

    day: date | None
    year: int | None = None
    earliest: date | None = None


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked.

    ``own``: what the office says of days (True: worked), over the published calendar. A year with any such day is taken as
    complete: where nothing is published, its other days are worked from Monday to Friday.
    """

    own: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool | None:
        """Whether a day is worked; None in a year that nobody knows."""
        if day in self.own:
            return self.own[day]
        import chinese_calendar  # noqa: PLC0415 - holds a table of every holiday, loaded on first use

        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < _SATURDAY if day.year in self._own_years else None

    @cached_property
    def _own_years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.own)

    def between(self, first: date, last: date) -> Span:
        """The working days from ``first`` to ``last``, both included."""
        days = [first + timedelta(offset) for offset in range(min((last - first).days + 1, _LONGEST))]
        worked = [self.is_workday(day) for day in days]
        unknown = [day.year for day, works in zip(days, worked, strict=True) if works is None]
        return Span(worked.count(True), len(unknown), tuple(dict.fromkeys(unknown)))

    def last_day(self, first: date, days: int, unit: Unit = "working", *, count_first: bool = True) -> LastDay:
        """The last of ``days`` days from ``first`` on.

        Args:
            first: the first day.
            days: how many.
            unit: whether all days count or those that are worked.
            count_first: whether the first day counts, where it is worked.
        """
        if unit == "calendar":
            return LastDay(days_later(first, max(days - count_first, 0)))
        day, left = first, days - (count_first and bool(self.is_workday(first)))
        if self.is_workday(first) is None:
            return LastDay(None, first.year, days_later(first, max(days - count_first, 0)))
        while left > 0:
            works = None if day == date.max else self.is_workday(day := days_later(day, 1))
            if works is None:
                return LastDay(None, day.year, days_later(day, left - 1))
            left -= works
        return LastDay(day)
