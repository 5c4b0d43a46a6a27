"""A formula that points to an empty cell.

What it checks:
    A cell of a task holds a formula such as =底稿!G4, and the cell that it points to is empty. The cell counts as empty.
Why:
    Excel makes 0 of it, which reads as the leader “0” or as a time limit in 1900.
Wrong:
    =底稿!G4, with nothing in G4
Right:
    2026年12月底前
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """公式引用了空单元格。

查什么：
    任务的某一格是引用公式，例如 =底稿!G4，而被引用的单元格是空的。这一格按没有填写处理。
为什么：
    Excel 会算成 0，看起来像是名叫“0”的领导，或者 1900 年的时限。
错例：
    =底稿!G4，而 G4 是空的
正例：
    2026年12月底前
"""
CODE = "S134"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "“{heading}”一格的公式 {formula} 引用了空单元格，按没有填写处理；请直接填写内容",
    "en": "The formula {formula} under “{heading}” points to an empty cell and counts as not filled in; type the content in",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "link-to-blank")
