"""The formulas of an .xls sheet that only point to one cell and give 0, from its records: xlrd hands over their values alone.

[MS-XLS] 2.4.127 Formula, 2.4.277 ShrFmla, 2.5.198 Rgce.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from xlrd.formula import get_externsheet_local_range

from rectify_xl.common.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlrd

_BEGIN, _END, _FORMULA, _SHARED = 0x0809, 0x000A, 0x0006, 0x04BC
_BIFF8 = 80
_NOTHING = b"\x00" * 8
_CELL, _CELL_ELSEWHERE, _CELL_BESIDE, _SEE = (0x24, 0x44, 0x64), (0x3A, 0x5A, 0x7A), (0x2C, 0x4C, 0x6C), 0x01
_ROW_BESIDE, _COLUMN_BESIDE = 0x8000, 0x4000


def zero_links(book: xlrd.Book, index: int) -> dict[tuple[int, int], str]:
    """(row, column) -> the formula, of the cells of a sheet whose 0 comes from a formula that is one cell's address."""
    if book.biff_version < _BIFF8 or book.mem is None:
        return {}
    found: dict[tuple[int, int], str] = {}
    shared: dict[tuple[int, int], bytes] = {}
    waiting: list[tuple[int, int, tuple[int, int]]] = []
    last = (0, 0)
    for kind, body in _records(book.mem, book._sh_abs_posn[index]):  # noqa: SLF001 - where xlrd read the sheet from
        if kind == _FORMULA:
            row, column = last = struct.unpack_from("<HH", body)
            if body[6:14] != _NOTHING:
                continue
            tokens = body[22:]
            if tokens[:1] == bytes([_SEE]):
                waiting.append((row, column, struct.unpack_from("<HH", tokens, 1)))
            elif formula := _pointed_at(book, tokens, row, column):
                found[row + 1, column + 1] = formula
        elif kind == _SHARED:
            shared[last] = body[10:]
    for row, column, first in waiting:
        if formula := _pointed_at(book, shared.get(first, b""), row, column):
            found[row + 1, column + 1] = formula
    return found


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet, those of its charts left out; they begin and end like a sheet."""
    depth = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1 and kind in (_FORMULA, _SHARED):
            yield kind, stream[position + 4 : position + 4 + size]
        position += 4 + size


def _pointed_at(book: xlrd.Book, tokens: bytes, row: int, column: int) -> str | None:
    """The address that is all of a formula at (row, column), as Excel writes it; None for any other formula."""
    code, size = tokens[0] if tokens else 0, len(tokens)
    if code in _CELL and size == 5:  # noqa: PLR2004 - the token and nothing behind it
        there, flags = struct.unpack_from("<HH", tokens, 1)
        return a1(there + 1, (flags & 0xFF) + 1)
    if code in _CELL_ELSEWHERE and size == 7:  # noqa: PLR2004
        reference, there, flags = struct.unpack_from("<HHH", tokens, 1)
        first, last = get_externsheet_local_range(book, reference)
        if 0 <= first == last < book.nsheets:
            name = book.sheet_names()[first].replace("'", "''")
            return f"'{name}'!{a1(there + 1, (flags & 0xFF) + 1)}"
    if code in _CELL_BESIDE and size == 5:  # noqa: PLR2004
        there, flags = struct.unpack_from("<HH", tokens, 1)
        across = flags & 0xFF
        there = (row + there) & 0xFFFF if flags & _ROW_BESIDE else there
        across = (column + across) & 0xFF if flags & _COLUMN_BESIDE else across
        return a1(there + 1, across + 1)
    return None
