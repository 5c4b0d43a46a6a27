"""Every row of a file accounted for: what its sheets show, minus what was read, is unread and is named.

The rows are counted on the sheets as their format gave them, before anything was taken out or read, and compared with what
the submission holds in the end. Whatever the code in between does, it cannot lose a row without this telling.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1, row_ranges
from rectify_xl.intake.submission import Fault, RowKind, UnreadRow
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.intake.grid import Sheet, Workbook
    from rectify_xl.intake.submission import Table

_LONGEST_TEXT = 30
_LEAST_WORD = 2


@dataclass(frozen=True)
class ShownRows:
    """The rows of a visible sheet that showed anything when it was read."""

    sheet: Sheet
    rows: frozenset[int]


def shown_rows(workbook: Workbook) -> tuple[ShownRows, ...]:
    """The rows of every visible sheet that hold a value which no merged range covers."""
    return tuple(ShownRows(sheet, frozenset(_rows(sheet))) for sheet in workbook.sheets if sheet.visible)


def _rows(sheet: Sheet) -> Iterable[int]:
    for row, cells in sheet.cells.items():
        columns = (column for column, value in cells.items() if not (isinstance(value, str) and not value.strip()))
        if row in sheet.merged:
            columns = (column for column in list(columns) if sheet.anchor(row, column) == (row, column))
        if any(columns):
            yield row


def with_unread_rows(
    shown_before: Iterable[ShownRows], tables: Iterable[Table], sheets_named: set[str]
) -> tuple[tuple[Table, ...], list[Fault]]:
    """The tables, each with the rows of its sheet that nothing accounts for, and the faults that name these rows.

    Of ``sheets_named`` a finding says that the whole sheet was not read.
    """
    found = list(tables)
    faults: list[Fault] = []
    for before in shown_before:
        places = [at for at, table in enumerate(found) if table.sheet == before.sheet.name]
        if not places and before.sheet.name in sheets_named:
            continue
        unread = before.rows - before.sheet.own_rows - _accounted([found[at] for at in places])
        if unread:
            by_table = _by_table(found, places, sorted(unread))
            pointed = {
                at: [_point_at(before.sheet, row, found[at].first_column) for row in rows] for at, rows in by_table.items()
            }
            for at, where in pointed.items():
                found[at] = replace(found[at], unread=tuple(where))
            everywhere = [where for one in pointed.values() for where in one] or [
                _point_at(before.sheet, row, 1) for row in sorted(unread)
            ]
            texts = tuple((where.cell, where.text) for where in everywhere)
            facts = {"rows": row_ranges(sorted(unread)), "texts": texts}
            faults.append(Fault("unread-rows", before.sheet.name, everywhere[0].cell, facts))
    return tuple(found), faults


def _accounted(tables: list[Table]) -> set[int]:
    """The rows of which the tables say what they are, and which are there as such.

    Of a row that goes through two tables side by side both have to say so.
    """
    accounted: set[int] = set()
    open_rows: set[int] = set()
    for table in tables:
        tasks, sections = {task.row for task in table.rows}, {section.row for section in table.sections}
        held = {RowKind.TASK: tasks, RowKind.PART: tasks, RowKind.SECTION: sections, RowKind.UNREAD: set[int]()}
        for row, kind in table.kinds.items():
            (accounted if kind not in held or row in held[kind] else open_rows).add(row)
    return accounted - open_rows


def _by_table(tables: list[Table], places: list[int], unread: list[int]) -> dict[int, list[int]]:
    """The unread rows by the table that found them so, else by the last one that begins above them."""
    found: dict[int, list[int]] = {}
    for row in unread if places else ():
        claimed = [at for at in places if tables[at].kinds.get(row) is RowKind.UNREAD]
        above = [at for at in places if tables[at].header_row <= row]
        found.setdefault((claimed or above[-1:] or places)[0], []).append(row)
    return found


def _point_at(sheet: Sheet, row: int, first_column: int) -> UnreadRow:
    """The cell to point at: the first of the table's that says something in words, else any."""
    cells = sorted(sheet.cells[row].items()) if row in sheet.cells else []
    words = [(column, value) for column, value in cells if isinstance(value, str) and len(value.strip()) >= _LEAST_WORD]
    own = [entry for entry in words if entry[0] >= first_column]
    column, value = next(iter(own or words or cells), (1, ""))
    return UnreadRow(row, a1(row, column), " ".join(shown(value).split())[:_LONGEST_TEXT])
