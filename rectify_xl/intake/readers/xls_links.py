"""The formulas of an .xls sheet that only point to one cell and give 0, from its records: xlrd hands over their values alone.

[MS-XLS] 2.4.127 Formula, 2.4.277 ShrFmla.
"""

from __future__ import annotations

import struct
from functools import partial
from typing import TYPE_CHECKING

from xlrd.formula import get_externsheet_local_range

from rectify_xl.intake.readers.formula_tokens import SEE_ELSEWHERE, XLS, pointed_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlrd

_BEGIN, _END, _FORMULA, _SHARED = 0x0809, 0x000A, 0x0006, 0x04BC
_BIFF8 = 80
_NOTHING = b"\x00" * 8


def zero_links(book: xlrd.Book, index: int) -> dict[tuple[int, int], str]:
    """(row, column) -> the formula, of the cells of a sheet whose 0 comes from a formula that is one cell's address."""
    if book.biff_version < _BIFF8 or book.mem is None:
        return {}
    found: dict[tuple[int, int], str] = {}
    shared: dict[tuple[int, int], bytes] = {}
    waiting: list[tuple[int, int, tuple[int, int]]] = []
    last = (0, 0)
    sheet_of = partial(_sheet_of, book)
    for kind, body in _records(book.mem, book._sh_abs_posn[index]):  # noqa: SLF001 - where xlrd read the sheet from
        if kind == _FORMULA:
            row, column = last = struct.unpack_from("<HH", body)
            if body[6:14] != _NOTHING:
                continue
            tokens = body[22:]
            if tokens[:1] == bytes([SEE_ELSEWHERE]):
                waiting.append((row, column, struct.unpack_from("<HH", tokens, 1)))
            elif formula := pointed_at(tokens, row, column, XLS, sheet_of):
                found[row + 1, column + 1] = formula
        elif kind == _SHARED:
            shared[last] = body[10:]
    for row, column, first in waiting:
        if formula := pointed_at(shared.get(first, b""), row, column, XLS, sheet_of):
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


def _sheet_of(book: xlrd.Book, reference: int) -> str | None:
    """The name of the one sheet of this workbook that a reference means."""
    first, last = get_externsheet_local_range(book, reference)
    return book.sheet_names()[first] if 0 <= first == last < book.nsheets else None
