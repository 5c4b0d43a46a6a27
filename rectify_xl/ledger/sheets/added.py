"""Columns that the office added to a view of the tasks, shown beside its rows again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.ledger.sheets.context import added_cells, added_columns
from rectify_xl.ledger.sheets.identity import identities

if TYPE_CHECKING:
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.sheets.entry import MasterSheet
    from rectify_xl.ledger.sheets.tables import ListSheet


def with_added(entry: MasterSheet, content: ListSheet, master: Master) -> ListSheet:
    """A view with the office's columns."""
    mine = {added.identity: added.extras for added in master.added if added.sheet == entry.key}
    columns = added_columns(mine.values())
    if not columns:
        return content
    rows = zip(content.rows, identities(content, entry.identity), strict=True)
    cells = tuple((*row, *added_cells(columns, mine.get(key, {}))) for row, key in rows)
    return replace(content, columns=(*content.columns, *columns), rows=cells)
