"""Completed before the plan was issued.

What it checks:
    The date of completion lies before the campaign's issue date. Silent without `issued`.
Why:
    Sometimes true, for work done while the inspectors were still there; more often a wrong year or a date
    from another list.
Wrong:
    实际完成日期 2025-08-31, plan issued on 2026-07-23
Right:
    实际完成日期 2026-08-31
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.task_progress import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """完成日期早于方案印发。

查什么：
    实际完成日期早于方案印发日期。没有配置 issued 时不检查。
为什么：
    有的确是督察期间就改完的；更多的是年份写错，或照抄了别的清单。
错例：
    方案 2026-07-23 印发，实际完成日期写 2025-08-31
正例：
    实际完成日期 2026-08-31
"""
CODE = "P606"
SEVERITY = Severity.WARNING
FIELDS = fields("completed_on")
MESSAGE = {
    "zh": "{label} {day} 早于方案印发日期 {issued}；请核对年份",
    "en": "{label} {day} lies before the issue date {issued}; check the year",
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign has an issue date."""
    return campaign.issued is not None


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows completed before the issue date."""
    issued = collection.campaign.issued
    for position, day in days(collection, "completed_on"):
        if issued and day < issued:
            yield at(position, "completed_on", day=day, issued=issued)
