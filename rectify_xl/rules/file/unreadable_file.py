"""A file that cannot be opened as a workbook.

What it checks:
    The file is damaged, cut off, empty, or its parts contradict each other, so that no sheet of it can be
    read.
Why:
    Lists travel by mail and chat programs, which cut attachments off. Nothing of the file is used, and
    the unit must hear of it on the same day.
Wrong:
    A 12 KB .xlsx of which only 5 KB arrived
Right:
    The same file, opened once in Excel or WPS and saved before it was sent
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文件打不开。

查什么：
    文件损坏、传输不完整、大小为零，或内部结构自相矛盾，任何一张工作表都读不出来。
为什么：
    清单靠邮件和聊天工具传递，附件常被截断。整个文件都没有采用，要当天告诉报送单位。
错例：
    12 KB 的 .xlsx 文件只收到 5 KB
正例：
    报送前在 Excel 或 WPS 中打开检查并保存过的文件
"""
CODE = "S101"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "文件无法读取：{reason}；请在 Excel 或 WPS 中确认能打开，另存为 .xlsx 后重新报送",
    "en": "The file cannot be read: {reason}. Check that it opens in Excel or WPS, save it as .xlsx and send it again",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "unreadable-file")
