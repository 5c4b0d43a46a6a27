"""A task number that Excel has turned into a date.

What it checks:
    The number of a task is stored as a date. Whoever types 1-2 into an ordinary cell gets 1月2日.
Why:
    Tasks are found by their numbers in the master. What was typed cannot be computed back: 1月2日 may have been 1-2 or
    1/2, 11月 a number of a year.
Wrong:
    1月2日, from 1-2 typed into a cell with the format General
Right:
    1-2 in a cell formatted as text
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.unreadable import TurnedDate
from rectify_xl.rules import at, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """编号被 Excel 变成了日期。

查什么：
    任务编号一格存的是日期。在普通单元格里输入 1-2，Excel 会自动变成 1月2日。
为什么：
    台账按编号找任务；原来输入的是 1-2 还是 1/2，已推算不回来。
错例：
    在常规格式的单元格里输入 1-2，显示为 1月2日
正例：
    先把单元格设为文本格式，再输入 1-2
"""
CODE = "V221"
SEVERITY = Severity.ERROR
FIELDS = fields("task_id")
UNREADABLE = True
MESSAGE = {
    "zh": "{label}已被 Excel 变成日期（{date}）；请把这一列设为文本格式，再重新输入编号",
    "en": "Excel has turned {label} into a date ({date}); format the column as text and type the number in again",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the cells of numbers that hold a date."""
    for position, key, value in collection.unreadable:
        if isinstance(value, TurnedDate):
            yield at(position, key, date=value.text)
