"""A step of closing dated before the one that it follows.

What it checks:
    By closing.steps of campaign.yaml, in lists and in the last master: a strike-off before the last day of the
    notice, also where only its first day is given and the last one follows from the calendar; any step dated before
    an earlier one. What date-order tells is not told twice.
Why:
    Tasks have been struck off while their public notice was still running.
Wrong:
    Notice from 2026-11-02 for ten working days, struck off 2026-11-10
Right:
    Notice from 2026-11-02 for ten working days, struck off 2026-11-16
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.closing_steps import NOTICE_END
from rectify_xl.common.findings import Severity
from rectify_xl.rules import fields
from rectify_xl.rules.closing_days import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.closing import Fault
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """销号步骤先后颠倒。

查什么：
    按 campaign.yaml 的 closing.steps，在清单和上期总台账中核对：公示末日以前就销号（只填了公示开始的，末日按日历推算）；
    其他步骤早于它前面的步骤。date-order 已经报告的不重复报告。
为什么：
    曾有任务公示还没有期满就销了号。
错例：
    11月2日起公示10个工作日，11月10日销号
正例：
    11月2日起公示10个工作日，11月16日销号
"""
CODE = "P620"
SEVERITY = Severity.ERROR
FIELDS = fields("accepted_on", "publicity_start", "closed_on")
MESSAGE = {
    "zh": "{where}{label} {day} 早于前一步骤（{other}）的 {before}；前一步骤期满以后才能进行，请核对",
    "en": "{where_en}{label} {day} lies before {before}, the day of the step before ({other_en}), and has to wait for it",
}
_REPORTED = {("closed_on", "accepted_on"), ("closed_on", NOTICE_END)}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield steps that come too early."""
    yield from (hit for _, hit in faults_of(collection, ("order", "early"), _is_reported))


def _is_reported(fault: Fault, values: dict[str, Any]) -> bool:
    return (fault.field, fault.other) in _REPORTED and values.get(fault.other) is not None
