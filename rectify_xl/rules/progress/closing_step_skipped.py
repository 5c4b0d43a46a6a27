"""A step of closing without a day, although a later one has its day.

What it checks:
    By closing.steps of campaign.yaml (acceptance, public notice, strike-off where nothing is set), in lists and in the
    last master: a step without a day before one that has its day, or where the state says struck off and other steps
    have their days. A strike-off without acceptance is told by closed-without-acceptance. Silent where a list lacks the column.
Why:
    A procedure of dated steps is only as good as the step that nobody can show.
Wrong:
    Accepted 2026-09-15, no public notice, struck off 2026-09-30
Right:
    Accepted 2026-09-15, notice 2026-09-16 to 2026-09-29, struck off 2026-09-30
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.rules import fields
from rectify_xl.rules.closing_days import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.closing import Fault
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit
    from rectify_xl.rules.closing_days import Labels

ZH = """销号步骤有缺漏。

查什么：
    按 campaign.yaml 的 closing.steps（没有写的是验收、公示、销号），在清单和上期总台账中核对：后面的步骤有日期，前面的步骤
    没有；状态已经销号、填了部分日期的，其余的没有。没有验收就销号的由 closed-without-acceptance 报告。清单没有这一列的不检查。
为什么：
    程序上的每一步都要拿得出日期，缺了哪一步，整个销号就站不住。
错例：
    2026-09-15 验收，没有公示，2026-09-30 销号
正例：
    2026-09-15 验收，2026-09-16 至 2026-09-29 公示，2026-09-30 销号
"""
CODE = "P621"
SEVERITY = Severity.WARNING
FIELDS = fields("applied_on", "accepted_on", "publicity_start", "closed_on")
MESSAGE = {
    "zh": "{where}{what}",
    "en": "{where_en}{what_en}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield steps that were left out."""
    yield from faults_of(collection, ("skipped",), _say, _is_reported)


def _say(fault: Fault, labels: Labels) -> tuple[str, str]:
    (own, own_en), (other, other_en) = ((one["zh"], one["en"]) for one in labels)
    if fault.field == fault.other:
        return f"状态已经销号，没有填写{own}；请补填", f"It is struck off while {own_en} is empty; fill it in"
    zh, en = f"{other}为 {fault.day}，它前面的", f"{other_en} is {fault.day} while "
    if fault.undated:
        zh, en = "状态已经销号，它前面的", "It is struck off while "
    return (
        f"{zh}{own}没有填写；请补填，没有这一步的请在 campaign.yaml 的 closing.steps 写明实际步骤",
        f"{en}{own_en} before it is empty; fill it in, or put your own steps into closing.steps",
    )


def _is_reported(fault: Fault, values: dict[str, Any], is_struck_off: bool) -> bool:  # noqa: FBT001
    return fault.field == "accepted_on" and (is_struck_off or values.get("closed_on") is not None)
