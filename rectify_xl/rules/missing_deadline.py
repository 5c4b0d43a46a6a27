"""A task without a deadline.

What it checks:
    The deadline cell is empty (`/`, `—`, `无`, 暂无 and 不涉及 count as empty). A list without the column is
    reported once, by missing-column.
Why:
    Of the 61 issues of one province's plan every one has a deadline; a task without one can never be
    late.
Wrong:
    (an empty cell)
Right:
    2026年12月底前完成
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.model import Severity
from rectify_xl.rules import at
from rectify_xl.rules._deadlines import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.book import Book
    from rectify_xl.rules import Hit

ZH = """任务没有整改时限。

查什么:
    整改时限一格为空(“/”“—”“无”“暂无”“不涉及”也算空)。整张表没有这一列时,只由 missing-column 报告一
    次。
为什么:
    整改方案对每项任务都规定时限;没有时限的任务永远不会逾期,也就无从督办。
错例:
    (空白)
正例:
    2026年12月底前完成
"""
CODE = "D501"
SEVERITY = Severity.ERROR
MESSAGE = {
    "zh": "没有填写整改时限,请写明完成到哪一天,例如“2026年12月底前”",
    "en": "No deadline; write a date such as 2026-12-31",
}


def check(book: Book) -> Iterator[Hit]:
    """Yield rows whose deadline is blank."""
    for position, _ in spoken(book, "missing"):
        yield at(position, "deadline")
