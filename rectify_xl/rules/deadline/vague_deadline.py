"""A deadline that no one could check.

What it checks:
    The deadline cell holds a duty that is put off without a day: 尽快, 适时, 待定, 条件成熟后, an event the campaign
    does not date. 立行立改, 长期坚持 and 每季度 are other rules' business.
Why:
    The plans ask for targets and deadlines that can be checked; a task without a day can never be late.
Wrong:
    尽快完成
Right:
    2026年12月底前完成
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.deadline_cells import example, with_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """时限含糊，到期无法核对。

查什么：
    整改时限只有“尽快”“适时”“待定”“条件成熟后”一类说法，或以未在活动配置中写明日期的事件为准。
为什么：
    整改方案要求目标和时限可检查、可考核；没有日期的任务永远不会逾期，也就无法督办。
错例：
    尽快完成
正例：
    2026年12月底前完成
"""
CODE = "D502"
SEVERITY = Severity.ERROR
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "{label}“{value}”没有可以核对的日期，请写明完成到哪一天，例如“{example}”",
    "en": "The deadline “{value}” names no day that could be checked; write a date such as {example_en}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose deadline is vague and nothing else."""
    for position, _, _ in with_verdict(collection, "vague"):
        yield at(position, "deadline", **example(collection))
