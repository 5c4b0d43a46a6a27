"""A file that is too large to be a task list.

What it checks:
    Reading was stopped because the file unpacks to far more than a list can hold, spans too many cells,
    or took too much time or memory.
Why:
    A stray cell at the far corner or a million formatted blank rows, typical of copies from WPS, must not
    hold up sixty other files; a file built to exhaust the machine must not either.
Wrong:
    Twelve tasks and a formatted but empty area down to row 1048576
Right:
    The twelve rows copied into a new workbook
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文件超出任务清单应有的规模。

查什么：
    文件解压后过大、单元格过多，或读取耗时、占用内存过多，已停止读取。
为什么：
    远处角落里的一个多余字符，或一百万行带格式的空行（WPS 中很常见），不能拖住其他六十份文件；有意做坏的
    文件更不能。
错例：
    12 项任务，格式却一直刷到第 1048576 行
正例：
    把 12 行内容复制到新建的工作簿中
"""
CODE = "S104"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "文件超出读取上限（{reason}），已停止读取；请只把任务清单部分复制到新建的工作簿，另存为 .xlsx 后重新报送",
    "en": "The file exceeds what is read ({reason}); copy the task list alone into a new workbook and send that",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "resource-limit")
