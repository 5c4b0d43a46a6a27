"""A value outside the list of choices.

What it checks:
    A choice column such as 整改状态 holds a word that is neither an allowed value nor a known synonym of one.
Why:
    The status decides what is counted as finished and overdue; a free wording falls out of every total.
Wrong:
    差不多了
Right:
    整改中
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """内容不在可选范围内。

查什么：
    整改状态等选择列里的说法既不是规定的选项，也不是已知的同义说法。
为什么：
    是否完成、是否逾期都按状态统计，自拟的说法会漏出各项合计。
错例：
    差不多了
正例：
    整改中
"""
CODE = "V203"
SEVERITY = Severity.ERROR
FIELDS = fields(kinds=("choice",))
UNREADABLE = True
MESSAGE = {
    "zh": "{label}“{value}”不在可选范围内；请从中选择：{choices}",
    "en": "{label} “{value}” is not one of the choices: {choices}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the values that fail the column's check."""
    for position, key in collection.column_failures.get("not-allowed", ()):
        yield at(position, key, choices=collection.campaign.schema[key].choices)
