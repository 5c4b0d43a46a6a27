"""An extension asked for too late.

What it checks:
    A request that nobody has granted, on the sheet 延期申请 of a list or in the register 延期: asked for after the task
    was due, or fewer working days before than extension.ask_before_working_days.
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
from rectify_xl.rules import NO_FIELD, phrases
from rectify_xl.rules.extension_hits import at_request, due_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """延期申请提得太晚。

查什么：
    清单的“延期申请”表和总台账“延期”中还没有批准的申请：申请日期晚于到期日，或者离到期日不足
    extension.ask_before_working_days 个工作日。
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
    "zh": "任务{task}的延期申请于 {asked} 提出，{late}；原时限照算",
    "en": "The extension of task {task} was asked for on {asked}, {late_en}; the old deadline counts",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield requests that were asked for too late."""
    needed, calendar = collection.campaign.extension.ask_before_working_days, collection.campaign.calendar
    for one in all_requests(collection):
        due = due_of(collection, one)
        if one.granted or one.asked_on is None or due is None:
            continue
        if one.asked_on > due:
            late = phrases("late", f"晚于到期日 {due}", f"after the task was due on {due}")
        elif needed and (span := calendar.between(one.asked_on, due)).known + span.unknown - 1 < needed:
            zh, en = f"离到期日 {due} 不足{needed}个工作日", f"fewer than {needed} working days before it is due on {due}"
            late = phrases("late", zh, en)
        else:
            continue
        yield at_request(one, "asked_on", asked=one.asked_on, **late)
