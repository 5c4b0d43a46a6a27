"""A report that is not a list.

What it checks:
    The unit sent a Word, PDF, picture or archive file. It counts as having reported, but nothing could be
    read from it.
Why:
    A unit that did report must not be named as silent, and the office must know that somebody has to key
    the content in.
Wrong:
    市水利局整改情况.docx
Right:
    市水利局整改任务清单.xlsx
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """报送的不是表格。

查什么：
    单位报来的是 Word、PDF、图片或压缩包。算作已报送，但内容没有读入。
为什么：
    报了材料的单位不能被通报为未报送；同时整改办要知道，这份内容还没有进入台账。
错例：
    市水利局整改情况.docx
正例：
    市水利局整改任务清单.xlsx
"""
CODE = "S107"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "报送的是{found}，不是表格，内容没有读入；{advice}",
    "en": "This is {found} and not a workbook, so nothing was read: {advice}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "not-a-workbook")
