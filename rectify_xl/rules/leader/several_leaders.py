"""More than one leader for a task.

What it checks:
    The leader cell names several people.
Why:
    The plans state the principle 一名责任领导: one problem, one plan, one responsible leader. Their own lists
    do not always keep it, hence only a hint.
Wrong:
    林知远 市政府副市长
    苏晚晴 市政府副市长
Right:
    林知远 市政府副市长
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import Option, at, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """一项任务有多名责任领导。

查什么：
    责任领导一格写了几个人。
为什么：
    整改方案讲“一个问题、一套方案、一名责任领导”；方案自己的清单也未必都做到，因此只作提示。
错例：
    林知远 市政府副市长
    苏晚晴 市政府副市长
正例：
    林知远 市政府副市长
"""
CODE = "L305"
SEVERITY = Severity.INFO
FIELDS = fields("leader")
MESSAGE = {
    "zh": "这项任务有 {count} 名责任领导（{names}）；请明确其中一名负总责",
    "en": "The task has {count} leaders ({names}); make clear which one answers for it",
}
OPTIONS = {"most": Option(1, "一项任务最多几名责任领导", "leaders that a task may have", minimum=1)}


def check(collection: Collection, *, most: int) -> Iterator[Hit]:
    """Yield rows that name several people."""
    for position, _ in collection.texts("leader"):
        names = tuple(dict.fromkeys(leader.name for leader in collection.leaders[position] if leader.name))
        if len(names) > most:
            yield at(position, "leader", names=names, count=len(names))
