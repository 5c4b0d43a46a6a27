"""A number or name that Excel has turned into a date.

What it checks:
    A date stands where none can be meant: as the number of a task, its category, its leader or its units.
    Whoever types 1-2 into an ordinary cell gets 1月2日.
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

ZH = """编号等被 Excel 变成了日期。

查什么：
    不可能是日期的格子（任务编号、类别、领导、单位、联系人）里存的是日期。在普通单元格里输入 1-2，Excel 会自动变成 1月2日。
为什么：
    台账按编号找任务；原来输入的是 1-2 还是 1/2，已推算不回来。
错例：
    在常规格式的单元格里输入 1-2，显示为 1月2日
正例：
    先把单元格设为文本格式，再输入 1-2
"""
CODE = "V221"
SEVERITY = Severity.ERROR
FIELDS = fields("task_id", "category", "contact", roles=("leader", "units"))
UNREADABLE = True
MESSAGE = {
    "zh": "{label}已被 Excel 变成日期（{date}）；请把这一列设为文本格式，再重新输入",
    "en": "Excel has turned {label} into a date ({date}); format the column as text and type it in again",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the cells of numbers that hold a date."""
    for position, key, value in collection.unreadable:
        if isinstance(value, TurnedDate):
            yield at(position, key, date=value.text)
