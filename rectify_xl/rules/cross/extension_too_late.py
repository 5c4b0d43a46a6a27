"""An extension asked for too late.

What it checks:
    A request that nobody has granted, on the sheet 延期申请 of a list or in the register 延期: asked for after the task
    was due, or fewer working days before than extension.ask_before_working_days, the day of asking not counted. Where that
    depends on a year that no calendar knows the finding says so and asks for holidays.csv.
Why:
    An extension is asked for before a deadline passes; afterwards it only covers up that it has.
Wrong:
    Due 2026-12-31, asked on 2027-01-05
Right:
    Due 2026-12-31, asked on 2026-12-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.extensions import all_requests
from rectify_xl.common.findings import Severity
from rectify_xl.common.workdays import days_later
from rectify_xl.rules import NO_FIELD, phrases
from rectify_xl.rules.extension_hits import at_request, due_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """延期申请提得太晚。

查什么：
    清单的“延期申请”表和总台账“延期”中还没有批准的申请：申请日期晚于到期日，或者离到期日不足
    extension.ask_before_working_days 个工作日（申请当天不算）。要看日历没有收录的年份才知道的，不猜，提示补充 holidays.csv。
为什么：
    延期要在到期以前提出；过了期再申请，只是掩盖逾期。
错例：
    2026-12-31 到期，2027-01-05 申请
正例：
    2026-12-31 到期，2026-12-01 申请
"""
CODE = "X730"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "任务{task}的延期申请于 {asked} 提出，{late}",
    "en": "The extension of task {task} was asked for on {asked}, {late_en}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield requests that were asked for too late."""
    campaign = collection.campaign
    for one in all_requests(collection):
        due = due_of(collection, one)
        if not one.granted and one.asked_on and due and (late := _late(campaign, one.asked_on, due)):
            yield at_request(one, "asked_on", asked=one.asked_on, **phrases("late", *late))


def _late(campaign: Campaign, asked: date, due: date) -> tuple[str, str] | None:
    needed = campaign.extension.ask_before_working_days
    if asked > due:
        return f"晚于到期日 {due}；原时限照算", f"after the task was due on {due}; the old deadline counts"
    span = campaign.calendar.between(days_later(asked, 1), due)
    zh, en = f"离到期日 {due} 不足{needed}个工作日", f"fewer than {needed} working days before it is due on {due}"
    if span.known + span.unknown < needed:
        return f"{zh}；原时限照算", f"{en}; the old deadline counts"
    if span.known < needed:
        years = "、".join(map(str, span.years))
        return (
            f"是否{zh}无法判断：{years} 年放假安排尚未收录；请补充 holidays.csv（campaign.yaml 的 calendar）",
            f"and nobody can tell whether that is {en}: the holidays of {years} are not known; add holidays.csv (calendar:)",
        )
    return None
