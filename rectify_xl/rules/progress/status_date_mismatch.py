"""Status and day of completion contradict each other.

What it checks:
    The status says that work has not begun (未启动), or in the schema's own word that it is under way (整改中), while the
    row has a date of completion. Wordings such as 基本完成 or 达到序时进度 are not held against a date, nor is a date
    before the day on which the task came back.
Why:
    The task is counted by its status and dated by its completion; one of the two is wrong.
Wrong:
    未启动, completed on 2026-10-01
Right:
    已完成, completed on 2026-10-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.closing import REOPENED, lies_before_return
from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.cell_texts import raw
from rectify_xl.rules.task_progress import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """状态与完成日期矛盾。

查什么：
    状态是还没有开始（“未启动”），或写明“整改中”，而同一行填了实际完成日期。写“基本完成”“达到序时进度”的不对照，
    日期早于反弹日期的也不对照：那是上一次完成的日期。
为什么：
    统计按状态计数，办结时间看完成日期；两者矛盾，必有一个不对。
错例：
    未启动，实际完成日期 2026-10-01
正例：
    已完成，实际完成日期 2026-10-01
"""
CODE = "P615"
SEVERITY = Severity.WARNING
FIELDS = fields("status", "completed_on")
MESSAGE = {
    "zh": "整改状态“{status}”与{label} {day} 矛盾；事情做完了的请改状态，没有做完的请删去日期",
    "en": "The status {status} and {label} {day} contradict each other; correct the status or delete the date",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows with a day of completion whose status is that of unfinished work."""
    returns = collection.values(REOPENED)
    for position, day in days(collection, "completed_on"):
        state = collection.states[position]
        if state is None or lies_before_return(day, returns[position]):
            continue
        written = str(raw(collection, position, "status")).strip()
        if not state.started or (state.under_way and written == state.word):
            yield at(position, "completed_on", status=written, day=day)
