"""The records of one .xlsb worksheet to cells. Record numbers and layouts: [MS-XLSB] 2.3 and 2.4."""

from __future__ import annotations

import struct
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rectify_xl.common.unreadable import CellError
from rectify_xl.intake.grid import LAST_COLUMN, LAST_ROW, CellCounter, Merge, Sheet, add_merge
from rectify_xl.intake.readers.biff12 import packed_number, records, rich_string, wide_string
from rectify_xl.intake.readers.formula_tokens import SEE_ELSEWHERE, XLSB, pointed_at
from rectify_xl.intake.readers.number_formats import as_shown
from rectify_xl.intake.readers.numbers import number
from rectify_xl.intake.readers.rich_values import PICTURE
from rectify_xl.intake.readers.xlsx_sheet import NOT_TICKED, TICKED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROW, FIRST_CELL, LAST_FULL_CELL, LAST_SHORT_CELL, RICH_CELL, COLUMNS, MERGE = 0, 1, 11, 18, 62, 60, 176
VALUE_METADATA = 50  # of the cell that follows
NUMBER_OF_FORMULA, SHARED_FORMULA = 9, 427
_ROW_BEYOND = "a row or a column beyond the end of a sheet"
_HIDDEN_ROW = 0x10
# Cells that follow their neighbour have no column of their own: BrtShortRk (13) is BrtCellRk (2), and so on.
_SHORT = {13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
_BLANKS = frozenset({1, 12})
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass
class Book:
    """What the cells of a workbook share: texts (with what of them is struck out), formats by style, styles struck out.

    ``pictures`` are the numbers of the value metadata of pictures in cells.
    ``referred`` are the sheets that formulas refer to, by the number of the reference; None: no single sheet of this workbook.
    """

    texts: list[tuple[str, tuple[str, str] | None]] = field(default_factory=list)
    formats: Mapping[int, Any] = field(default_factory=dict)
    struck_styles: frozenset[int] = frozenset()
    struck_fonts: frozenset[int] = frozenset()
    pictures: frozenset[int] = frozenset()
    date1904: bool = False
    referred: list[str | None] = field(default_factory=list)
    counter: CellCounter = field(default_factory=CellCounter)


class SheetRecords:
    """Reads the records of a worksheet part into a sheet."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._row = self._column = 0
        self._zeros: list[tuple[int, int, bytes]] = []  # formulas whose result is 0: row, column and the formula
        self._shared_formulas: dict[tuple[int, int], bytes] = {}  # by row and column, counted from 0

    def read(self, name: str, content: bytes, *, visible: bool) -> Sheet:
        """The sheet.

        Raises:
            ValueError, LookupError, struct.error: a record is damaged.
            Refused: there are too many cells.
        """
        sheet = Sheet(name, defaultdict(dict), visible=visible)
        is_picture = False
        for kind, body in records(content):
            if FIRST_CELL <= kind <= LAST_SHORT_CELL or kind == RICH_CELL:
                self._cell(sheet, kind, body, is_picture=is_picture)
                is_picture = False
            elif kind == VALUE_METADATA:
                is_picture = int.from_bytes(body[:4], "little") in self._book.pictures
            elif kind == ROW:
                self._begin_row(sheet, body)
            elif kind == COLUMNS:
                first, last, width, _, flags = struct.unpack_from("<4IH", body)
                if flags & 1 or not width:
                    sheet.hidden_columns.update(range(first + 1, min(last + 1, LAST_COLUMN) + 1))
            elif kind == MERGE:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                add_merge(sheet.merges, Merge(top + 1, left + 1, bottom + 1, right + 1))
            elif kind == SHARED_FORMULA:
                self._shared_formulas[self._row - 1, self._column - 1] = _tokens(body, 16)[0]
        return sheet

    def zero_links(self) -> dict[tuple[int, int], str]:
        """(row, column) -> the formula, of the cells read whose 0 comes from a formula that is one cell's address."""
        found: dict[tuple[int, int], str] = {}
        for row, column, body in self._zeros:
            tokens, more = _tokens(body, 18)
            if tokens[:1] == bytes([SEE_ELSEWHERE]):
                first = int.from_bytes(tokens[1:5], "little"), int.from_bytes(more[:4], "little")
                tokens = self._shared_formulas.get(first, b"")
            if formula := pointed_at(tokens, row - 1, column - 1, XLSB, self._sheet_of):
                found[row, column] = formula
        return found

    def _sheet_of(self, reference: int) -> str | None:
        return self._book.referred[reference] if reference < len(self._book.referred) else None

    def _begin_row(self, sheet: Sheet, body: bytes) -> None:
        row, _, height, _, flags = struct.unpack_from("<IIHBB", body)
        self._row, self._column = row + 1, 0
        if self._row > LAST_ROW:
            raise ValueError(_ROW_BEYOND)
        if flags & _HIDDEN_ROW or not height:
            sheet.hidden_rows.add(self._row)

    def _cell(self, sheet: Sheet, kind: int, body: bytes, *, is_picture: bool) -> None:
        short = LAST_FULL_CELL < kind <= LAST_SHORT_CELL
        self._column = self._column + 1 if short else struct.unpack_from("<I", body)[0] + 1
        if kind in _BLANKS:
            return
        if not self._row or self._column > LAST_COLUMN:
            raise ValueError(_ROW_BEYOND)
        at = 4 if short else 8
        style = int.from_bytes(body[at - 4 : at - 1], "little")
        value = _READ[_SHORT.get(kind, kind)](self, body, at)
        struck = ""
        if isinstance(value, tuple):
            value, struck = self._without_struck(*value)
        elif isinstance(value, float):
            if value == 0 and kind == NUMBER_OF_FORMULA:
                self._zeros.append((self._row, self._column, body))
            value = self._number(value, style)
        elif is_picture and isinstance(value, CellError):
            value = PICTURE
        if value is None or value == "":
            return
        self._book.counter.add()
        sheet.cells[self._row][self._column] = value
        if struck or style in self._book.struck_styles:
            sheet.struck[self._row, self._column] = struck or str(value)

    def _number(self, stored: float, style: int) -> Any:  # noqa: ANN401 - what its format makes of it
        value = number(repr(stored))
        if not isinstance(value, int | float) or style not in self._book.formats:
            return value
        return as_shown(value, self._book.formats[style], date1904=self._book.date1904)

    @staticmethod
    def _without_struck(text: str, parts: tuple[str, str] | None) -> tuple[str, str]:
        """A text without what is struck out; one that is struck out as a whole stays until its row is known."""
        if parts is None:
            return text, ""
        kept, struck = parts
        return (kept.strip(), struck.strip()) if kept.strip() else (struck, struck)

    def _shared(self, body: bytes, at: int) -> tuple[str, tuple[str, str] | None]:
        index: int = struct.unpack_from("<I", body, at)[0]
        return self._book.texts[index]

    def _rich(self, body: bytes, at: int) -> tuple[str, tuple[str, str] | None]:
        return rich_string(body, at, self._book.struck_fonts)


def _tokens(body: bytes, at: int) -> tuple[bytes, bytes]:
    """The tokens of a formula and what is kept behind them; empty where the record ends before."""
    size = int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : at + 4 + size], body[at + 8 + size :]


def _packed(_: SheetRecords, body: bytes, at: int) -> float:
    return packed_number(struct.unpack_from("<I", body, at)[0])


def _double(_: SheetRecords, body: bytes, at: int) -> float:
    value: float = struct.unpack_from("<d", body, at)[0]
    return value


def _error(_: SheetRecords, body: bytes, at: int) -> CellError:
    return CellError(_ERRORS.get(body[at], "#VALUE!"))


def _truth(_: SheetRecords, body: bytes, at: int) -> str:
    return TICKED if body[at] else NOT_TICKED


def _text(_: SheetRecords, body: bytes, at: int) -> str:
    return wide_string(body, at)[0]


# BrtCellRk, BrtCellError, BrtCellBool, BrtCellReal, BrtCellSt, BrtCellIsst, the results of formulas, BrtCellRString
_READ: dict[int, Callable[[SheetRecords, bytes, int], Any]] = {
    2: _packed, 3: _error, 4: _truth, 5: _double, 6: _text, 7: SheetRecords._shared,  # noqa: SLF001 - of this very class
    8: _text, 9: _double, 10: _truth, 11: _error, 62: SheetRecords._rich,  # noqa: SLF001
}  # fmt: skip
