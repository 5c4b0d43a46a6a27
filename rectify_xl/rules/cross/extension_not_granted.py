"""Due, and the extension was not granted.

What it checks:
    In the register 延期: the last request on a task is unanswered or refused, the task is past due and not done.
Why:
    A request that nobody has granted moves nothing: the unit may believe that it has more time.
Wrong:
    Due 2026-12-31, asked for 2027-03-31, no answer in January
Right:
    同意 or 不同意 with approver and day
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.extensions import all_requests
from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, phrases
from rectify_xl.rules.extension_hits import due_of, in_register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """已经到期，延期没有批准。

查什么：
    总台账“延期”中，某项任务最近一次申请没有答复或不同意，任务已过到期日而没有办结。
为什么：
    没有批准的申请不改变时限；单位可能以为已经延期。
错例：
    2026-12-31 到期，申请延到 2027-03-31，一月仍没有答复
正例：
    写明同意或不同意、批准人和批准日期
"""
CODE = "X732"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "任务{task}已于 {due} 到期，{unit}的延期申请{answer}",
    "en": "Task {task} was due on {due} and the extension for {unit} {answer_en}",
}
_PENDING = ("没有批准；请尽快答复，批准以前按逾期计算", "is not granted; answer it, until then it is overdue")
_REFUSED = ("没有批准（不同意），按逾期计算；请督促按原时限完成", "was refused: it is overdue; see that it gets done")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield tasks past due whose last request was not granted."""
    last = {one.key: one for one in all_requests(collection) if one.key}
    states = collection.campaign.schema.states
    for key, one in last.items():
        due, task = due_of(collection, one), collection.base.by_key.get(key) if collection.base else None
        state = states.get(task.values.get("status")) if task else None
        if task and not one.granted and due and due < collection.as_of and not (state and state.closed):
            yield in_register(one, due=due, **phrases("answer", *(_PENDING if one.granted is None else _REFUSED)))
