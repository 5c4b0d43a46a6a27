"""The hidden sheet 派发底稿 of a dispatched workbook: every row with the texts that it was sent out with.

By it a cell that came back as it went out is known, also after the office's master has moved on. It is a claim of the file and
nothing more: it can only make cells of this very file count as not filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.provenance.carried import key_number
from rectify_xl.provenance.stamp import DISPATCHED_SHEET
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.grid import Sheet, Workbook
    from rectify_xl.schema.schema import Schema

KEY_HEADING = "key"
MOST_ROWS = 40_000
_NAMES = frozenset(DISPATCHED_SHEET.values())

Rows = dict[str, "Mapping[str, str]"]


def take_dispatched(workbook: Workbook, stamp: Mapping[str, str], schema: Schema) -> tuple[Rows, set[str]]:
    """The rows by key, and the names of the sheets they stood on, which are taken out of the workbook.

    Only a workbook with the stamp of a template has such a sheet, and only one that holds nothing else is taken out.
    """
    if not stamp:
        return {}, set()
    found = {sheet.name: rows for sheet in workbook.sheets if sheet.name in _NAMES and (rows := _rows(sheet, schema)) is not None}
    workbook.sheets = [sheet for sheet in workbook.sheets if sheet.name not in found]
    return next(iter(found.values()), {}), set(found)


def _rows(sheet: Sheet, schema: Schema) -> Rows | None:
    """The rows of a sheet that is such a sheet from its first row to its last; None for any other."""
    numbers = sorted(sheet.cells)
    if not numbers or len(numbers) > MOST_ROWS:
        return None
    head = {column: shown(value) for column, value in sheet.cells[numbers[0]].items()}
    if head.pop(1, "") != KEY_HEADING or len(set(head.values())) < len(head) or len(head) > len(schema.fields):
        return None
    rows: Rows = {}
    for number in numbers[1:]:
        cells = {column: shown(value) for column, value in sheet.cells[number].items()}
        key = cells.pop(1, "")
        if not key_number(key) or key in rows or not cells.keys() <= head.keys():
            return None
        rows[key] = {head[column]: text for column, text in cells.items() if head[column] in schema}
    return rows
