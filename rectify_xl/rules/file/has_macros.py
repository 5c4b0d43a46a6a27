"""A workbook with macros.

What it checks:
    The file carries macro code. The code is never run; the cells are read.
Why:
    A task list needs no program in it, and security software of the recipients may stop the mail.
Wrong:
    整改清单.xlsm
Right:
    The same list saved as .xlsx
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文件带有宏。

查什么：
    文件里有宏代码。宏不会运行，单元格照常读取。
为什么：
    任务清单用不着程序；带宏的邮件还可能被对方的安全软件拦下。
错例：
    整改清单.xlsm
正例：
    另存为 .xlsx 的同一份清单
"""
CODE = "S113"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "文件带有宏，宏不会运行；请另存为不带宏的 .xlsx 后再报送",
    "en": "The file carries macros, which are never run; save it as .xlsx without macros",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "has-macros")
