"""The same workbook by other readers: values by (row, column), None for what is blank there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import xlrd
from python_calamine import CalamineWorkbook
from xlrd.xldate import XLDateError, xldate_as_datetime

from rectify_xl.intake.files import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

Values = dict[tuple[int, int], Any]


def ours(path: Path) -> Values:
    """By the package."""
    (sheet,) = read_workbook(path).sheets
    return {(row, column): value for row, line in sheet.cells.items() for column, value in line.items()}


def by_openpyxl(path: Path) -> Values:
    """By openpyxl, with the results of formulas."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    # A sheet without a single cell is asked cell by cell, for openpyxl would make one.
    return {at: cell.value for at, cell in sheet._cells.items() if cell.value is not None}


def by_calamine(path: Path) -> Values:
    """By python-calamine."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    if sheet.start is None:
        return {}
    top, left = sheet.start
    lines = sheet.to_python(skip_empty_area=True)
    return {
        (row, column): value
        for row, line in enumerate(lines, top + 1)
        for column, value in enumerate(line, left + 1)
        if value not in ("", None)
    }


def by_xlrd(path: Path) -> Values:
    """By xlrd, dates as moments."""
    book = xlrd.open_workbook(path, logfile=io.StringIO())
    sheet = book.sheet_by_index(0)
    found: Values = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and cell.value != "":
                found[row + 1, column + 1] = _of_xlrd(cell, book.datemode)
    return found


def _of_xlrd(cell: xlrd.sheet.Cell, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code[cell.value]
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xldate_as_datetime(cell.value, datemode)
        except (XLDateError, OverflowError):
            return cell.value
    return cell.value
