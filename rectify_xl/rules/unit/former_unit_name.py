"""The name of a body that was renamed.

What it checks:
    A unit is named as it was called before a reorganisation that lies before the campaign's issue date,
    by the roster's former names and the table of the 2018 reform. Silent without a roster.
Why:
    Between 2018 and 2019 most city bureaus were renamed or merged. An old name splits one unit in two.
Wrong:
    市环境保护局 in a plan of 2026
Right:
    市生态环境局
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import fields
from rectify_xl.rules.unit_cells import renamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """用了机构改革前的旧名称。

查什么：
    单位名称是机构改革前的旧称，而改革早于方案印发日期；依据名录中的曾用名和 2018 年机构改革对照表。没
    有名录时不检查。
为什么：
    2018 至 2019 年市县部门大多更名或合并，沿用旧称会把一个单位拆成两个。
错例：
    2026 年的方案中写“市环境保护局”
正例：
    市生态环境局
"""
CODE = "U403"
SEVERITY = Severity.WARNING
FIELDS = fields(roles=("units",))
FIX = "safe"
MESSAGE = {
    "zh": "{written}已更名为{roster}；请改用现名",
    "en": "{written} has been renamed {roster}; use the present name",
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign has the roster."""
    return bool(campaign.units)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield cells with a former name, and the same cell with the present one."""
    yield from renamed(collection, "former")
