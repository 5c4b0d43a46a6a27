"""Row conservation: what the cells of a layout hold, against what a submission makes of them, counted apart from the reader."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from rectify_xl.intake.submission import RowKind

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from tests.support.workbooks import Layout

_NUMBER = re.compile(r"[((]?(?:[A-Za-z\u4e00-\u9fff]{0,4}[-—.]?)\d{1,6}(?:[-—..]\d{1,6}){0,3}[))、..]?")
_WORDED = 6
_STRENGTH = (RowKind.UNREAD, RowKind.TASK, RowKind.PART)


def shown(layout: Layout) -> dict[int, list[Any]]:
    """Row -> the values that show in it, from left to right: blank texts and cells below a merged range left out."""
    covered = {
        (row, column)
        for merge in layout.merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
        if (row, column) != (merge.top, merge.left)
    }
    rows: dict[int, list[Any]] = {}
    for at, value in sorted(layout.cells.items()):
        if at not in covered and value is not None and str(value).strip():
            rows.setdefault(at[0], []).append(value)
    return rows


def numbered_and_worded(values: list[Any]) -> bool:
    """Whether a row begins with a number and holds a text of six characters or more."""
    first, *others = values
    number = not isinstance(first, bool) and _NUMBER.fullmatch(str(first).strip()) is not None
    return number and any(isinstance(value, str) and len("".join(value.split())) >= _WORDED for value in others)


def account(submission: Submission, sheet: str) -> dict[int, RowKind]:
    """Row -> its one kind. Of a row through two tables side by side, unread and task go before what the other table has there."""
    tables = [table for table in submission.tables if table.sheet == sheet]
    found: dict[int, RowKind] = {where.row: RowKind.UNREAD for table in tables for where in table.unread}
    for table in tables:
        tasks = {task.row: task for task in table.rows}
        for row, kind in table.kinds.items():
            if kind in (RowKind.TASK, RowKind.PART):
                assert row in tasks or row in found, f"row {row} is called a task and is none"
            before = found.get(row, kind)
            found[row] = min((before, kind), key=lambda one: _STRENGTH.index(one) if one in _STRENGTH else len(_STRENGTH))
        assert set(tasks) <= table.kinds.keys()
    return found


def check_conserved(submission: Submission, *layouts: Layout) -> None:
    """Every row that shows anything has a kind, no other row has, and a finding names every unread row.

    A numbered row with words is a task, a part of one, a section, or unread.
    """
    named: dict[str, list[str]] = {}
    for fault in submission.faults:
        if fault.slug == "unread-rows":
            named.setdefault(fault.sheet or "", []).append(fault.facts["rows"])
    for layout in layouts:
        rows = shown(layout)
        if not any(table.sheet == layout.sheet for table in submission.tables):
            slugs = {fault.slug for fault in submission.faults if fault.sheet == layout.sheet or submission.status == "rejected"}
            assert slugs & {"extra-sheet", "sheet-not-read", "no-task-table"} or not rows
            continue
        found = account(submission, layout.sheet)
        assert {row for row in rows if row not in found} == set()
        assert {row for row, kind in found.items() if kind is not RowKind.OWN and row not in rows} == set()
        unread = {row for row, kind in found.items() if kind is RowKind.UNREAD}
        assert unread <= {row for ranges in named.get(layout.sheet, ()) for row in _rows_in(ranges)}


def check_numbered_rows_kept(submission: Submission, *layouts: Layout) -> None:
    """Every row below the headings that has a number and words is a task, a part of one, a section, or told as unread."""
    kept = (RowKind.TASK, RowKind.PART, RowKind.SECTION, RowKind.UNREAD)
    for layout in layouts:
        tables = [table for table in submission.tables if table.sheet == layout.sheet]
        kinds = account(submission, layout.sheet)
        values = shown(layout)
        below = [row for row in values if tables and row > tables[0].header_row and numbered_and_worded(values[row])]
        # Prepared rows of a form that nobody has filled in say beside their numbers what other rows say as well.
        said = Counter(tuple(values[row][1:]) for row in values)
        prepared = {row for row in below if kinds[row] is RowKind.UNFILLED and said[tuple(values[row][1:])] > 1}
        assert [(row, kinds[row]) for row in below if kinds[row] not in kept and row not in prepared] == []


def _rows_in(ranges: str) -> set[int]:
    found: set[int] = set()
    for part in ranges.split("、"):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found
