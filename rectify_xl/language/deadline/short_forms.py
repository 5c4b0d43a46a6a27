"""Short forms that are a deadline only when the cell holds nothing else: 2020, 6.30, 30天, 全年."""

from __future__ import annotations

from typing import Final

from rectify_xl.language.deadline import patterns
from rectify_xl.language.han_pattern import HanPattern

#: figures only, and what they stand for
_FIGURES: Final = tuple(
    (HanPattern(pattern), form)
    for pattern, form in (
        (r"((?:19[5-9]|20[0-9])[0-9])(?:\.0)?", r"\1年"),
        (r"((?:19[5-9]|20[0-4])[0-9])(0[1-9]|1[0-2])(?:\.0)?", r"\1年\2月"),
        (r"(1[0-2]|0?[1-9])[./]([0-3]?[0-9])", r"\1月\2日"),
        (r"(1[0-2]|0?[1-9])\.([0-3]?[0-9])-{1,2}(1[0-2]|0?[1-9])\.([0-3]?[0-9])日?前?", r"\1月\2日-\3月\4日"),
        (r"((?:19|20)[0-9]{2})[、,。]([0-9]{1,2})[、,。]([0-9]{1,2})日?前?", r"\1年\2月\3日"),
        (r"((?:19|20)[0-9]{2}-{1,2}(?:19|20)[0-9]{2})", r"\1年"),
        (r"((?:19|20)[0-9]{2})[./](1[0-2]|0?[1-9])-(1[0-2]|0?[1-9])", r"\1年\2-\3月"),
        (r"([0-9]{2})([./-])([0-9]{1,2})\2([0-9]{1,2})日?前?", r"\1年\3月\4日前"),
    )
)
_CYCLES: Final = {"双月": "每双月", "月度": "每月", "季度": "每季度", "年年": "每年", "半年度": "每半年", "全年": "年内"}
_NOTES: Final = {"全年": "whole-year"}
#: one look tells whether a text may be a short form at all; ``figures`` are looked at again
_SHORT: Final = HanPattern(
    r"(?P<figures>[0-9][0-9./、,。-]+[0-9]日?前?)|(?P<plan>[“”]?(?:十[一二三四五]五)[“”]?|[“”]十五[“”])"
    rf"|(?P<cycle>{'|'.join(_CYCLES)})"
    r"|[一二两三四五六七八九十0-9]{1,2}个?年度?\((?P<years>20[0-9]{2}-{1,2}20[0-9]{2})\)"  # 三年(2026-2028)
    rf"|(?:整改|完成|办理|办结|整治)?(?:时限|期限|时间)?:?约?(?P<duration>{patterns.BARE_DURATION})(?:左右)?(?:\((?:自然日|日历[日天])\))?[。;]?"
)
#: what may stand around a short form
_FRAME: Final = HanPattern(
    r"(?:(?:整改|完成|办理|办结|整治)*(?:时限|期限|时间|日期|节点)+(?:要求)?[:为是]|原则上)?[(【\[]?(?P<core>[^:(【\[]+?)[)】\]]?[。;]?"
)
_FRAMED: Final = HanPattern(r"[(【\[原]|.*(?:[:为是。;]|[)】\]]$)")
#: 5.31 and 5/31 in a list
_MONTH_AND_DAY: Final = HanPattern(r"(1[0-2]|0?[1-9])[./]([0-3]?[0-9])")
_LIST_MARK: Final = HanPattern("[、,]")
#: 6.1、6.2 may be sections of a plan; hardly any has a section 6.10
_NO_SECTION: Final = 10
#: 60日 is no day of a month
_TOO_MANY_DAYS: Final = HanPattern(r"(?:(?<![0-9])(?:[4-9][0-9]|3[2-9]|[1-9][0-9]{2})|[四五六七八九]十[一二三四五六七八九]?)日$")
#: no short form is longer
_LONGEST: Final = 20
#: 30日 and 6月 are days and months, unless 个 says otherwise
_UNLESS_COUNTED: Final = ("日", "月", "季度")


def core(text: str) -> str:
    """Return a short text without the label, the brackets or the full stop around it."""
    framed = _FRAME.fullmatch(text) if len(text) <= _LONGEST and _FRAMED.match(text) else None
    return framed["core"] if framed else text


def rewrite(text: str) -> str:
    """Return the long form of a text that is nothing but a short form, else the very same text."""
    short = _SHORT.fullmatch(text) if len(text) <= _LONGEST else None
    if short is None:
        inner = core(text)
        return text if inner is text or (long := rewrite(inner)) is inner else long
    if short["figures"]:
        one = next((match.expand(form) for pattern, form in _FIGURES if (match := pattern.fullmatch(text))), None)
        return one or _listed(text)
    if short["plan"] or short["years"]:
        return text + "期间" if short["plan"] else short["years"] + "年"
    if short["cycle"]:
        return _CYCLES[text]
    if text.endswith(_UNLESS_COUNTED) and "个" not in text and not _TOO_MANY_DAYS.search(text):
        return text
    return short["duration"] + "内"


def _listed(text: str) -> str:
    """5.31、8.31、12.31: days in a row; the very same text where a figure could be the number of a section."""
    parts = [_MONTH_AND_DAY.fullmatch(part) for part in _LIST_MARK.split(text)]
    days = [(int(part[1]), int(part[2])) for part in parts if part]
    if len(days) < len(parts) or any(day < _NO_SECTION for _, day in days):
        return text
    return "、".join(f"{month}月{day}日" for month, day in days)


def note(text: str) -> str:
    """Return the reason code of a short form that can be read in two ways, else an empty string."""
    return _NOTES.get(core(text), "")
