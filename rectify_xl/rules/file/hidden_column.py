"""A column of the list that is hidden.

What it checks:
    A column that holds values of the tasks is hidden, or has no width. It is read like the others; where a visible column
    bears the same heading, the visible one counts.
Why:
    What nobody can see nobody has checked: the leader of last month, the time limit before it was moved.
Wrong:
    The column 责任领导 hidden, with names in it
Right:
    All columns visible, those no longer needed deleted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """列被隐藏。

查什么：
    清单中有内容的列被隐藏，或者列宽为 0。隐藏的列照常读入；另有同名的可见列时，以可见列为准。
为什么：
    看不见的内容没有人核对过，可能是上个月的责任领导、调整前的时限。
错例：
    “责任领导”一列被隐藏，里面填有姓名
正例：
    各列全部可见，不再使用的列已删去
"""
CODE = "S131"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "{column} 列“{heading}”被隐藏，里面填有内容；请取消隐藏，核对后重新报送，不用的列请删去",
    "en": "Column {column} “{heading}” is hidden and holds values; unhide and check it, or delete it, then send the list again",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "hidden-column")
