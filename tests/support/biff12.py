"""Writes small .xlsb workbooks: BIFF12 records with the texts inside the cells ([MS-XLSB] 2.3, 2.4)."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl.utils.datetime import to_excel

from rectify_xl.common.unreadable import CellError
from tests.support.workbooks import OFFICE, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.workbooks import Layout

_STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
DAY_STYLE = 1  # of the styles of a workbook that holds days
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def record(kind: int, body: bytes = b"") -> bytes:
    """A record with its type and size as base-128 numbers."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = b"", len(body)
    while True:
        size += bytes([rest & 0x7F | (0x80 if rest > 127 else 0)])
        rest >>= 7
        if not rest:
            return head + size + body


def wide(text: str) -> bytes:
    """A length-prefixed UTF-16 string."""
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def _cell(column: int, value: Any) -> bytes:
    if isinstance(value, date):
        return record(5, struct.pack("<IId", column - 1, DAY_STYLE, to_excel(value)))
    head = struct.pack("<II", column - 1, 0)
    if isinstance(value, CellError):
        return record(3, head + bytes([_ERRORS[value.code]]))
    if isinstance(value, bool):
        return record(4, head + bytes([value]))
    if isinstance(value, int | float):
        return record(5, head + struct.pack("<d", value))
    return record(6, head + wide(str(value)))


def sheet_part(made: Layout) -> bytes:
    """The worksheet part of a layout."""
    rows = sorted({row for row, _ in made.cells} | made.hidden)
    columns = [column for _, column in made.cells] or [1]
    body = record(129)  # BrtBeginSheet
    span = (rows[0] - 1, rows[-1] - 1, min(columns) - 1, max(columns) - 1) if rows else (0, 0, 0, 0)
    body += record(148, struct.pack("<4I", *span)) + record(145)  # BrtWsDim, BrtBeginSheetData
    for row in rows:
        flags = 0x10 if row in made.hidden else 0
        body += record(0, struct.pack("<IIHBBBI", row - 1, 0, 300, 0, flags, 0, 0))
        for (_, column), value in sorted(item for item in made.cells.items() if item[0][0] == row):
            body += _cell(column, value)
    body += record(146)  # BrtEndSheetData
    if made.merges:
        body += record(177, struct.pack("<I", len(made.merges)))
        for merge in made.merges:
            body += record(176, struct.pack("<4I", merge.top - 1, merge.bottom - 1, merge.left - 1, merge.right - 1))
        body += record(178)
    return body + record(130)


def raw_sheet(*rows: tuple[int, bytes]) -> bytes:
    """A worksheet part of rows by number, each with its cell records."""
    body = b"".join(record(0, struct.pack("<IIHBBBI", row - 1, 0, 300, 0, 0, 0, 0)) + cells for row, cells in rows)
    span = record(148, struct.pack("<4I", 0, max((row for row, _ in rows), default=1) - 1, 0, 0))
    return record(129) + span + record(145) + body + record(146) + record(130)


def styles_part(*styles: tuple[int, str | None], struck: frozenset[int] = frozenset()) -> bytes:
    """A styles part: cell styles by number and code of their format, those struck out by their place."""
    own = [(number, code) for number, code in styles if code is not None]
    made = b"".join(record(44, struct.pack("<H", number) + wide(code)) for number, code in own)
    made = record(615, struct.pack("<I", len(own))) + made + record(616)
    fonts = b"".join(record(43, struct.pack("<HH", 220, flags) + bytes(17)) for flags in (0, 8))
    cells = b"".join(
        record(47, struct.pack("<HHH", 0, number, int(at in struck)) + bytes(10)) for at, (number, _) in enumerate(styles)
    )
    styled = record(617, struct.pack("<I", len(styles))) + cells + record(618)
    return record(278) + made + fonts + record(626) + record(47, bytes(16)) + record(627) + styled


def number_cell(column: int, value: float, style: int = 0) -> bytes:
    """A number under a style."""
    return record(5, struct.pack("<IId", column - 1, style, value))


def metadata_part(*rich_values: int, kind: str = "XLRICHVALUE", of_cells: bool = False, first: int = 0) -> bytes:
    """A metadata part: for each rich value one block of value metadata (or of cell metadata), as Excel writes them."""
    future = b"".join(
        record(52)
        + record(35, bytes(4))
        + record(5002, bytes(4))
        + record(5003, struct.pack("<II", 0, number))
        + record(36)
        + record(53)
        for number in rich_values
    )
    future = record(339, struct.pack("<I", len(rich_values)) + wide(kind)) + future + record(340)
    blocks = b"".join(record(51, struct.pack("<3I", 1, 1, first + number)) for number in range(len(rich_values)))
    return record(332) + future + record(337, struct.pack("<II", len(rich_values), of_cells)) + blocks + record(338) + record(333)


def rich_cell(column: int, metadata: int, *, code: int = 15) -> bytes:
    """A cell with an error as its value and the number of its value metadata before it."""
    return record(50, struct.pack("<I", metadata)) + record(3, struct.pack("<IIB", column - 1, 0, code))


def zero_formula(column: int, tokens: bytes, more: bytes = b"") -> bytes:
    """A formula whose result is 0, with what is kept behind its tokens."""
    formula = struct.pack("<I", len(tokens)) + tokens + struct.pack("<I", len(more)) + more
    return record(9, struct.pack("<IIdH", column - 1, 0, 0, 0) + formula)


def address_token(code: int, row: int, column: int, sheet: int | None = None) -> bytes:
    """A token that is an address, row and column as they are stored, on another sheet by the number of the reference."""
    return bytes([code]) + (b"" if sheet is None else struct.pack("<H", sheet)) + struct.pack("<IH", row, column)


def sheet_references(*references: tuple[int, int, int], books: tuple[int, ...] = (357,)) -> bytes:
    """What formulas refer to: (workbook, first sheet, last sheet) each; 357 is this workbook, 355 another."""
    made = record(353) + b"".join(record(kind) for kind in books)
    made += record(362, struct.pack("<I", len(references)) + b"".join(struct.pack("<Iii", *one) for one in references))
    return made + record(354)


def by_biff12(
    path: Path,
    *sheets: Layout,
    parts: Mapping[str, bytes] | None = None,
    related: Mapping[str, tuple[str, str]] | None = None,
    among: bytes = b"",
) -> Path:
    """Write sheets as an .xlsb package.

    ``parts`` adds or replaces parts, ``related`` names more by type and target, ``among`` are records of the workbook part.
    """
    book = record(131) + record(143)  # BrtBeginBook, BrtBeginBundleShs
    for number, one in enumerate(sheets, 1):
        state = struct.pack("<II", _STATES[one.state], number)
        book += record(156, state + wide(f"rId{number}") + wide(one.sheet))
    book += record(144) + among + record(132)
    if any(isinstance(value, date) for one in sheets for value in one.cells.values()):
        parts = {"xl/styles.bin": styles_part((0, None), (14, None))} | dict(parts or {})
        related = {"rIdStyles": ("styles", "styles.bin")} | dict(related or {})
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(sheets) + 1)
    )
    for key, (kind, target) in (related or {}).items():
        targets += f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>'
        ),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{RELATIONS}">{targets}</Relationships>',
    }
    content |= {f"xl/worksheets/sheet{number}.bin": sheet_part(one) for number, one in enumerate(sheets, 1)}
    content |= parts or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path
