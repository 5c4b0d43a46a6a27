"""Keys of tasks: T0001, T0002 … given once, in the order of the ledger, never changed and never given again.

The number of a task is the office's own and may be corrected; the key is what joins a task with its reports, with what the
office decided on it, and with last month.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.provenance.carried import key_number, make_key, part_number
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rectify_xl.ledger.decision_records import ConflictRecord
    from rectify_xl.ledger.records import ReportRecord, TaskRecord
    from rectify_xl.ledger.source_rows import SourceRow

_WORDS = frozenset({"problem", "measures"})  # what a task is known by


def with_keys(
    tasks: Iterable[TaskRecord], last: int = 0, reports: Iterable[ReportRecord] = ()
) -> tuple[tuple[TaskRecord, ...], int, tuple[TaskRecord, ...]]:
    """Tasks with a key each.

    Args:
        tasks: in the order of the ledger; one without a key, or with that of a task that it was copied from, gets a new one.
        last: the highest number ever given.
        reports: what was reported, by which a copied row is told from the row that it was copied from.

    Returns:
        The tasks; the highest number given now; of the tasks those that were copied. A copy was not reported where its
        original was, and nobody differs on it.
    """
    given = list(tasks)
    last = max((last, *(key_number(task.key) for task in given)))
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for at, task in enumerate(given):
        if key_number(task.key) and not part_number(task.key):
            rows_of[task.key].append(at)
    originals = {key: _original(given, key, rows, reports) if len(rows) > 1 else rows[0] for key, rows in rows_of.items()}
    kept = set(originals.values())
    found: list[TaskRecord] = []
    copies: list[TaskRecord] = []
    for at, task in enumerate(given):
        keyed = task
        if at not in kept:
            last += 1
            keyed = replace(task, key=make_key(last))
            if task.key in originals:
                if task.source == given[originals[task.key]].source:
                    keyed = replace(keyed, source="", rows=(), disputed=frozenset())
                copies.append(keyed)
        found.append(keyed)
    return tuple(found), last, tuple(copies)


def _original(tasks: Sequence[TaskRecord], key: str, rows: Sequence[int], reports: Iterable[ReportRecord]) -> int:
    """Of rows with one key that which says what was reported on it; the first of them where that tells nothing.

    Excel inserts a copied row above the original, and then it may be either that is written over.
    """
    said = [report.values for report in reports if report.key == key]

    def likeness(at: int) -> tuple[int, int]:
        values = tasks[at].values
        same = [field for field in values if any(_is_same(values[field], one.get(field)) for one in said)]
        return sum(field in _WORDS for field in same), len(same)

    return max(rows, key=lambda at: (likeness(at), -at))


def _is_same(one: Any, other: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    return one is not None and other is not None and text_key(shown(one)) == text_key(shown(other))


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
