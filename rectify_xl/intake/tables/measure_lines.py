"""Measures that stand in rows of their own below their problem, each with its name (措施一：…): parts of the task above."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.lines import WIDE, width_of
from rectify_xl.intake.tables.task_rows import make_task
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import TaskRow
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.intake.tables.lines import Line

_NUMBER = r"[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})?[)]?"
_MEASURE = LazyPattern(rf"\s*(?:整改|具体|主要|工作){{0,2}}(?:措施|举措|对策)\s*{_NUMBER}\s*[:、.]\s*\S.+", re.DOTALL)


def with_measure(sheet: Sheet, line: Line, header: Header, last: TaskRow) -> TaskRow | None:
    """The part of the task above that a row adds: its measure, written where problems stand or across the columns.

    The row has no number of its own, and beside the measure at most who answers for it and until when.
    """
    if line.number or not {"problem", "measures"} <= header.columns.keys() or last.values.get("problem") is None:
        return None
    at = next(iter(line.own))
    columns = {header.columns.get(key) for key in ("task_id", "problem")}
    text = shown(line.own[at])
    if not _MEASURE.fullmatch(unicodedata.normalize("NFKC", text)) or not (at[1] in columns or width_of(sheet, at) >= WIDE):
        return None
    others = {place[1] for place in line.own if place != at}
    if others & {*columns, header.columns["measures"]}:
        return None
    values = {key: line.values.get(key) if column in others else None for key, column in header.columns.items()}
    said = replace(line, values={**dict.fromkeys(line.values), **values, "measures": text.strip()})
    task = make_task(sheet, said, header, None, last)
    return replace(task, anchors={**task.anchors, "measures": a1(*at)})
