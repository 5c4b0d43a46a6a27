"""A row that the same unit has reported again.

What it checks:
    Two files of one unit hold the same task (same number and problem) with different values. The later
    one counts: by its 填报日期, else by the document's own properties. Tasks that stand in one file only
    complement each other.
Why:
    Units send a second list and forget to say so. Nothing is dropped silently; the office sees which row
    no longer counts.
Wrong:
    No. 3 in the list of 5 August and, changed, in the list of 7 August
Right:
    One list, or two lists with different tasks
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.untouched import is_as_dispatched
from rectify_xl.common.findings import Severity
from rectify_xl.rounds import comparison_of
from rectify_xl.rounds.joined_rows import joined_of_round
from rectify_xl.rounds.known_values import task_of_rows
from rectify_xl.rules import ANY_CELL, at, phrases
from rectify_xl.rules.task_identity import anchor_field
from rectify_xl.tasks import differ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rounds.model import Superseded
    from rectify_xl.rules import Hit
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported

ZH = """同一单位后来又报了这一项。

查什么：
    同一单位的两个文件里有同一任务（编号和问题都相同）而内容不同。以较晚的为准：先看填报日期，再看文件属
    性中的修改时间。只在其中一个文件里的任务互为补充。
为什么：
    单位补报一份清单而不说明是常事。程序不会悄悄丢掉旧的，整改办能看到哪一行已不作数。
错例：
    8 月 5 日的清单有第 3 项，8 月 7 日的清单又报了改过的第 3 项
正例：
    只报一份清单，或两份清单任务不同
"""
CODE = "X709"
SEVERITY = Severity.INFO
FIELDS = ANY_CELL
SCOPE = "files-or-round"
MESSAGE = {
    "zh": "该单位在 {newer_file} 的 {newer_cell} 又报了这一项（{fields}不同），以较晚的为准；如有误请联系整改办",
    "en": (
        "The unit reported this task again in {newer_cell} of {newer_file_en} (different: {fields_en}); the later report counts"
    ),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the older of two reports of one unit that report one task differently."""
    for older, newer, fields in (*_within(collection), *_since_base(collection)):
        anchor = anchor_field(collection, older.positions[0])
        # What the office has dispatched is no cell to point at: the unit has not written it.
        key = fields[0].key if is_as_dispatched(collection, older.positions[0], anchor) else anchor
        yield at(
            older.positions[0],
            key,
            **_where(older, newer),
            newer_cell=newer.cell(key),
            fields=tuple(known.label["zh"] for known in fields),
            fields_en=tuple(known.label["en"] for known in fields),
        )


def _within(collection: Collection) -> Iterator[tuple[Reported, Reported, list[Field]]]:
    """Older and newer reports of one task that the last master does not know, and the fields on which they differ."""
    known = task_of_rows(collection) if collection.base else {}
    for task in joined_of_round(collection):
        for older in task.superseded:
            if older.positions[0] in known:
                continue  # what is as it was dispatched states nothing: see below
            newer = next(report for report in task.reports if report.sender == older.sender)
            if fields := [known for known in collection.campaign.schema.fields if differ(older, newer, known)]:
                yield older, newer, fields


def _since_base(collection: Collection) -> Iterator[tuple[Reported, Reported, list[Field]]]:
    """The same, of tasks as they stand in the last master, value by value; of a row one finding is enough."""
    schema = collection.campaign.schema
    found: dict[tuple[tuple[int, ...], tuple[int, ...]], list[Superseded]] = defaultdict(list)
    for one in comparison_of(collection).superseded:
        found[one.older.positions, one.newer.positions].append(one)
    for several in found.values():
        yield several[0].older, several[0].newer, [schema[one.field] for one in several]


def _where(older: Reported, newer: Reported) -> dict[str, Any]:
    """The newer file; where a workbook has a sheet for every month, the newer sheet."""
    path, sheet = newer.place.submission.path, newer.place.table.sheet
    if path != older.place.submission.path:
        return phrases("newer_file", path, path)
    return phrases("newer_file", f"工作表“{sheet}”", f"sheet {sheet}")
