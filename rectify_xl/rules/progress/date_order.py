"""Dates in the wrong order.

What it checks:
    Accepted before completed; struck off before completed, before accepted or before the public notice
    ended; a notice that ends before it begins. The same day is no fault, nor are days before the task came
    back and days since then.
Why:
    Deadline, completion, acceptance, notice and strike-off are five different dates; real systems have
    lost data by writing one over another.
Wrong:
    Completed 2026-09-20, accepted 2026-09-10
Right:
    Completed 2026-09-10, accepted 2026-09-20
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.closing import REOPENED, lies_before_return
from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.task_progress import day, days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """日期先后颠倒。

查什么：
    验收早于完成；销号早于完成、早于验收或早于公示结束；公示结束早于公示开始。同一天不算颠倒；任务反弹过的，反弹日期
    以前的日期与以后的日期不对照。
为什么：
    时限、完成、验收、公示、销号是五个不同的日期；有的系统互相覆盖，丢过数据。
错例：
    2026-09-20 完成，2026-09-10 验收
正例：
    2026-09-10 完成，2026-09-20 验收
"""
CODE = "P613"
SEVERITY = Severity.ERROR
FIELDS = fields("accepted_on", "publicity_end", "closed_on")
MESSAGE = {
    "zh": "{label} {day} 早于{other} {before}；请核对这两个日期",
    "en": "{label} {day} lies before {other_en} {before}; check both dates",
}
# The later date -> the dates it must not lie before; the first that it does is reported.
ORDER = {
    "accepted_on": ("completed_on",),
    "publicity_end": ("publicity_start",),
    "closed_on": ("publicity_end", "accepted_on", "completed_on"),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the date that should be the later one, once per cell."""
    returns = collection.values(REOPENED)
    for key, earlier in ORDER.items():
        for position, later_day in days(collection, key):
            is_former = lies_before_return(later_day, returns[position])
            for other in earlier:
                before = day(collection, position, other)
                if before and later_day < before and is_former == lies_before_return(before, returns[position]):
                    label = collection.campaign.schema[other].label
                    yield at(position, key, day=later_day, before=before, other=label["zh"], other_en=label["en"])
                    break
