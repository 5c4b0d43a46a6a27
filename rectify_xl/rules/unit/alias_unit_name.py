"""A unit named otherwise than in the roster.

What it checks:
    A unit is written with a known alias or short form of its roster name. Silent without a roster.
Why:
    Both names are counted as one unit; one spelling keeps printed lists and searches tidy.
Wrong:
    市市场监管局
Right:
    市市场监督管理局
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

ZH = """单位用了别名或简称。

查什么：
    单位写的是名录中名称的别名或通用简称。没有名录时不检查。
为什么：
    统计时仍算同一单位；统一写法，打印和查找更方便。
错例：
    市市场监管局
正例：
    市市场监督管理局
"""
CODE = "U404"
SEVERITY = Severity.INFO
FIELDS = fields(roles=("units",))
FIX = "safe"
MESSAGE = {
    "zh": "{written}在名录中的名称是{roster}；建议统一",
    "en": "The roster calls {written} {roster}; use one spelling",
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign has the roster."""
    return bool(campaign.units)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield cells with an alias, and the same cell with the roster's name."""
    yield from renamed(collection, "alias")
