"""Remarks and progress that stand below one task after another (备注：资金已到位): each is that of the task above it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.submission import RowKind
from rectify_xl.intake.tables.lines import PAIR
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping

    from rectify_xl.intake.submission import TaskRow
    from rectify_xl.intake.tables.lines import Line

_LABELLED = re.compile(r"\s*备\s*注\s*[:：]\s*(?P<said>\S.*)", re.DOTALL)
_LABEL = "备注"
_AFTER_COLON = re.compile(r"[^:：]*[:：]")
_LEAST = 2  # a single one is a note on the list


def with_remarks(tasks: list[TaskRow], lines: Iterable[Line], kinds: Mapping[int, RowKind]) -> tuple[list[TaskRow], list[int]]:
    """The tasks with the remarks below them, and the rows of remarks that a task with a remark of its own has no place for."""
    noted = {line.row: remark for line in lines if kinds.get(line.row) is RowKind.NOTE and (remark := _remark(line))}
    above = {task.row + 1: at for at, task in enumerate(tasks)}
    # The last of a list may be on the list as a whole: what stands below earlier tasks, too, is not.
    if len(noted) < _LEAST or not noted.keys() <= above.keys():
        return tasks, []
    found, left = list(tasks), []
    for row, (said, cell) in noted.items():
        task = found[above[row]]
        if task.values.get("remark") is not None:
            left.append(row)
            continue
        found[above[row]] = _with_value(task, "remark", said, cell)
    return found, left


def with_progress(
    tasks: list[TaskRow], lines: Iterable[Line], kinds: MutableMapping[int, RowKind], rows: set[int]
) -> list[TaskRow]:
    """The tasks with the progress that some rows right below them state: 整改进展：已修复两处.

    Where one of these rows stands elsewhere, or a task has several rows or progress of its own, all of them stay unread.
    """
    above = {task.row + 1: at for at, task in enumerate(tasks) if task.part_of is None and task.values.get("progress") is None}
    if not rows <= above.keys():
        return tasks
    found = list(tasks)
    for line in lines:
        if line.row in rows:
            ((place, value),) = line.own.items()
            said = _AFTER_COLON.sub("", shown(value), count=1).strip()
            found[above[line.row]] = _with_value(found[above[line.row]], "progress", said, a1(*place))
            kinds[line.row] = RowKind.NOTE
    return found


def _with_value(task: TaskRow, key: str, said: str, cell: str) -> TaskRow:
    return replace(task, values={**task.values, key: said}, anchors={**task.anchors, key: cell})


def _remark(line: Line) -> tuple[str, str] | None:
    """What a row of a remark says, and where."""
    (first, value), *others = line.own.items()
    if not others:
        match = _LABELLED.fullmatch(shown(value))
        return (match["said"].strip(), a1(*first)) if match else None
    if len(line.own) == PAIR and text_key(line.first).rstrip(":") == _LABEL:
        ((at, said),) = others
        return shown(said).strip(), a1(*at)
    return None
