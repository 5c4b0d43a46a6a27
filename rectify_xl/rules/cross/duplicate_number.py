"""One number over two different problems.

What it checks:
    A task number stands twice in a file over problems whose words differ. Lists that begin again from 1 on
    each sheet, in each section or in each category, or that different units fill in, are not meant. Over a
    whole collection: one number stands for different tasks in two files that otherwise share one numbering.
Why:
    One of the two numbers is mistyped. Nobody must delete a row for it: both tasks are there.
Wrong:
    No. 3 in row 5 (a leaking pipe) and again in row 9 (a cracked dike)
Right:
    No. 3 in row 5, no. 7 in row 9
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.task_identity import anchor_field, cell_of, numbers_in_use, repeated_numbers, same_task, sent_out_as_two

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit
    from rectify_xl.rules.task_identity import Numbers

ZH = """同一编号用在两个不同的问题上。

查什么：
    同一文件里同一编号出现两次，两处的问题却不同。每张表、每一节、每一类都从 1 编起的，或几个单位各填一张的，
    不算。汇总全部清单时：各清单本来共用一套编号，却有一个编号在两份清单里指不同的任务。
为什么：
    两个编号中有一个填错了。不能为此删行：两项任务都是真的。
错例：
    第 5 行（管网渗漏）编号 3，第 9 行（堤防裂缝）又是编号 3
正例：
    第 5 行编号 3，第 9 行编号 7
"""
CODE = "X703"
SEVERITY = Severity.ERROR
FIELDS = fields("task_id")
MESSAGE = {
    "zh": "编号“{value}”用了两次，两处写的不是一回事：另一处在{where}；两行都已读入，请核对后改正其中一个编号，不要删行",
    "en": (
        "The number {value} is used twice, and not for the same thing: the other row is {where_en}; both were read, correct one "
        "of the numbers and delete neither row"
    ),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the later row of two in one list, and the row that strays from the numbering all files share."""
    for position, first in repeated_numbers(collection):
        if not same_task(collection, position, first):
            place = collection.places[first]
            cell = cell_of(collection, first, anchor_field(collection, first))
            zh = f"工作表“{place.table.sheet}”第 {place.task.row} 行（{cell}）"
            yield at(position, "task_id", **phrases("where", zh, f"in row {place.task.row} of {place.table.sheet} ({cell})"))
    if collection.collected:
        yield from _strays(collection)


def _strays(collection: Collection) -> Iterator[Hit]:
    numbers = numbers_in_use(collection)
    for number in sorted(numbers.strays):
        files = numbers.rows[number]
        apart = [path for path in files if not _in_sequence(numbers, number, path)]
        for path in apart if 0 < len(apart) < len(files) else files:
            other = next(positions[0] for elsewhere, positions in files.items() if elsewhere != path)
            if sent_out_as_two(collection, files[path][0], other):
                continue
            cell, file = cell_of(collection, other, anchor_field(collection, other)), collection.places[other].submission.path
            hit = at(files[path][0], "task_id", **phrases("where", f" {file} 的 {cell}", f"at {cell} of {file}"))
            yield replace(hit, severity=Severity.WARNING)


def _in_sequence(numbers: Numbers, number: int, path: str) -> bool:
    """Whether a file has the number before or the one after as well."""
    return any(path in numbers.rows.get(near, {}) for near in (number - 1, number + 1))
