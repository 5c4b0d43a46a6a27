"""A task without a lead unit.

What it checks:
    The lead unit's cell is empty (`/`, `—`, `无`, `同上` and `待定` count as empty), whatever the column of cooperating
    units holds. A list without the column is reported once, by missing-column.
Why:
    Every task of a plan has a unit that answers for it; without one, nobody reports and nobody is chased.
Wrong:
    (an empty cell)
Right:
    市水利局
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds.known_values import is_known
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.cell_texts import is_undecided, says_same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """任务没有牵头单位。

查什么：
    牵头单位（责任单位）一格为空（“/”“—”“无”“同上”“待定”也算空），不论配合单位是否填写。整张表没有这一列时，只由
    missing-column 报告一次。
为什么：
    整改方案的每项任务都有负责的单位；没有单位，就没有人报、也没有人可催。
错例：
    （空白）
正例：
    市水利局
"""
CODE = "U401"
SEVERITY = Severity.ERROR
FIELDS = fields("lead_unit")
MESSAGE = {
    "zh": "没有填写{label}{above}，请填写单位全称",
    "en": "No lead unit{above_en}; fill in its full name",
}
_EMPTY = phrases("above", "", "")
_SAME = phrases(
    "above", ("（写的是“同上”，清单拆分、排序后看不出是哪家）"), " (“同上” says nothing once the list is split or sorted)"
)
_UNDECIDED = phrases("above", "（写的还是待定）", " (it is still to be decided)")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose lead unit is blank."""
    for position in collection.positions(collection.blank("lead_unit")):
        if not is_known(collection, position, "lead_unit"):
            yield at(position, "lead_unit", **_EMPTY)
    for position, text in collection.texts("lead_unit"):
        if says_same(text):
            yield at(position, "lead_unit", **_SAME)
        elif is_undecided(text):
            yield at(position, "lead_unit", **_UNDECIDED)
