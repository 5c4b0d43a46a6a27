"""A standing or immediate task with no day to judge it by.

What it checks:
    The deadline is only immediate (立行立改), standing (长期坚持) or recurring (每季度), and no rule of the campaign
    (deadlines.immediate, deadlines.long_term) gives it a date.
Why:
    In one published plan 26 of 31 deadlines are of this kind; it works because the same plan says when
    immediate items are accepted. Without such a rule nothing ever falls due.
Wrong:
    长期坚持
Right:
    2026年12月底前完成,长期坚持
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.deadline_cells import with_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """立行立改、长期坚持，没有可核对的日期。

查什么：
    整改时限只有“立行立改”“长期坚持”“每季度”一类说法，整改办的活动配置
    （deadlines.immediate、deadlines.long_term）也没有为它们规定日期。
为什么：
    某市公开的方案里 31 项时限有 26 项是这样写的；之所以可行，是因为方案另外规定了立行立改何时验收。没
    有这样的规定，任务永远不会到期。
错例：
    长期坚持
正例：
    2026年12月底前完成，长期坚持
"""
CODE = "D503"
SEVERITY = Severity.WARNING
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "{label}“{value}”没有日期；请补写一个可以核对的日期，例如阶段目标完成的日期；方案统一规定了日期的，由整改办设定",
    "en": (
        "The deadline “{value}” has no date; add one, such as the end of the first stage (a day the plan sets for all is "
        "entered by the office)"
    ),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows with a standing or immediate deadline that nothing dates."""
    for position, deadline, verdict in with_verdict(collection, "undated"):
        if not verdict.clear:
            yield at(position, "deadline", kinds=deadline.kinds)
