"""A list without a single task.

What it checks:
    The headings are there, but no task row follows.
Why:
    A report of nothing ("zero report") differs from a blank template sent by mistake; only the unit knows
    which it is.
Wrong:
    The template sent back as it came
Right:
    A row that says that there is nothing to report this round
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.model import Severity
from rectify_xl.rules import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.book import Book
    from rectify_xl.rules import Hit

ZH = """清单里没有任务。

查什么:
    有表头,但下面没有一行任务。
为什么:
    “零报告”与误发空白模板是两回事,只有报送单位自己清楚。
错例:
    原样退回的空白模板
正例:
    确无内容时写一行说明“本期零报告”
"""
CODE = "S118"
SEVERITY = Severity.WARNING
MESSAGE = {
    "zh": "清单只有表头,没有任务;如误发了空白模板请重新报送,确无内容请注明“零报告”",
    "en": "The list has headings but no tasks; send the filled-in list, or say that there is nothing to report",
}


def check(book: Book) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(book, "empty-submission")
