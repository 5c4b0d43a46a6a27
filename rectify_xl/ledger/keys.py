"""Keys of tasks: T0001, T0002 … given once, in the order of the ledger, never changed and never given again.

The number of a task is the office's own and may be corrected; the key is what joins a task with its reports, with what the
office decided on it, and with last month.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.provenance.carried import key_number, make_key, part_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rectify_xl.ledger.decision_records import ConflictRecord
    from rectify_xl.ledger.records import ReportRecord, TaskRecord
    from rectify_xl.ledger.source_rows import SourceRow


def with_keys(tasks: Iterable[TaskRecord], last: int = 0) -> tuple[tuple[TaskRecord, ...], int, tuple[TaskRecord, ...]]:
    """Tasks with a key each.

    Args:
        tasks: in the order of the ledger; one without a key, or with that of a task above it, gets a new one.
        last: the highest number ever given.

    Returns:
        The tasks; the highest number given now; of the tasks those whose key stood at another task above: copied rows.
    """
    given = list(tasks)
    last = max((last, *(key_number(task.key) for task in given)))
    seen: set[str] = set()
    found: list[TaskRecord] = []
    copies: list[TaskRecord] = []
    for task in given:
        key = task.key if key_number(task.key) and not part_number(task.key) else ""
        keyed = task
        if not key or key in seen:
            last += 1
            keyed = replace(task, key=make_key(last))
            copies += [keyed] if key else []
        seen.add(keyed.key)
        found.append(keyed)
    return tuple(found), last, tuple(copies)


def mended_keys(written: Sequence[str], reported: Callable[[int], str], last: int) -> list[str]:
    """The keys of the rows of a ledger, those that somebody typed over put right by what was reported.

    Args:
        written: what stands there, row by row.
        reported: the key of the task that was reported in the sources of a row, by its index; asked of few.
        last: the highest number ever given; 0 where that is not known.
    """
    count = Counter(written)

    def mended(at: int, key: str) -> str:
        number = 0 if part_number(key) else key_number(key)
        if number and count[key] == 1 and (number <= last or not last):
            return key
        own = reported(at)
        # A copied row names the sources of the row that it was copied from, whose key stands at another row.
        return own if own and not count[own] else key

    return [mended(at, key) for at, key in enumerate(written)]


def with_task_keys(reports: Iterable[ReportRecord], tasks: Iterable[TaskRecord]) -> tuple[ReportRecord, ...]:
    """Reports with the key of their task; one that has none gets that of the task whose source it is."""
    by_row: dict[SourceRow, str] = {row: task.key for task in tasks for row in task.rows}
    return tuple(
        report if report.key else replace(report, key=next((by_row[row] for row in report.source_rows if row in by_row), ""))
        for report in reports
    )


def with_conflict_keys(conflicts: Iterable[ConflictRecord], tasks: Iterable[TaskRecord]) -> tuple[ConflictRecord, ...]:
    """Conflicts with the key of their task; one that has none gets that of the task of which it names a row."""
    by_row: dict[SourceRow, str] = {row: task.key for task in tasks for row in task.rows}

    def found(conflict: ConflictRecord) -> str:
        rows = (side.source_row for side in conflict.sides)
        return conflict.key or next((by_row[row] for row in rows if row in by_row), "")

    return tuple(replace(conflict, key=found(conflict)) for conflict in conflicts)
