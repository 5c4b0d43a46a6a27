"""A hidden sheet.

What it checks:
    The workbook has a hidden sheet. Hidden sheets are not read.
Why:
    Old versions of the list stay in hidden sheets, sometimes the wanted one; and what is hidden travels
    on to everyone who gets the file.
Wrong:
    A hidden sheet 上月备份
Right:
    Only the sheet 任务清单
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """有隐藏的工作表。

查什么：
    工作簿中有隐藏的工作表。隐藏的工作表不读取。
为什么：
    隐藏表里常是旧版清单，有时恰恰是要报的那张；而且文件传给谁，隐藏的内容就跟到哪里。
错例：
    隐藏着一张“上月备份”
正例：
    只有“任务清单”一张工作表
"""
CODE = "S112"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "工作表“{name}”是隐藏的，没有读取；如需报送请取消隐藏，否则请删除后重新报送",
    "en": "The sheet “{name}” is hidden and was not read; unhide it if it belongs to the report, else delete it",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "hidden-sheet")
