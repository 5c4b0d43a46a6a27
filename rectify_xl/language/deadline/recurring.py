"""The next due date of a recurring duty."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline.numerals import number
from rectify_xl.language.deadline.periods import Period, add_months, month_end
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    from rectify_xl.language.deadline.state import Found
    from rectify_xl.language.deadline.tokens import Token

_DAY: Final = HanPattern(r"(?:的)?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]")
_END: Final = HanPattern("的?年?[底末](?!月)")
_WEEKDAY: Final = HanPattern("[一二三四五六日天]")
_DAYS: Final = "一二三四五六日"
_MONTHS_AHEAD: Final = 24


def next_due(text: str, cycles: list[Token], found: Found, anchor: date | None) -> date | None:
    """Return the first day on or after the anchor and the written start, or ``None`` if no day is written."""
    if anchor is None:
        return None
    floor = max(anchor, found.start) if found.start else anchor
    token = cycles[0]
    ends = _END.match(text, token.end) is not None
    if "半" in token.text:
        return None
    if "周" in token.text or "星期" in token.text:
        match = _WEEKDAY.match(text, token.end)
        return _weekday(match[0], floor) if match else None
    if "月" in token.text:
        return _monthly(text, token, floor)
    if "年" in token.text and not ends:
        return _yearly(found.nested, floor)
    return _end_of(token.text, floor) if ends else None


def _end_of(word: str, floor: date) -> date | None:
    """每年底, 每季度末."""
    if "年" in word:
        return date(floor.year, 12, 31)
    return _quarter_end(floor) if "季" in word else None


def _weekday(mark: str, floor: date) -> date:
    wanted = _DAYS.index(mark.replace("天", "日"))
    return floor + timedelta(days=(wanted - floor.weekday()) % 7)


def _monthly(text: str, token: Token, floor: date) -> date | None:
    if _END.match(text, token.end):
        return month_end(floor.year, floor.month)
    match = _DAY.match(text, token.end)
    if match is None:
        return None
    day = number(match[1])
    first = floor.replace(day=1)
    days = [_day_of(add_months(first, step), day) for step in range(_MONTHS_AHEAD)]
    return next((found for found in days if found is not None and found >= floor), None)


def _day_of(first: date, day: int) -> date | None:
    try:
        return first.replace(day=day)
    except ValueError:
        return None


def _quarter_end(floor: date) -> date:
    month = (floor.month - 1) // 3 * 3 + 3
    return month_end(floor.year, month)


def _yearly(periods: list[Period], floor: date) -> date | None:
    spans = [period.span(year) for year in (floor.year, floor.year + 1) for period in periods]
    days = sorted(span[1] for span in spans if span is not None)
    return next((day for day in days if day >= floor), None)
