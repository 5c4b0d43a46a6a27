"""Completed on a day that has not come.

What it checks:
    The date of completion lies after the as-of date.
Why:
    A plan is not a result: the task would be counted as finished although it is not.
Wrong:
    实际完成日期 2026-12-31, reported on 2026-11-21
Right:
    实际完成日期 2026-11-18
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.task_progress import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """完成日期还没有到。

查什么：
    实际完成日期晚于统计日期。
为什么：
    计划完成不等于已经完成，否则没做完的任务会被计入完成数。
错例：
    2026-11-21 统计，实际完成日期写 2026-12-31
正例：
    实际完成日期 2026-11-18
"""
CODE = "P605"
SEVERITY = Severity.ERROR
FIELDS = fields("completed_on")
MESSAGE = {
    "zh": "{label} {day} 晚于统计日期 {as_of}；请填写实际完成的日期，尚未完成的请留空",
    "en": "{label} {day} lies after the as-of date {as_of}; give the day it was really finished, or leave it empty",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows completed after the as-of date."""
    for position, day in days(collection, "completed_on"):
        if day > collection.as_of:
            yield at(position, "completed_on", day=day, as_of=collection.as_of)
