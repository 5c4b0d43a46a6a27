"""Writes small .xls workbooks record by record ([MS-XLS] 2.4), bare or in an OLE container ([MS-CFB])."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl.utils.datetime import to_excel

from rectify_xl.common.unreadable import CellError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.workbooks import Layout

_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
_SECTOR = 512
_STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    """A record."""
    return struct.pack("<HH", kind, len(body)) + body


def unicode(text: str, size: str = "<H") -> bytes:
    """A text of two bytes a character with its length."""
    return struct.pack(size, len(text.encode("utf-16-le")) // 2) + b"\x01" + text.encode("utf-16-le")


@dataclass
class Sheet:
    """A sheet: cells by (row, column), both 1-based, with the index of a style; further records behind them."""

    name: str = "任务清单"
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    after: bytes = b""
    state: int = 0


@dataclass
class Book:
    """A workbook: its sheets, number formats by style, and records among its globals."""

    sheets: list[Sheet]
    formats: list[tuple[int, str | None]] = field(default_factory=lambda: [(0, None)])
    first: bytes = b""  # the record that says how the others are encrypted
    among: bytes = b""
    date1904: bool = False
    texts_claimed: int | None = None  # how many shared texts the workbook says it has

    def stream(self) -> bytes:
        """The workbook stream."""
        texts = [value for sheet in self.sheets for value in sheet.cells.values() if isinstance(value, str)]
        bodies = [self._sheet(sheet, texts) for sheet in self.sheets]
        offsets = [0] * len(self.sheets)
        for _ in range(2):
            opening = self._globals(texts, offsets)
            offsets = [len(opening) + sum(map(len, bodies[:at])) for at in range(len(bodies))]
        return opening + b"".join(bodies)

    def _globals(self, texts: list[str], offsets: list[int]) -> bytes:
        made = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)) + self.first
        made += record(0x0042, struct.pack("<H", 1200)) + record(0x0022, struct.pack("<H", int(self.date1904)))
        font = struct.pack("<HHHHHBBBB", 220, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial"
        made += record(0x0031, font) * 4
        made += b"".join(
            record(0x041E, struct.pack("<H", number) + unicode(code)) for number, code in self.formats if code is not None
        )
        made += record(0x00E0, struct.pack("<HHH", 0, 0, 0xFFF5) + bytes(14)) * 15
        made += b"".join(record(0x00E0, struct.pack("<HHH", 0, number, 1) + bytes(14)) for number, _ in self.formats)
        for sheet, offset in zip(self.sheets, offsets, strict=True):
            made += record(0x0085, struct.pack("<IBB", offset, sheet.state, 0) + unicode(sheet.name, "<B"))
        made += self.among
        unique = len(texts) if self.texts_claimed is None else self.texts_claimed
        return made + record(0x00FC, struct.pack("<II", unique, unique) + b"".join(map(unicode, texts))) + record(0x000A)

    def _sheet(self, sheet: Sheet, texts: list[str]) -> bytes:
        made = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
        last = max((at[0] for at in sheet.cells), default=0), max((at[1] for at in sheet.cells), default=0)
        made += record(0x0200, struct.pack("<IIHHH", 0, last[0], 0, last[1], 0))
        for (row, column), value in sorted(sheet.cells.items()):
            head = struct.pack("<HHH", row - 1, column - 1, 15 + sheet.styles.get((row, column), 0))
            if isinstance(value, str):
                made += record(0x00FD, head + struct.pack("<I", texts.index(value)))
            elif isinstance(value, bool):
                made += record(0x0205, head + bytes([value, 0]))
            elif isinstance(value, CellError):
                made += record(0x0205, head + bytes([_ERRORS[value.code], 1]))
            elif isinstance(value, int) and abs(value) < 1 << 29:
                made += record(0x027E, head + struct.pack("<I", (value << 2 | 2) & 0xFFFFFFFF))
            else:
                made += record(0x0203, head + struct.pack("<d", value))
        return made + sheet.after + record(0x000A)


def by_biff8(path: Path, *sheets: Layout) -> Path:
    """Write sheets of texts, numbers and days as an .xls or .et in an OLE container."""
    made = [
        Sheet(
            one.sheet,
            {at: to_excel(value) if isinstance(value, date) else value for at, value in one.cells.items()},
            {at: 1 for at, value in one.cells.items() if isinstance(value, date)},
            merges(*((merge.top, merge.bottom, merge.left, merge.right) for merge in one.merges)) if one.merges else b"",
            _STATES[one.state],
        )
        for one in sheets
    ]
    path.write_bytes(container(Book(made, [(0, None), (14, None)]).stream()))
    return path


def merges(*ranges: tuple[int, int, int, int]) -> bytes:
    """Merged ranges as (top, bottom, left, right), 1-based."""
    body = b"".join(struct.pack("<HHHH", *(at - 1 for at in one)) for one in ranges)
    return record(0x00E5, struct.pack("<H", len(ranges)) + body)


def defined_name(name: str, formula: bytes) -> bytes:
    """A defined name with the tokens of its formula."""
    head = struct.pack("<HBBHHH4B", 0, 0, len(name), len(formula), 0, 0, 0, 0, 0, 0)
    return record(0x0018, head + b"\x01" + name.encode("utf-16-le") + formula)


def sheet_links(count: int) -> bytes:
    """The records by which formulas name the workbook's own sheets."""
    links = struct.pack("<H", count) + b"".join(struct.pack("<HHH", 0, at, at) for at in range(count))
    return record(0x01AE, struct.pack("<H", count) + b"\x01\x04") + record(0x0017, links)


def container(stream: bytes, *, loop: bool = False) -> bytes:
    """An OLE container with one stream. ``loop`` gives the root entry the sectors of the stream, as some PHP writers do."""
    stream += bytes(max(0, 4096 - len(stream)))
    size = len(stream)
    stream += bytes(-size % _SECTOR)
    sectors = len(stream) // _SECTOR
    tables = -(-(sectors + 2) // 127)
    table = [_FAT] * tables + [_END] + [tables + 2 + at for at in range(sectors - 1)] + [_END]
    table += [_FREE] * (tables * 128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    root = _entry("Root Entry", 5, child=1, start=tables + 1 if loop else _END, size=size if loop else 0)
    entries = root + _entry("Workbook", 2, child=_FREE, start=tables + 1, size=size) + _entry("", 0) * 2
    return header + struct.pack(f"<{len(table)}I", *table) + entries + stream


def _entry(name: str, kind: int, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    raw = name.encode("utf-16-le")
    length = len(raw) + 2 if name else 0
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", length, kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
