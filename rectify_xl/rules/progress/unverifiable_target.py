"""A target that nobody can check.

What it checks:
    The target speaks of improving and strengthening only (持续改善, 进一步加强), without a figure, a result or a
    day.
Why:
    Plans ask for targets that are 可检查、可考核; acceptance is task by task, and there must be something to
    accept.
Wrong:
    水环境质量持续改善
Right:
    2026年底前断面水质达到Ⅲ类
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.stock_phrases import cannot_be_checked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """整改目标无法核对。

查什么：
    整改目标只有“持续改善”“进一步加强”一类说法，没有数字、结果或日期。
为什么：
    方案要求目标“可检查、可考核”；验收逐项进行，总要有可以对照的东西。
错例：
    水环境质量持续改善
正例：
    2026年底前断面水质达到Ⅲ类
"""
CODE = "P610"
SEVERITY = Severity.INFO
FIELDS = fields("target")
MESSAGE = {
    "zh": "整改目标“{value}”没有可核对的指标；建议补充数量、标准或应达到的结果",
    "en": "The target “{value}” cannot be checked; add a figure, a standard or the result to be reached",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose target names nothing that could be checked."""
    for position, text in collection.texts("target"):
        if cannot_be_checked(text):
            yield at(position, "target")
