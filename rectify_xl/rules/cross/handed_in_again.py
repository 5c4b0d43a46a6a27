"""A file of an earlier round, handed in again.

What it checks:
    Against the last master: this very file (byte for byte) was merged in an earlier round. It changes nothing.
    A file that is merged again within its own round is not reported.
Why:
    The unit seems to have reported, and the ledger stands still: nobody would ask it.
Wrong:
    the file of October once more in November
Right:
    the workbook of this round, with this month's progress
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.absence import earlier_rounds
from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection

ZH = """把以前轮次的文件又报了一遍。

查什么：
    对照上期总台账：这个文件（一个字节都不差）在以前的轮次已经汇总过，对台账没有任何影响。同一轮内重复汇总的不提示。
为什么：
    看上去报了，台账却原地不动，也没有人去催。
错例：
    11 月又交来 10 月的那个文件
正例：
    本轮的填报表，写明本月进展
"""
CODE = "X722"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
SCOPE = "collection"
MESSAGE = {
    "zh": "这个文件在第 {round} 轮已经汇总过，内容一字未变，本轮不能算报送；请单位填报本轮的情况后重新报送",
    "en": "This very file was merged in round {round}: it is no report of this round; ask the unit for this round's list",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the files that an earlier round has merged."""
    for path, earlier in earlier_rounds(collection).items():
        yield Hit(file=path, unit=collection.reporting[path].unit, facts={"round": earlier})
