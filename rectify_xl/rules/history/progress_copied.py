"""The progress of last month again.

What it checks:
    Against the unit's last report: the progress is word for word the same, while the task is not finished.
Why:
    A month without any change has a reason, and that is what the office wants to read.
Wrong:
    已完成招标，正在施工 (as last month)
Right:
    Piles of section one finished, 40 % of the whole
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.text_keys import text_key
from rectify_xl.rules import at, fields
from rectify_xl.rules.round_outcomes import stated_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """整改进展照抄上期。

查什么：
    与本单位上次填报对照：整改进展一字不差，而任务尚未完成。
为什么：
    一个月毫无变化总有原因，整改办要看的就是这个原因。
错例：
    已完成招标，正在施工（与上月相同）
正例：
    一标段桩基全部完成，总进度 40%
"""
CODE = "H801"
SEVERITY = Severity.WARNING
FIELDS = fields("progress")
SCOPE = "round"
MESSAGE = {
    "zh": "整改进展与上期填报完全相同；请写明本期新进展，没有进展的说明原因",
    "en": "The progress is word for word that of the last report; write what is new, or why nothing is",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield open rows whose progress is that of the last round."""
    for position, report in stated_reports(collection, "progress"):
        last = report.task.reports.get(report.unit)
        if last is None or last.is_of(collection.campaign.round_id) or collection.closed[position]:
            continue
        before, said = str(last.values.get("progress") or ""), str(collection.values("progress")[position])
        if before == said or text_key(before) == text_key(said):
            yield at(position, "progress")
