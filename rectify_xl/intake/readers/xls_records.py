"""Reads .xls and .et (BIFF in an OLE container, or bare) through xlrd."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import xlrd

from rectify_xl.common.unreadable import CellError
from rectify_xl.intake.grid import CellCounter, Merge, Sheet, Workbook
from rectify_xl.intake.readers.number_formats import DATE, PLAIN, NumberFormat, as_shown, shows
from rectify_xl.intake.readers.numbers import number
from rectify_xl.intake.readers.xls_links import zero_links
from rectify_xl.intake.readers.xls_opening import DAMAGE, open_book
from rectify_xl.intake.readers.xls_properties import container_facts
from rectify_xl.intake.readers.xls_second import read_again
from rectify_xl.intake.readers.xlsx_aside import leave_out_unsaid
from rectify_xl.intake.readers.xlsx_package import sheets_in
from rectify_xl.intake.readers.xlsx_sheet import NOT_TICKED, TICKED
from rectify_xl.intake.refusal import Refused
from rectify_xl.provenance.remarks import NAMES

if TYPE_CHECKING:
    from pathlib import Path

_ENCRYPTED = "encrypted"
_WIDTH_UNIT = 256  # per digit
_FIRST_OWN_FORMAT = 164


def read_xls(path: Path) -> Workbook:
    """Read a BIFF workbook.

    Raises:
        Refused: the file cannot be used; slug and facts say why.
    """
    try:
        with open_book(path) as book:
            facts = container_facts(path)
            named = _named_sheets(book)
            links = [zero_links(book, index) for index in range(book.nsheets)]
            sources = book.sheets()
    except xlrd.XLRDError as error:
        if _ENCRYPTED in str(error).lower():
            raise Refused("encrypted-file") from error
        return read_again(path)
    except DAMAGE:
        return read_again(path)
    counter = CellCounter()
    sheets = [_sheet(book, sheet, counter) for sheet in sources]
    leave_out_unsaid(zip(sheets, links, strict=True))
    return Workbook(sheets, facts.modified, dict(facts.properties), has_macros=facts.has_macros, list_sheets=named)


def _sheet(book: xlrd.Book, source: xlrd.sheet.Sheet, counter: CellCounter) -> Sheet:
    cells: dict[int, dict[int, Any]] = defaultdict(dict)
    struck: dict[tuple[int, int], str] = {}
    hidden = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden or info.height == 0}
    fonts = {index for index, font in enumerate(book.font_list) if font.struck_out}
    styles = {index for index, style in enumerate(book.xf_list) if style.font_index in fonts}
    for row in range(source.nrows):
        for column, cell in enumerate(source.row(row)):
            value = _value(cell, book)
            if value is None:
                continue
            counter.add()
            if fonts and isinstance(value, str) and (row, column) in source.rich_text_runlist_map:
                runs = source.rich_text_runlist_map[row, column]
                value, out = _without_struck(value, [(0, book.xf_list[cell.xf_index].font_index), *runs], fonts)
                struck |= {(row + 1, column + 1): out} if out else {}
            elif cell.xf_index in styles:
                struck[row + 1, column + 1] = str(value)
            cells[row + 1][column + 1] = value
        if source.default_row_hidden and row not in source.rowinfo_map and row + 1 in cells:
            hidden.add(row + 1)
    merges = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells]
    widths = {column + 1: info.width / _WIDTH_UNIT for column, info in source.colinfo_map.items()}
    hidden_columns = {column + 1 for column, info in source.colinfo_map.items() if info.hidden or not info.width}
    return Sheet(source.name, cells, merges, hidden, source.visibility == 0, hidden_columns, struck, widths=widths)


def _without_struck(text: str, runs: list[tuple[int, int]], fonts: set[int]) -> tuple[str, str]:
    """What of a text is not struck out, and what is; of one that is struck out as a whole both are all of it."""
    kept: list[str] = []
    struck: list[str] = []
    for (begin, font), (end, _) in zip(runs, [*runs[1:], (len(text), 0)], strict=True):
        (struck if font in fonts else kept).append(text[begin:end])
    left, out = "".join(kept).strip(), "".join(struck)
    return (left, out.strip()) if left else (out, out)


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
