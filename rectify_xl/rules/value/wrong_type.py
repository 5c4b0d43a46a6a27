"""A value that is no date or no number.

What it checks:
    A date column holds something that is not a calendar date, or a number column something that is not a
    number. The deadline column is prose and judged by family D.
Why:
    Completion, acceptance, notice and strike-off are compared as dates; a text among them can be compared
    with nothing.
Wrong:
    实际完成日期: 上周五;  完成率: 一大半
Right:
    实际完成日期: 2026-08-31;  完成率: 80%
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.rules import at, fields, phrases
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """该填日期或数字的地方填了别的内容。

查什么：
    日期列里不是日历上的日期，或数字列里不是数字。整改时限一列是文字，由 D 类规则判断。
为什么：
    完成、验收、公示、销号都按日期比较先后，混入文字就无从比较。
错例：
    实际完成日期：上周五；完成率：一大半
正例：
    实际完成日期：2026-08-31；完成率：80%
"""
CODE = "V202"
SEVERITY = Severity.ERROR
FIELDS = fields(kinds=("number", "percent", "date"))
UNREADABLE = True
MESSAGE = {
    "zh": "{label}“{value}”{why}；请按“{example}”的样式填写",
    "en": "{label} “{value}” {why_en}; write it like {example}",
}
UNREAD = ("无法识别", "cannot be read")
NO_SUCH_DAY = ("是不存在的日期", "is no day of the calendar")
EXAMPLES = {"date": "2026-08-31", "percent": "80%", "number": "12"}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the values that fail the column's check."""
    for position, key in collection.column_failures.get("wrong-type", ()):
        kind = collection.campaign.schema[key].kind
        written = shown(collection.values(key)[position])
        impossible = kind == "date" and parse_deadline(written, anchor=collection.anchor).problem == "impossible"
        why = phrases("why", *(NO_SUCH_DAY if impossible else UNREAD))
        yield at(position, key, example=EXAMPLES.get(kind, EXAMPLES["date"]), **why)
