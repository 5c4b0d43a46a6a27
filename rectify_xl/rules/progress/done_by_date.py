"""How done tasks are counted in a list without a status column.

What it checks:
    The list has no column for the status, but says of tasks elsewhere that they are done: all rows of a task have a day of
    completion, acceptance or strike-off, 100 %, progress that begins with a word of the schema for done and says of nothing
    that it is left, or stand in a group (一、已完成整改的问题) or a list (已完成整改问题清单) named by such a word.
    Such a task counts as done (已完成, or in the state that the progress names); the others count as open. One hint for the
    list says so.
Why:
    Every figure counts by the status. Whoever reads 办结率 has to know that here it was derived from another column.
Wrong:
    Headings: 序号, 存在问题, 整改时限, 实际完成日期
Right:
    Headings: 序号, 存在问题, 整改时限, 整改状态, 实际完成日期
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, in_file
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import reported_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.place import TableKey
    from rectify_xl.rules import Hit
    from rectify_xl.tasks import Reported

ZH = """没有状态列的清单，办结怎样统计。

查什么：
    清单没有整改状态列，但从别处看得出任务已经做完：一项任务的各行都填了实际完成、验收或销号的日期，或完成率为
    100%，或整改进展开头就写“已完成”“已整改到位”一类的话、后面没有说还剩什么，或列在“一、已完成整改的问题”一类
    的分组下、“已完成整改问题清单”一类的清单里。这样的任务按“已完成”（进展写明别的状态的，按那个状态）
    统计，其余按未办结统计。每张清单提示一次。
为什么：
    各项统计都按整改状态计数；看办结率的人应当知道这里是从别的列推出来的。
错例：
    表头：序号、存在问题、整改时限、实际完成日期
正例：
    表头：序号、存在问题、整改时限、整改状态、实际完成日期
"""
CODE = "P616"
SEVERITY = Severity.INFO
FIELDS = fields("status", "completed_on", "accepted_on", "closed_on", "percent", "progress", "category")
MESSAGE = {
    "zh": "清单没有整改状态列：{labels}表明已经做完的 {done} 项按“{words}”统计，其余 {open} 项按未办结统计；如有出入，"
    "请按模板补上“整改状态”列",
    "en": "The list has no status column: {done} tasks that are done by {labels} count as {words}, the other {open} as open; if"
    " that is wrong, add the status column as in the template",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield one hit per list, at the first cell that says of a task that it is done, or at the title that says it of all."""
    sources = {position: key for (position, field), key in collection.derived_from.items() if field == STATUS}
    of_list: defaultdict[TableKey, list[Reported]] = defaultdict(list)
    for task in reported_tasks(collection) if sources else ():
        of_list[task.place.table_key].append(task)
    for tasks in of_list.values():
        done = [task for task in tasks if task.positions[0] in sources]
        if done:
            first = done[0].positions[0]
            labels = dict.fromkeys(_where(task, sources[task.positions[0]]) for task in done)
            words = dict.fromkeys(collection.statuses[task.positions[0]] or "" for task in done)
            facts: dict[str, Any] = {
                "labels": tuple(labels),
                "done": len(done),
                "open": len(tasks) - len(done),
                "words": tuple(words),
            }
            place = done[0].place
            if sources[first] == STATUS:
                yield in_file(place.submission.path, place.table.sheet, place.table.title_cell, **facts)
            else:
                yield at(first, sources[first], value=None, **facts)


def _where(task: Reported, key: str) -> str:
    """What says that a task is done: the heading of a column, the name of its group, or the title of its list."""
    table = task.place.table
    return table.headings.get(key) or str(task.values[key] if key != STATUS else table.title or table.sheet)
