"""A task past its deadline and not finished.

What it checks:
    The effective due date (the last date written in the cell, else the one a campaign rule gives) lies
    before the as-of date and the status does not say that the work is done. A task in a standing
    state (长期坚持) is overdue only past deadlines.long_term. Other units' tasks that a list only carries along are left out.
Why:
    This is what the office chases every month. In one published plan every immediate task was overdue on
    the day of issue, by the plan's own rule.
Wrong:
    2026年6月底前 and 整改中 on 2026-11-21
Right:
    2026年6月底前 and 已完成
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.task_progress import due_source, rows_flagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """到期没有完成。

查什么：
    到期日（格内最后一个日期，没有时按活动配置的规定）早于统计日期，而状态不算办结。状态为长期的（“长期坚持”），
    只在过了 deadlines.long_term 之后才算逾期。清单照抄来而没有填报的别的单位的任务不算。
为什么：
    这是整改办每月要催办的。某市公开的方案按自己的规定计算，全部立行立改任务在印发当天就已逾期。
错例：
    2026-11-21 统计时，“2026年6月底前”的任务仍为“整改中”
正例：
    “2026年6月底前”的任务状态为“已完成”
"""
CODE = "P601"
SEVERITY = Severity.WARNING
FIELDS = fields("deadline", "status")
MESSAGE = {
    "zh": "到期日 {due}{source}，已逾期 {days} 天{doubt}，{state}；请抓紧完成并更新状态",
    "en": "Due on {due}{source_en}, {days} days ago{doubt_en}, {state_en}; finish it and update the status",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield unfinished rows whose final due date has passed."""
    for position, timing in rows_flagged(collection, "overdue"):
        status = collection.statuses[position]
        state = (f"状态仍为“{status}”", f"still {status}") if status else ("没有报完成", "not reported as finished")
        words = phrases("state", *state) | due_source(collection, position, timing.due)
        verdict = collection.verdicts[position]
        doubtful = verdict.doubtful and verdict.due == timing.due
        words |= phrases("doubt", "（时限存疑，待核实）", " (the date is in doubt)") if doubtful else phrases("doubt", "", "")
        yield at(position, "deadline", due=timing.due, days=timing.days, **words)
