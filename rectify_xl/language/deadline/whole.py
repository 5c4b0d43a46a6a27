"""Readings that hold only when the expression is all the cell says: 2020, 6.30, 30天, 全年."""

from __future__ import annotations

import re
from typing import Final

from rectify_xl.language.deadline import patterns

_LEAD: Final = r"(?P<lead>(?:整改|完成|办理|办结|整治)?(?:时限|期限|时间)?:?)"
_DURATION: Final = re.compile(_LEAD + r"(?:约)?(?P<body>" + re.sub(r"\?P<[a-z0-9]+>", "?:", patterns.BARE_DURATION) + r")[。;]?")
#: figures only, and what they stand for
_FIGURES: Final = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"((?:19[5-9]|20[0-9])[0-9])(?:\.0)?", r"\1年"),
        (r"((?:19[5-9]|20[0-4])[0-9])(0[1-9]|1[0-2])(?:\.0)?", r"\1年\2月"),
        (r"(1[0-2]|0?[1-9])[./]([0-3]?[0-9])", r"\1月\2日"),
        (r"((?:19|20)[0-9]{2}-{1,2}(?:19|20)[0-9]{2})", r"\1年"),
        (r"((?:19|20)[0-9]{2})[./]([0-9]{1,2})-([0-9]{1,2})", r"\1年\2-\3月"),
        (r"([0-9]{2})([./-])([0-9]{1,2})\2([0-9]{1,2})日?前?", r"\1年\3月\4日前"),
    )
)
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
    return next((match.expand(form) for pattern, form in _FIGURES if (match := pattern.fullmatch(text))), text)


def note(text: str) -> str:
    """Return the reason code of a short form that can be read in two ways, else an empty string."""
    return _NOTES.get(text, "")
