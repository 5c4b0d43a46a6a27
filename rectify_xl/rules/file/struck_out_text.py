"""Text that is struck out.

What it checks:
    A cell of a task, or part of its text, is struck out. Struck-out text is not read. A row struck out as a whole is read
    like the others and reported.
Why:
    Clerks strike out the old leader and type the new one below. Read with the rest, the old one would be a second leader.
Wrong:
    The old time limit struck out, the new one behind it
Right:
    The new time limit alone
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文字有删除线。

查什么：
    任务的某一格，或者其中一部分文字，加了删除线。有删除线的文字不读入；整行都有删除线的，照常读入并提示。
为什么：
    有人习惯把原来的领导、时限划掉，在后面写上新的；一并读入就成了两位领导、两个时限。
错例：
    划掉原来的时限，后面写上新的时限
正例：
    只写新的时限
"""
CODE = "S133"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "“{text}”有删除线，{treated}；请删去不用的内容，保留的请去掉删除线，再重新报送",
    "en": "“{text}” is struck out{treated_en}; delete what no longer holds, or take the strike away, and send the list again",
}
_WHOLE_ROW = ("整行都划掉了，仍按任务读入", " with its whole row, which was read as a task")
_LEFT_OUT = ("没有读入", " and was not read")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    for hit in faults(collection, "struck-out-text"):
        treated = _WHOLE_ROW if "row" in hit.facts else _LEFT_OUT
        yield replace(hit, facts={**hit.facts, **phrases("treated", *treated)})
