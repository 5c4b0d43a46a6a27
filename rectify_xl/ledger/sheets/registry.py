"""The sheets of the master workbook (contract section 4) in order, as plain tables without any looks.

A sheet is a module with ``render``; one that records what came in has ``columns`` and ``parse`` beside it, by which a master
is read back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger import counts
from rectify_xl.ledger.sheets import absences, changes, conflicts, findings, group_counts, ledger, reports, task_lists
from rectify_xl.ledger.sheets.context import SheetContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.counts import Overview
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.sheets.tables import ListSheet

# The contract's order, 汇总 before them, each under a key that is the same in every language.
SHEETS = {
    "ledger": ledger.render,
    "by_report": reports.render,
    "without_leader": task_lists.without_leader,
    "unclear_deadline": task_lists.unclear_deadline,
    "overdue": task_lists.overdue,
    "due_soon": task_lists.due_soon,
    "not_reported": absences.render,
    "conflicts": conflicts.render,
    "by_unit": group_counts.by_unit,
    "by_leader": group_counts.by_leader,
    "findings": findings.render,
    "changes": changes.render,
}


class Summary:
    """All tables of one master in one language, the master's own by default."""

    def __init__(self, master: Master, lang: str = "") -> None:
        self.master = master
        self.context = SheetContext(master, lang or master.lang)

    def sheets(self) -> Iterator[ListSheet]:
        """The list sheets in order."""
        return (render(self.context) for render in SHEETS.values())

    def by_key(self) -> dict[str, ListSheet]:
        """The list sheets in order, by key."""
        return dict(zip(SHEETS, self.sheets(), strict=True))

    def overview(self) -> Overview:
        """The figures of 汇总."""
        return counts.overview(self.context)
