"""A dispatched row that did not come back.

What it checks:
    A workbook that was dispatched came back without one of its rows. The task stays in the ledger as it was.
Why:
    A task does not end by deleting its row.
Wrong:
    Twelve rows dispatched, eleven returned
Right:
    All rows returned, the finished ones with their status
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.provenance.carried import task_key
from rectify_xl.rounds import comparison_of
from rectify_xl.rules import NO_FIELD, in_file, phrases
from rectify_xl.rules.round_outcomes import full_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """下发的任务行被删掉。

查什么：
    下发的表格交回时少了一行。总台账中这项任务保持原样。
为什么：
    删掉一行，任务并没有结束。
错例：
    下发 12 行，交回 11 行
正例：
    各行都交回，完成的填写状态
"""
CODE = "H805"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
SCOPE = "round"
MESSAGE = {
    "zh": "下发的任务“{tasks}”在交回的表中不见了；总台账保留该任务，请用下发的表格补报",
    "en": "The dispatched task “{tasks_en}” is not in the returned list; it stays in the ledger: report on it too",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the files that lack rows with which they were dispatched."""
    comparison = comparison_of(collection)
    by_words: dict[str, set[str]] = defaultdict(set)  # path -> tasks of rows whose key was lost or typed over
    for report in comparison.reports:
        for reported in report.reported:
            by_words[reported.place.submission.path].add(report.task.key)
    for submission in collection.submissions:
        if submission.path in comparison.again:
            continue  # what it lacked was reported when it was merged
        back = {task.key for table in submission.tables for task in table.rows} | by_words[submission.path]
        gone = [key for key in submission.dispatched if key not in back]
        names = list(_names(collection, gone, back))
        if names and back:
            zh, en = ("、".join(dict.fromkeys(name[at] for name in names)) for at in (0, 1))
            yield in_file(submission.path, submission.tables[0].sheet, **phrases("tasks", zh, en))


def _names(collection: Collection, gone: list[str], back: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """The tasks of rows that are gone, and which part it was where others of the task are there."""
    parts_back = {task_key(key) for key in back if "." in key}
    for key in gone:
        whole, _, part = key.partition(".")
        if collection.base and (task := collection.base.by_key.get(whole)):
            name = full_name(collection, task)
            is_part = bool(part) and whole in parts_back
            yield (f"{name}（第{part}部分）", f"{name} (part {part})") if is_part else (name, name)
