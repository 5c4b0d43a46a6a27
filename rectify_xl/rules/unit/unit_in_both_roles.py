"""A unit that leads and cooperates in one task.

What it checks:
    The same unit stands among the leading and among the cooperating units of a row, in one cell or two.
    Units whose parts are given measure by measure may lead in some and help in others.
Why:
    The count of who leads and who helps comes out wrong, and usually another unit was meant.
Wrong:
    牵头单位: 市水利局;  配合单位: 市水利局、市财政局
Right:
    牵头单位: 市水利局;  配合单位: 市财政局
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.readings import read_units
from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.unit_cells import official

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """同一单位既牵头又配合。

查什么：
    一行中同一个单位既在牵头单位里又在配合单位里，不论写在一格还是两格。按措施分工的单位（牵头第1条、
    配合第2条）不算。
为什么：
    牵头和配合的统计都会出错，往往是把别的单位写错了。
错例：
    牵头单位：市水利局；配合单位：市水利局、市财政局
正例：
    牵头单位：市水利局；配合单位：市财政局
"""
CODE = "U407"
SEVERITY = Severity.WARNING
FIELDS = fields("lead_unit", "coop_units")
MESSAGE = {
    "zh": "{names}既是牵头单位又是配合单位；请保留其中一处",
    "en": "{names} both leads and cooperates; keep one of the two",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows with a unit in both roles, at the cell in which it cooperates."""
    for position, units in enumerate(collection.units):
        leading = {official(collection, name) for name in units.lead if name not in units.per_measure}
        for key in ("coop_units", "lead_unit"):
            cell = read_units(collection.values(key)[position])
            helping = cell.cooperating if key == "lead_unit" else cell.names
            both = [name for name in helping if official(collection, name) in leading and name not in cell.per_measure]
            if both:
                yield at(position, key, names=tuple(_with_name_of_today(collection, name) for name in both))
                break


def _with_name_of_today(collection: Collection, name: str) -> str:
    """A unit that has gone into another is the one that leads only under that one's name, which is named too."""
    today = official(collection, name)
    return name if name == today else f"{name}（{today}）"
