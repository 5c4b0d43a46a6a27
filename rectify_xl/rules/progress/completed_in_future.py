"""Completed, or a step of closing taken, on a day that has not come.

What it checks:
    The date of completion lies after the as-of date; so does, in lists and in the last master, the day of a step of closing
    (application, acceptance, strike-off …) or the one on which a task came back. The days of a public notice may be to come.
Why:
    A plan is not a result: the task would be counted as finished although it is not.
Wrong:
    实际完成日期 2026-12-31, reported on 2026-11-21
Right:
    实际完成日期 2026-11-18
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.closing import COMPLETED
from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.closing_days import faults_of
from rectify_xl.rules.task_progress import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.closing import Fault
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit
    from rectify_xl.rules.closing_days import Labels

ZH = """完成日期、销号各步骤的日期还没有到。

查什么：
    实际完成日期晚于统计日期；清单和上期总台账中，销号各步骤（申请、验收、销号等）的日期或反弹日期晚于统计日期。公示可以预告，
    公示开始和公示结束不查。
为什么：
    计划完成不等于已经完成，否则没做完的任务会被计入完成数。
错例：
    2026-11-21 统计，实际完成日期写 2026-12-31
正例：
    实际完成日期 2026-11-18
"""
CODE = "P605"
SEVERITY = Severity.ERROR
FIELDS = fields("completed_on", "accepted_on", "closed_on")
MESSAGE = {
    "zh": "{where}{label} {day} 晚于统计日期 {before}；{what}",
    "en": "{where_en}{label} {day} lies after the as-of date {before}; {what_en}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows completed after the as-of date, and steps of closing taken after it."""
    for position, day in days(collection, COMPLETED):
        if day > collection.as_of:
            zh, en = "请填写实际完成的日期，尚未完成的请留空", "give the day it was really finished, or leave it empty"
            facts = {**phrases("where", "", ""), **phrases("what", zh, en)}
            yield at(position, COMPLETED, day=day, before=collection.as_of, **facts)
    yield from faults_of(collection, ("future",), _say, lambda *_: False)


def _say(_fault: Fault, _labels: Labels) -> tuple[str, str]:
    return "请核对日期，还没有发生的请留空", "check it, and leave empty what has not happened"
