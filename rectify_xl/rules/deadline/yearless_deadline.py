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

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from rectify_xl.collection.verdict import before_issue
from rectify_xl.common.findings import Fix, Severity
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.rules import at, fields
from rectify_xl.rules.deadline_cells import with_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.language.deadline import Deadline
    from rectify_xl.rules import Hit

ZH = """时限没有写年份。

查什么：
    整改时限写了月份或时节，没有写年份，按印发日期所在年份理解。已由其他规则质疑的日期（有两种理解、早
    于印发日期）不重复报。
为什么：
    清单会用到下一年，照抄的“6月底前”就不知道是哪一年。
错例：
    6月底前
正例：
    2026年6月底前
"""
CODE = "D507"
SEVERITY = Severity.INFO
FIELDS = fields("deadline")
FIX = "unsafe"
MESSAGE = {
    "zh": "{label}“{value}”没有写年份，现按 {due} 计；请补写年份",
    "en": "The deadline “{value}” has no year; {due} is assumed. Add the year",
}
BEGINS = LazyPattern(
    r"(?<![\d年.])(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:月|季度)"
    r"|第[一二三四1-4]季度|年[底末内终]|[上下]半年"
)
FAR = timedelta(days=3 * 366)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose date lacks the year, with the year put in where the text then reads as the same date."""
    for position, deadline, _ in with_verdict(collection, "dated"):
        if not deadline.yearless or before_issue(deadline, collection.campaign):
            continue
        text = str(collection.values("deadline")[position])
        # A date that only the campaign's calendar of events gives lacks no year, and one may inherit the year before it.
        own = parse_deadline(text, anchor=collection.anchor, options=replace(collection.campaign.deadline_options, events={}))
        if own.due and not _names(collection, text, deadline):
            dated = _with_year(collection, text, deadline)
            fix = None if dated is None else Fix(dated, safe=False)
            yield at(position, "deadline", fix=fix, due=deadline.due[-1])


def _names(collection: Collection, text: str, deadline: Deadline) -> bool:
    """Whether a text names the deadline's days in whatever year it is read."""
    anchors = (collection.anchor, collection.anchor + FAR)
    reads = (parse_deadline(text, anchor=anchor, options=collection.campaign.deadline_options) for anchor in anchors)
    return all((read.due, read.kinds) == (deadline.due, deadline.kinds) for read in reads)


def _with_year(collection: Collection, text: str, deadline: Deadline) -> str | None:
    """The text with the year of the first node before the first month, quarter or 年底."""
    for found in BEGINS.finditer(text):
        year = f"{deadline.due[0].year}{'' if found[0].startswith('年') else '年'}"
        dated = f"{text[: found.start()]}{year}{text[found.start() :]}"
        if _names(collection, dated, deadline):
            return dated
    return None
