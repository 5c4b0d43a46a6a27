"""Readings that hold only when the expression is all the cell says: 2020, 6.30, 30天, 全年."""

from __future__ import annotations

import re
from typing import Final

from rectify_xl.language.deadline import patterns

_LEAD: Final = r"(?P<lead>(?:整改|完成|办理|办结|整治)?(?:时限|期限|时间)?:?)"
_DURATION: Final = re.compile(_LEAD + r"(?:约)?(?P<body>" + re.sub(r"\?P<[a-z0-9]+>", "?:", patterns.BARE_DURATION) + r")[。;]?")
_YEAR: Final = re.compile(r"(?P<body>(?:19[5-9]|20[0-9])[0-9])(?:\.0)?")
_MONTH: Final = re.compile(r"(?P<year>(?:19[5-9]|20[0-4])[0-9])(?P<month>0[1-9]|1[0-2])(?:\.0)?")
_MONTH_DAY: Final = re.compile(r"(?P<month>1[0-2]|0?[1-9])[./](?P<day>[0-3]?[0-9])")
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}-{1,2}(?:19|20)[0-9]{2}")
_SHORT_DATE: Final = re.compile(r"(?P<year>[0-9]{2})(?P<sep>[./-])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?P<tail>日?前?)")
_PLAN: Final = re.compile("[“”]?(?:十[一二三四五]五)[“”]?|[“”]十五[“”]")
#: no short form is longer
_LONGEST: Final = 20
_CYCLES: Final = {"双月": "每双月", "月度": "每月", "季度": "每季度", "年年": "每年", "半年度": "每半年", "全年": "年内"}
_NOTES: Final = {"全年": "whole-year"}


def rewrite(text: str) -> str:
    """Return the long form of a text that is nothing but a short form, else the text itself."""
    if len(text) > _LONGEST:
        return text
    if text[:1].isdecimal():
        text = _digits(text)
    if _PLAN.fullmatch(text):
        return text + "期间"
    if text in _CYCLES:
        return _CYCLES[text]
    match = _DURATION.fullmatch(text)
    if (match and not text.endswith(("日", "月", "季度"))) or (match and "个" in text):
        return match["body"] + "内"
    return text


def _digits(text: str) -> str:
    """Return the long form of figures: 2024, 202406, 6.30, 24.6.30, 2024-2026."""
    match = _YEAR.fullmatch(text)
    if match:
        return match["body"] + "年"
    match = _MONTH.fullmatch(text)
    if match:
        return f"{match['year']}年{match['month']}月"
    match = _MONTH_DAY.fullmatch(text)
    if match:
        return f"{match['month']}月{match['day']}日"
    if _YEARS.fullmatch(text):
        return text + "年"
    match = _SHORT_DATE.fullmatch(text)
    if match:
        return f"{match['year']}年{match['month']}月{match['day']}日前"
    return text


def note(text: str) -> str:
    """Return the reason code of a short form that can be read in two ways, else an empty string."""
    return _NOTES.get(text, "")
