"""A list made from another round's template.

What it checks:
    The template that the file was made from bears the name of another campaign, another round, or another list
    or version of its columns. Lists not made from a template, files judged without a campaign, and files that the
    office has taken for this round (采用 in 待确认) are not asked.
Why:
    Last month's workbook sent once more looks like a report of this month; and in another campaign's list the
    same numbers mean other tasks.
Wrong:
    The workbook of round 2026-10, reported for round 2026-11
Right:
    The workbook of round 2026-11
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.provenance.stamp import CAMPAIGN, ROUND, SCHEMA, SCHEMA_VERSION, difference
from rectify_xl.rules import NO_FIELD, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection

ZH = """用了别的轮次的模板。

查什么：
    填报用的模板属于别的活动、别的轮次，或者是另一种清单、另一个版本的列。不是用模板填报的清单、没有活动配置时，
    以及整改办已在“待确认”中采用的文件，不检查。
为什么：
    把上月的表再发一遍，看上去与本月的填报一样；换了活动，同样的编号指的也是别的任务。
错例：
    本轮为 2026-11，报来的是 2026-10 的表
正例：
    用本轮 2026-11 的表填报
"""
CODE = "S110"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "文件用的模板与本轮不符，{what}为“{found}”，本轮为“{wanted}”；请把内容填入本轮下发的模板后重新报送",
    "en": "The file was made from another template: its {what_en} is “{found}”, here it is “{wanted}”; use this round's template",
}
_NAMES = {
    CAMPAIGN: ("活动", "campaign"),
    ROUND: ("轮次", "round"),
    SCHEMA: ("清单种类", "list"),
    SCHEMA_VERSION: ("模板版本", "version"),
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign has a name or a round."""
    return bool(campaign.name or campaign.round_id)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the files whose stamp differs from the campaign."""
    base = collection.base
    for submission in collection.submissions:
        if base and base.was_accepted(submission, collection.campaign.round_id):
            continue
        differs = difference(submission.stamp, collection.campaign)
        if differs:
            key, found, wanted = differs
            zh, en = _NAMES[key]
            facts = {"what": zh, "what_en": en, "found": found, "wanted": wanted}
            yield Hit(file=submission.path, unit=collection.reporting[submission.path].unit, facts=facts)
