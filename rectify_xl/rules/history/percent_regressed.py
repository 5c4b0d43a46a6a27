"""A percentage lower than before.

What it checks:
    Against the unit's last report: the percentage has gone down. A task that came back (反弹) begins again.
Why:
    Either the last figure was too high or this one is mistyped; the bulletin has printed the last one.
Wrong:
    80% last month, 60% now
Right:
    80%, or with the reason in the remark
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.round_outcomes import stated_reports, text_of
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.base import BaseReport, BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """完成率比上期低。

查什么：
    与本单位上次填报对照：完成率下降。反弹的任务重新整改，不在此列。
为什么：
    不是上期报高了，就是本期填错了；上期的数已经写进通报。
错例：
    上月 80%，本月 60%
正例：
    80%；确有回落的在备注说明原因
"""
CODE = "H802"
SEVERITY = Severity.WARNING
FIELDS = fields("percent")
SCOPE = "round"
MESSAGE = {
    "zh": "完成率{value}低于上期的{last}；请核对，确有回落的说明原因",
    "en": "{value} is less than the {last} of the last report; check it, or say why",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield percentages below those of the last report."""
    for position, report in stated_reports(collection, "percent"):
        before = report.task.reports.get(report.unit)
        last, value = before.values.get("percent") if before else None, collection.values("percent")[position]
        if not (before and isinstance(last, int | float) and isinstance(value, int | float) and value < last <= 1):
            continue  # of a percentage out of range out-of-range has said enough
        if not _came_back(collection, position, report.task, before):
            yield at(position, "percent", value=text_of(collection, "percent", value), last=text_of(collection, "percent", last))


def _came_back(collection: Collection, position: int, task: BaseTask, before: BaseReport) -> bool:
    """Whether the unit or the office says that the task came back (反弹), which the last report did not know."""
    states = collection.campaign.schema.states
    last = states.get(before.values.get(STATUS))
    now = (collection.states[position], states.get(task.values.get(STATUS)))
    return any(state is not None and state.reopened for state in now) and not (last and last.reopened)
