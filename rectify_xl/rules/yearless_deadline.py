"""A date without its year.

What it checks:
    The deadline gives month or season and leaves out the year; the year of the issue date was assumed.
    Dates that other rules doubt (ambiguous, before the issue date) are left to them.
Why:
    A list lives on into the next year, and a copied "by the end of June" silently becomes a year old.
Wrong:
    6月底前
Right:
    2026年6月底前
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.language.deadline import parse_deadline
from rectify_xl.model import Fix, Severity
from rectify_xl.rules import at
from rectify_xl.rules._deadlines import before_issue, doubts, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rectify_xl.book import Book
    from rectify_xl.language.deadline import Deadline
    from rectify_xl.rules import Hit

ZH = """时限没有写年份。

查什么:
    整改时限写了月份或时节,没有写年份,按印发日期所在年份理解。已由其他规则质疑的日期(有两种理解、早
    于印发日期)不重复报。
为什么:
    清单会用到下一年,照抄的“6月底前”就不知道是哪一年。
错例:
    6月底前
正例:
    2026年6月底前
"""
CODE = "D507"
SEVERITY = Severity.INFO
FIX = "unsafe"
MESSAGE = {
    "zh": "整改时限“{value}”没有写年份,现按 {due} 计;请补写年份",
    "en": "The deadline “{value}” has no year; {due} is assumed. Add the year",
}
BEGINS = re.compile(
    r"(?<![\d年.])(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:月|季度)"
    r"|第[一二三四1-4]季度|年[底末内终]|[上下]半年"
)


def check(book: Book) -> Iterator[Hit]:
    """Yield rows whose date lacks the year, with the year put in where the text then reads as the same date."""
    anchor = book.campaign.issued or book.as_of
    for position, deadline in spoken(book, "dated"):
        if deadline.yearless and not doubts(deadline) and not before_issue(book, deadline):
            dated = _with_year(str(book.values("deadline")[position]), deadline, anchor)
            fix = None if dated is None else Fix(dated, safe=False)
            yield at(position, "deadline", fix=fix, due=deadline.due[-1])


def _with_year(text: str, deadline: Deadline, anchor: date) -> str | None:
    """The text with the year of the first node before the first month, quarter or 年底."""
    for found in BEGINS.finditer(text):
        dated = f"{text[: found.start()]}{deadline.due[0].year}年{text[found.start() :]}"
        read = parse_deadline(dated, anchor=anchor)
        if read.due == deadline.due and read.kinds == deadline.kinds and not read.yearless:
            return dated
    return None
