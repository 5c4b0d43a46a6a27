"""Which reports a row of the ledger was made of, and which report a row of a unit's list has become."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import from_a1
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks.wording import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.ledger.records import FindingRecord, ReportRecord, TaskRecord
    from rectify_xl.ledger.source_rows import SourceRow


class ReportsBySource:
    """Finds reports by the key of their task, or by a source as the ledger writes it: ``file!cell`` or ``file!sheet!cell``."""

    def __init__(self, reports: Iterable[ReportRecord]) -> None:
        self._found: dict[tuple[str, str, int], list[ReportRecord]] = defaultdict(list)
        self._by_key: dict[str, list[ReportRecord]] = defaultdict(list)
        for report in reports:
            self._by_key[report.key].append(report)
            if not isinstance(report.rows, str):
                for sheet in dict.fromkeys(("", report.sheet)):
                    self._found[report.file, sheet, report.rows[0]].append(report)

    def on(self, key: str) -> tuple[ReportRecord, ...]:
        """The reports on the task with a key: this month's file may have another task in the row of last month's."""
        return tuple(self._by_key.get(key, ())) if key else ()

    def named_in(self, sources: str) -> tuple[ReportRecord, ...]:
        """The reports of the sources, one per line; a source that the office changed names none."""
        return tuple(report for source in sources.split("\n") for report in self._of(source))

    def _of(self, source: str) -> list[ReportRecord]:
        place, _, cell = source.rpartition("!")
        file, _, sheet = place.rpartition("!")
        try:
            row = from_a1(cell)[0]
        except ValueError:
            return []
        return self._found.get((place, "", row)) or self._found.get((file, sheet, row), [])


class ReportsByRow:
    """Finds the report that a row of a unit's list has become.

    Several may name one row: lists that stand side by side, or on their side, have several tasks in it, and this month's file may
    have another task in the row of last month's.

    Args:
        reports: those of a master.
        round_id: the master's round, of which its findings are.
    """

    def __init__(self, reports: Iterable[ReportRecord], round_id: str) -> None:
        self._round = round_id
        self._found: dict[SourceRow | None, list[ReportRecord]] = defaultdict(list)
        for report in reports:
            for row in report.source_rows:
                self._found[row].append(report)

    def of_task(self, task: TaskRecord) -> ReportRecord | None:
        """The report that a task names first as its source."""
        return next((report for report in self._found.get(task.source_row, []) if report.key == task.key), None)

    def of_finding(self, finding: FindingRecord) -> ReportRecord | None:
        """The report in which something was found: of several that of this round, and the one with the number of its task."""
        named = self._found.get(finding.source_row, [])
        if len(named) > 1:
            named = [report for report in named if report.round_id == self._round] or named
            number = plain_number(finding.task_id)
            named = [one for one in named if plain_number(shown(one.values.get("task_id"))) == number] or named
        return named[-1] if named else None
