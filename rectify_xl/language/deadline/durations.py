"""From a matched duration to a day, counted from the anchor or from a written start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline.calendar import shift
from rectify_xl.language.deadline.numerals import number
from rectify_xl.language.deadline.words import UNITS

if TYPE_CHECKING:
    import re

_SHORT: Final = {"day", "hour", "workday", "minute"}


@dataclass(frozen=True, slots=True)
class Duration:
    """``high`` units of time (``low`` is the inner bound of ``3-5年``); a half is 0.5."""

    unit: str
    low: float
    high: float

    @property
    def short(self) -> bool:
        """Whether it is counted in days or less."""
        return self.unit in _SHORT

    def after(self, start: date) -> date | None:
        """Return the last day, the start day not counted; ``None`` beyond the calendar."""
        return shift(start, self.unit, self.high)

    def others(self, start: date, *, years: bool) -> list[date]:
        """Return other days a reader could mean: the inner bound, and the end of the calendar year."""
        days = [shift(start, self.unit, self.low)] if self.low != self.high else []
        if years:
            days.append(self.year_end(start.year))
        return [day for day in days if day is not None]

    @property
    def years(self) -> bool:
        """Whether it is a whole number of years."""
        return self.unit == "month" and self.high >= 12 and self.high % 12 == 0  # noqa: PLR2004

    def year_end(self, first: int) -> date | None:
        """Return the end of the last of the calendar years that begin with ``first``."""
        year = first + int(self.high) // 12 - 1
        return date(year, 12, 31) if year <= date.max.year else None


def _count(text: str) -> list[float]:
    """Read a count; ``两三`` (two or three) gives both bounds."""
    if len(text) == 2 and not text.isdecimal() and not set(text) & set("十百〇零"):  # noqa: PLR2004
        return [float(number(text[0])), float(number(text[1]))]
    return [float(number(text))]


def read_duration(group: re.Match[str]) -> Duration:
    """Read one match of ``patterns.DURATION``."""
    unit, factor = UNITS[(group["unit"] or "").removeprefix("个") if group["unit"] != "个月" else "个月"]
    if group["n5"]:
        low = high = 0.5
    else:
        counts = _count(group["lo"] or "")[:1] if group["lo"] else []
        counts += _count(group["n"] or "")
        extra = 0.5 if group["mid"] or group["half"] else 0.0
        low, high = min(counts), max(counts) + extra
        if len(counts) == 1:
            low = high
    if unit == "year":
        unit, factor = "month", 12
    return Duration(unit, low * factor, high * factor)
