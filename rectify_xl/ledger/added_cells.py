"""Columns that the office added to lists whose rows come and go (逾期, 冲突 …): read with them, shown beside them again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.ledger.records import AddedCells, ChangeRecord
from rectify_xl.ledger.saved_table import SavedTable
from rectify_xl.ledger.sheets import ledger
from rectify_xl.ledger.sheets.context import SheetContext, light_column
from rectify_xl.ledger.sheets.identity import column_id, distinct, identities, identity_columns, plain
from rectify_xl.ledger.sheets.registry import master_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.sheets.entry import MasterSheet
    from rectify_xl.ledger.sheets.tables import Column

_LEFT = Text("该行已不在“{sheet}”中，其备注移到这里", "the row is no longer in {sheet}; its note was moved here")


def read_added(
    path: Path, sheets: Mapping[str, Sheet], master: Master, orders: dict[str, tuple[str, ...]]
) -> Iterator[AddedCells]:
    """What the office added to the views of a saved master; ``orders`` takes up where it put the columns.

    What it added to lists that are read back is in their records; where rows leave such a list, it is here as well.
    """
    context = SheetContext(master, master.lang)
    keys = {(plain(task.values.get("task_id")), plain(task.subject)): task.key for task in master.tasks}
    for entry in master_sheets():
        name = entry.name.in_language(master.lang)
        if (entry.read_back and not entry.read_back.rows_leave) or entry.key == ledger.KEY or name not in sheets:
            continue
        columns = _own_columns(entry, context)
        try:
            table = SavedTable(path, sheets[name], columns, {column.key for column in columns}, context.schema)
        except RectifyError:  # the office has made something else of it: a sheet of its own by that name
            continue
        if table.order and not entry.read_back:
            orders[entry.key] = table.order
        if not table.added:
            continue
        if not any(True for _ in table.rows()):
            yield AddedCells(entry.key, ("",), "", dict.fromkeys(table.added.values()))
        wanted = [columns[at].key for at in identity_columns(columns, entry.identity)]
        rows = list(table.rows())
        found = [tuple(plain(row.cells[key]) for key in wanted) for row in rows]
        for at, row in enumerate(rows):
            if wanted == ["key"] and not found[at][0]:  # written before tasks had keys
                found[at] = (keys.get((plain(row.cells.get("task_id")), plain(row.cells.get("problem"))), ""),)
        names = (" ".join(filter(None, (plain(row.cells[column.key]) for column in columns[:1]))) for row in rows)
        for identity, row_name, row in zip(distinct(found), names, rows, strict=True):
            yield AddedCells(entry.key, identity, row_name, row.extras)


def _own_columns(entry: MasterSheet, context: SheetContext) -> list[Column]:
    """The columns of a list that are none of the office's."""
    if entry.read_back:
        return [*entry.read_back.columns(context)]
    shown = entry.render(context).columns
    if entry.identity == ("key",) and context.master.campaign.lights is None:
        shown = (*shown, light_column(context))  # of lists written while the campaign had lights
    return [replace(column, key=column_id(column)) for column in shown]


def settled(master: Master) -> Master:
    """A master in which no note stands beside a row that has left its list: it goes to 变更记录 instead."""
    if not master.added:
        return master
    context = SheetContext(master, master.lang)
    entries = {entry.key: entry for entry in master_sheets()}
    here = {
        key: frozenset(identities(entries[key].render(context), entries[key].identity))
        for key in dict.fromkeys(added.sheet for added in master.added)
    }
    kept, moved = [], []
    for added in master.added:
        if added.identity in here[added.sheet]:
            kept.append(added)
            continue
        sheet = entries[added.sheet].name.in_language(master.lang)
        source = _LEFT.in_language(master.lang).format(sheet=sheet)
        key = added.identity[0] if entries[added.sheet].identity == ("key",) else ""
        moved += [
            ChangeRecord(added.name, f"{sheet}·{heading}", plain(value), "", source, master.campaign.round_id, key=key)
            for heading, value in added.extras.items()
            if plain(value)
        ]
    kept += _headings_alone(master, kept)
    return replace(master, added=tuple(kept), changes=(*master.changes, *moved))


def _headings_alone(master: Master, kept: list[AddedCells]) -> Iterator[AddedCells]:
    """The columns of lists that have no row left."""
    seen = {added.sheet for added in kept}
    for added in master.added:
        if added.sheet not in seen:
            seen.add(added.sheet)
            headings = dict.fromkeys(heading for other in master.added if other.sheet == added.sheet for heading in other.extras)
            yield AddedCells(added.sheet, ("",), "", headings)
