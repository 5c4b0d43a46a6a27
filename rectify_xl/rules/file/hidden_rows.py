"""Hidden task rows.

What it checks:
    Rows of the table are hidden or filtered away. They are read like the others.
Why:
    A filter left on makes the clerk check eight rows and send twelve. What nobody looked at should not
    enter the ledger unseen.
Wrong:
    A list saved with the filter 状态 = 整改中
Right:
    The same list with the filter cleared
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """任务行被隐藏。

查什么：
    表中有的行被隐藏或被筛选掉。这些行照常读入。
为什么：
    忘记取消筛选时，经办人核对了 8 行，报出的却是 12 行；没人看过的内容不应悄悄进入台账。
错例：
    按“整改中”筛选后直接保存的清单
正例：
    取消筛选、全部行可见的清单
"""
CODE = "S111"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "第 {rows} 行被隐藏或被筛选掉，其中的任务也已读入；请取消隐藏，核对后重新报送",
    "en": "Rows {rows} are hidden or filtered away and were read all the same; unhide and check them, then send the list again",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "hidden-rows")
