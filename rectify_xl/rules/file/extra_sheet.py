"""A sheet without a task list beside one that has it.

What it checks:
    A visible sheet of the workbook has no heading row of a task list, and was skipped.
Why:
    Instructions and drafts are harmless. A second list under headings of its own is not, and the office
    should know that it was not read.
Wrong:
    A sheet Sheet2 with rough notes
Right:
    The sheet 任务清单 alone
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """还有不是清单的工作表。

查什么：
    工作簿中有可见的工作表不是任务清单，或者名称写明是填表示例，已略过。
为什么：
    填表说明、草稿无妨；但如果是另一张自定表头的清单，整改办应当知道它没有被读取。
错例：
    多出一张写着草稿的 Sheet2
正例：
    只有“任务清单”一张工作表
"""
CODE = "S119"
SEVERITY = Severity.INFO
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "工作表“{name}”{reason}，没有读取；如有任务请移入清单，否则可以删除",
    "en": "The sheet “{name}” {reason} and was not read; move its tasks into the list, or delete it",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "extra-sheet")
