"""A row that is not certainly a task of the ledger.

What it checks:
    Against the last master: neither key nor words say for certain which task a row is. It stands in 待确认 with
    the nearest tasks until the office decides. A file stamped for another round waits as a whole.
Why:
    A row joined with the wrong task makes two tasks wrong; a row left out is lost.
Wrong:
    A problem that no task of the ledger words like that
Right:
    The problem as dispatched, or a decision in 待确认
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds import comparison_of
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.round_outcomes import full_name, subject_field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """对不上总台账中任何一项任务。

查什么：
    对照上期总台账：任务标识和文字都不能确定这一行是哪项任务。这一行列入“待确认”，附最接近的任务，
    由整改办决定。标着别的轮次的文件整份待确认。
为什么：
    并错一行，两项任务都错；丢掉一行，就少了一项。
错例：
    问题写法与台账各项都不同
正例：
    问题照下发的写，或由整改办在“待确认”中决定
"""
CODE = "X714"
SEVERITY = Severity.WARNING
FIELDS = fields("task_id", "problem", "measures")
SCOPE = "round"
MESSAGE = {
    "zh": "不能确定这一行是台账中的哪一项{near}；请核对编号和问题的写法；这一行列入“待确认”，由整改办决定",
    "en": "It is not certain which task of the ledger this row is{near_en}: check its number and words; it waits in"
    " To confirm for the office to decide",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the rows that wait; foreign-task speaks of other units' tasks, wrong-template of a file of another round."""
    for one in comparison_of(collection).unmatched:
        if one.reason not in ("foreign", "other_round") and collection.base:
            nearest = [full_name(collection, collection.base.by_key[key]) for key, _ in one.nearest]
            zh = f"（最接近的是：{'、'.join(nearest)}）" if nearest else ""
            en = f" (the nearest: {', '.join(nearest)})" if nearest else ""
            yield at(one.reported.positions[0], subject_field(one.reported), **phrases("near", zh, en))
