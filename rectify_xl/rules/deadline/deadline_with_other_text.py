"""Other text run into the deadline cell.

What it checks:
    After a complete deadline the cell goes on with a sentence of something else, usually the beginning of
    the next task.
Why:
    Tables copied out of a published plan lose their row breaks: in one of them the third task vanished
    into the deadline of the second.
Wrong:
    长期坚持。三、部分河段垃圾清理不及时，沿岸…
Right:
    长期坚持
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """时限格里混入了别的文字。

查什么：
    一个完整的时限后面又接着别的句子，多半是下一项任务的开头。
为什么：
    从公开的方案复制表格容易丢换行：某市的第 3 项任务就这样并进了第 2 项的时限里。
错例：
    长期坚持。三、部分河段垃圾清理不及时，沿岸……
正例：
    长期坚持
"""
CODE = "D510"
SEVERITY = Severity.WARNING
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "{label}后面混入了“{rest}”；请核对是否丢了一行，并移到应在的格中",
    "en": "The deadline goes on with “{rest}”; check whether a row was lost and move the text where it belongs",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose deadline cell goes on after the deadline."""
    for position, _ in collection.texts("deadline"):
        deadline = collection.deadlines[position]
        if deadline.rest:
            yield at(position, "deadline", rest=deadline.rest)
