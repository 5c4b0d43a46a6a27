"""A field that every task must have is empty.

What it checks:
    Problem and measures are both empty (one of them suffices), or another column marked as required in
    the schema is. Leader, unit and deadline have rules of their own. `/`, `—` and `无` count as empty.
Why:
    A row without problem and measures says nothing that could be rectified, and cannot be matched with
    the plan.
Wrong:
    Problem: (empty), measures: /
Right:
    Problem: (empty), measures: 1. Repair the pump by the end of June
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """每项任务必填的内容为空。

查什么：
    问题描述和整改措施都为空（有其一即可），或字段定义中的其他必填列为空。责任领导、牵头单位、整改时限
    另有规则。“/”“—”“无”也算空。
为什么：
    既没有问题又没有措施的一行，无从整改，也无法与方案对应。
错例：
    问题描述：（空白），整改措施：/
正例：
    问题描述：（空白），整改措施：1.六月底前修复水泵
"""
CODE = "V201"
SEVERITY = Severity.ERROR
FIELDS = fields(required=True, besides=("leader", "lead_unit", "deadline"))
MESSAGE = {
    "zh": "{label}没有填写，请补填",
    "en": "{label} is empty; fill it in",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows in which every column of a required group is blank, at the first such column of the group.

    What only looks like measures (修改要求) does not stand in for a problem that is left blank.
    """
    for group in collection.campaign.schema.required_groups:
        if set(FIELDS.besides).intersection(group):
            continue
        blank = {key: collection.blank(key) for key in group}
        for position in collection.positions(map(any, zip(*blank.values(), strict=True))):
            table = collection.places[position].table
            filled = [key for key in group if key in table.columns and not blank[key][position]]
            if not any(key == group[0] or key not in table.inferred for key in filled):
                yield at(position, next(key for key in group if blank[key][position]))
