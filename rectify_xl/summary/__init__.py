"""Master -> the sheets of the master workbook (contract section 4), as plain tables without any looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.summary import counts, finding_sheets, ledger_sheets, task_lists, unit_sheets
from rectify_xl.summary.tables import Column, ListSheet, Overview
from rectify_xl.summary.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger import Master

__all__ = ["Column", "ListSheet", "Overview", "Summary"]

# The contract's order, 汇总 before them.
_SHEETS = (
    ledger_sheets.ledger,
    ledger_sheets.by_report,
    task_lists.without_leader,
    task_lists.unclear_deadline,
    task_lists.overdue,
    task_lists.due_soon,
    unit_sheets.not_reported,
    unit_sheets.conflicts,
    counts.by_unit,
    counts.by_leader,
    finding_sheets.findings,
    finding_sheets.changes,
)


class Summary:
    """All tables of one master in one language."""

    def __init__(self, master: Master, lang: str = "zh") -> None:
        self.view = View(master, lang)

    def sheets(self) -> Iterator[ListSheet]:
        """The list sheets in order."""
        return (sheet(self.view) for sheet in _SHEETS)

    def overview(self) -> Overview:
        """The figures of 汇总."""
        return counts.overview(self.view)
