"""A deadline on none of the campaign's nodes.

What it checks:
    The last date written in the cell is not one of deadlines.nodes. Silent without nodes, and where
    another reading of the date is a node.
Why:
    Plans accept their tasks at a few nodes, such as the ends of three years; a task that falls between
    them is easily forgotten.
Wrong:
    2026年11月15日 with the nodes 2026-12-31 and 2027-12-31
Right:
    2026年12月底前
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.deadline_cells import with_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """时限不在活动的时间节点上。

查什么：
    格内最后一个日期不是 deadlines.nodes 中的任何一天。没有配置节点时不检查；时限有两种理解、其中一种
    在节点上的也不报。
为什么：
    方案通常只在几个节点集中验收（如连续三年的年底），夹在中间的任务容易被遗漏。
错例：
    节点为 2026-12-31、2027-12-31，时限写“2026年11月15日”
正例：
    2026年12月底前
"""
CODE = "D511"
SEVERITY = Severity.INFO
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "{label} {due} 不在方案的时间节点上（前后的节点：{near}）；请核对是否应按节点验收",
    "en": "The deadline {due} is none of the plan's nodes (before and after it: {near}); check whether one of them applies",
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign has nodes."""
    return bool(campaign.deadlines.nodes)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose last date is no node."""
    nodes = sorted(collection.campaign.deadlines.nodes)
    for position, deadline, _ in with_day(collection):
        due = deadline.due[-1]
        if not {due, *deadline.alternatives}.intersection(nodes):
            near = (*[node for node in nodes if node < due][-1:], *[node for node in nodes if node > due][:1])
            yield at(position, "deadline", due=due, near=near)
