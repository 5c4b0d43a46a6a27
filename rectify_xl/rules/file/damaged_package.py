"""A sheet that the workbook declares and that cannot be read.

What it checks:
    The workbook names a sheet whose content is missing from the file or lies where nothing points to.
Why:
    Excel offers to repair such a file and drops the sheet. Its tasks are in no figure, and nobody would know.
Wrong:
    A file of two sheets, the second one lost when it was copied
Right:
    The list opened in Excel or WPS, completed and saved again
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """工作表在文件里已损坏。

查什么：
    工作簿列有某张工作表，文件里却找不到它的内容。
为什么：
    Excel 打开时会提示修复，并丢掉这张表；表上的任务不在任何统计里，谁也不会察觉。
错例：
    有两张工作表的文件，复制时丢了第二张的内容
正例：
    用 Excel 或 WPS 打开，补全后重新保存的清单
"""
CODE = "S132"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "工作表“{name}”的内容在文件里找不到，表上的任务没有读取；请用 Excel 或 WPS 打开核对，补全并保存后重新报送",
    "en": (
        "The content of the sheet “{name}” is missing from the file and was not read; open the file in Excel or WPS, complete "
        "the sheet, save it and send it again"
    ),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "damaged-package")
