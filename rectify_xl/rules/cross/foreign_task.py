"""A task of other units.

What it checks:
    Against the last master: the row is a task in which the reporting unit has no role, neither leading nor
    cooperating. It stands in 待确认.
Why:
    A list sent under the wrong name would overwrite what another unit said.
Wrong:
    市农业农村局 reports on a task of 市水务局
Right:
    Each unit on the tasks that name it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds import comparison_of
from rectify_xl.rules import at, fields
from rectify_xl.rules.round_outcomes import full_name, subject_field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """报了别的单位的任务。

查什么：
    对照上期总台账：这一行是总台账里的任务，但报送单位既不牵头也不配合。列入“待确认”。
为什么：
    清单发错、署错单位，会盖掉别的单位所报。
错例：
    市农业农村局报了市水务局的任务
正例：
    各单位只报与本单位有关的任务
"""
CODE = "X713"
SEVERITY = Severity.WARNING
FIELDS = fields("task_id", "problem", "measures")
SCOPE = "round"
MESSAGE = {
    "zh": "总台账中这一项（{task}）没有{unit}的职责；列入“待确认”，请核对单位或由整改办决定",
    "en": "{unit} has no role in this task ({task}); the row waits in To confirm: check the unit, or let the office decide",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the rows of tasks in which the unit has no role."""
    for one in comparison_of(collection).unmatched:
        if one.reason == "foreign" and collection.base:
            task = collection.base.by_key[one.nearest[0][0]]
            yield at(
                one.reported.positions[0], subject_field(one.reported), unit=one.reported.unit, task=full_name(collection, task)
            )
