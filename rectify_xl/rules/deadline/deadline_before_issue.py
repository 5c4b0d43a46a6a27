"""A deadline that had passed when the plan was issued.

What it checks:
    Every date written in the cell lies before the campaign's issue date. Dates that the campaign itself
    gives (deadlines.immediate, long_term, nodes) and that lie before it are one hint for the whole
    campaign.
Why:
    Usually the year is wrong or an old list was copied. One plan of 23 July asked for immediate items by
    the end of June: all of them were overdue at issue.
Wrong:
    2025年6月底前, plan issued on 2026-07-23
Right:
    2026年12月底前
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.verdict import before_issue
from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, overall, phrases
from rectify_xl.rules.deadline_cells import with_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """时限早于方案印发日期。

查什么：
    格内写明的日期全部早于方案印发日期。活动配置自己规定的日期（deadlines.immediate、long_term、
    nodes）早于印发日期的，全活动合并提示一次。
为什么：
    多半是年份写错或照抄了旧清单。某市 7 月 23 日印发的方案要求立行立改事项 6 月底前验收，这些任务一
    印发就已逾期。
错例：
    2025年6月底前（方案 2026-07-23 印发）
正例：
    2026年12月底前
"""
CODE = "D508"
SEVERITY = Severity.ERROR
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "{what}“{value}”早于方案印发日期 {issued}；{advice}",
    "en": "{what_en} “{value}” lies before the issue date {issued}; {advice_en}",
}

_IN_LIST = phrases("what", "时限", "The deadline") | phrases("advice", "请核对年份，改为印发之后的日期", "check the year")
_IN_CAMPAIGN = phrases("what", "活动配置中的", "The campaign's") | phrases(
    "advice", "方案确实这样规定的不必改，写错的请改正", "leave it if the plan says so, correct it if it is a slip"
)


def applies(campaign: Campaign) -> bool:
    """Whether the campaign has an issue date."""
    return campaign.issued is not None


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows all of whose dates lie before the issue date, and one hint about the campaign's own dates."""
    issued, rules = collection.campaign.issued, collection.campaign.deadlines
    for position, deadline, _ in with_day(collection):
        if before_issue(deadline, collection.campaign):
            yield at(position, "deadline", issued=issued, **_IN_LIST)
    given = {"deadlines.immediate": rules.immediate, "deadlines.long_term": rules.long_term}
    given |= {f"deadlines.nodes[{index}]": node for index, node in enumerate(rules.nodes)}
    early = tuple(f"{name}: {day}" for name, day in given.items() if issued and day and day < issued)
    if early:
        yield overall(Severity.INFO, value=early, issued=issued, **_IN_CAMPAIGN)
