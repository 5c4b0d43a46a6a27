"""A row that is reported on and has no status.

What it checks:
    The status cell is blank although progress, percentage, completion date or evidence of the same task are filled in.
    Silent where the unit has filled in nothing yet, in lists without a status column, in rows of tasks whose status the last
    master or another row of the list knows, and in rows of a dispatched workbook in which the unit only cooperates: the
    state of a task is its lead's to say.
Why:
    Every figure of the campaign counts by the status: a task without one is neither done nor under way, whatever the
    progress says.
Wrong:
    Status empty, progress: the first of two pumping stations has been rebuilt
Right:
    整改中, progress: the first of two pumping stations has been rebuilt
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.provenance.carried import task_key
from rectify_xl.rounds.known_values import is_known
from rectify_xl.rules import at, fields
from rectify_xl.rules.task_progress import blank_in_every_part
from rectify_xl.schema.fields import REPORTED_WITH_STATUS
from rectify_xl.tasks import only_cooperates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """填了进展，却没有填写整改状态。

查什么：
    整改状态一格为空，而同一任务的整改进展、完成率、实际完成日期或佐证材料已经填写。单位还什么都没有填的行，以及
    没有状态列的清单，不报；台账已有状态的任务保留台账的状态，同一任务的另一行写了
    状态的以那一行为准，也不报；下发表格中本单位只是配合的任务，状态由牵头单位填写，也不报。
为什么：
    各项统计都按整改状态计数；没有状态的任务既不算办结也不算整改中，进展写得再好也数不进去。
错例：
    整改状态为空，整改进展：两座泵站已改造完成一座
正例：
    整改中，整改进展：两座泵站已改造完成一座
"""
CODE = "P614"
SEVERITY = Severity.WARNING
FIELDS = fields("status")
MESSAGE = {
    "zh": "没有填写{label}，而这一行已填了{filled}；各项统计按状态计数，请从下拉列表中选填（如{example}）",
    "en": "{label} is empty although {filled} is filled in; every figure counts by it: choose one of the list, such as {example}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows that report something and have no status."""
    schema = collection.campaign.schema
    example = next((state.word for state in schema.states if state.under_way), "")
    beside = _with_status(collection)
    for position in collection.positions(blank_in_every_part(collection, "status")):
        if only_cooperates(collection, position) or is_known(collection, position, "status"):
            continue
        if _task(collection, position) in beside:
            continue
        headings = collection.places[position].table.headings
        filled = tuple(headings[key] for key in REPORTED_WITH_STATUS if collection.values(key)[position] is not None)
        if filled:
            yield at(position, "status", filled=filled, example=example)


def _with_status(collection: Collection) -> set[tuple[object, ...]]:
    """The tasks of which a row of their list has a status: it is that of the task, as the next merge knows."""
    status = collection.values("status")
    return {_task(collection, position) for position, value in enumerate(status) if value is not None}


def _task(collection: Collection, position: int) -> tuple[object, ...]:
    """The task of a row, as far as its own list tells: by the key that it was sent out with, else by its rows."""
    place = collection.places[position]
    key = task_key(place.task.key)
    return (place.submission.path, place.table.sheet, key) if key else tuple(place.root)
