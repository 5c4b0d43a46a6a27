"""Headings that name a period: 9月, 2026年9月, 截至9月30日, 第三季度, 本周, and dates that Excel has made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.deadline.numerals import number

_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_PERIOD = LazyPattern(
    rf"(?:截[至止]到?)?(?:(?P<year>20\d\d)年)?(?:(?P<month>{_MONTH})月份?(?:(?P<day>\d{{1,2}})日)?"
    r"|第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|第(?P<week>\d{1,2})周)(?:底|末)?"
    r"|(?P<figures>20\d\d(?:1[0-2]|0?[1-9]))(?=$|\D)|(?P<monthday>(?:1[0-2]|0?[1-9])(?:0[1-9]|[12]\d|3[01]))日?(?=$|[^\d日])"
    r"|(?P<before>上|本)(?:个?月|季度|期|一?周|半月|旬)(?!末|[一二三四五六日])"
)
_DAYS = 31  # of a month, at most
_YEAR = 12 * _DAYS
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Period:
    """When, as far as the heading says: ``year`` and ``day`` may be 0; ``rest`` is what the heading says besides."""

    year: int
    month: int
    rest: str
    day: int = 0


def heading_text(value: Any) -> str | None:  # noqa: ANN401 - a cell holds anything
    """A heading as text: a date is its month, with the day where that is not the first."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月" + (f"{value.day}日" if value.day > 1 else "")
    return value if isinstance(value, str) else None


def period_of(key: str) -> Period | None:
    """The period with which the key of a heading begins; None where it begins with none."""
    match = _PERIOD.match(key)
    if match is None:
        return None
    rest = key[match.end() :]
    if match["figures"]:
        return Period(int(match["figures"][:4]), int(match["figures"][4:]), rest)
    if match["monthday"]:  # 10.20, as the key of a heading has it
        return Period(0, int(match["monthday"][:-2]), rest, int(match["monthday"][-2:]))
    if match["before"] or match["half"]:
        return Period(int(match["year"] or 0), 1 if "上" in (match["before"], match["half"]) else 2, rest)
    if match["week"]:
        return Period(int(match["year"] or 0), 0, rest, _WEEK * int(match["week"]))
    month = number(match["month"]) if match["month"] else number(match["quarter"]) * 3
    return Period(int(match["year"] or 0), month, rest, int(match["day"] or 0))


def in_order(keys: dict[int, str]) -> list[int]:
    """Columns (by the keys of their headings) from the earliest period to the latest.

    Without a year they follow each other as they stand: from left to right, unless every one lies before its left neighbour
    (11月, 10月, 9月; but 12月, 1月 goes on).
    """
    columns = sorted(keys)
    periods = [period for column in columns if (period := period_of(keys[column]))]
    if len(periods) < len(columns):
        return columns
    if all(period.year for period in periods):
        when = {column: (period.year, period.month, period.day, column) for column, period in zip(columns, periods, strict=True)}
        return sorted(columns, key=when.__getitem__)
    at = [period.month * _DAYS + period.day for period in periods]
    steps = [(right - left) % _YEAR for left, right in pairwise(at)]
    return columns[::-1] if steps and all(step > _YEAR // 2 for step in steps) else columns
