"""Links to other workbooks.

What it checks:
    Formulas of the workbook take values from other files.
Why:
    The office does not have those files: what stands in the cells is whatever was true when the clerk
    last opened both.
Wrong:
    =[上月台账.xlsx]Sheet1!B3
Right:
    The value itself, pasted as a value
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """引用了其他文件。

查什么：
    工作簿中的公式引用了别的文件里的数据。
为什么：
    整改办没有那些文件，单元格里留下的只是经办人上次同时打开两个文件时的旧值。
错例：
    =[上月台账.xlsx]Sheet1!B3
正例：
    用“选择性粘贴—数值”粘贴的内容
"""
CODE = "S114"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "文件引用了其他工作簿（{targets}），数据可能是旧的；请把公式粘贴为数值后重新报送",
    "en": "The file takes values from other workbooks ({targets}), which may be out of date; paste them as values",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "external-links")
