"""Formulas of .xls and .xlsb that are one cell's address and nothing else, from their tokens.

[MS-XLS] 2.5.198 Rgce, [MS-XLSB] 2.5.97.88 Rgce: the same tokens, with wider rows and columns.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Callable

SEE_ELSEWHERE = 0x01  # the formula is that of another cell, which shares it
_CELL, _CELL_ELSEWHERE, _CELL_BESIDE, _PLUS = (0x24, 0x44, 0x64), (0x3A, 0x5A, 0x7A), (0x2C, 0x4C, 0x6C), b"\x12"


@dataclass(frozen=True)
class Layout:
    """How an address is written: its struct, the bits of row and column, the flags that say they are counted from the cell."""

    address: struct.Struct
    rows: int
    columns: int
    row_beside: int = 0x8000
    column_beside: int = 0x4000


XLS = Layout(struct.Struct("<HH"), 0xFFFF, 0xFF)
XLSB = Layout(struct.Struct("<IH"), 0xFFFFF, 0x3FFF)


def pointed_at(tokens: bytes, row: int, column: int, layout: Layout, sheet_of: Callable[[int], str | None]) -> str | None:
    """The address that is all of a formula at (row, column), counted from 0, as Excel writes it; None for any other formula.

    ``sheet_of`` gives the name of the sheet that a reference means, or None where it is none of this workbook.
    """
    code, address = tokens[0] if tokens else 0, tokens[1:].removesuffix(_PLUS)  # Excel keeps the sign of =+B2
    size = layout.address.size
    if code in _CELL and len(address) == size:
        there, flags = layout.address.unpack(address)
        return a1((there & layout.rows) + 1, (flags & layout.columns) + 1)
    if code in _CELL_ELSEWHERE and len(address) == 2 + size:
        name = sheet_of(int.from_bytes(address[:2], "little"))
        there, flags = layout.address.unpack_from(address, 2)
        if name is not None:
            quoted = name.replace("'", "''")
            return f"'{quoted}'!{a1((there & layout.rows) + 1, (flags & layout.columns) + 1)}"
    if code in _CELL_BESIDE and len(address) == size:
        there, flags = layout.address.unpack(address)
        down = row if flags & layout.row_beside else 0
        across = column if flags & layout.column_beside else 0
        return a1((down + there & layout.rows) + 1, (across + flags & layout.columns) + 1)
    return None
