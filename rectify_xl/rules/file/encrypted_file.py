"""A workbook that asks for a password.

What it checks:
    The file is encrypted with a password to open. A sheet that is merely protected against changes is
    read like any other, and so is a workbook that Excel encrypted with a password of its own for “Protect Workbook”.
Why:
    Nobody at the office knows the password the day before the deadline, and no program should guess it.
Wrong:
    A list saved with "password to open"
Right:
    The same list saved without a password; sheet protection may stay
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文件设有打开密码。

查什么：
    文件用打开密码加密。只设了工作表保护（不能修改但能打开）的文件照常读取；旧版 Excel 因“保护工作簿”自行加密、
    打开时不问密码的文件也照常读取。
为什么：
    截止前一天，整改办没有人知道密码，程序也不应去猜。
错例：
    另存时设置了“打开权限密码”的清单
正例：
    去掉打开密码的同一份清单；工作表保护可以保留
"""
CODE = "S102"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": (
        "文件设有打开密码，无法读取；请在 Excel 或 WPS 中去掉打开密码后重新报送；没有设过密码的，多半是“审阅”里设了“保护工作簿”，"
        "取消后重新保存即可"
    ),
    "en": (
        "The file is encrypted and was not read; remove the password in Excel or WPS and send it again. Where none was ever set, "
        "older Excel has encrypted it for “Protect Workbook”: switch that off and save it again"
    ),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "encrypted-file")
