"""Finished, but not when.

What it checks:
    The status is a closed one (in the task list 已完成, 已验收, 公示中, 已销号) and the date of completion is empty.
    Silent in lists without that column.
Why:
    A unit reports completion with its date and evidence; without the date nobody can tell whether the
    deadline was kept.
Wrong:
    已完成, 实际完成日期 empty
Right:
    已完成, 实际完成日期 2026-08-31
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

ZH = """完成了，没有写完成日期。

查什么：
    状态算办结（任务清单中是已完成、已验收、公示中、已销号），而实际完成日期为空。清单没有这一列时不检查。
为什么：
    单位报“已完成”，要同时报日期和佐证；没有日期，就不知道是否按期。
错例：
    已完成，实际完成日期为空
正例：
    已完成，实际完成日期 2026-08-31
"""
CODE = "P603"
SEVERITY = Severity.ERROR
FIELDS = fields("completed_on")
MESSAGE = {
    "zh": "状态为“{status}”，没有填写{label}；请补填完成的日期",
    "en": "The status is {status} but {label} is empty; fill in the date",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield finished rows with a blank in that column."""
    blank = blank_in_every_part(collection, "completed_on")
    for position in finished(collection):
        if blank[position]:
            yield at(position, "completed_on", status=collection.statuses[position])
