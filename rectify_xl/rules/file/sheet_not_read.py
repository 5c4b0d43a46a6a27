"""A sheet on which somebody keeps tasks, and which was not read.

What it checks:
    A visible sheet beside the list has headings of what is said of a task and rows of text below them, but not
    enough to be read: no column of problems or measures, no number, or headings that stand below each other.
    The finding says what is missing.
Why:
    The rows of such a sheet are in no figure. A draft may stay as it is; a second list must not.
Wrong:
    Headings: 完成情况, 整改时限 over rows of text
Right:
    Headings: 序号, 存在问题, 完成情况, 整改时限
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults, phrases
from rectify_xl.rules.near_miss import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """像清单的工作表没有读取。

查什么：
    清单之外的可见工作表有任务清单的列名，下面也有文字，但还不够读取：没有问题或措施列，没有序号，或者列名竖着
    排成一列。提示写明缺什么。
为什么：
    这张表上的行不在任何统计里。是草稿可以不管，是另一张清单就漏报了。
错例：
    只有“完成情况”“整改时限”两个列名，下面是几行文字
正例：
    列名：序号、存在问题、完成情况、整改时限
"""
CODE = "S127"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "工作表“{name}”没有读取：第 {near_row} 行（{headings}）像是清单的列名，但{lack}；是任务清单的请改好重报，否则不用管",
    "en": (
        "The sheet “{name}” was not read: row {near_row} ({headings}) looks like the headings of a list, but {lack_en}; "
        "mend it if it is one, else leave it"
    ),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the sheets with what they lack."""
    for hit in faults(collection, "sheet-not-read"):
        yield replace(hit, facts={**hit.facts, **phrases("lack", *lacking(hit.facts))})
