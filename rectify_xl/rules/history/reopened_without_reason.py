"""Reopened, and nobody says when and why.

What it checks:
    The status says that a closed task has come back (反弹), while neither the ledger nor the list has 反弹日期 and
    反弹原因.
Why:
    A task that came back keeps the mark for life; without date and reason the mark says nothing.
Wrong:
    反弹, nothing beside it
Right:
    反弹, 2026-11-03, the outlet leaks again
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.round_outcomes import stated_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """反弹没有日期和原因。

查什么：
    状态为“反弹”，总台账和清单里却没有反弹日期、反弹原因。
为什么：
    反弹的任务终身留痕，没有日期和原因，留的痕就没有用。
错例：
    只写“反弹”
正例：
    反弹，2026-11-03，排口再次渗漏
"""
CODE = "H804"
SEVERITY = Severity.WARNING
FIELDS = fields("status")
SCOPE = "round"
MESSAGE = {
    "zh": "状态为“{value}”，但没有{missing}；请补充",
    "en": "The status is “{value}”, but {missing_en} is missing; add it",
}
_TOLD = ("reopened_on", "reopen_reason")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield reopened rows that nobody explains."""
    schema = collection.campaign.schema
    known = [schema[key] for key in _TOLD if key in schema]
    for position, report in stated_reports(collection, "status"):
        state = collection.states[position]
        missing = [
            one for one in known if report.task.values.get(one.key) is None and collection.values(one.key)[position] is None
        ]
        if state and state.reopened and missing:
            zh, en = ("、".join(one.label["zh"] for one in missing), ", ".join(one.label["en"] for one in missing))
            yield at(position, "status", **phrases("missing", zh, en))
