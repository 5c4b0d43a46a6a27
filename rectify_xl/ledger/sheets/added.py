"""Columns that the office added to a list whose rows come and go, shown beside its rows again."""

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
    """A list with the office's columns; what records know of them already counts."""
    mine = {added.identity: added.extras for added in master.added if added.sheet == entry.key}
    columns = added_columns(mine.values())
    if not columns:
        return content
    known = [at for at, column in enumerate(content.columns) if column.added]
    there = {content.columns[at].label: at for at in known}
    columns = (*(content.columns[at] for at in known), *(column for column in columns if column.label not in there))
    own = [at for at, column in enumerate(content.columns) if not column.added]
    rows = []
    for row, key in zip(content.rows, identities(content, entry.identity), strict=True):
        said = {label: row[at] for label, at in there.items() if row[at] is not None}
        rows.append((*(row[at] for at in own), *added_cells(columns, {**mine.get(key, {}), **said})))
    return replace(content, columns=(*(content.columns[at] for at in own), *columns), rows=tuple(rows))
