"""A damaged workbook of Excel 97-2003 that was read all the same.

What it checks:
    The structure of an .xls file is faulty, Excel opens it and so does a second reader, which knows texts, numbers, dates and
    merged cells, but not hidden rows and columns, number formats and error cells.
Why:
    Programs of other kinds write such files. Its tasks count; what the second reader cannot see, nobody has checked.
Wrong:
    A list exported by a web system, with a faulty directory
Right:
    The same list opened in Excel or WPS and saved as .xlsx
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文件结构有误，只读到一部分内容。

查什么：
    .xls 文件结构有误，Excel 打得开，这里改用另一读取程序读取：文字、数字、日期和合并单元格都读到了，
    隐藏的行和列、数字格式、错误值没有读到。
为什么：
    网页系统等程序会导出这样的文件。表上的任务照常统计，但没有读到的那些内容谁也没有核对。
错例：
    网页系统导出、目录有误的 .xls 清单
正例：
    用 Excel 或 WPS 打开，另存为 .xlsx 的同一份清单
"""
CODE = "S140"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": (
        "文件结构有误，文字、数字、日期和合并单元格已读取，隐藏的行和列、数字格式、错误值没有读到；"
        "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送"
    ),
    "en": (
        "The structure of the file is faulty: its texts, numbers, dates and merged cells were read, its hidden rows and columns, "
        "number formats and error cells were not; open it in Excel or WPS, save it as .xlsx and send it again"
    ),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "read-in-part")
