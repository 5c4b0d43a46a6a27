"""A task without a responsible leader.

What it checks:
    The leader cell of a task is empty (``/``, ``—`` and ``无`` count as empty). A list without a leader column
    is reported once, by missing-column.
Why:
    One problem, one plan, one responsible leader: the plans name a leader for every task, and a reminder needs
    a person to go to.
Wrong:
    (an empty cell)
Right:
    王某某 市政府副市长
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds.known_values import is_known
from rectify_xl.rules import Hit, at, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection

ZH = """任务没有责任领导。

查什么：
    责任领导一格为空（“/”“—”“无”也算空）。整张表没有责任领导这一列时，只由 missing-column 报告一次。
为什么：
    一个问题、一套方案、一名责任领导：每项任务都要有具体的人负责，督办时才找得到人。
错例：
    （空白）
正例：
    王某某 市政府副市长
"""
CODE = "L301"
SEVERITY = Severity.ERROR
FIELDS = fields("leader")
MESSAGE = {
    "zh": "没有填写{label}，请填写姓名和职务",
    "en": "No responsible leader; fill in name and title",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose leader cell is blank."""
    for position in collection.positions(collection.blank("leader")):
        if not is_known(collection, position, "leader"):
            yield at(position, "leader")
