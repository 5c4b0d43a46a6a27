"""Number format + stored number -> what the cell shows, as far as the format changes the meaning.

A date under a format without a day is its month, 1.2 under ``0%`` is 120 %, 80 under ``0"%"`` is 80 %, 1.1 under ``0.00`` is
1.10, 1 under ``"ST-"000`` is ST-001. Thousands separators, colours and the order of a date's parts mean nothing: there the stored
value stays. Built-in formats: ECMA-376 part 1, 18.8.30, the East Asian ones as Excel for Chinese (zh-cn) shows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.shown_month import ShownMonth
from rectify_xl.common.shown_number import ShownNumber
from rectify_xl.intake.readers.number_codes import Figures, Shows, Tokens, sections
from rectify_xl.intake.readers.numbers import NO_DAY, date_of

_FIGURES = LazyPattern(r"\d+")
_CENTURY = 100
_MIDNIGHT = "00:00"
_PLAIN_NUMBER = LazyPattern(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
# What may stand before and behind the month and the year of a shown text: 截至2026年11月底.
_AROUND_MONTH = LazyPattern(r"([\u4e00-\u9fff]*)\d+\s*年?[-/.]?\d+\s*(?:月份?)?(.*)", re.DOTALL)
_CHINESE_MONTH = LazyPattern(r"[〇○零一二三四五六七八九]{2,4}年(?:十[一二]?|元|[一二三四五六七八九])月(.*)", re.DOTALL)
_YEAR_ALONE = LazyPattern(r"([\u4e00-\u9fff]*)\d{4}\s*年?([^A-Za-z\d]*)")
_MONTH_ALONE = LazyPattern(r"([\u4e00-\u9fff]*)(\d{1,2})\s*月份?(\D*)", re.DOTALL)
_WORDS = LazyPattern(r"[^\d.,\s]")
_MONTH_SIGNS = LazyPattern(r"^(?:月份?|年)?[\s\-/.]*|\s+$")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What one number format makes of numbers.

    ``before`` and ``behind`` are the words around a month, ``timed`` says whether the hour of a date is shown, ``dated`` whether
    anything else of it is, ``figures`` how numbers are written, for those above, below and at 0.
    """

    shows: Shows = Shows.NUMBER
    before: str = ""
    behind: str = ""
    timed: bool = True
    dated: bool = True
    figures: tuple[Figures, ...] = ()


PLAIN = NumberFormat()
DATE = NumberFormat(Shows.DATE)
_DAY = NumberFormat(Shows.DATE, timed=False)
_BUILT_IN = {
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), _DAY),
    **dict.fromkeys((*range(18, 22), *range(32, 36), *range(45, 48), 55, 56), NumberFormat(Shows.DATE, dated=False)),
    22: DATE,
    **dict.fromkeys((17, 27, 36, 50, 52, 57), NumberFormat(Shows.MONTH)),
    **dict.fromkeys((9, 10), NumberFormat(Shows.PERCENT)),
}
_BUILT_IN_CODES = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00"}


@lru_cache(maxsize=1024)
def shows(format_id: int, code: str | None) -> NumberFormat:
    """What a format shows; ``code`` is None for the built-in ones."""
    if code is None and format_id not in _BUILT_IN_CODES:
        return _BUILT_IN.get(format_id, PLAIN)
    parts = sections(_BUILT_IN_CODES[format_id] if code is None else code)
    first = parts[0]
    if first.has("date"):
        return _date_format(first)
    if first.has("percent"):
        return NumberFormat(Shows.PERCENT)
    if first.words.strip() in ("%", "％") and first.has("figure"):
        return NumberFormat(Shows.PERCENT_SIGN)
    figures = tuple(Figures.of(part) for part in parts[:3])
    return NumberFormat(figures=tuple(one for one in figures if one)) if all(figures) else PLAIN


def _date_format(tokens: Tokens) -> NumberFormat:
    letters = tokens.text("date")
    timed = bool(set("hs") & set(letters)) or tokens.has("clock")
    # A fixed day (yyyy"年"m"月1日", yyyy/m/"15") is shown like any other.
    has_day = timed or bool(set("da") & set(letters)) or "日" in tokens.words or bool(_FIGURES.search(tokens.words))
    if has_day or not set("mye") & set(letters):
        return NumberFormat(Shows.DATE, timed=timed, dated=not timed or bool(set("ydae") & set(letters)))
    kind = Shows.MONTH if "m" in letters else Shows.YEAR
    before, behind = tokens.around("date")
    return NumberFormat(kind, before.lstrip(), _MONTH_SIGNS.sub("", behind))


def as_shown(value: Any, shown: NumberFormat, *, date1904: bool) -> Any:  # noqa: ANN401 - a stored number and what it means
    """What a cell shows of a number: a date, the month of one, a percentage beyond its number, figures, or the number itself.

    None where the format leaves a 0 blank.
    """
    if shown.shows is Shows.NUMBER:
        return _in_figures(value, shown.figures) if shown.figures else value
    if shown.shows is Shows.PERCENT:
        return percentage(value)
    if shown.shows is Shows.PERCENT_SIGN:
        return f"{value:.15g}%"
    moment = date_of(value, date1904=date1904)
    if isinstance(moment, str):  # no day, but a time perhaps
        return _time_shown(moment, shown)
    if isinstance(moment, datetime) and not shown.timed:
        moment = moment.date()
    return month_of(moment, shown) if isinstance(moment, date) else moment


def _time_shown(time: str, shown: NumberFormat) -> str:
    if not shown.dated:
        return _MIDNIGHT if time == NO_DAY else time
    return time if shown.timed and shown.shows is Shows.DATE else NO_DAY


@lru_cache(maxsize=4096)
def _in_figures(value: float, figures: tuple[Figures, ...]) -> Any:  # noqa: ANN401
    last = len(figures) - 1
    at = 0 if value > 0 else min(1, last) if value < 0 else 2 if last > 1 else 0
    text = figures[at].written(abs(value))
    if text is None:
        return value
    if value < 0 and at == 0:
        text = f"-{text}"
    if not text:  # a format such as 0;-0;;@ shows no 0; what ;;; hides is still there
        return value or None
    return value if text == f"{value:.15g}" else ShownNumber(value, text)


def month_of(moment: date, shown: NumberFormat) -> date | ShownMonth:
    """A date as its month or its year where the format shows no more, with the words that it sets around them."""
    if shown.shows is Shows.MONTH:
        return ShownMonth(f"{shown.before}{moment.year}年{moment.month}月{shown.behind}", moment)
    return ShownMonth(f"{shown.before}{moment.year}年{shown.behind}", moment) if shown.shows is Shows.YEAR else moment


def percentage(value: float) -> float | str:
    """A number under a percent format: a fraction as it is, else with its sign, or 1.2 would be taken for 1.2 %."""
    return value if 0 <= value <= 1 else f"{value * 100:.12g}%"


def shown_date(moment: Any, text: str) -> Any:  # noqa: ANN401 - what is no date is handed back
    """A date of which a file holds the shown text too (OpenDocument): its month where no day is to be seen in it."""
    if not isinstance(moment, date) or not text:
        return moment
    figures = [int(found) for found in _FIGURES.findall(text)]
    timed = ":" in text or "时" in text or "点" in text
    if isinstance(moment, datetime) and not timed:
        moment = moment.date()
    return moment if timed or "日" in text else _month_or_day(moment, text, figures)


def _month_or_day(moment: date, text: str, figures: list[int]) -> date | ShownMonth:
    """What a text without 日 and without an hour shows of a date; ``figures`` are those in it."""
    year = next((one for one in (moment.year, moment.year % _CENTURY) if one in figures), None)
    if year is None:
        if chinese := _CHINESE_MONTH.fullmatch(text):  # [DBNum1]: 二〇二六年十一月
            return month_of(moment, _month("", chinese[1]))
        alone = _MONTH_ALONE.fullmatch(text)
        return month_of(moment, _month(alone[1], alone[3])) if alone and int(alone[2]) == moment.month else moment
    figures.remove(year)
    if moment.month in figures:
        figures.remove(moment.month)
    if figures:
        return moment
    if whole := _YEAR_ALONE.fullmatch(text):  # yyyy"年" shows no month
        return month_of(moment, NumberFormat(Shows.YEAR, whole[1].strip(), whole[2].strip()))
    around = _AROUND_MONTH.fullmatch(text)
    return month_of(moment, _month(around[1], around[2]) if around else _month("", ""))


def _month(before: str, behind: str) -> NumberFormat:
    return NumberFormat(Shows.MONTH, before.strip(), behind.strip())


def shown_number(value: float, text: str) -> float | ShownNumber:
    """A number of which a file holds the shown text too (OpenDocument), with that text where it says something else.

    A text that cannot be the number's (another decimal mark, columns too narrow) is left aside.
    """
    text = text.strip()
    plain = text.replace(",", "") if _PLAIN_NUMBER.fullmatch(text) else text
    if not plain or plain == f"{value:.15g}":
        return value
    figures = "".join(_FIGURES.findall(plain))
    if _PLAIN_NUMBER.fullmatch(plain):
        decimals = len(plain.partition(".")[2])
        return ShownNumber(value, plain) if abs(float(plain) - value) <= 0.5000001 / 10**decimals else value
    whole = f"{abs(int(value))}"
    if not _WORDS.search(plain):
        return value
    worded = figures.lstrip("0").startswith(whole.strip("0")) or figures.endswith(whole)
    return ShownNumber(value, text) if worded and "E" not in plain.upper() and "#" not in plain else value
