"""What stands once above a table and is said of all its tasks: 反馈问题 and 牵头领导 in a list without such columns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.heading_names import is_short, known_fields
from rectify_xl.intake.tables.lines import has_words
from rectify_xl.intake.tables.problem_lines import tells_no_problem
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import TaskRow
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

# What may be said of all tasks of a list. Who fills it in, and by when it is sent, stands there as well and is none of it.
_SHARED = ("problem", "category", "target", "leader", "lead_unit", "coop_units", "acceptance_unit", "deadline")
_OF_THE_WORK = {"leader": LazyPattern(r"领导"), "deadline": LazyPattern(r"整改|完成(?:时限|期限)|办结")}
_OF_THE_PAPER = LazyPattern(r"填[报表写]|制表|审[核批签]|联系|电话|签[字发]")  # a leader named beside these signs
_LEAST_PROBLEM, _LONGEST_LABEL = 4, 12
_PARTS = LazyPattern(r"\s{2,}|(?<=\S)\s+(?=[^\s:：]{2,10}[:：])")
_LABELLED = LazyPattern(r"([^:：]{2,10})\s*[:：]\s*(\S.*)", re.DOTALL)

Facts = dict[str, tuple[Any, str]]  # field -> the value, and the cell where it stands


def facts_above(sheet: Sheet, rows: Iterable[int], header: Header, schema: Schema) -> Facts:
    """The fields that rows above a table tell of all its tasks: those that none of its columns may be."""
    found: Facts = {}
    shared = {key for keys in header.shared.values() for key in keys}
    for row in rows:
        signed = any(_OF_THE_PAPER.search(shown(value)) for value in sheet.cells.get(row, {}).values())
        for label, value, cell in _labelled(sheet, row, schema):
            key = _field(label, value, schema)
            if key and key not in header.fields | shared and not (signed and key == "leader"):
                found.setdefault(key, (value, cell))
    return found


def first_fact(sheet: Sheet, rows: range, header: Header, schema: Schema) -> int:
    """The first of the rows right above a table that tell of its tasks, a gap apart at most; the table itself where none do.

    They are no rows of the table above, which ends there.
    """
    first = rows.stop
    for row in reversed(rows):
        if sheet.cells.get(row):
            if not facts_above(sheet, (row,), header, schema):
                break
            first = row
    return first


def beside(sheet: Sheet, rows: Iterable[int], header: Header, schema: Schema) -> dict[str, str]:
    """What a form says above a table, label beside value, of fields that the table has columns for (牵头单位 over 责任单位)."""
    pairs = [pair for row in rows for pair in _pairs(sheet, row, schema)]
    if not any(_field(label, value, schema) in ("problem", "target") for label, value, _ in pairs):
        return {}  # no form of one problem
    keys = {label: known_fields(label, schema)[0][0] for label, *_ in pairs}
    named = set(header.headings.values())
    return {
        label: shown(value)
        for label, value, _ in pairs
        if keys[label] in header.fields & {*_SHARED, "task_id"} and label not in named
    }


def with_facts(tasks: list[TaskRow], facts: Facts, others: Mapping[str, str]) -> list[TaskRow]:
    """The tasks with what is said of all of them, at the cells where it stands; what is no field of theirs beside it."""
    return [_completed(task, facts, others) for task in tasks] if facts or others else tasks


def _completed(task: TaskRow, facts: Facts, others: Mapping[str, str]) -> TaskRow:
    lacking = {key: fact for key, fact in facts.items() if task.values.get(key) is None}
    values = {key: value for key, (value, _) in lacking.items()}
    anchors = {key: at for key, (_, at) in lacking.items()}
    return replace(task, values={**task.values, **values}, anchors={**task.anchors, **anchors}, extras={**others, **task.extras})


def _field(label: str, value: Any, schema: Schema) -> str:  # noqa: ANN401 - a cell holds anything
    """The field that a label names for all tasks; nothing where it may be several, or is said of the paper."""
    known = known_fields(label, schema) if is_short(label) else ()
    key = known[0][0] if len(known) == 1 else ""
    wanted = _OF_THE_WORK.get(key)
    if key not in _SHARED or (wanted and not wanted.search(label)):
        return ""
    if key == "problem" and (not has_words(value) or len(str(value)) < _LEAST_PROBLEM or tells_no_problem(str(value))):
        return ""
    return key


def _labelled(sheet: Sheet, row: int, schema: Schema) -> Iterator[tuple[str, Any, str]]:
    """Labels with their values: beside each other, or in one cell behind a colon, which may hold several."""
    yield from _pairs(sheet, row, schema)
    for at in sheet.own_cells(row):
        text = shown(sheet.value(*at))
        for part in _PARTS.split(text.strip()):
            labelled = _LABELLED.fullmatch(part.strip())
            if labelled:
                yield labelled[1].strip(), labelled[2].strip(), a1(*at)


def _pairs(sheet: Sheet, row: int, schema: Schema) -> Iterator[tuple[str, Any, str]]:
    """Known headings of a row of a form with what stands beside them.

    A form has headings below each other, down to those of its table; below the heading of a table of figures stands a unit.
    """
    own = sheet.own_cells(row)
    labels = [shown(sheet.value(*at)).strip().rstrip(":：").strip() for at in own[::2]]
    if len(own) % 2 or not all(0 < len(label) <= _LONGEST_LABEL for label in labels):
        return
    below = next(filter(None, map(sheet.own_cells, range(row + 1, sheet.last_row + 1))), None)
    first = shown(sheet.value(*below[0])).strip() if below else ""
    if not (_LABELLED.fullmatch(first) or known_fields(first.rstrip(":："), schema)):
        return
    for label, at in zip(labels, own[1::2], strict=True):
        if known_fields(label, schema):
            yield label, sheet.value(*at), a1(*at)
