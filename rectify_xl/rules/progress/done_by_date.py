"""How done tasks are counted in a list without a status column.

What it checks:
    The list has no column for the status, but days of completion. A task all of whose rows have one is counted as done, in
    the schema's first word for it (已完成); the others are counted as open. One hint for the list says so.
Why:
    Every figure counts by the status. Whoever reads 办结率 has to know that here it was derived from a date.
Wrong:
    Headings: 序号, 存在问题, 整改时限, 实际完成日期
Right:
    Headings: 序号, 存在问题, 整改时限, 整改状态, 实际完成日期
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.tasks import done_by_date, reported_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.place import TableKey
    from rectify_xl.rules import Hit

ZH = """没有状态列的清单，办结怎样统计。

查什么：
    清单没有整改状态列，但填了实际完成日期。一项任务的各行都有完成日期的，按“已完成”统计；其余按未办结统计。
    每张清单提示一次。
为什么：
    各项统计都按整改状态计数；看办结率的人应当知道这里是按日期推出来的。
错例：
    表头：序号、存在问题、整改时限、实际完成日期
正例：
    表头：序号、存在问题、整改时限、整改状态、实际完成日期
"""
CODE = "P616"
SEVERITY = Severity.INFO
FIELDS = fields("status", "completed_on")
MESSAGE = {
    "zh": "清单没有整改状态列：填了{label}的 {done} 项按“{word}”统计，其余 {open} 项按未办结统计；如有出入，"
    "请按模板补上“整改状态”列",
    "en": "The list has no status column: {done} tasks with {label} count as {word}, the other {open} as open; if that is wrong,"
    " add the status column as in the template",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield one hit per list, at its first day of completion."""
    words = collection.campaign.schema.states.closed
    if not words or not any(isinstance(value, date) for value in collection.values("completed_on")):
        return
    every: Counter[TableKey] = Counter()
    done: Counter[TableKey] = Counter()
    first: dict[TableKey, int] = {}
    for task in reported_tasks(collection):
        key = task.place.table_key
        every[key] += 1
        if done_by_date((task,)):
            done[key] += 1
            first.setdefault(key, task.positions[0])
    for key, position in first.items():
        yield at(position, "completed_on", value=None, done=done[key], open=every[key] - done[key], word=words[0])
