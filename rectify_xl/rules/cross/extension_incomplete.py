"""An extension asked for without a reason or a later date.

What it checks:
    A request that nobody has granted: what extension.requires asks for is missing (reason, new_date), the new deadline names no
    certain day, or it is not later than the day on which the task is due.
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

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """延期申请没有写理由或新时限。

查什么：
    还没有批准的延期申请：缺 extension.requires 要求的内容（理由、新时限），新时限看不出是哪一天，或者并不晚于现在的
    到期日。
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
    "zh": "任务{task}的延期申请{what}；请{unit}补充",
    "en": "The request to extend task {task} {what_en}; {unit} has to complete it",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield requests that lack something."""
    wanted = collection.campaign.extension.requires
    for one in all_requests(collection):
        due = due_of(collection, one)
        if one.granted:
            continue
        if "reason" in wanted and not one.reason.strip():
            yield at_request(one, "reason", **phrases("what", "没有写理由", "gives no reason"))
        if "new_date" in wanted and not one.new_deadline:
            yield at_request(one, "new_deadline", **phrases("what", "没有写新时限", "names no new deadline"))
        elif one.new_deadline and one.until is None:
            written = str(one.new_deadline)
            what = phrases(
                "what", f"的新时限“{written}”看不出是哪一天", f"names “{written}” as new deadline, which is no certain day"
            )
            yield at_request(one, "new_deadline", **what)
        elif one.until and due and one.until <= due:
            what = phrases(
                "what", f"的新时限 {one.until} 不晚于到期日 {due}", f"names {one.until}, no later than {due} when it is due"
            )
            yield at_request(one, "new_deadline", **what)
