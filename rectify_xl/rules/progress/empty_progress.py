"""A task that is under way and says nothing.

What it checks:
    The progress cell is empty and the status does not say that work has yet to begin (未启动). Silent in lists
    without a progress column, and on other units' tasks in a copy of the whole plan of which the sender has filled in
    only its own, and on untouched rows of a dispatched workbook that the unit has filled in in another of its files.
Why:
    Units report every month; a row without progress is a row not reported, and the bulletin has nothing
    to say about it.
Wrong:
    整改中, 整改进展 empty
Right:
    整改中, 整改进展: the first of two pumping stations has been rebuilt
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.untouched import filled_in_elsewhere
from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.task_progress import blank_in_every_part, rows_of_other_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """没有填写整改进展。

查什么：
    整改进展一格为空，而状态不是还没有开始（“未启动”）。清单没有这一列时不检查。照抄全部任务，只填了
    自己那几项的清单，别的单位的任务不报；一个单位分几份报的，下发的行在另一份里填了就不报。
为什么：
    各单位按月报进展；没有进展的一行等于没报，通报里也无话可写。
错例：
    整改中，整改进展为空
正例：
    整改中，整改进展：两座泵站已改造完成一座
"""
CODE = "P608"
SEVERITY = Severity.ERROR
FIELDS = fields("progress")
MESSAGE = {
    "zh": "没有填写{label}；请写明本期做了什么、完成多少",
    "en": "{label} is empty; say what was done since the last report",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows with a blank progress that are not said to wait for their start."""
    others = rows_of_other_units(collection) | filled_in_elsewhere(collection)
    for position in collection.positions(blank_in_every_part(collection, "progress")):
        state = collection.states[position]
        if (state is None or state.started) and position not in others:
            yield at(position, "progress")
