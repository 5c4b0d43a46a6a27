"""Reads .xls and .et (BIFF in an OLE container, or bare) through xlrd."""

from __future__ import annotations

import io
import struct
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import olefile
import xlrd
from xlrd.compdoc import CompDocError
from xlrd.formula import FormulaError, evaluate_name_formula

from rectify_xl.common.unreadable import CellError
from rectify_xl.intake.grid import CellCounter, Merge, Sheet, Workbook
from rectify_xl.intake.readers.number_formats import DATE, PLAIN, NumberFormat, as_shown, shows
from rectify_xl.intake.readers.numbers import number
from rectify_xl.intake.readers.xls_second import read_again
from rectify_xl.intake.readers.xlsx_package import sheets_in
from rectify_xl.intake.readers.xlsx_sheet import NOT_TICKED, TICKED
from rectify_xl.intake.refusal import Refused
from rectify_xl.provenance.remarks import NAMES

if TYPE_CHECKING:
    from pathlib import Path

_ENCRYPTED = "encrypted"
_WIDTH_UNIT = 256  # per digit
_FIRST_OWN_FORMAT = 164
# The libraries meet damaged records with whatever error they happen to cause.
_DAMAGE = (
    CompDocError, AssertionError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, struct.error,
)  # fmt: skip


def read_xls(path: Path) -> Workbook:
    """Read a BIFF workbook.

    Raises:
        Refused: the file cannot be used; slug and facts say why.
    """
    try:
        book = _open(path)
        modified, has_macros = _container_facts(path)
        named = _named_sheets(book)
    except xlrd.XLRDError as error:
        if _ENCRYPTED in str(error).lower():
            raise Refused("encrypted-file") from error
        return read_again(path)
    except _DAMAGE:
        return read_again(path)
    counter = CellCounter()
    sheets = [_sheet(book, sheet, counter) for sheet in book.sheets()]
    return Workbook(sheets, modified, has_macros=has_macros, list_sheets=named)


def _open(path: Path) -> xlrd.Book:
    """Open a workbook, with a container whose directory contradicts itself too: some PHP programs write such ones."""
    for lenient in (False, True):
        try:
            return xlrd.open_workbook(
                path, logfile=io.StringIO(), formatting_info=True, ragged_rows=True, ignore_workbook_corruption=lenient
            )
        except CompDocError:
            if lenient:
                raise
    raise AssertionError


def _evaluate_name(book: xlrd.Book, name: xlrd.book.Name, index: int, blah: int = 0) -> None:
    """Evaluate a defined name; xlrd gives the whole file up where it cannot, and names serve the dropdowns alone."""
    try:
        evaluate_name_formula(book, name, index, blah)
    except (xlrd.XLRDError, FormulaError, *_DAMAGE):
        name.result = None


xlrd.book.evaluate_name_formula = _evaluate_name


def _container_facts(path: Path) -> tuple[Any, bool]:
    """When the document was last saved, and whether it holds macros."""
    if not olefile.isOleFile(path):
        return None, False
    with olefile.OleFileIO(path) as container:
        saved = container.get_metadata().last_saved_time
        macros = container.exists("_VBA_PROJECT_CUR")
    return (saved if saved is None or saved.year > 1900 else None), macros  # noqa: PLR2004 - an unset time is 1601


def _sheet(book: xlrd.Book, source: xlrd.sheet.Sheet, counter: CellCounter) -> Sheet:
    cells: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in range(source.nrows):
        for column, cell in enumerate(source.row(row)):
            value = _value(cell, book)
            if value is not None:
                counter.add()
                cells[row + 1][column + 1] = value
    merges = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells]
    hidden = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden or info.height == 0}
    widths = {column + 1: info.width / _WIDTH_UNIT for column, info in source.colinfo_map.items()}
    hidden_columns = {column + 1 for column, info in source.colinfo_map.items() if info.hidden or not info.width}
    return Sheet(source.name, cells, merges, hidden, source.visibility == 0, hidden_columns, widths=widths)


def _value(cell: xlrd.sheet.Cell, book: xlrd.Book) -> Any:  # noqa: ANN401
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value or None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return CellError(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return TICKED if cell.value else NOT_TICKED
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        value = number(repr(cell.value))
        if not isinstance(value, int | float):
            return value
        return as_shown(value, _shows(cell, book), date1904=book.datemode == 1)
    return None


def _shows(cell: xlrd.sheet.Cell, book: xlrd.Book) -> NumberFormat:
    key = book.xf_list[cell.xf_index].format_key
    shown = shows(key, book.format_map[key].format_str if key >= _FIRST_OWN_FORMAT and key in book.format_map else None)
    return DATE if shown == PLAIN and cell.ctype == xlrd.XL_CELL_DATE else shown


def _named_sheets(book: xlrd.Book) -> set[str]:
    """Sheets that defined names point to, however they are computed; xlrd does not read the validations themselves."""
    found: set[str] = set()
    for name in book.name_obj_list:
        if not name.builtin and not name.name.startswith(NAMES) and name.result is not None:
            found |= sheets_in(name.result.text or "")
    return found
