"""A public notice that was too short.

What it checks:
    In lists and in the last master: from the first to the last day of the notice there are fewer days than
    closing.notice.days (10), counted as closing.notice says: working days of the official calendar or calendar days, the
    first day included. Where days lie in a year that no calendar knows and it depends on them, the finding is a warning
    that asks for holidays.csv instead of guessing.
Why:
    A real notice that promised ten working days spanned four of them, over the National Day holiday.
Wrong:
    2026-09-28 to 2026-10-11
Right:
    2026-10-09 to 2026-10-22
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.closing import notices
from rectify_xl.common.findings import Severity
from rectify_xl.common.workdays import Span
from rectify_xl.rules import at, fields, in_ledger, phrases
from rectify_xl.rules.closing_days import LEDGER
from rectify_xl.rules.round_outcomes import name_of
from rectify_xl.rules.task_progress import day, days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """公示时间不足。

查什么：
    清单和上期总台账中，公示首日到末日的天数少于 closing.notice.days（默认 10），按 closing.notice 计算：法定工作日或
    自然日，首日算在内。有的日子落在日历尚未收录的年份、够不够要看这些日子的，不猜，只作提醒，请补充 holidays.csv。
为什么：
    曾有一份写明公示 10 个工作日的公告，跨国庆假期实际只有 4 个工作日。
错例：
    2026-09-28 至 2026-10-11
正例：
    2026-10-09 至 2026-10-22
"""
CODE = "P612"
SEVERITY = Severity.ERROR
FIELDS = fields("publicity_end")
MESSAGE = {
    "zh": "{where}公示从 {start} 到 {end} {counted}，{verdict}",
    "en": "{where_en}The notice from {start} to {end} spans {counted_en}{verdict_en}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows, and tasks of the last master, whose notice spans too few days."""
    reported: set[tuple[str | None, date, date]] = set()
    for position, end in days(collection, "publicity_end"):
        start = day(collection, position, "publicity_start")
        if start is None or start > end:
            continue
        reported.add((collection.task_id(position), start, end))
        if facts := _facts(collection.campaign, start, end):
            yield _judged(at(position, "publicity_end", **facts, **phrases("where", "", "")))
    for task in collection.base.tasks if collection.base else ():
        name = name_of(task)
        for start, end in notices(collection.campaign, task.values):
            if (name, start, end) not in reported and (facts := _facts(collection.campaign, start, end)):
                where = phrases("where", f"总台账任务{name}的", f"Task {name} of the ledger: ")
                yield _judged(in_ledger(LEDGER, name, "publicity_end", **facts, **where))


def _judged(hit: Hit) -> Hit:
    """What nobody can tell is no error yet."""
    return replace(hit, severity=Severity.WARNING) if hit.facts["undecided"] else hit


def _facts(campaign: Campaign, start: date, end: date) -> dict[str, Any]:
    """What is said of a notice that is too short; nothing of another."""
    needed, span = campaign.closing.notice.days, _span(campaign, start, end)
    if span.known >= needed:
        return {}
    undecided = span.known + span.unknown >= needed
    said = {**_counted(campaign, span), **_verdict(needed, undecided=undecided)}
    return {"start": start, "end": end, "needed": needed, "undecided": undecided, **said}


def _span(campaign: Campaign, start: date, end: date) -> Span:
    """The days that count."""
    notice = campaign.closing.notice
    first = campaign.calendar.between(start, start)
    span = Span(max((end - start).days + 1, 0)) if notice.unit == "calendar" else campaign.calendar.between(start, end)
    if notice.count_first_day:
        return span
    if notice.unit == "calendar":
        return Span(span.known - 1)
    return Span(span.known - first.known, span.unknown - first.unknown, span.years)


def _counted(campaign: Campaign, span: Span) -> dict[str, Any]:
    working = campaign.closing.notice.unit == "working"
    kind, kind_en = ("工作日", "working day") if working else ("自然日", "calendar day")
    years = "、".join(map(str, span.years))
    zh, en = f"只有 {span.known} 个{kind}", f"{span.known} {kind_en}{'s' * (span.known != 1)}"
    if span.unknown:
        zh = f"有 {span.known} 个{kind}，另有 {span.unknown} 天在 {years} 年，放假安排尚未收录"
        en += f", and {span.unknown} more days in {years}, of which no calendar is known"
    return phrases("counted", zh, en)


def _verdict(needed: int, *, undecided: bool) -> dict[str, Any]:
    if not undecided:
        return phrases("verdict", f"少于规定的 {needed} 个；请补足公示时间", f", fewer than the {needed} required")
    return phrases(
        "verdict",
        f"够不够规定的 {needed} 个无法判断；请把放假安排写进 holidays.csv（campaign.yaml 的 calendar）",
        f"; whether these are the {needed} required nobody can tell: put the holidays into holidays.csv (calendar:)",
    )
