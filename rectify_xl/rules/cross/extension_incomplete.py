"""An extension asked for without a reason or a later date, or granted by nobody knows whom.

What it checks:
    A request that nobody has answered: what extension.requires asks for is missing (reason, new_date), the new deadline names no
    certain day, or it is not later than the day on which the task is due. One that was granted: the reason, who did, on which day
    (not before it was asked for), and a new deadline that names a certain day; without it nothing moves.
Why:
    What is granted has to say until when and why; the reason stays on record.
Wrong:
    New deadline 尽快, no reason
Right:
    New deadline 2027-03-31, the steel for the gate is late
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.extensions import all_requests
from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, phrases
from rectify_xl.rules.extension_hits import at_request, due_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.extension_request import Request
    from rectify_xl.rules import Hit

ZH = """延期申请没有写理由或新时限，或者批准没有写明谁、哪一天。

查什么：
    还没有答复的延期申请：缺 extension.requires 要求的内容（理由、新时限），新时限看不出是哪一天，或者并不晚于现在的
    到期日。已经同意的：没有写理由、批准人、批准日期，批准日期早于申请日期；新时限看不出是哪一天，这样到期日不会变动。
为什么：
    批准延期要写明延到哪一天、为什么，理由要留存。
错例：
    新时限“尽快”，理由空着
正例：
    新时限 2027-03-31，闸门钢材到货推迟
"""
CODE = "X731"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "任务{task}的延期申请{what}；请{who}补充",
    "en": "The request to extend task {task} {what_en}; {who_en} has to complete it",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield requests that lack something."""
    wanted = collection.campaign.extension.requires
    for one in all_requests(collection):
        if one.granted:
            for what in _granted(one, asks_reason="reason" in wanted):
                yield at_request(one, "decision", **phrases("what", *what), **phrases("who", "整改办", "the office"))
        if one.granted is not None:
            continue
        who = phrases("who", one.unit or "填报单位", one.unit or "the unit")
        if "reason" in wanted and not one.reason.strip():
            yield at_request(one, "reason", **phrases("what", "没有写理由", "gives no reason"), **who)
        for what in _deadline(one, due_of(collection, one), is_wanted="new_date" in wanted):
            yield at_request(one, "new_deadline", **phrases("what", *what), **who)


def _deadline(one: Request, due: date | None, *, is_wanted: bool) -> Iterator[tuple[str, str]]:
    if not one.new_deadline:
        if is_wanted:
            yield "没有写新时限", "names no new deadline"
    elif one.until is None:
        yield (
            f"的新时限“{one.new_deadline}”看不出是哪一天",
            f"names “{one.new_deadline}” as new deadline, which is no certain day",
        )
    elif due and one.until <= due:
        yield f"的新时限 {one.until} 不晚于到期日 {due}", f"names {one.until}, no later than {due} when it is due"


def _granted(one: Request, *, asks_reason: bool) -> Iterator[tuple[str, str]]:
    if one.until is None:
        written = f"“{one.new_deadline}”看不出是哪一天" if one.new_deadline else "没有写"
        yield f"已经同意，但新时限{written}，到期日没有变动", "was granted, but names no certain day: the task is due as before"
    missing = [
        label
        for label, value in (
            (("理由", "a reason"), one.reason.strip() or not asks_reason),
            (("批准人", "who granted it"), one.approved_by),
            (("批准日期", "when"), one.approved_on),
        )
        if not value
    ]
    if missing:
        zh, en = ("、".join(label[0] for label in missing), " and ".join(label[1] for label in missing))
        yield f"已经同意，但没有写{zh}", f"was granted without {en}"
    if one.asked_on and one.approved_on and one.approved_on < one.asked_on:
        zh, en = f"批准日期 {one.approved_on} 早于申请日期 {one.asked_on}", f"was granted on {one.approved_on}"
        yield f"的{zh}，请核对", f"{en}, before it was asked for on {one.asked_on}"
