"""A key that cannot be right.

What it checks:
    Against the last master: the hidden column 任务标识 of a dispatched workbook was typed over, or one key was
    pasted into several rows: the words of the row are those of another task. The words count; where they tell
    nothing the row waits in 待确认.
Why:
    Whoever copies a row to have a new one copies its key as well.
Wrong:
    The key T0003 in the row of task 2
Right:
    The key as dispatched, empty in new rows
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds import comparison_of
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.round_outcomes import full_name, subject_field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """任务标识对不上。

查什么：
    对照上期总台账：下发表格里隐藏的“任务标识”被改写，或同一标识粘贴到了几行，而这一行的文字是另一项任务。
    以文字为准；文字也说不清的列入“待确认”。
为什么：
    复制一行来新增，标识也会跟着复制过去。
错例：
    第 2 项那一行的标识成了 T0003
正例：
    标识照下发的不动，新增行留空
"""
CODE = "X719"
SEVERITY = Severity.WARNING
FIELDS = fields("task_id", "problem", "measures")
SCOPE = "round"
MESSAGE = {
    "zh": "任务标识“{key}”{what}{found}；请不要改动或复制隐藏列",
    "en": "The key “{key}” {what_en}{found_en}; leave the hidden column as it is",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the rows whose key contradicts their words or stands twice."""
    comparison = comparison_of(collection)
    twice = {one.reported.positions[0] for one in comparison.unmatched if one.reason == "key_twice"}
    for one in comparison.key_changes:
        task = collection.base.by_key[one.found] if collection.base and one.found else None
        zh = f"，已按文字归入“{full_name(collection, task)}”" if task else "，已列入“待确认”"
        en = f", it was read as task {full_name(collection, task)} by its words" if task else ", it waits in To confirm"
        position = one.reported.positions[0]
        what = (
            ("在本表另一行已经有了", "stands in another row too")
            if position in twice
            else ("与这一行的内容不符", "does not fit what the row says")
        )
        said = {**phrases("what", *what), **phrases("found", zh, en)}
        yield at(position, subject_field(one.reported), key=one.claimed, **said)
