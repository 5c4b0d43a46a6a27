"""A workbook without a task list.

What it checks:
    No visible sheet has a row of headings that could be the head of a task list. The message names the sheet
    and the row that come nearest and what they lack, else the texts that were seen.
Why:
    Without headings no column can be told from another; guessing would put one column's text under
    another's name.
Wrong:
    A sheet that begins with the first task, headings deleted
Right:
    The heading row of the template above the tasks
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults, phrases
from rectify_xl.rules.near_miss import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """工作簿里没有任务清单。

查什么：
    所有可见工作表都找不到任务清单的表头行。提示写明最接近的工作表和行、缺什么，没有接近的就列出见到的文字。
为什么：
    没有表头就分不清各列，靠猜会把一列的内容记到另一列名下。
错例：
    删掉表头、第一行就是任务的工作表
正例：
    任务上方保留模板的表头行
"""
CODE = "S105"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "没有找到任务清单的表头{found}；请用下发的模板填报，保留问题描述、责任领导、牵头单位、整改时限等列名",
    "en": "No headings of a task list were found{found_en}; use the template and keep its heading row",
}

MOST_SEEN = 80


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the workbooks in which no heading row was found."""
    for hit in faults(collection, "no-task-table"):
        seen = str(hit.facts.get("seen") or "")
        seen = seen if len(seen) <= MOST_SEEN else f"{seen[: MOST_SEEN - 1]}…"
        found = phrases("found", f"（见到的文字：{seen}）", f" (seen: {seen})") if seen else phrases("found", "", "")
        if hit.facts.get("near_sheet"):
            found = phrases("found", *_nearest(hit.facts))
        yield replace(hit, facts={**hit.facts, **found})


def _nearest(facts: Mapping[str, Any]) -> tuple[str, str]:
    zh, en = lacking(facts)
    sheet, row, headings = facts["near_sheet"], facts["near_row"], str(facts["headings"])[:MOST_SEEN]
    return (
        f"（最接近的是工作表“{sheet}”第 {row} 行：{headings}；{zh}）",
        f" (nearest: row {row} of the sheet “{sheet}”: {headings}; {en})",
    )
