"""More text than a cell can hold.

What it checks:
    A short column (number, unit, leader, deadline) holds more than 1,000 characters, or a long one more
    than the 32,767 that Excel allows. Of a short column, only the first 2,000 characters are read.
Why:
    A whole document pasted into a name cell cannot be read as a name, and what Excel cannot hold cannot
    be written into the master.
Wrong:
    The complete plan pasted under 牵头单位
Right:
    市水利局牵头，市财政局配合
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.language import LONGEST_CELL
from rectify_xl.rules import ANY_TEXT, at, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文字超长。

查什么：
    编号、单位、领导、时限等短栏超过 1000 字，或长栏超过 Excel 单元格上限 32767 字。短栏只读前 2000 字。
为什么：
    整篇文件粘进单位一格，就读不出是哪个单位；Excel 放不下的内容也写不进总台账。
错例：
    牵头单位一格粘入整份方案
正例：
    市水利局牵头，市财政局配合
"""
CODE = "V205"
SEVERITY = Severity.ERROR
FIELDS = ANY_TEXT
MESSAGE = {
    "zh": "{label}有 {length} 字，超过上限 {longest} 字{cut}；请只保留这一列应填的内容",
    "en": "{label} has {length} characters, the limit is {longest}{cut_en}; keep only what belongs into this column",
}

_WHOLE = phrases("cut", "", "")
_CUT = phrases("cut", f"，程序只读前 {LONGEST_CELL} 字", f", and only the first {LONGEST_CELL:,} are read")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the values that fail the column's check."""
    for position, key in collection.column_failures.get("text-too-long", ()):
        known, length = collection.campaign.schema[key], len(collection.values(key)[position])
        cut = _CUT if length > LONGEST_CELL and known.kind != "long_text" else _WHOLE
        yield at(position, key, length=length, longest=known.longest, **cut)
