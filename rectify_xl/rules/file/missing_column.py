"""A list without a column it must have.

What it checks:
    One of the required columns is missing from the heading row: problem or measures, responsible leader,
    lead unit, deadline. The rows are read all the same. A column that names two at once (责任单位及责任人) is
    both where every cell can be split into unit and person, else that of the units, and the other one is missing. A list may
    leave out what another list of the unit (清单 beside 进展), or the last master, says for every one of its tasks.
Why:
    The plans name a leader, a unit and a deadline for every task. One finding for the list is worth more
    than one per row.
Wrong:
    Headings: 序号, 反馈问题, 整改措施, 完成时限
Right:
    Headings: 序号, 反馈问题, 整改措施, 责任领导, 责任单位, 完成时限
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds.joined_rows import is_said_beside
from rectify_xl.rounds.known_values import is_known
from rectify_xl.rules import NO_FIELD, faults, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """清单缺少必须有的列。

查什么：
    表头缺少必需的列之一：问题描述或整改措施、责任领导、牵头单位、整改时限。已有的各行照常读取。两项合写
    一列的（如“责任单位及责任人”），每格的单位和人都分得清的两项都读，否则按单位读取，另一项算缺列。表中各行的这一项，
    本单位另一张表（如清单之外另有一张进展表）或上期总台账里都已填写的，不算缺列。
为什么：
    整改方案对每项任务都写明责任领导、责任单位和时限。整张表报告一次，比逐行报告有用。
错例：
    表头：序号、反馈问题、整改措施、完成时限
正例：
    表头：序号、反馈问题、整改措施、责任领导、责任单位、完成时限
"""
CODE = "S106"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "清单缺少“{columns}”列{joint}；请按模板补上这些列并填写后重新报送（已有的列照常读取）",
    "en": "The list has no column {columns}{joint_en}; add it as in the template and send the list again (its rows were read)",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met and neither another list nor the last master says."""
    for hit in faults(collection, "missing-column"):
        if _is_known(collection, hit):
            continue
        heading = hit.facts.get("shared")
        zh = f"，“{heading}”一列把两项写在了一起，无法可靠拆开" if heading else ""
        en = f": “{heading}” holds two things in one cell, which cannot be separated reliably" if heading else ""
        yield replace(hit, facts={**hit.facts, **phrases("joint", zh, en)})


def _is_known(collection: Collection, hit: Hit) -> bool:
    """Whether another list of the unit, or the ledger, says of all rows of the list what the column would say."""
    rows = [
        at for at, place in enumerate(collection.places) if (place.submission.path, place.table.sheet) == (hit.file, hit.sheet)
    ]
    keys = hit.facts["keys"]
    return bool(rows) and all(is_known(collection, at, *keys) or is_said_beside(collection, at, *keys) for at in rows)
