"""One task twice in a file.

What it checks:
    A task number stands twice in a file over the same task, or two rows have the same problem (spaces and
    punctuation aside) and the same lead unit. One number over two different problems is duplicate-number.
    Rows that are parts of one task are not meant (number and problem written again for every measure
    included), and neither are lists that begin again from 1 on each sheet, in each section or in each
    category, or that different units fill in, nor a sheet for every month.
Why:
    A task that is entered twice is counted twice, and an update reaches only one of the two rows.
Wrong:
    No. 3 in row 5 and again in row 9
Right:
    No. 3 in row 5 only
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.task_identity import (
    CONTENT,
    anchor_field,
    cell_of,
    content_keys,
    repeated_numbers,
    same_task,
    sent_out_as_two,
)
from rectify_xl.rules.unit_cells import official
from rectify_xl.tasks import first_rows, ordered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """一个文件里同一任务出现两次。

查什么：
    同一文件里同一任务的编号出现两次，或两行的问题描述（不计空格和标点）与牵头单位都相同。同一编号写着两个不
    同问题的，由 duplicate-number 提示。同一任务分几行写的不算；每张表、每一节、每一类都从 1 编起的，或几个单位
    各填一张的，每月一张的，也不算。
为什么：
    录入两次的任务会统计两次，以后更新又只改到其中一行。
错例：
    编号 3 出现在第 5 行，又出现在第 9 行
正例：
    编号 3 只出现在第 5 行
"""
CODE = "X701"
SEVERITY = Severity.ERROR
FIELDS = fields("task_id", "problem", "measures")
MESSAGE = {
    "zh": "与工作表“{sheet}”第 {row} 行（{cell}）是同一任务；请核对后删去一行，或改正编号",
    "en": "The same task stands in row {row} of {sheet} ({cell}); delete one of the rows or correct the number",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the later row of two that are one task, with the place of the first."""
    numbered = {position: first for position, first in repeated_numbers(collection) if same_task(collection, position, first)}
    seen: dict[tuple[str, ...], int] = {}
    whole = first_rows(collection)
    for position, (field, key) in enumerate(_by_content(collection)):
        first = seen.setdefault(key, position) if key else position
        if position in numbered and whole[position] != whole[numbered[position]]:
            yield _hit(collection, position, "task_id", numbered[position])
            continue
        place, here = collection.places[first], collection.places[position]
        if whole[first] == whole[position] or ordered(place, here) or sent_out_as_two(collection, first, position):
            continue
        if not _is_one_cell(collection, first, position, field):
            yield _hit(collection, position, field, first)


def _is_one_cell(collection: Collection, one: int, other: int, key: str) -> bool:
    """Whether one merged cell says it of both rows: tasks with numbers of their own below one problem are none twice."""
    tables = {collection.places[at].table_key for at in (one, other)}
    return len(tables) == 1 and cell_of(collection, one, key) == cell_of(collection, other, key)


def _hit(collection: Collection, position: int, field: str, first: int) -> Hit:
    place = collection.places[first]
    cell = cell_of(collection, first, anchor_field(collection, first))
    return at(position, field, sheet=place.table.sheet, row=place.task.row, cell=cell)


def _by_content(collection: Collection) -> Iterator[tuple[str, tuple[str, ...]]]:
    for position, content in enumerate(content_keys(collection)):
        units = collection.units[position]
        leads = sorted(official(collection, name) for name in units.lead or units.names)
        field = next((key for key in CONTENT if collection.values(key)[position] is not None), CONTENT[0])
        path, unit = collection.places[position].submission.path, collection.unit_of(position)
        yield field, ("content", path, unit, content, *leads) if content and leads else ()
