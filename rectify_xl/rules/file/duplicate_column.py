"""The same heading twice.

What it checks:
    Two columns of one table bear the same heading. Only the first is read.
Why:
    Nobody can tell which of the two holds the valid value; taking the last one silently has cost offices
    data.
Wrong:
    Two columns headed 整改时限
Right:
    One column 整改时限, the other deleted or renamed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """同一列名出现两次。

查什么：
    一张表里有两列列名相同，只读取第一列。
为什么：
    无法判断哪一列有效；悄悄取后一列，曾让一些单位丢过数据。
错例：
    两列都叫“整改时限”
正例：
    只留一列“整改时限”，另一列删去或改名
"""
CODE = "S109"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "列名“{heading}”重复，只读取了第一次出现的一列（{first}）；请核对后删去或改名其中一列",
    "en": "The heading “{heading}” stands twice; only the first ({first}) was read. Delete or rename one of them",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "duplicate-column")
