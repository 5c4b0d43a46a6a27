"""An error value in a field.

What it checks:
    A cell of the list shows #REF!, #N/A, #VALUE!, #NAME?, #DIV/0! or another Excel error.
Why:
    Readers that take errors for blanks make a filled-in field look empty; the true content is lost and
    only the unit can restore it.
Wrong:
    #REF! under 整改时限
Right:
    2026年12月底前
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.unreadable import CellError
from rectify_xl.rules import ANY_CELL, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """单元格是错误值。

查什么：
    清单中的单元格显示 #REF!、#N/A、#VALUE!、#NAME?、#DIV/0! 等 Excel 错误。
为什么：
    把错误当成空白，会让填过的内容看起来没填；原来的内容只有报送单位补得回来。
错例：
    整改时限一格是 #REF!
正例：
    2026年12月底前
"""
CODE = "S115"
SEVERITY = Severity.ERROR
FIELDS = ANY_CELL
UNREADABLE = True
MESSAGE = {
    "zh": "{label}是错误值 {value}，原来的内容已经丢失；请重新填写，不要用公式",
    "en": "{label} holds the error {value} and its content is lost; type the value in again, without a formula",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the cells whose value is an Excel error."""
    for position, key, value in collection.unreadable:
        if isinstance(value, CellError):
            yield at(position, key)
