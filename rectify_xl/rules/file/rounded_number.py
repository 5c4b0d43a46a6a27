"""A long number that Excel has damaged.

What it checks:
    A number of more than 15 digits stands in the cell as a number, not as text: its last digits have
    become zeros.
Why:
    Document, identity and account numbers have 18 digits. The lost digits cannot be computed back.
Wrong:
    410000202607231000 typed as a number whose last digits were 234
Right:
    The same number typed into a cell formatted as text
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.unreadable import Rounded
from rectify_xl.rules import ANY_CELL, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """长数字已被 Excel 改坏。

查什么：
    超过 15 位的数字按“数值”存放，末尾几位已经变成 0。
为什么：
    文号、证件号、账号常有 18 位，丢掉的几位推算不回来。
错例：
    末三位本是 234、按数值存成 410000202607231000
正例：
    先把单元格设为文本格式，再录入同一个号码
"""
CODE = "S117"
SEVERITY = Severity.ERROR
FIELDS = ANY_CELL
UNREADABLE = True
MESSAGE = {
    "zh": "{label}的长数字 {value} 超过 15 位，末几位已被 Excel 改成 0；请把单元格设为文本格式后重新录入",
    "en": (
        "{label} holds the long number {value}, whose last digits Excel has lost; format the cell as text and type it in again"
    ),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the cells whose value is a number too long for Excel."""
    for position, key, value in collection.unreadable:
        if isinstance(value, Rounded):
            yield at(position, key)
