"""The registry of the master's sheets: what the modules of this folder declare in ``SHEETS``, in order.

汇总 stands before them and is no list. A module is added and nothing else edited, see docs/add-a-sheet.md: the workbook, the
list of sheets on 汇总, its links and the reading back go by the registry.
"""

from __future__ import annotations

import pkgutil
from collections import Counter
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from rectify_xl.ledger import counts, sheets
from rectify_xl.ledger.sheets.added import with_added
from rectify_xl.ledger.sheets.column_order import arranged
from rectify_xl.ledger.sheets.context import SheetContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.counts import Overview
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.sheets.entry import MasterSheet
    from rectify_xl.ledger.sheets.tables import ListSheet


@cache
def master_sheets() -> tuple[MasterSheet, ...]:
    """Every sheet, in order.

    Raises:
        ValueError: two have the same key, name or place.
    """
    modules = [import_module(found.name) for found in pkgutil.iter_modules(sheets.__path__, f"{sheets.__name__}.")]
    declared: list[MasterSheet] = [sheet for module in modules for sheet in getattr(module, "SHEETS", ())]
    marks = Counter(mark for sheet in declared for mark in (sheet.key, sheet.name.zh, sheet.name.en, sheet.place))
    if twice := [str(mark) for mark, count in marks.items() if count > 1]:
        message = f"two sheets of the master share {', '.join(twice)}"
        raise ValueError(message)
    return tuple(sorted(declared, key=lambda sheet: sheet.place))


class Summary:
    """All tables of one master in one language, the master's own by default."""

    def __init__(self, master: Master, lang: str = "") -> None:
        self.master = master
        self.context = SheetContext(master, lang or master.lang)

    def sheets(self) -> Iterator[ListSheet]:
        """The list sheets in order."""
        return iter(self.by_key().values())

    def by_key(self) -> dict[str, ListSheet]:
        """The list sheets in order, by key."""
        orders = self.master.column_orders
        found = {sheet.key: with_added(sheet, sheet.render(self.context), self.master) for sheet in master_sheets()}
        return {key: arranged(content, orders.get(key, ())) for key, content in found.items()}

    def overview(self) -> Overview:
        """The figures of 汇总."""
        return counts.overview(self.context)
