"""A value that was there and has been emptied.

What it checks:
    Against the last master: a cell that was dispatched filled in came back empty, or, in a list of the unit's
    own, is empty where its last report was not. The ledger keeps its value.
Why:
    An empty cell may be an oversight or a withdrawal; nobody can tell, so nothing is thrown away.
Wrong:
    Status 整改中 last month, empty now
Right:
    The status as it is now
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds import Outcome
from rectify_xl.rules import ANY_CELL, at
from rectify_xl.rules.round_outcomes import outcomes, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """原来有内容的格被清空。

查什么：
    对照上期总台账：下发时已填好的格交回时是空的；单位自己的清单里，上次报过的内容这次空着。总台账保持原值。
为什么：
    空格可能是漏填，也可能是想撤回，软件分不清，所以不丢任何内容。
错例：
    上月状态“整改中”，本月空着
正例：
    按现在的情况填写状态
"""
CODE = "X718"
SEVERITY = Severity.WARNING
FIELDS = ANY_CELL
SCOPE = "round"
MESSAGE = {
    "zh": "这一格上次是“{last}”，现在是空的；总台账保留原值，如确要改变请写明",
    "en": "The cell said “{last}” before and is empty now; the ledger keeps that value: write what is meant",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield every emptied cell."""
    for position, one in outcomes(collection, Outcome.BLANKED):
        kept = one.last if one.last is not None else one.ours
        yield at(position, one.field, last=text_of(collection, one.field, kept))
