"""A leader who is not in leaders.csv.

What it checks:
    A person named in the leader cell is not in the campaign's list of leaders. Silent without
    leaders.csv. Blanks inside a name do not count.
Why:
    A slip of the pen in a name makes a second person of one leader in every count by leader.
Wrong:
    林志远 市政府副市长 （leaders.csv has 林知远）
Right:
    林知远 市政府副市长
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.text_keys import text_key
from rectify_xl.rules import at, fields
from rectify_xl.rules.cell_texts import close_to, closest, is_mojibake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """责任领导不在领导名单中。

查什么：
    责任领导一格中的姓名不在活动的 leaders.csv 里。没有 leaders.csv 时不检查。姓名中间的空格不影响。
为什么：
    姓名写错一个字，按领导统计时一个人就变成两个人。
错例：
    林志远 市政府副市长（leaders.csv 中为林知远）
正例：
    林知远 市政府副市长
"""
CODE = "L304"
SEVERITY = Severity.WARNING
FIELDS = fields("leader")
MESSAGE = {
    "zh": "{label}{names}不在领导名单中；请核对姓名{near}，或请整改办补入名单",
    "en": "The leader {names} is not on the list of leaders; check the name{near_en}, or have it added",
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign has leaders.csv."""
    return bool(campaign.leaders)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows that name a person leaders.csv does not have."""
    listed = tuple(leader.name for leader in collection.campaign.leaders)
    known = frozenset(map(text_key, listed))
    for position, _ in collection.texts("leader"):
        names = [leader.name for leader in collection.leaders[position] if leader.name]
        unknown = tuple(name for name in names if text_key(name) not in known)
        if unknown and not is_mojibake(collection, position, "leader"):
            near = closest(unknown[0], listed)
            yield at(position, "leader", names=unknown, nearest=near, **close_to(near))
