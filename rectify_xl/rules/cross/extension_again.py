"""Extended twice or more.

What it checks:
    In the register 延期: two or more requests on one task were granted.
Why:
    A deadline that is moved again and again is none; no place forbids it, inspections look at it first.
Wrong:
    Extended to March, then to June
Right:
    One extension with a date that holds
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.extensions import all_requests
from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD
from rectify_xl.rules.extension_hits import due_of, in_register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.extension_request import Request
    from rectify_xl.rules import Hit

ZH = """已经延期两次以上。

查什么：
    总台账“延期”中，同一任务批准了两次以上。
为什么：
    一延再延，时限就不成其为时限；各地虽不限次数，督察先看的就是这些任务。
错例：
    先延到三月，再延到六月
正例：
    一次延到能够完成的日期
"""
CODE = "X733"
SEVERITY = Severity.WARNING
MANY = 2
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "任务{task}已延期{times}次，现到期日 {due}；请核实原因和新的时限是否可靠",
    "en": "Task {task} was extended {times} times and is due on {due} now; see whether reason and date hold",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield tasks that were extended at least twice."""
    granted: dict[str, list[Request]] = {}
    for one in all_requests(collection):
        if one.granted and one.key:
            granted.setdefault(one.key, []).append(one)
    for several in granted.values():
        if len(several) >= MANY:
            yield in_register(several[-1], times=len(several), due=due_of(collection, several[-1]))
