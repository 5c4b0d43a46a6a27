"""A date typed as text.

What it checks:
    A date column holds a text that can be read as one calendar date, such as 2026年8月31日 or 20260831.
Why:
    It looks like a date but Excel neither sorts nor compares it as one. The deadline column is prose and
    not judged here.
Wrong:
    2026.8.31 (text)
Right:
    2026-08-31 (date)
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Fix, Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.cell_texts import raw_texts
from rectify_xl.schema.conversion import is_bare_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """日期存成了文字。

查什么：
    日期列里是能读成某一天的文字，例如“2026年8月31日”“20260831”。
为什么：
    看着是日期，Excel 却不能按日期排序、比较。整改时限一列是文字，不在此列。
错例：
    2026.8.31（文本）
正例：
    2026-08-31（日期）
"""
CODE = "V208"
SEVERITY = Severity.INFO
FIELDS = fields(kinds=("date",))
FIX = "safe"
MESSAGE = {
    "zh": "{label}“{value}”是文字而不是日期；请改为日期格式 {date}",
    "en": "{label} “{value}” is a text, not a date; make it the date {date}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield texts in date columns that were read as a date."""
    for position, key, text in raw_texts(collection, FIELDS.of(collection.campaign.schema)):
        value = collection.values(key)[position]
        if isinstance(value, date):
            # Where the cell says more than the date, a correction would take the rest away.
            yield at(position, key, fix=Fix(value, safe=True) if is_bare_date(text) else None, date=value)
