"""Numbers missing from the list of tasks.

What it checks:
    Over a whole collection: the task numbers of all lists together leave out numbers between the first
    and the last. Silent where units number their own lists, so that one number means different tasks, and
    where the numbers are codes and no count.
Why:
    A number that nobody reports is a task that fell out of every list.
Wrong:
    Numbers 1, 2, 4, 5
Right:
    Numbers 1, 2, 3, 4, 5
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.figures import whole_number
from rectify_xl.common.findings import Severity
from rectify_xl.rules import Option, fields, overall
from rectify_xl.rules.task_identity import numbers_in_use
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks.wording import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.base import Base
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """任务编号不连续。

查什么：
    汇总全部清单时：各清单的任务编号合起来，首尾之间缺号。各单位自行从 1 编号（同一编号指不同任务），或编
    号是代码而不是顺序号的，不检查。上期台账中已有的任务编号不算缺号。
为什么：
    没有任何单位报的编号，就是从所有清单里漏掉的任务。
错例：
    编号 1、2、4、5
正例：
    编号 1、2、3、4、5
"""
CODE = "X711"
SEVERITY = Severity.WARNING
FIELDS = fields("task_id")
SCOPE = "collection"
MESSAGE = {
    "zh": "任务编号缺 {missing}（已有 {first} 至 {last} 之间）；请核对是否漏报",
    "en": "Task numbers {missing} are missing between {first} and {last}; check whether they were left out",
}
LEAST = 2
OPTIONS = {
    "most_missing": Option(
        20,
        "缺的编号不超过多少个才提示（缺得更多且多于已有任务的，视为编码而不是序号）",
        "missing numbers up to which they are reported; more than these, and more than there are tasks, are codes",
    )
}


def check(collection: Collection, *, most_missing: int) -> Iterator[Hit]:
    """Yield one hit that lists the missing numbers."""
    numbers = numbers_in_use(collection)
    tasks = numbers.rows.keys()
    if numbers.own or len(tasks) < LEAST:
        return
    first, last = min(tasks), max(tasks)
    # Numbers with more gaps than this are codes (20260101, 20260102, 20260201) and not a count.
    if last - first + 1 - len(tasks) > max(most_missing, len(tasks)):
        return
    known = {*tasks, *(_numbers_of_base(collection.base) if collection.base else ())}
    missing = tuple(number for number in range(first, last + 1) if number not in known)
    if missing:
        yield overall(missing=missing, first=first, last=last)


def _numbers_of_base(base: Base) -> set[int | None]:
    """The numbers of the last master: closed tasks are not asked for, silent units and left-out tasks have rules of their own."""
    return {whole_number(plain_number(shown(task.values.get("task_id")))) for task in base.tasks}
