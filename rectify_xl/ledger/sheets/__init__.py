"""Master -> the sheets of the master workbook (contract section 4), as plain tables without any looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger import counts
from rectify_xl.ledger.contents import Contents, contents_of
from rectify_xl.ledger.counts import Overview
from rectify_xl.ledger.entries import Entry
from rectify_xl.ledger.sheets import finding_sheets, ledger_sheets, task_lists, unit_sheets
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.ledger.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.master import Master

__all__ = ["Column", "Contents", "Entry", "ListSheet", "Overview", "Summary", "contents_of"]

# The contract's order, 汇总 before them, each under a key that is the same in every language.
SHEETS = {
    "ledger": ledger_sheets.ledger,
    "by_report": ledger_sheets.by_report,
    "without_leader": task_lists.without_leader,
    "unclear_deadline": task_lists.unclear_deadline,
    "overdue": task_lists.overdue,
    "due_soon": task_lists.due_soon,
    "not_reported": unit_sheets.not_reported,
    "conflicts": unit_sheets.conflicts,
    "by_unit": counts.by_unit,
    "by_leader": counts.by_leader,
    "findings": finding_sheets.findings,
    "changes": finding_sheets.changes,
}


class Summary:
    """All tables of one master in one language."""

    def __init__(self, source: Master | Contents, lang: str = "zh") -> None:
        self.contents = source if isinstance(source, Contents) else contents_of(source, lang)
        self.view = View(self.contents)

    def sheets(self) -> Iterator[ListSheet]:
        """The list sheets in order."""
        return (sheet(self.view) for sheet in SHEETS.values())

    def by_key(self) -> dict[str, ListSheet]:
        """The list sheets in order, by key."""
        return dict(zip(SHEETS, self.sheets(), strict=True))

    def overview(self) -> Overview:
        """The figures of 汇总."""
        return counts.overview(self.view)
