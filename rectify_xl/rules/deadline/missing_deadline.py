"""A task without a deadline.

What it checks:
    The deadline cell is empty (`/`, `—`, `无`, 暂无 and 不涉及 count as empty). A list without the column is
    reported once, by missing-column.
Why:
    Of the 61 issues of one province's plan every one has a deadline; a task without one can never be
    late.
Wrong:
    (an empty cell)
Right:
    2026年12月底前完成
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds.known_values import is_known
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.deadline_cells import example, with_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """任务没有整改时限。

查什么：
    整改时限一格为空（“/”“—”“无”“暂无”“不涉及”也算空）。整张表没有这一列时，只由 missing-column 报告一
    次。
为什么：
    整改方案对每项任务都规定时限；没有时限的任务永远不会逾期，也就无从督办。
错例：
    （空白）
正例：
    2026年12月底前完成
"""
CODE = "D501"
SEVERITY = Severity.ERROR
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "没有填写{label}，请写明完成到哪一天，例如“{example}”{hint}",
    "en": "No deadline; write a date such as {example_en}{hint_en}",
}
MOST_NAMED = 3


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose deadline is blank, with the days that stand among their measures."""
    for position, _, verdict in with_verdict(collection, "missing"):
        if is_known(collection, position, "deadline"):
            continue
        found = verdict.mentioned
        named = "、".join(found[:MOST_NAMED])
        zh = f"；措施中写有“{named}”，可核对后填入" if found else ""
        en = f"; the measures speak of {named}" if found else ""
        yield at(position, "deadline", **phrases("hint", zh, en), **example(collection))
