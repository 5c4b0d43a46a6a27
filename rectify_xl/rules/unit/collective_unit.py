"""A group of units instead of their names.

What it checks:
    A cell names bodies that stand for many (各县区人民政府, 市直有关部门) and does not list them.
Why:
    The members can be counted and chased only where the roster tells who they are; 有关部门 is nobody in
    particular.
Wrong:
    各县区人民政府、市直有关部门
Right:
    雾川县、澜屏区、鹤汀市，市财政局、市审计局
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.unit_cells import unit_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """写的是一类单位，没有逐个列出。

查什么：
    单元格中有代表许多单位的统称（“各县区人民政府”“市直有关部门”），没有逐个列名。
为什么：
    名录中查得到成员的才能逐个统计和催报；“有关部门”等于谁都不是。
错例：
    各县区人民政府、市直有关部门
正例：
    雾川县、澜屏区、鹤汀市，市财政局、市审计局
"""
CODE = "U406"
SEVERITY = Severity.INFO
FIELDS = fields(roles=("units",))
MESSAGE = {
    "zh": "{names}是统称，{reading}{members}；请尽量逐个列出单位名称",
    "en": "{names} stands for many units{reading_en}{members}; list them by name if possible",
}
_COUNTED = phrases("reading", "按名录计为：", ", by the roster: ")
_UNKNOWN = phrases("reading", "名录中查不到是哪些单位，无法逐个催报", ", and nothing tells which, so that none can be asked")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield cells with collective names, and the roster's members where it knows them."""
    for position, key, units in unit_cells(collection):
        if units.collective:
            members = tuple(dict.fromkeys(unit.name for name in units.collective for unit in collection.match(name).members))
            yield at(position, key, names=units.collective, members=members, **(_COUNTED if members else _UNKNOWN))
