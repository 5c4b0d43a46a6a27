"""A list without a single task.

What it checks:
    The headings are there, but no task row follows; or a dispatched workbook comes back exactly as it was sent out, so
    that nothing is reported yet. Where the list itself says that there is nothing to
    report (本期零报告, 无), it is taken at its word: an info, and the unit has reported.
Why:
    A report of nothing ("zero report") differs from a blank template sent by mistake; only the unit knows
    which it is.
Wrong:
    The template sent back as it came
Right:
    A row that says that there is nothing to report this round
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.collection.untouched import untouched_files
from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults, in_file, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """清单里没有任务。

查什么：
    有表头，但下面没有一行任务；或者派发的填报表原样退回，与下发时一样，等于还没有填报。清单自己写明“本期零报告”“无”的，按零报告收下，只作提示，单位算已报送。
为什么：
    “零报告”与误发空白模板是两回事，只有报送单位自己清楚。
错例：
    原样退回的空白模板
正例：
    确无内容时写一行说明“本期零报告”
"""
CODE = "S118"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "{found}{said}",
    "en": "{found_en}{said_en}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met, a list that states its being empty as an info; then dispatched lists that nobody filled in."""
    empty = phrases("found", "清单只有表头，没有任务", "The list has headings but no tasks")
    for hit in faults(collection, "empty-submission"):
        zero = hit.facts.get("zero")
        if zero:
            zh = f"，写明“{zero}”，已按零报告收下；如本期有任务，请补报"
            en = f"; it says “{zero}” and was taken as a report of nothing; report the tasks if there are any"
        else:
            zh = "；如误发了空白模板请重新报送，确无内容请注明“零报告”"
            en = "; send the filled-in list, or say that there is nothing to report"
        severity = Severity.INFO if zero else None
        yield replace(hit, severity=severity, facts={**hit.facts, **empty, **phrases("said", zh, en)})
    same = phrases("found", "填报表与下发时一样，还没有填报", "The workbook is as it was dispatched: nothing is reported yet")
    what = phrases(
        "said", "；请填写本期进展后重新报送，确无进展的也请逐项说明", "; fill in the progress of this round and send it again"
    )
    for file, sheet in untouched_files(collection).items():
        yield in_file(file, sheet, **same, **what)
