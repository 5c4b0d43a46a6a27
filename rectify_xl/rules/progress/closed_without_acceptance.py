"""Struck off without acceptance.

What it checks:
    The status is a struck-off one (已销号 in the shipped schemas), or a date of strike-off is given, and the date of
    acceptance is empty. Silent in lists without that column, and where closing.steps has no acceptance.
Why:
    A task goes from completion through acceptance and public notice to strike-off; what was never
    accepted cannot be struck off.
Wrong:
    已销号, 验收日期 empty
Right:
    已销号, 验收日期 2026-09-15
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.task_progress import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """没有验收就销号。

查什么：
    状态为销号（自带的清单中是“已销号”），或填了销号日期，而验收日期为空。清单没有验收日期这一列、
    closing.steps 里没有验收（accept）时不检查。
为什么：
    任务要经过完成、验收、公示才能销号；没有验收的不能销号。
错例：
    已销号，验收日期为空
正例：
    已销号，验收日期 2026-09-15
"""
CODE = "P611"
SEVERITY = Severity.ERROR
FIELDS = fields("accepted_on")
MESSAGE = {
    "zh": "任务{state}，没有填写{label}；请补填验收日期，未验收的不能销号",
    "en": "The task is {state_en} but {label} is empty; fill it in, for nothing is struck off without acceptance",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows that are struck off and have no date of acceptance."""
    schema = collection.campaign.schema
    if "accept" not in collection.campaign.closing.steps:
        return
    struck_off = next((state.word for state in schema.states if state.struck_off), "已经销号")
    for position in collection.positions(collection.blank("accepted_on")):
        state = collection.states[position]
        if (state and state.struck_off) or day(collection, position, "closed_on"):
            yield at(position, "accepted_on", **phrases("state", struck_off, "struck off"))
