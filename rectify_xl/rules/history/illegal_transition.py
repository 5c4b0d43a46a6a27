"""A status that cannot follow the last one.

What it checks:
    Against the ledger: a finished task is under way again without being called 反弹; one that had begun is 未启动;
    one that is struck off is anything but 反弹; an unfinished one is struck off at once.
Why:
    Every step of a task is a fact with a date; a step back has a name of its own.
Wrong:
    已完成 last month, 整改中 now
Right:
    反弹, with date and reason
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.round_outcomes import stated_reports, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit
    from rectify_xl.schema.states import State

ZH = """状态变化不合程序。

查什么：
    对照总台账：已办结的又成了在办而没有写“反弹”；已经启动的成了“未启动”；已销号的成了“反弹”以外的状态；
    没有办结的直接“已销号”。
为什么：
    任务的每一步都有日期、有依据；往回走叫“反弹”，要说明原因。
错例：
    上月“已完成”，本月“整改中”
正例：
    反弹，并写明日期和原因
"""
CODE = "H803"
SEVERITY = Severity.WARNING
FIELDS = fields("status")
SCOPE = "round"
MESSAGE = {
    "zh": "状态由“{last}”变为“{value}”，不合程序{why}；请核对",
    "en": "The status cannot go from “{last}” to “{value}”{why_en}; check it",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield statuses that cannot follow those of the ledger."""
    for position, report in stated_reports(collection, "status"):
        before, after = collection.campaign.schema.states.get(report.task.values.get("status")), collection.states[position]
        why = _why(before, after) if before and after else None
        if why and before:
            yield at(position, "status", last=text_of(collection, "status", before.word), **phrases("why", *why))


def _why(before: State, after: State) -> tuple[str, str] | None:
    """Why one state cannot follow another; None where it can."""
    if after.reopened or before.word == after.word:
        return None
    if before.struck_off:
        return "：已经销号，只能按反复处理", ": a task that is struck off can only be reopened"
    if before.closed and not after.closed and not after.standing:
        return "：已办结的又在办，应按反复处理", ": a finished task that goes on is reopened"
    if before.started and not after.started:
        return "：已经启动", ": it had begun"
    if after.struck_off and not before.closed:
        return "：没有办结和验收", ": it was neither finished nor accepted"
    return None
