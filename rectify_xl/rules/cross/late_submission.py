"""A list filled in after the round was due.

What it checks:
    Over a whole collection: the date of filling in that the file states lies after round.due. Files
    without such a line are not judged.
Why:
    The bulletin tells units that reported late from units that did not report at all.
Wrong:
    填报日期：2026年11月28日, round due 2026-11-25
Right:
    填报日期：2026年11月24日
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection

ZH = """迟报。

查什么：
    汇总全部清单时：文件中写明的填报日期晚于本轮截止日期 round.due。没有填报日期的不判断。
为什么：
    通报要把迟报的单位与没有报送的单位分开。
错例：
    填报日期：2026年11月28日（本轮截止 2026-11-25）
正例：
    填报日期：2026年11月24日
"""
CODE = "X708"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
SCOPE = "collection"
MESSAGE = {
    "zh": "填报日期 {filled_on} 晚于本轮截止日期 {due}，迟报 {days} 天；请下一轮按时报送",
    "en": "Filled in on {filled_on}, {days} days after the round was due ({due}); report in time next round",
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign has a due date of the round."""
    return campaign.round_due is not None


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the files filled in after the round's due date."""
    due = collection.campaign.round_due
    if due is None:
        return
    for submission in collection.submissions:
        filled_on = submission.filled_on
        if submission.status == "accepted" and filled_on and filled_on > due:
            facts = {"filled_on": filled_on, "due": due, "days": (filled_on - due).days}
            yield Hit(file=submission.path, unit=collection.reporting[submission.path].unit, facts=facts)
