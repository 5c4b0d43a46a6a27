"""A year far outside the campaign.

What it checks:
    A deadline, or a date of acceptance, public notice or closing, lies more than ten years after the issue date (the as-of
    date where the campaign has none); such a date, or one of completion, lies more than ten years before it. Dates that
    deadline-before-issue, completed-before-issue or completed-in-future report are left to them.
Why:
    2062 for 2026 is a slip of two fingers. The task then never falls due, and nobody asks for it again.
Wrong:
    2062年12月底前
Right:
    2026年12月底前
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import Option, at, fields
from rectify_xl.rules.deadline_cells import with_day
from rectify_xl.rules.task_progress import days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """年份离谱的日期。

查什么：
    整改时限，或验收、公示、销号日期，比方案印发日期（没有印发日期的，比统计日期）晚十年以上；这些日期或实际完成
    日期早十年以上。“时限早于印发日期”“完成日期早于印发日期”“完成日期晚于统计日期”已经报告的，不再重复。
为什么：
    2026 年错打成 2062 年，任务就永远不会到期，再也没有人催办。
错例：
    2062年12月底前
正例：
    2026年12月底前
"""
CODE = "D512"
SEVERITY = Severity.WARNING
FIELDS = fields("deadline", kinds=("date",))
MESSAGE = {
    "zh": "{label}“{value}”的年份 {year} 与整改工作（{anchor} 年）相差太远，可能是笔误；请核对年份",
    "en": "The year {year} of {label} “{value}” is far from the campaign's ({anchor}), probably a slip; check it",
}
OPTIONS = {"years": Option(10, "相差多少年以上才提示", "years from which on a date is reported", minimum=1)}


def check(collection: Collection, *, years: int) -> Iterator[Hit]:
    """Yield the cells with such a year."""
    anchor, issued = collection.anchor.year, collection.campaign.issued

    def far(day: date) -> bool:
        return abs(day.year - anchor) > years

    def hit(position: int, key: str, day: date) -> Hit:
        return at(position, key, year=day.year, anchor=anchor)

    for position, deadline, _ in with_day(collection):
        odd = next((day for day in deadline.due if far(day) and not (issued and deadline.due[-1] < issued)), None)
        if odd:
            yield hit(position, "deadline", odd)
    for known in collection.campaign.schema.fields:
        if known.kind != "date":
            continue
        for position, day in days(collection, known.key):
            elsewhere = known.key == "completed_on" and (day > collection.as_of or issued is not None)
            if far(day) and not elsewhere:
                yield hit(position, known.key, day)
