"""Writes small .xls workbooks as bare BIFF records: of Excel 5 (texts in a code page) and of Excel 97 (Unicode). [MS-XLS] 2.4."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

EXCEL_5, EXCEL_97 = 0x0500, 0x0600
_STYLES = 16  # styles that every workbook begins with; cells use the one behind them


def record(kind: int, body: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", kind, len(body)) + body


def text(value: str, version: int, encoding: str, *, long: bool) -> bytes:
    """A text with its length before it."""
    if version == EXCEL_97:
        raw = value.encode("utf-16-le")
        return struct.pack("<HB" if long else "<BB", len(raw) // 2, 1) + raw
    raw = value.encode(encoding)
    return struct.pack("<H" if long else "<B", len(raw)) + raw


def cell(row: int, column: int, value: object, version: int = EXCEL_97, encoding: str = "gbk") -> bytes:
    """A text or a number in its cell, counted from 0."""
    head = struct.pack("<HHH", row, column, _STYLES)
    if isinstance(value, int | float):
        return record(0x0203, head + struct.pack("<d", value))
    return record(0x0204, head + text(str(value), version, encoding, long=True))


def formula(row: int, column: int, tokens: bytes) -> bytes:
    """A formula whose result is 0."""
    head = struct.pack("<HHH", row, column, _STYLES) + bytes(8) + struct.pack("<HI", 0, 0)
    return record(0x0006, head + struct.pack("<H", len(tokens)) + tokens)


def by_biff(
    path: Path,
    rows: Iterable[Iterable[object]],
    *,
    version: int = EXCEL_97,
    encoding: str = "gbk",
    code_page: int | None = None,
    before: bytes = b"",
    after: bytes = b"",
    others: Mapping[str, bytes] | None = None,
    sheet: str = "任务清单",
) -> Path:
    """Write rows as a workbook; ``before`` and ``after`` are further records of the sheet, ``others`` further sheets' records."""
    begin = {
        kind: record(0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0)[: 8 if version == EXCEL_5 else 16])
        for kind in (5, 16)
    }
    name = text("Arial", version, encoding, long=False)
    font = record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + name)
    size = 16 if version == EXCEL_5 else 20
    styles = b"".join(
        record(0x00E0, struct.pack("<HHH", 0, 0, 0xFFF5 if at < _STYLES else 1).ljust(size, b"\0")) for at in range(_STYLES + 1)
    )
    cells = b"".join(
        cell(at, across, value, version, encoding)
        for at, row in enumerate(rows)
        for across, value in enumerate(row)
        if value != ""
    )
    sheets = {sheet: before + cells + after, **(others or {})}
    pages = record(0x0042, struct.pack("<H", code_page)) if code_page is not None else b""
    names = [text(one, version, encoding, long=False) for one in sheets]
    globals_size = len(begin[5]) + len(pages) + len(font) * 5 + len(styles) + sum(10 + len(one) for one in names) + 4
    contents = [begin[16] + body + record(0x000A) for body in sheets.values()]
    declared, position = b"", globals_size
    for one, content in zip(names, contents, strict=True):
        declared += record(0x0085, struct.pack("<IBB", position, 0, 0) + one)
        position += len(content)
    path.write_bytes(begin[5] + pages + font * 5 + styles + declared + record(0x000A) + b"".join(contents))
    return path
