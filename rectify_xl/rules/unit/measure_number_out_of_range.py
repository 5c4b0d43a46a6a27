"""A unit that answers for a measure which does not exist.

What it checks:
    A unit is said to lead measure 8 where the task has seven. Silent where the measures are not numbered.
    Measures spread over the rows of one task are counted together.
Why:
    One province's plan names the lead measure by measure (牵头负责第1、8条). When a measure is dropped and the
    numbers stay, a measure without a unit, or a unit without one, remains.
Wrong:
    市水利局（牵头负责第8条） beside seven measures
Right:
    市水利局（牵头负责第7条）
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.measure_counts import measure_counts
from rectify_xl.rules.unit_cells import unit_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """单位负责的措施序号不存在。

查什么：
    单位“牵头负责第8条”，而该任务只有 7 条措施。措施没有编号时不检查；同一任务分几行写的措施合并计数。
为什么：
    某省的方案按措施逐条明确牵头单位（“牵头负责第1、8条”）。措施删改后序号没有跟着改，就会有措施没人管、
    单位没事管。
错例：
    7 条措施，单位写“市水利局（牵头负责第8条）”
正例：
    市水利局（牵头负责第7条）
"""
CODE = "U408"
SEVERITY = Severity.ERROR
FIELDS = fields(roles=("units",))
MESSAGE = {
    "zh": "{unit}负责的第 {numbers} 条措施不存在，该任务只有 {count} 条措施；请核对序号",
    "en": "{unit} answers for measure {numbers}, but the task has only {count}; check the numbers",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield unit cells with a measure number above the number of measures."""
    leading = [cell for cell in unit_cells(collection) if cell[2].per_measure]
    counts = measure_counts(collection) if leading else []
    for position, key, units in leading:
        count = counts[position]
        for unit, numbers in units.per_measure.items():
            beyond = tuple(number for number in numbers if not 1 <= number <= count)
            if count and beyond:
                yield at(position, key, unit=unit, numbers=beyond, count=count)
                break
