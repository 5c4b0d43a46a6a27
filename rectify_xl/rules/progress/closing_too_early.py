"""A step of closing dated before the one that it follows.

What it checks:
    By closing.steps of campaign.yaml, in lists and in the last master: a strike-off before the last day of the
    notice, also where only its first day is given and the last one follows from the calendar, or where the state
    says struck off without a day; any step dated before an earlier one. Where it depends on a year that no calendar
    knows the finding is a warning that asks for holidays.csv. What date-order reports is not reported twice.
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
from rectify_xl.collection.closing import COMPLETED, REOPENED
from rectify_xl.common.findings import Severity
from rectify_xl.rules import fields
from rectify_xl.rules.closing_days import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.closing import Fault
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit
    from rectify_xl.rules.closing_days import Labels

ZH = """销号步骤先后颠倒。

查什么：
    按 campaign.yaml 的 closing.steps，在清单和上期总台账中核对：公示末日以前就销号（只填了公示开始的，末日按日历推算；
    只把状态写成销号、没有写日期的也算）；其他步骤早于它前面的步骤。末日落在日历没有收录的年份、无法判断的，不猜，只作提醒，
    请补充 holidays.csv。date-order 已经报告的不重复报告。
为什么：
    曾有任务公示还没有期满就销了号。
错例：
    11月2日起公示10个工作日，11月10日销号
正例：
    11月2日起公示10个工作日，11月16日销号
"""
CODE = "P620"
SEVERITY = Severity.ERROR
FIELDS = fields("accepted_on", "publicity_start", "closed_on", "status")
MESSAGE = {"zh": "{where}{what}", "en": "{where_en}{what_en}"}
_REPORTED = {
    ("closed_on", "accepted_on"), ("closed_on", NOTICE_END), ("accepted_on", COMPLETED), ("closed_on", COMPLETED),
}  # fmt: skip


def check(collection: Collection) -> Iterator[Hit]:
    """Yield steps that come too early."""
    yield from faults_of(collection, ("order", "early", "unknown"), _say, _is_reported)


def _say(fault: Fault, labels: Labels) -> tuple[str, str]:
    (own, own_en), (other, other_en) = ((one["zh"], one["en"]) for one in labels)
    zh, en = f"{own} {fault.day} ", f"{own_en} {fault.day} "
    if fault.undated:
        zh, en = "状态已经销号，", "It is struck off, "
    if fault.kind == "unknown":
        zh += f"公示此前是否期满无法判断：{fault.year} 年放假安排尚未收录；"
        en += f"and nobody can tell whether the notice had ended: the holidays of {fault.year} are not known; "
        advice = "请写明公示结束，或把放假安排写进 holidays.csv（campaign.yaml 的 calendar）"
        return zh + advice, en + "give its last day, or put the holidays into holidays.csv (calendar:)"
    before, before_en = f"前一步骤（{other}）的 {fault.before}", f"{fault.before}, the day of the step before ({other_en})"
    if fault.year:
        before = f"公示末日（{fault.year} 年放假安排尚未收录，最早也在 {fault.before}）"
        before_en = f"the last day of the notice (not before {fault.before}, the holidays of {fault.year} are not known)"
    if fault.undated:
        return (
            f"{zh}还没有到{before}；期满以后才能销号，请核对",
            f"{en}although it is not yet {before_en}; check it",
        )
    if fault.other == REOPENED:
        return (
            f"{zh}早于{other} {fault.before}；反弹以后应当重新办理销号，还没有办理的请改正状态",
            f"{en}lies before {fault.before}, when the task came back: it has to be closed again, or is not struck off",
        )
    if fault.other != NOTICE_END:
        return f"{zh}早于前一步骤（{other}）的 {fault.before}；请核对这两个日期", f"{en}lies before {before_en}; check both dates"
    return f"{zh}早于{before}；前一步骤期满以后才能进行，请核对", f"{en}lies before {before_en}, and has to wait for it"


def _is_reported(fault: Fault, values: dict[str, Any], _is_struck_off: bool) -> bool:  # noqa: FBT001
    return not fault.undated and (fault.field, fault.other) in _REPORTED and values.get(fault.other) is not None
