"""A task whose next node is near.

What it checks:
    The next node of the deadline falls on the as-of date or within deadlines.due_soon_days (30) after it,
    and the task is neither finished nor overdue.
Why:
    A reminder helps before the day and not after it; an extension must be asked for before the deadline.
Wrong:
    2026年12月10日前 and 整改中 on 2026-11-21
Right:
    2026年12月10日前 and 已完成
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.task_progress import due_source, rows_flagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """临近到期。

查什么：
    时限中的下一个节点就在统计当天或其后 deadlines.due_soon_days（默认 30）天之内，任务尚未完成也未逾期。
为什么：
    催办要在到期之前；申请延期也必须在到期之前提出。
错例：
    2026-11-21 统计时，“2026年12月10日前”的任务仍为“整改中”
正例：
    “2026年12月10日前”的任务状态为“已完成”
"""
CODE = "P602"
SEVERITY = Severity.WARNING
FIELDS = fields("deadline", "status")
MESSAGE = {
    "zh": "{left}到期（{due}{source}）；请按期完成并更新状态，不能按期的及早申请延期",
    "en": "Due {left_en}, on {due}{source_en}; finish in time, or ask for an extension before that day",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield unfinished rows that are not overdue and whose next node is near."""
    for position, timing in rows_flagged(collection, "due-soon"):
        words = _left(timing.days) | due_source(collection, position, timing.next_due)
        yield at(position, "deadline", due=timing.next_due, **words)


def _left(days: int) -> dict[str, Any]:
    """How many days are left, as it is said."""
    if days <= 1:
        return phrases("left", ("今天", "明天")[days], ("today", "tomorrow")[days])
    return phrases("left", f"还有 {days} 天", f"in {days} days")
