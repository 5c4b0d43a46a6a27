"""Status and percentage contradict each other.

What it checks:
    The task is closed by its status but below 100 %, not started but above 0 %, or in the schema's own word
    under way (整改中) at 100 %. Wordings such as 基本完成 or 达到序时进度 are not held against 100 %.
Why:
    Totals by status and averages of completion are read side by side; one of the two is wrong.
Wrong:
    已完成, 60%
Right:
    已完成, 100%
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.cell_texts import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """状态与完成率矛盾。

查什么：
    状态算办结而完成率不到 100%；还没有开始而完成率大于 0；写明“整改中”而完成率已是 100%。写“基本完成”
    “达到序时进度”的，不与 100% 对照。
为什么：
    按状态的合计和平均完成率会摆在一起看，两者必有一个不对。
错例：
    已完成，60%
正例：
    已完成，100%
"""
CODE = "P607"
SEVERITY = Severity.WARNING
FIELDS = fields("status", "percent")
MESSAGE = {
    "zh": "整改状态“{status}”与{label} {percent} 不一致；请核对后改正其中一处",
    "en": "The status {status} and {label} {percent} contradict each other; correct one of them",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose percentage cannot belong to their status."""
    for position, (state, percent) in enumerate(zip(collection.states, collection.values("percent"), strict=True)):
        if state is None or isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 <= percent <= 1:
            continue
        written = str(raw(collection, position, "status")).strip()
        plainly = state.under_way and written == state.word
        if (state.closed and percent < 1) or (not state.started and percent > 0) or (plainly and percent == 1):
            yield at(position, "percent", status=written, percent=f"{percent * 100:g}%")
