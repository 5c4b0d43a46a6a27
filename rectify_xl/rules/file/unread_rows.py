"""Rows that hold something and were read as nothing.

What it checks:
    Every row of a sheet with a task list is a heading, a title or note, a task or part of one, a section or a
    total. A row that is none of these is named with its text; so is a table below or above the list under
    headings that are none of a task list.
Why:
    A row that is dropped without a word is a task that nobody misses until the leader asks for it.
Wrong:
    Below the list, without headings of its own: 吴某 | 已口头答复 | 三楼
Right:
    The row in the columns of the list, with a number of its own; or no such row
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """有内容的行没有读入。

查什么：
    清单所在工作表的每一行，不是表头、标题、说明，就是任务、任务的一部分、分节或合计。哪一类都不是的行，逐行
    点出行号和内容；清单上下另有一张表、列名又不是任务清单的，也点出来。
为什么：
    一行任务不声不响地漏掉，要到领导问起时才会有人发现。
错例：
    清单下面没有列名的一行：吴某 | 已口头答复 | 三楼
正例：
    写进清单各列并编上号；或者没有这样的行
"""
CODE = "S126"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "第 {rows} 行有内容，但没有读入：{samples}；是任务的请编上序号、写进清单各列，不是的请删去或移到别的工作表",
    "en": (
        "Rows {rows} hold something and were not read: {samples_en}; give tasks a number and write them into the columns of the "
        "list, delete the rest or move it to another sheet"
    ),
}
MOST_SAMPLES = 3


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the sheets with such rows, each once."""
    for hit in faults(collection, "unread-rows"):
        texts = hit.facts["texts"]
        more = len(texts) > MOST_SAMPLES
        zh = "、".join(f"{cell}“{text}”" for cell, text in texts[:MOST_SAMPLES]) + ("等" if more else "")
        en = ", ".join(f"{cell} “{text}”" for cell, text in texts[:MOST_SAMPLES]) + (" …" if more else "")
        yield replace(hit, facts={**hit.facts, **phrases("samples", zh, en)})
