"""Finished, but nothing to show for it.

What it checks:
    The status is a closed one (in the task list 已完成, 已验收, 公示中, 已销号) and the evidence is empty. Silent in lists
    without that column.
Why:
    Plans warn of 虚假整改 and 表面整改, and offices complain first of all about completion without evidence.
Wrong:
    已完成, 佐证材料 empty
Right:
    已完成, 佐证材料: completion report and photographs, three pages
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.task_progress import blank_in_every_part, finished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """完成了，没有佐证材料。

查什么：
    状态算办结（任务清单中是已完成、已验收、公示中、已销号），而佐证材料为空。清单没有这一列时不检查。
为什么：
    方案要求防止虚假整改、表面整改；报了完成却拿不出材料，是整改办最常遇到的问题。
错例：
    已完成，佐证材料为空
正例：
    已完成，佐证材料：竣工报告及现场照片 3 页
"""
CODE = "P604"
SEVERITY = Severity.WARNING
FIELDS = fields("evidence")
MESSAGE = {
    "zh": "状态为“{status}”，没有填写{label}；请补报材料名称或文号",
    "en": "The status is {status} but {label} is empty; name the documents",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield finished rows with a blank in that column."""
    blank = blank_in_every_part(collection, "evidence")
    for position in finished(collection):
        if blank[position]:
            yield at(position, "evidence", status=collection.statuses[position])
