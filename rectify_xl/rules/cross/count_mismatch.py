"""The number of tasks is not the one announced.

What it checks:
    A list's title announces a number of tasks that the list does not have; parts of one task count once.
    Over a whole collection, also: a category such as 组织领导(13项) has another number of different tasks in
    all lists together; too few are not reported where a list names no categories,
    and a count that a list itself fulfils is its own. Tasks of the last master count, whether or not a list tells of them.
Why:
    Rows get lost when tables are copied out of a plan: in one of them task 3 of 31 had lost its number
    and its heading, and only the count told.
Wrong:
    Title 整改任务清单（共12项） over 11 tasks
Right:
    Title 整改任务清单（共12项） over 12 tasks
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, in_file, overall
from rectify_xl.rules.task_identity import CONTENT, category_of, content_key, content_keys
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks import category_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """任务数与写明的不符。

查什么：
    清单标题写明的任务数与实有任务数不一致；同一任务分几行写的算一项。汇总全部清单时，还核对“组织领导
    （13项）”这类类别的任务数与各清单合计（去重后）是否一致；有的清单不分类别时，不报“少了”；某份清单
    自己正好有这么多项的，当作它自己的项数。上期台账（或方案清单）里的任务也算在内，本期报没报都一样。
为什么：
    从方案复制表格容易丢行：某市 31 项任务中的第 3 项就丢了编号和标题，只有数目对不上才看得出来。
错例：
    标题“整改任务清单（共12项）”，实有 11 项
正例：
    标题“整改任务清单（共12项）”，实有 12 项
"""
CODE = "X710"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "“{what}”写明 {declared} 项，实有 {counted} 项；请核对是否漏行、重复或标题有误",
    "en": "“{what}” announces {declared} tasks, there are {counted}; look for lost or repeated rows",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the titles that their list contradicts, and the categories that all lists together contradict."""
    counts = Counter(task[:2] for task in {place.root for place in collection.places})
    for submission, table in collection.tables:
        whole = sum(count for (path, _), count in counts.items() if path == submission.path)
        counted = counts[submission.path, table.sheet]
        if table.declared_count is not None and table.declared_count not in (counted, whole):
            # A number within the title is shown with the title, one on a line of its own with that line.
            what = table.title if table.declared_text in table.title else table.declared_text
            facts = {"what": what, "declared": table.declared_count, "counted": counted}
            yield in_file(submission.path, table.sheet, table.declared_cell, **facts)
    if collection.collected:
        yield from _categories(collection)


def _categories(collection: Collection) -> Iterator[Hit]:
    """Categories that announce one number everywhere, and have another number of different tasks."""
    announced: dict[str, set[int]] = {}
    own = _own_counts(collection)
    tasks: dict[str, set[object]] = {}
    names: dict[str, str] = {}
    for position, content in enumerate(content_keys(collection)):
        written = category_of(collection, position)
        name, declared = category_key(written)
        tasks.setdefault(name, set()).add(content or collection.places[position].root)
        if declared is not None and declared != own[collection.places[position].submission.path, name]:
            names.setdefault(name, written)
            announced.setdefault(name, set()).add(declared)
    last = _of_base(collection)
    # Every task of a campaign that began from a plan's list is in the last master, however a unit words it now.
    whole = collection.base is not None and collection.base.from_list
    for name in tasks.keys() | last.keys():
        tasks[name] = last.get(name, set()) | (set() if whole else tasks.get(name, set()))
    if sum(min(numbers) for numbers in announced.values()) == sum(len(tasks[name]) for name in announced):
        # Every announced task is there; some only stand under another category, as merged cells often have it.
        return
    counted = set().union(*(found for name, found in tasks.items() if name))
    unplaced = tasks.get("", set()) - counted
    for name, numbers in announced.items():
        if unplaced and len(tasks[name]) < min(numbers):
            # Some list names no categories: the missing tasks may be among its own.
            continue
        if len(numbers) == 1 and not numbers & {len(tasks[name]), len(last.get(name, ()))}:
            yield overall(what=names[name], declared=min(numbers), counted=len(tasks[name]))


def _of_base(collection: Collection) -> dict[str, set[object]]:
    """Category -> the tasks of the last master in it: those that no list of this round tells of are there as well."""
    found: dict[str, set[object]] = {}
    for task in collection.base.tasks if collection.base else ():
        name, _ = category_key(shown(task.values.get("category")))
        found.setdefault(name, set()).add(content_key(task.values.get(key) for key in CONTENT) or task.key)
    return found


def _own_counts(collection: Collection) -> Counter[tuple[str, str]]:
    """File and category -> tasks of the file in it: a count that the file itself fulfils says nothing of other files."""
    tasks = {(place.root, category_key(category_of(collection, position))[0]) for position, place in enumerate(collection.places)}
    return Counter((path, name) for (path, *_), name in tasks)
