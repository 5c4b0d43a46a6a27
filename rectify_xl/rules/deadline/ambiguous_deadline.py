"""A date that careful readers take differently.

What it checks:
    The deadline can be read as more than one day: 9月前 (before September begins, or by its end), 中旬前, 30日内
    without a starting day. Silent where the campaign decides: deadlines.period_before, or `issued` for
    durations.
Why:
    Usage is split, and so are programs: one well-known reader takes 9月前 as 31 August, another as 30
    September. A month is at stake.
Wrong:
    2026年9月前
Right:
    2026年9月底前 or 2026年8月底前
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.language.deadline import reason_text
from rectify_xl.rules import at, fields
from rectify_xl.rules.deadline_cells import with_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """时限有两种理解。

查什么：
    时限可以读成不同的日子：“9月前”（9 月开始前还是 9 月底前）、“中旬前”、没有起算日的“30日内”。活动配
    置已作规定的不报（deadlines.period_before；期限有 issued 可起算）。
为什么：
    习惯用法不一，各种程序的读法也不一：“9月前”有的读成 8 月 31 日，有的读成 9 月 30 日，相差一个月。
错例：
    2026年9月前
正例：
    2026年9月底前，或 2026年8月底前
"""
CODE = "D506"
SEVERITY = Severity.WARNING
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "{label}“{value}”不止一种理解：{why}；现按 {due} 计，请写明确切日期",
    "en": "The deadline “{value}” can be read in more than one way: {why_en}; {due} is used for now. Write the exact day",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose date is open to another reading."""
    for position, deadline, verdict in with_verdict(collection, "ambiguous"):
        yield at(
            position,
            "deadline",
            due=deadline.due[-1],
            other=deadline.alternatives,
            why=tuple(reason_text(code) for code in verdict.reasons),
            why_en=tuple(reason_text(code, "en") for code in verdict.reasons),
        )
