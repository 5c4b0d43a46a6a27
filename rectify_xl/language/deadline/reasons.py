"""Sentences for the reason codes, in Chinese and English."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rectify_xl.language.han_pattern import HanPattern

_TEXTS: Final = {
    "period-before": (
        "“某月前”“某年前”可理解为该期间开始之前，也可理解为该期间结束之前",
        "“before” a period may mean before it begins or before it ends",
    ),
    "xun-before": (
        "“某旬前”可理解为该旬开始之前，也可理解为该旬结束之前",
        "“before” a third of a month may mean before it begins or before it ends",
    ),
    "duration-base": ("期限未写明起算日，按发文日期起算", "the day the period counts from is not stated; the anchor was used"),
    "working-days": (
        "工作日按周一至周五计算，未扣除法定节假日",
        "working days are counted Monday to Friday, without public holidays",
    ),
    "event-relative": ("以事件为准，该事件的日期未知", "it hangs on an event whose day is not known"),
    "undated-period": ("只写了持续多久，没有写起止日期", "it says how long, but neither the first nor the last day"),
    "damaged-date": (
        "日期的文字有缺损，另列很可能的日期",
        "the text of the date is damaged; the day it probably means is listed",
    ),
    "start-milestone": ("写的是开工或启动时间，不是完成时间", "it is the day work starts, not the day it is finished"),
    "yearless-rolled": (
        "未写年份，当年的日期已过去半年以上，按次年理解",
        "no year is written; this year's date is long past, so next year's was taken",
    ),
    "yearless-past": ("未写年份，当年的日期已过", "no year is written, and this year's date has passed"),
    "monthless": ("未写月份，本月该日已过，按下月理解", "no month is written; the day has passed, so next month's was taken"),
    "month-part": ("“月初”“月中”没有确定的日子", "the beginning or middle of a month is no certain day"),
    "year-start": ("“年初”没有确定的日子", "the beginning of a year is no certain day"),
    "rough": ("“前后”不是确定的日子", "“around” a day is no certain day"),
    "whole-year": ("“全年”可理解为年底前完成，也可理解为全年持续", "“all year” may mean by its end or throughout"),
    "decimal-month": (
        "数字形式的年月，2020.1 可能是1月也可能是10月",
        "a year and month as a number: 2020.1 may be January or October",
    ),
    "qualified-long-term": (
        "“可长期坚持”修饰名词，也可理解为长期任务",
        "长期坚持 qualifies a noun here, but could be meant as a standing task",
    ),
    "extension-undated": (
        "写有延期，没有写延期到哪一天",
        "an extension is written beside the day, but not until when",
    ),
    "extension-requested": (
        "写的是申请延期，同意以前按原来的日期",
        "an extension is only asked for: until it is granted the day before it counts",
    ),
    "impossible-date": ("日期不存在", "there is no such day"),
    "no-anchor": ("缺少发文日期，无法确定年份或起算日", "without the issue date, the year or the starting day is unknown"),
    "truncated": ("年份或月份缺失", "the year or the month was lost"),
    "placeholder": ("日期未填写", "the form was not filled in"),
    "empty": ("时限为空", "the deadline is empty"),
    "not-a-deadline": ("不是时限", "this is not a deadline"),
    "unreadable": ("无法识别", "this cannot be read"),
    "text-cut": ("文字过长，只读了前 2000 字", "the text is too long; only its first 2,000 characters were read"),
    "other-text": ("时限后混入了其他文字", "other text follows the deadline"),
    "written": ("按填写的日期", "the last date written in the cell"),
    "immediate-rule": ("方案规定立行立改事项于{day}前完成", "the plan asks for immediate items by {day}"),
    "long-term-rule": ("方案规定长期坚持事项于{day}前复核", "the plan reviews standing items by {day}"),
    "extended": ("已延期{day}次", "extended, number of times: {day}"),
    "undated": ("没有可以核对的日期", "there is no day that could be checked"),
}


_FILLED_IN: Final = HanPattern(r"\d{4}-\d\d-\d\d|\d{1,3}")
#: All codes, without what may follow a colon.
CODES: Final = tuple(_TEXTS)


def reason_text(code: str, lang: str = "zh") -> str:
    """Return the sentence for a reason code.

    ``immediate-rule:2020-06-30`` puts the day into the sentence, ``extended:2`` the number; an unknown code is returned as it is.
    """
    name, _, day = code.partition(":")
    texts = _TEXTS.get(name)
    if texts is None:
        return code
    return texts[lang == "en"].replace("{day}", day)


@lru_cache(maxsize=4096)
def reason_code(text: str) -> str:
    """Return the code of a sentence of ours, in whichever language; any other text as it is."""
    for code, texts in _TEXTS.items():
        for sentence in texts:
            if sentence == text:
                return code
            before, gap, after = sentence.partition("{day}")
            inside = text[len(before) : len(text) - len(after)]
            if gap and text == before + inside + after and _FILLED_IN.fullmatch(inside):
                return f"{code}:{inside}"
    return text
