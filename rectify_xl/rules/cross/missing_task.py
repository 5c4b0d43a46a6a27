"""An open task that its lead left out.

What it checks:
    Against the last master: a unit reported this round, but not on an open task that it leads. Units that
    sent nothing are named by not-submitted, struck-off tasks are not asked for, nor is one that a row of the unit
    may be which waits in To confirm.
Why:
    What is not reported does not move: it looks as if last month's state still held.
Wrong:
    Tasks 1 and 3 reported, task 2 left out
Right:
    Every open task reported, be it without news
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds import comparison_of
from rectify_xl.rules import NO_FIELD, about
from rectify_xl.rules.round_outcomes import full_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """牵头单位漏报的任务。

查什么：
    对照上期总台账：单位本期报了别的任务，由它牵头、尚未销号的这一项却没有报。整份没报的由“单位没有报送”点名；
    已销号的不再要求；该单位在“待确认”中有一行可能就是这一项的，也不算漏报。
为什么：
    不报就没有变化，台账上看起来还是上月的样子。
错例：
    报了第 1、3 项，漏了第 2 项
正例：
    未销号的任务项项有填报，没有新进展也写明
"""
CODE = "X715"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
SCOPE = "whole-round"
MESSAGE = {
    "zh": "{name}本期没有填报由其牵头的任务：{tasks}；总台账保留上期内容，请催报",
    "en": "{name} has not reported on tasks that it leads: {tasks}; the ledger keeps what it said last: remind it",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield one finding per unit, with its tasks."""
    tasks: dict[str, list[str]] = {}
    for key, unit in comparison_of(collection).absent:
        if collection.base:
            tasks.setdefault(unit, []).append(full_name(collection, collection.base.by_key[key]))
    for unit, names in tasks.items():
        yield about(unit, name=unit, tasks="、".join(names))
