"""A day that is in no calendar.

What it checks:
    The deadline names a day that does not exist, such as 30 February or the 13th month, or a year that cannot be,
    such as 2206年 or 20226年. For a day beyond the end of a month its last day is named, and never taken.
Why:
    Programs that "repair" such dates move a deadline without telling anyone; which day was meant only the
    unit knows.
Wrong:
    2026年2月30日前
Right:
    2026年2月28日前
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.deadline_cells import with_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.language.deadline import Deadline
    from rectify_xl.rules import Hit

ZH = """日期不存在。

查什么：
    整改时限写的日子在日历上没有，例如 2 月 30 日、13 月；或者“年”前的数字不是可用的年份，例如 2206年、20226年。
    写过了月底的，提示当月最后一天，不自动采用。
为什么：
    程序若自动“纠正”，等于悄悄改了时限；到底是哪一天，只有填报单位清楚。
错例：
    2026年2月30日前
正例：
    2026年2月28日前
"""
CODE = "D504"
SEVERITY = Severity.ERROR
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "{label}“{value}”中的日期不存在{likely}，请改正",
    "en": "The deadline “{value}” names a day that does not exist{likely_en}; correct it",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose deadline is no day of the calendar."""
    for position, deadline, _ in with_verdict(collection, "impossible"):
        yield at(position, "deadline", **_likely(deadline))


def _likely(deadline: Deadline) -> dict[str, Any]:
    """The last day of the month, where a day beyond it is written; offered and never taken."""
    if not deadline.alternatives:
        return phrases("likely", "", "")
    day = deadline.alternatives[-1].isoformat()
    return phrases("likely", f"（当月最后一天是 {day}）", f" (the last day of that month is {day})")
