"""From a matched calendar expression to the periods it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline.numerals import N2, digits, number
from rectify_xl.language.deadline.periods import Period, add_months
from rectify_xl.language.deadline.vocabulary import HOLIDAYS
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    import re

    from rectify_xl.language.deadline.state import State

_BEFORE: Final = frozenset({"前", "之前", "以前"})
_XUN: Final = {"上": 1, "中": 2, "下": 3}
_WEEKDAYS: Final = {mark: index for index, mark in enumerate("一二三四五六日")} | {"天": 6, "末": 6}
_WEEKS: Final = {"本周": 0, "这周": 0, "下周": 1, "下下周": 2}
_NUMBERS: Final = HanPattern(rf"{N2}|元")
_YEARS: Final = HanPattern("[0-9]{4}")
_QUARTER: Final = HanPattern("[一二两三四1-4首]")
#: 1、6月底前: the number of an item, not January
_ITEM_AFTER: Final = {"", "。", ";"}
_ITEM: Final = 2
_FIRST_PLAN_END: Final = 1955
_CENTURY: Final = 100
#: 2025-2027年底前分别完成…: a date for each year of the range, up to ten
_EACH_ITS_SHARE: Final = HanPattern("[^,。;]{0,12}?(?:分别|依次)")
_LONGEST_SERIES: Final = 10


def read_date(group: re.Match[str], context: State) -> list[Period]:
    """Return the periods named by ``group``, one match of ``patterns.DATE``: several for ``6、9、12月底``.

    ``context`` knows the anchor, and the year and month of the last date before it.
    """
    periods = _periods(group, context)
    tail = group["before"]
    if tail in _BEFORE:
        for period in periods:
            period.before = True
    rough = "rough" if tail == "前后" else ""
    if rough or group["yr"] or group["mr"] or group["dr"]:
        for period in periods:
            period.rough = period.rough or rough
            period.closed, period.bare_year = True, False
    return periods


def _periods(group: re.Match[str], context: State) -> list[Period]:
    if group["ny"]:
        return [_numeric(group)]
    if group["plan"]:
        return _plan(group)
    if group["m"]:
        periods = _months(group)
    elif group["holiday"]:
        periods = [_holiday(group)]
    else:
        periods = _inner(group, context)
    return _with_years(periods, group, context) if group["year"] else periods


def _with_years(periods: list[Period], group: re.Match[str], context: State) -> list[Period]:
    years, relative = _years(group, context)
    if group["holiday"] == "元旦":  # its eve lies in the year before
        years = [year and year - 1 for year in years]
    if len(years) > 1:
        periods = [replace(period, year=year) for year in years for period in periods]
    else:
        for period in periods:
            period.year = period.year if years[0] is None else years[0]
    if relative:
        for period in periods:
            period.relative = True
            period.needs_anchor = period.needs_anchor or years[0] is None
    return periods


def _numeric(group: re.Match[str]) -> Period:
    year = int(group["ny"] or "")
    if group["n8m"]:
        return Period("day", int(group["n8m"]), int(group["n8d"] or ""), year, closed=True)
    if group["nd"]:
        return Period("day", int(group["nm"] or ""), int(group["nd"]), year, closed=True)
    return Period("month", int(group["nm"] or ""), 0, year)


def _holiday(group: re.Match[str]) -> Period:
    month, day = HOLIDAYS[group["holiday"] or ""]
    eve = date(2001, month, day) - timedelta(days=1)
    return Period("day", eve.month, eve.day, closed=True)


def _plan(group: re.Match[str]) -> list[Period]:
    at = group["plan_at"] or ""
    if at in {"前期", "初期", "中期"}:
        return []
    name = group["plan"] or ""
    end = _FIRST_PLAN_END + 5 * number(name)
    if at or not group["before"]:
        return [Period("year", 0, 0, end, closed=True)]
    return [Period("plan", 0, 0, end - 4)]


def _relative_year(word: str, context: State) -> int | None:
    if word in {"翌年", "次年", "同年", "当年", "当年度", "下一年", "下一年度"} and context.year is not None:
        return context.year + (word[0] in "翌次下")
    if context.anchor is None:
        return None
    shift = {"明": 1, "来": 1, "翌": 1, "次": 1, "下": 1, "后": 2, "去": -1}.get(word[0], 0)
    return context.anchor.year + shift


def _years(group: re.Match[str], context: State) -> tuple[list[int | None], bool]:
    """Return the years of an expression that has one (``None``: unknown), and whether they hang on the anchor."""
    if group["y"]:
        listed: list[int | None] = [int(year) for year in _YEARS.findall(group["y"])]
        if group["yr"]:
            return _range(listed, group), False
        return listed, False
    if group["y2"]:
        return [_two_digits(digits(group["y2"]), context.anchor)], False
    if group["yy"]:
        if context.anchor is None:
            return [None], True
        last = context.anchor.year + (1 if group["yy"] == "今明" else 2)
        return _range([last - 1, last], group), True
    return [_relative_year(group["ry"] or "", context)], True


def _range(ends: list[int | None], group: re.Match[str]) -> list[int | None]:
    """The last year of 2025-2027年; every one of them where each has its share (分别完成30%、70%、100%)."""
    first, last = ends[0] or 0, ends[-1] or 0
    if first < last < first + _LONGEST_SERIES and _EACH_ITS_SHARE.match(group.string, group.end()):
        return list(range(first, last + 1))
    return ends[-1:]


def _two_digits(value: int, anchor: date | None) -> int:
    """Take the century that puts ``24年底`` nearest to the anchor."""
    near = anchor.year if anchor else 2020
    return min(
        (near // _CENTURY * _CENTURY + value + step for step in (-_CENTURY, 0, _CENTURY)), key=lambda year: abs(year - near)
    )


def _inner(group: re.Match[str], context: State) -> list[Period]:
    if group["q"]:
        return _quarters(group, context)
    if group["h"]:
        halves = [1, 2] if group["hl"] else [1 if group["h"] in ("上半年", "H1") else 2]
        return [Period("half", half, closed=bool(group["he"])) for half in halves]
    if group["year"]:
        return [_year_part(group["ye"] or "")]
    if group["ya"]:
        return [_year_part(group["ya"])]
    return _relative(group, context)


def _year_part(word: str) -> Period:
    if word.endswith(("中", "中期")):
        return Period("half", 1, closed=True)
    if word.endswith("初"):
        return Period("month", 1, closed=True, rough="year-start")
    return Period("year", closed=bool(word), bare_year=not word)


def _months(group: re.Match[str]) -> list[Period]:
    months = _listed(group["m"] or "", ranged=group["mr"])
    if group["d"]:
        return [Period("day", months[-1], day, closed=True) for day in _listed(group["d"], ranged=group["dr"])]
    if len(months) == _ITEM and not group["year"] and group.string[max(0, group.start() - 1) : group.start()] in _ITEM_AFTER:
        months = months[1:]
    return [_month_part(month, group["mp"] or "") for month in months]


def _listed(text: str, *, ranged: str | None) -> list[int]:
    """Read ``6``, ``6、9、12`` or the end of ``6-9``."""
    if text.isdecimal():
        return [int(text)]
    numbers = [number(part) for part in _NUMBERS.findall(text)]
    return numbers[-1:] if ranged else numbers


def _month_part(month: int, word: str) -> Period:
    if word.endswith("旬"):  # 上中旬 and 中下旬 run to the end of the later one
        return Period("xun", month, max(_XUN[mark] for mark in word[:-1]))
    if word in {"初", "中"}:
        return Period("xun", month, 1 if word == "初" else 2, closed=True, rough="month-part")
    return Period("month", month, closed=bool(word))


def _quarters(group: re.Match[str], context: State) -> list[Period]:
    word, closed = group["q"] or "", bool(group["qe"])
    found = _QUARTER.search(word)
    if found:
        quarter = 1 if found[0] == "首" else number(found[0])
        if word[0] == "前":
            return [Period("span", 1, quarter * 3, closed=True)]
        listed = [number(mark) for mark in _QUARTER.findall(group["ql"] or "")]
        return [Period("quarter", index, closed=closed) for index in [*listed, quarter]]
    if context.anchor is None:
        return [Period("quarter", 1, needs_anchor=True)]
    month = add_months(context.anchor, 3 if word[0] == "下" else 0)
    return [Period("quarter", (month.month - 1) // 3 + 1, 0, month.year, closed=closed, relative=True)]


def _relative(group: re.Match[str], context: State) -> list[Period]:
    if group["bm"]:
        return [Period("day", number(group["bm"]), number(group["bd"] or ""), closed=True)]
    if group["do"]:
        listed = [number(part) for part in _NUMBERS.findall(group["dl0"] or "")]
        return [_day_only(day, context) for day in [*listed, number(group["do"])]]
    if context.anchor is None:
        return [Period("year", needs_anchor=True)]
    if group["century"]:
        end = -(-context.anchor.year // _CENTURY) * _CENTURY if group["century"][0] == "本" else 2000
        return [Period("year", 0, 0, end, closed=True)]
    if group["rm"] or group["rm0"]:
        return [_relative_month(group, context.anchor)]
    return [_relative_day(group, context.anchor)]


def _day_only(day: int, context: State) -> Period:
    """15日前: the month before it, else the anchor's; the next month once the day has passed."""
    if context.month is not None:
        return Period("day", context.month, day, context.year, closed=True, monthless=True)
    if context.anchor is None:
        return Period("day", 1, day, needs_anchor=True)
    past = day < context.anchor.day
    month = add_months(context.anchor.replace(day=1), int(past))
    rough = "monthless" if past else ""
    return Period("day", month.month, day, month.year, closed=True, monthless=True, relative=True, rough=rough)


def _relative_month(group: re.Match[str], anchor: date) -> Period:
    word = group["rm"] or "本月"
    steps = {"本": 0, "当": 0, "这": 0, "上": -1}.get(word[0], word.count("下") or 1)
    month = add_months(anchor.replace(day=1), steps)
    if group["rd"]:
        period = Period("day", month.month, number(group["rd"]), closed=True)
    else:
        period = _month_part(month.month, group["rp"] or group["rp0"] or "")
    period.year, period.relative = month.year, True
    return period


def _relative_day(group: re.Match[str], anchor: date) -> Period:
    monday = anchor - timedelta(days=anchor.weekday())
    if group["wk"]:
        day = monday + timedelta(days=7 * _WEEKS[group["wk"]] + _WEEKDAYS[group["wd"] or "日"])
    elif group["wd0"]:
        day = monday + timedelta(days=_WEEKDAYS[group["wd0"][-1]])
        day += timedelta(days=7 * (day < anchor))
    else:
        day = anchor + timedelta(days={"今": 0, "明": 1, "后": 2, "次": 1, "翌": 1, "第": 1}[(group["rday"] or "今")[0]])
    return Period("day", day.month, day.day, day.year, closed=True, relative=True)
