"""Number format + stored number -> what the cell shows, as far as the format changes the meaning.

A date under a format without a day is its month, 1.2 under ``0%`` is 120 %, 80 under ``0"%"`` is 80 %. Everything else keeps
its stored value. Built-in formats: ECMA-376 part 1, 18.8.30, the East Asian ones as Excel for Chinese (zh-cn) shows them.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from rectify_xl.common.shown_month import ShownMonth
from rectify_xl.intake.readers.numbers import date_of

_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_CODE = re.compile(r"[ymdhs]|a{3}|上午|下午", re.IGNORECASE)
_DAY_CODE = re.compile(r"[dhs]|a{3}|上午|下午", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_FIGURES = re.compile(r"\d+")
_CENTURY = 100


class Shows(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    PERCENT = "percent"
    PERCENT_SIGN = "percent sign"  # written behind the number as it is stored


_BUILT_IN = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), Shows.DATE),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), Shows.MONTH),
    **dict.fromkeys((9, 10), Shows.PERCENT),
}


@lru_cache(maxsize=1024)
def shows(format_id: int, code: str | None) -> Shows:
    """What a format shows; ``code`` is None for the built-in ones."""
    if code is None:
        return _BUILT_IN.get(format_id, Shows.NUMBER)
    section = code.split(";", maxsplit=1)[0]
    first = _NOT_CODE.sub("", section)
    if "general" in first.lower() or "通用" in first:
        return Shows.NUMBER
    literal = "".join(quoted or escaped for quoted, escaped in _LITERAL.findall(section))
    if _DATE_CODE.search(first):
        return _date_parts(first.lower(), literal)
    if "%" in first:
        return Shows.PERCENT
    return Shows.PERCENT_SIGN if literal.strip() in ("%", "%") else Shows.NUMBER


def _date_parts(code: str, literal: str) -> Shows:
    # A fixed day (yyyy"年"m"月1日", yyyy/m/"15") is shown like any other.
    if "y" not in code or _DAY_CODE.search(code) or "日" in literal + code or _FIGURES.search(literal + code):
        return Shows.DATE
    return Shows.MONTH if "m" in code else Shows.YEAR


def as_shown(value: Any, shown: Shows, *, date1904: bool) -> Any:  # noqa: ANN401 - a stored number and what it means
    """What a cell shows of a number: a date, the month of one, a percentage beyond its number, or the number itself."""
    if shown is Shows.NUMBER:
        return value
    if shown is Shows.PERCENT:
        return percentage(value)
    if shown is Shows.PERCENT_SIGN:
        return f"{value:.15g}%"
    moment = date_of(value, date1904=date1904)
    return month_of(moment, shown) if isinstance(moment, date) else moment


def month_of(moment: date, shown: Shows) -> date | ShownMonth:
    """A date as its month or its year where the format shows no more."""
    if shown is Shows.MONTH:
        return ShownMonth(f"{moment.year}年{moment.month}月", moment)
    return ShownMonth(f"{moment.year}年", moment) if shown is Shows.YEAR else moment


def percentage(value: float) -> float | str:
    """A number under a percent format: a fraction as it is, else with its sign, or 1.2 would be taken for 1.2 %."""
    return value if 0 <= value <= 1 else f"{value * 100:.12g}%"


def shown_date(moment: Any, text: str) -> Any:  # noqa: ANN401 - what is no date is handed back
    """A date of which a file holds the shown text too (OpenDocument): its month where no day is to be seen in it."""
    figures = [int(found) for found in _FIGURES.findall(text)]
    years = [moment.year, moment.year % _CENTURY] if isinstance(moment, date) else []
    year = next((one for one in years if one in figures), None)
    if year is None or "日" in text or ":" in text:
        return moment
    figures.remove(year)
    if moment.month in figures:
        figures.remove(moment.month)
    return moment if figures else month_of(moment, Shows.MONTH)
