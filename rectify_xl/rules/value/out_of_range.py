"""A percentage below 0 or above 100.

What it checks:
    The percentage is negative or above 100. A number from 0 to 1 is a fraction, above 1 up to 100
    percentage points.
Why:
    Completion rates enter the averages of units and leaders; one 800 spoils them all.
Wrong:
    120%
Right:
    100%
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """百分比不在 0 到 100 之间。

查什么：
    完成率为负数或超过 100。0 到 1 按比例读，大于 1 至 100 按百分点读。
为什么：
    完成率要计入各单位、各领导的平均数，一个 800 就会全部带偏。
错例：
    120%
正例：
    100%
"""
CODE = "V204"
SEVERITY = Severity.ERROR
FIELDS = fields(kinds=("percent",))
UNREADABLE = True
MESSAGE = {
    "zh": "{label}“{value}”超出范围；应在 0% 到 100% 之间",
    "en": "{label} “{value}” is out of range; it must lie between 0 % and 100 %",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the values that fail the column's check."""
    for position, key in collection.column_failures.get("out-of-range", ()):
        yield at(position, key)
