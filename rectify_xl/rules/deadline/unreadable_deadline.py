"""A deadline that cannot be read.

What it checks:
    The cell holds something that is neither a date nor a known wording: an unfilled form, a date that
    lost its year or month, 同上, text from another column. Where a lost 年 or 月, mixed marks (2026年6.30) or a
    letter for a figure leave one likely reading, it is offered.
Why:
    Such a cell looks filled in, so that nobody asks, and yet the task has no deadline.
Wrong:
        年   月   日前;  同上
Right:
    2026年12月底前完成
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Fix, Severity
from rectify_xl.language.deadline import repair_deadline
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.cell_texts import is_mojibake
from rectify_xl.rules.deadline_cells import example, with_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.language.deadline import Deadline
    from rectify_xl.rules import Hit

ZH = """时限无法识别。

查什么：
    整改时限既不是日期，也不是通行的说法：没填完的“  年  月  日”、缺了年份或月份的日期、“同上”，或错填
    了别的列的内容。丢了“年”“月”、混用分隔符（如“2026年6.30”）、数字写成字母，而只有一种合理读法的，给出建议，不自动采用。
为什么：
    这样的格子看着填了，没有人追问，任务其实没有时限。
错例：
        年   月   日前；同上
正例：
    2026年12月底前完成
"""
CODE = "D505"
SEVERITY = Severity.ERROR
FIX = "unsafe"
FIELDS = fields("deadline")
MESSAGE = {
    "zh": "{label}“{value}”无法识别{likely}，请写明完成到哪一天，例如“{example}”",
    "en": "The deadline “{value}” cannot be read{likely_en}; write a date such as {example_en}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose deadline has no reading."""
    for position, deadline, _ in with_verdict(collection, "unreadable"):
        if not is_mojibake(collection, position, "deadline"):
            fix, likely = _likely(collection, position, deadline)
            yield at(position, "deadline", fix=fix, problem=deadline.problem, **likely, **example(collection))


def _likely(collection: Collection, position: int, deadline: Deadline) -> tuple[Fix | None, dict[str, str]]:
    """The date that a damaged text (20259月底前) probably means, offered and never taken."""
    repaired = repair_deadline(str(collection.values("deadline")[position]))
    if repaired is None or not deadline.alternatives:
        return None, phrases("likely", "", "")
    day = deadline.alternatives[-1].isoformat()
    zh = f"（日期有缺损或写法混用，很可能是“{repaired}”，即 {day}）"
    en = f" (the date is damaged or its marks are mixed; probably “{repaired}”, {day})"
    return Fix(repaired, safe=False), phrases("likely", zh, en)
