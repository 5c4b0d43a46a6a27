"""A status where the deadline belongs.

What it checks:
    The deadline cell says that the task is finished (已整改到位, 已完成, 已销号) and gives no day by which it had to
    be.
Why:
    In one published plan 2 of 31 deadlines are such a status. Deadline, completion and strike-off are
    different dates; systems have lost data by writing one over another.
Wrong:
    已整改到位
Right:
    2026年12月底前 under 整改时限, 已完成 under 整改状态
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.deadline_cells import with_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """时限栏填的是状态。

查什么：
    整改时限一格写的是“已整改到位”“已完成”“已销号”，没有写应当完成的日期。
为什么：
    某市公开的方案里 31 项时限有 2 项是这样。时限、完成、销号是不同的日期，互相覆盖就会丢数据。
错例：
    已整改到位
正例：
    整改时限写“2026年12月底前”，整改状态写“已完成”
"""
CODE = "D509"
SEVERITY = Severity.WARNING
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "{label}填的是状态“{value}”；请填原定的完成日期，完成情况写在“{status_column}”一列",
    "en": "The deadline holds the status “{value}”; give the day agreed on, and put the status into the column {status_column}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose deadline says that the task is finished."""
    label = collection.campaign.schema["status"].label["zh"] if "status" in collection.campaign.schema else "整改状态"
    for position, _, _ in with_verdict(collection, "is-status"):
        yield at(position, "deadline", status_column=collection.places[position].table.headings.get("status", label))
