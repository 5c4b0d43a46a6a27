"""A problem that stands across the columns above its measures (问题一：…), in a list that has no column for problems."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.submission import Section
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import TaskRow
    from rectify_xl.intake.tables.header import Header

_NUMBER = r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）]?"
_LINE = LazyPattern(
    rf"\s*(?:{_NUMBER}[、.．]\s*)?(?:督察|巡察|审计|检查|反馈|交办|整改|存在的?|具体|突出|主要){{0,3}}(?:问题|任务|事项)"
    rf"\s*(?:{_NUMBER}\s*[:：、.．]?|[:：])\s*(?P<said>\S.{{3,}})",
    re.DOTALL,
)
_ABOVE = 3  # rows between a title and the headings
_NOT_THE_PROBLEM = LazyPattern(r"共\s*\d+\s*[项个条件]|[(（]\s*共?\s*\d+\s*[项个条件]\s*[)）]\s*$")


def problem_line(sheet: Sheet, row: int, header: Header) -> Section | None:
    """The problem that a row holds and nothing else, where no column does; its name is the problem without its number."""
    if "problem" in header.fields:
        return None
    cells = sheet.own_cells(row)
    if len(cells) != 1:
        return None
    match = _LINE.fullmatch(shown(sheet.value(*cells[0])).strip())
    if match is None or tells_no_problem(match["said"]):
        return None
    return Section(row, a1(*cells[0]), " ".join(match["said"].split()))


def tells_no_problem(text: str) -> bool:
    """Whether what stands behind the word is no problem, but says how many there are."""
    return bool(_NOT_THE_PROBLEM.search(text))


def problem_above(sheet: Sheet, rows: range, header: Header) -> Section | None:
    """The problem that stands right above the headings of its measures."""
    for row in range(header.top - 1, max(rows.start, header.top - _ABOVE) - 1, -1):
        found = problem_line(sheet, row, header)
        if found:
            return found
    return None


def with_problem(task: TaskRow, problem: Section | None) -> TaskRow:
    """A task with the problem that stands above it, at the cell where it stands."""
    if problem is None or task.values.get("problem") is not None:
        return task
    values, anchors = {**task.values, "problem": problem.text}, {**task.anchors, "problem": problem.cell}
    return replace(task, values=values, anchors=anchors)
