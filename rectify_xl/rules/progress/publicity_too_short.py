"""A public notice that was too short.

What it checks:
    From the first to the last day of the notice, both included, there are fewer working days of the
    official calendar than acceptance.publicity_working_days (10). For years that the calendar does not
    know yet, Monday to Friday are counted, and the message says so.
Why:
    A real notice that promised ten working days spanned four of them, over the National Day holiday.
Wrong:
    2026-09-28 to 2026-10-11
Right:
    2026-10-09 to 2026-10-22
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.common.workdays import working_days
from rectify_xl.rules import at, fields
from rectify_xl.rules.task_progress import day, days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """公示时间不足。

查什么：
    公示首日到末日（含首尾）的法定工作日少于 acceptance.publicity_working_days（默认 10 个）。官方日历尚
    未公布的年份按周一至周五计，并在提示中说明。
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
    "zh": "公示从 {start} 到 {end} 只有 {days} 个工作日{calendar}，少于规定的 {needed} 个；请补足公示时间",
    "en": "The notice from {start} to {end} spans {days} working days{calendar_en}, fewer than the {needed} required",
}
UNKNOWN = ("（未含调休）", " (holidays not considered)")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose notice spans too few working days."""
    needed = collection.campaign.publicity_working_days
    for position, end in days(collection, "publicity_end"):
        start = day(collection, position, "publicity_start")
        if start and start <= end:
            count, official = working_days(start, end)
            if count < needed:
                zh, en = ("", "") if official else UNKNOWN
                facts: dict[str, Any] = {"start": start, "end": end, "days": count, "needed": needed}
                yield at(position, "publicity_end", calendar=zh, calendar_en=en, **facts)
