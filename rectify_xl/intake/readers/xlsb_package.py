"""Reads .xlsb: values through python-calamine, and what it leaves out from the records themselves.

Record numbers and layouts: [MS-XLSB] sections 2.3 and 2.4.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.common.unreadable import CellError
from rectify_xl.intake.grid import CellCounter, Merge, Sheet, Workbook
from rectify_xl.intake.readers.numbers import number
from rectify_xl.intake.readers.xlsx_package import package_facts, relations
from rectify_xl.intake.readers.xlsx_sheet import NOT_TICKED, TICKED
from rectify_xl.intake.readers.xml_stream import Package
from rectify_xl.intake.refusal import DAMAGED, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROW_HEADER, _CELL_ERROR, _FORMULA_ERROR, _SHEET, _MERGE = 0, 3, 11, 156, 176
# BrtCellRk to BrtFmlaError, and BrtCellRString; BrtCellBlank (1) holds nothing.
_FILLED_CELLS = frozenset({*range(2, 12), 62})
_HIDDEN_ROW_BYTE, _HIDDEN_ROW_BIT = 11, 0x10
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MOST_AREA = 20_000_000


def read_xlsb(path: Path) -> Workbook:
    """Read a binary workbook package.

    Raises:
        Refused: the file cannot be used; slug and facts say why.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            package = Package(archive)
            workbook = package_facts(package)
            parts = list(_sheet_parts(package))
            records = [_SheetRecords(b"".join(package.chunks(part))) for _, part, _ in parts]
        source = _calamine(path)
        counter = CellCounter()
        for (name, _, visible), scan in zip(parts, records, strict=True):
            sheet = Sheet(name, defaultdict(dict), scan.merges, scan.hidden_rows, visible)
            _fill(sheet, source, scan, counter)
            workbook.sheets.append(sheet)
    except (zipfile.BadZipFile, struct.error, IndexError, ValueError) as error:
        raise Refused("unreadable-file", reason=DAMAGED) from error
    return workbook


def _calamine(path: Path, name: str | None = None, source: Any = None) -> Any:  # noqa: ANN401 - a library without types
    """The workbook, or one of its sheets.

    Raises:
        Refused: it is damaged. The library panics on some damage, with an exception outside the usual hierarchy.
    """
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - needed for .xlsb alone

    try:
        return CalamineWorkbook.from_path(path) if name is None else source.get_sheet_by_name(name)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise Refused("unreadable-file", reason=DAMAGED) from error


def _sheet_parts(package: Package) -> Iterator[tuple[str, str, bool]]:
    """Name, part and visibility of every worksheet."""
    book = "xl/workbook.bin"
    targets = relations(package, book)
    for kind, body in _records(b"".join(package.chunks(book))):
        if kind == _SHEET:
            (state,) = struct.unpack_from("<I", body)
            relation, after = _wide_string(body, 8)
            name, _ = _wide_string(body, after)
            if "/worksheets/" in f"/{targets.get(relation, '')}":
                yield name, posixpath.normpath(targets[relation]), state == 0


def _fill(sheet: Sheet, book: Any, scan: _SheetRecords, counter: CellCounter) -> None:  # noqa: ANN401
    # The library lays out every cell between the first and the last one, and aborts the process when it cannot.
    if scan.area > _MOST_AREA:
        raise Refused("resource-limit", reason=Text("表格范围过大", "its sheet spans too many cells"))
    source = _calamine(Path(), sheet.name, book)
    if source.start is not None:
        for row, line in enumerate(source.to_python(skip_empty_area=True), source.start[0] + 1):
            for column, raw in enumerate(line, source.start[1] + 1):
                if raw != "" and raw is not None:
                    counter.add()
                    sheet.cells[row][column] = _value(raw)
    for row, column, code in scan.errors:
        sheet.cells[row][column] = CellError(_ERRORS.get(code, "#VALUE!"))


def _value(raw: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    if isinstance(raw, float):
        return number(repr(raw))
    if isinstance(raw, datetime):
        return raw.date() if raw.time() == datetime.min.time() else raw
    if isinstance(raw, bool):
        return TICKED if raw else NOT_TICKED
    return raw if isinstance(raw, str | int | date) else str(raw)


class _SheetRecords:
    """Merges, hidden rows and error cells of one worksheet part."""

    def __init__(self, content: bytes) -> None:
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.errors: list[tuple[int, int, int]] = []
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        row = 0
        for kind, body in _records(content):
            if kind == _ROW_HEADER:
                row = struct.unpack_from("<I", body)[0] + 1
                if body[_HIDDEN_ROW_BYTE] & _HIDDEN_ROW_BIT:
                    self.hidden_rows.add(row)
            elif kind in _FILLED_CELLS:
                column = struct.unpack_from("<I", body)[0] + 1
                self._rows.add(row)
                self._columns.add(column)
                if kind in (_CELL_ERROR, _FORMULA_ERROR):
                    self.errors.append((row, column, body[8]))
            elif kind == _MERGE:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                self.merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))

    @property
    def area(self) -> int:
        """Cells in the rectangle around all filled cells."""
        if not self._rows:
            return 0
        return (max(self._rows) - min(self._rows) + 1) * (max(self._columns) - min(self._columns) + 1)


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The (type, body) records of a part; type and size are little-endian base-128 numbers."""
    position = 0
    while position < len(content):
        kind, position = _base128(content, position, 2)
        size, position = _base128(content, position, 4)
        yield kind, content[position : position + size]
        position += size


def _base128(content: bytes, position: int, longest: int) -> tuple[int, int]:
    value = 0
    for step in range(longest):
        if position >= len(content):
            break
        byte = content[position]
        position += 1
        value |= (byte & 0x7F) << (7 * step)
        if byte & 0x80 == 0:
            break
    return value, position


def _wide_string(body: bytes, position: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, position)
    end = position + 4 + 2 * length
    return body[position + 4 : end].decode("utf-16-le"), end
