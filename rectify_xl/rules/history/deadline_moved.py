"""A deadline of the ledger that has moved.

What it checks:
    The ledger names another deadline than the last round's master did when it was written: somebody changed
    it there. Lists of units are judged by protected-field-changed.
Why:
    The written deadline stands; an extension is granted beside it, with a number.
Wrong:
    2026年12月底前 became 2027年6月底前
Right:
    The written deadline, and a row in 延期
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, overall
from rectify_xl.rules.round_outcomes import full_name, text_of
from rectify_xl.tasks import meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """总台账的整改时限变了。

查什么：
    总台账的整改时限与上一轮写出时不同：有人在台账里改过。单位清单里的改动由“改动了由整改办掌握的内容”说明。
为什么：
    原定时限不动，延期另行批准、另有文号。
错例：
    “2026年12月底前”改成了“2027年6月底前”
正例：
    原定时限不动，在“延期”表登记
"""
CODE = "H806"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
SCOPE = "round"
MESSAGE = {
    "zh": "任务“{task}”的整改时限由“{last}”改为“{now}”；确属延期的请在“延期”登记批准依据",
    "en": "The deadline of task {task} has moved from “{last}” to “{now}”; register an extension with its approval",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield tasks whose deadline is not what it was when the last master was written."""
    base, known = collection.base, collection.campaign.schema.by_key.get("deadline")
    for task in base.tasks if base and known else ():
        last, now = base.deadlines.get(task.key) if base else None, task.values.get("deadline")
        if known and last is not None and meaning_of(collection, known, last) != meaning_of(collection, known, now):
            before, after = (text_of(collection, "deadline", value) for value in (last, now))
            yield overall(task=full_name(collection, task), last=before, now=after)
