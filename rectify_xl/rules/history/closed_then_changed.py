"""Something new on a task that is struck off.

What it checks:
    Against the ledger: a list states another value on a task that is struck off, be it reported or refused. A row
    that says reopened (反弹) is left to reopened-without-reason.
Why:
    What is struck off is filed; a change is a reopening, or a mistake.
Wrong:
    已销号 in the ledger, 80% in the list
Right:
    反弹 with date and reason, or nothing
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds import Outcome
from rectify_xl.rules import ANY_CELL, at
from rectify_xl.rules.round_outcomes import outcomes, stated_value, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """已销号的任务又有变动。

查什么：
    对照总台账：任务已经销号，清单里又填了不同的内容。写明“反弹”的不在此列，由 reopened-without-reason 核对。
为什么：
    销号就是归档；再有变化，不是反弹就是填错。
错例：
    台账“已销号”，清单完成率写 80%
正例：
    写明“反弹”的日期和原因，或不再填报
"""
CODE = "H807"
SEVERITY = Severity.WARNING
FIELDS = ANY_CELL
SCOPE = "round"
MESSAGE = {
    "zh": "任务已经销号，这里的“{value}”与台账的“{ours}”不同；如属问题反复请写明日期和原因",
    "en": "The task is struck off, while “{value}” is not what the ledger says (“{ours}”); if it has come back say when and why",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield values stated on tasks that are struck off."""
    changed = (Outcome.REPORTED, Outcome.CONFLICT, Outcome.REFUSED, Outcome.FILLED)
    for position, one in outcomes(collection, *changed):
        state = collection.states[position]
        if state and state.reopened:
            continue  # what a reopening lacks is reported by reopened-without-reason
        if collection.base and collection.base.by_key[one.key].closed:
            said = stated_value(collection, one.field, position)
            yield at(position, one.field, ours=text_of(collection, one.field, one.ours) or "（空）", **said)
