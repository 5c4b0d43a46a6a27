"""Remarks, targets and progress that stand below one task after another (备注：资金已到位): each is that of the task above it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.submission import RowKind
from rectify_xl.intake.tables.heading_names import is_short
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.intake.tables.lines import PAIR
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping

    from rectify_xl.intake.submission import TaskRow
    from rectify_xl.intake.tables.lines import Line
    from rectify_xl.schema.schema import Schema

_LABELLED = LazyPattern(r"\s*备\s*注\s*[:：]\s*(?P<said>\S.*)", re.DOTALL)
_LABEL = "备注"
_AFTER_COLON = LazyPattern(r"[^:：]*[:：]")
_LEAST = 2  # a single one is a note on the list
_TOLD_BELOW = ("progress", "target")


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


def labelled_rows(lines: Iterable[Line], schema: Schema) -> dict[int, str]:
    """Rows that tell below one task after another what it aims at or how far it is (整改进展：已修复两处), with their fields."""
    labels: dict[str, set[int]] = {}
    for line in lines:
        label, colon, said = unicodedata.normalize("NFKC", line.first).partition(":") if len(line.own) == 1 else ("", "", "")
        if colon and said.strip() and is_short(label):
            labels.setdefault(label.strip(), set()).add(line.row)
    found: dict[int, str] = {}
    for label, rows in labels.items():
        if len(rows) >= _LEAST:
            fields = fields_by_words(label, schema)
            found |= dict.fromkeys(rows, next((key for key in _TOLD_BELOW if key in fields), ""))
    return {row: key for row, key in found.items() if key}


def with_labelled(
    tasks: list[TaskRow], lines: Iterable[Line], kinds: MutableMapping[int, RowKind], rows: Mapping[int, str]
) -> list[TaskRow]:
    """The tasks with what some rows below them state under the name of a field: 整改进展：已修复两处.

    Where one of the rows of a field stands elsewhere, or a task has several rows or such a value of its own, all rows of that
    field stay unread.
    """
    above: dict[int, int] = {}
    for at, task in enumerate(tasks):
        below = task.row + 1
        while below in rows and task.part_of is None:  # what is aimed at, and below it how far that is
            above[below] = at
            below += 1
    places = {row: (above.get(row), key) for row, key in rows.items()}
    several = Counter(places.values())
    unplaced = {key for at, key in places.values() if at is None or several[at, key] > 1 or tasks[at].values.get(key) is not None}
    found = list(tasks)
    for line in lines:
        place, key = places.get(line.row, (None, ""))
        if place is not None and key not in unplaced:
            ((cell, value),) = line.own.items()
            said = _AFTER_COLON.sub("", shown(value), count=1).strip()
            found[place] = _with_value(found[place], key, said, a1(*cell))
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
