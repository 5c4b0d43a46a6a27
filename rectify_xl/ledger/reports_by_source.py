"""Which reports a row of the ledger was made of."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import from_a1

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.ledger.records import ReportRecord


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
