"""What our own workbooks left in a file that comes back: the remarks of an annotated copy, the stamp of a template.

The remarks are taken out before the list is read; the clerk's words beside them stay. The stamp is read whichever
program saved the file in whichever format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.provenance.carried import KEY, carried_column
from rectify_xl.provenance.remarks import RETURNED, is_column_heading, is_sheet_line, is_sheet_name, without_own_lines
from rectify_xl.provenance.stamp import (
    BASE,
    KIND,
    LEDGER_SHEET,
    NOTICE,
    OWN_SHEETS,
    PLAN,
    PLAN_SHEETS,
    SHEETS_OF,
    SHEETS_OF_MASTER,
    TEMPLATE,
    TEMPLATE_KEYS,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.grid import Sheet, Workbook

_TOP_ROWS = 4  # our sheet's sentence stands among the first rows
_STAMP_ROWS = 20  # the stamp stands at the top of its sheet


def ignore_own_marks(workbook: Workbook) -> set[str]:
    """Take our sheet 校验结果 and our lines in the column 校验意见 out of a workbook that was read.

    The names of our sheets are returned; rows that held nothing else are the sheet's ``own_rows``.
    """
    ours = {sheet.name for sheet in workbook.sheets if _is_result(sheet)}
    workbook.sheets = [sheet for sheet in workbook.sheets if sheet.name not in ours]
    returned = RETURNED in workbook.properties
    for sheet in workbook.sheets:
        for row, column in _headings(sheet):
            _clear(sheet, row, column, returned=returned)
    return ours


def _is_result(sheet: Sheet) -> bool:
    rows = (sheet.cells[row] for row in range(1, _TOP_ROWS + 1) if row in sheet.cells)
    return is_sheet_name(sheet.name) and any(is_sheet_line(value) for cells in rows for value in cells.values())


def _headings(sheet: Sheet) -> list[tuple[int, int]]:
    return [
        (row, column) for row in sorted(sheet.cells) for column, value in sheet.cells[row].items() if is_column_heading(value)
    ]


def _clear(sheet: Sheet, row: int, column: int, *, returned: bool) -> None:
    """Clear a column of remarks. Without our stamp it is ours only if one of our lines stands in it."""
    below = {at: cells[column] for at, cells in sheet.cells.items() if at > row and column in cells}
    below = {at: value for at, value in below.items() if not is_column_heading(value)}
    kept = {at: without_own_lines(value) if isinstance(value, str) else value for at, value in below.items()}
    if not returned and kept == below:
        return
    for at, value in kept.items():
        _set(sheet, at, column, value)
    if all(isinstance(value, str) and not value.strip() for value in kept.values()):
        _set(sheet, row, column, "")


def _set(sheet: Sheet, row: int, column: int, value: Any) -> None:  # noqa: ANN401 - a cell holds anything
    if not isinstance(value, str) or value.strip():
        sheet.cells[row][column] = value
    else:
        del sheet.cells[row][column]
        if not sheet.cells[row]:
            del sheet.cells[row]
            sheet.own_rows.add(row)


def read_stamp(workbook: Workbook) -> Mapping[str, str]:
    """The stamp in the document's properties, else the one on a sheet; empty where the workbook was made otherwise."""
    for marks in (workbook.properties, *map(_pairs, workbook.sheets)):
        if marks.get(KIND) == TEMPLATE:
            return {key: marks[key] for key in (*TEMPLATE_KEYS, BASE) if marks.get(key)}
    return {}


def is_own_workbook(workbook: Workbook) -> bool:
    """Whether a workbook is a master, a report or a notice of ours: it says so, and has the sheets of one.

    The words alone are a claim. A list that bears them would otherwise be left out, and its tasks with it. A master whose
    stamp is lost is known by its sheets: their figures and questions would be read as tasks.
    """
    kind = workbook.properties.get(KIND, "")
    names = [sheet.name for sheet in workbook.sheets]
    if kind == NOTICE:
        return len(names) == 1 and is_sheet_name(names[0])
    if kind in SHEETS_OF and all(not set(wanted).isdisjoint(names) for wanted in SHEETS_OF[kind]):
        return True
    return all(not set(wanted).isdisjoint(names) for wanted in SHEETS_OF_MASTER) and any(map(_is_ledger, workbook.sheets))


def _is_ledger(sheet: Sheet) -> bool:
    """Whether a sheet is called as the ledger is and has the column of its keys."""
    rows = (sheet.cells[row] for row in range(1, _STAMP_ROWS + 1) if row in sheet.cells)
    texts = (value for cells in rows for value in cells.values() if isinstance(value, str))
    return sheet.name in tuple(LEDGER_SHEET) and any(carried_column(text) == KEY for text in texts)


def is_own_sheet(sheet: Sheet, stamp: Mapping[str, str], kind: str = "") -> bool:
    """Whether a sheet is one that a workbook of ours brought along.

    The instructions or the choices of a template's dropdowns, or what an imported plan says beside its tasks.
    """
    return (bool(stamp) and sheet.name in OWN_SHEETS) or (kind == PLAN and sheet.name in PLAN_SHEETS)


def _pairs(sheet: Sheet) -> dict[str, str]:
    rows = (sheet.cells[row] for row in range(1, _STAMP_ROWS + 1) if row in sheet.cells)
    return {row[1]: row[2] for row in rows if isinstance(row.get(1), str) and isinstance(row.get(2), str)}
