"""A small genuine VBA project ([MS-OVBA]): one macro that renumbers the first column, no compiled code."""

from __future__ import annotations

import struct

from builder.compound import compound_file

_MODULE = """\
Attribute VB_Name = "Renumber"
Sub RenumberTasks()
    Dim r As Long
    For r = 4 To ActiveSheet.UsedRange.Rows.Count
        If ActiveSheet.Cells(r, 2).Value <> "" Then ActiveSheet.Cells(r, 1).Value = r - 3
    Next r
End Sub
"""
_WORKBOOK = """\
Attribute VB_Name = "ThisWorkbook"
Attribute VB_Base = "0{00020819-0000-0000-C000-000000000046}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = True
"""
_PROJECT = """\
ID="{5D3F8A10-2C6B-4E7A-9B1D-0A4C6E8F2B35}"
Document=ThisWorkbook/&H00000000
Module=Renumber
Name="VBAProject"
HelpContextID="0"
VersionCompatible32="393222000"

[Host Extender Info]
&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000
"""
_MODULES = ((b"ThisWorkbook", _WORKBOOK, 0x22), (b"Renumber", _MODULE, 0x21))
_CHUNK = 3600  # literal tokens need 9 bytes for 8, and a compressed chunk holds at most 4096


def vba_project() -> bytes:
    """The content of ``xl/vbaProject.bin``."""
    streams: dict[str, bytes] = {name.decode(): _compressed(_dos(source)) for name, source, _ in _MODULES}
    streams["dir"] = _compressed(_directory())
    streams["_VBA_PROJECT"] = b"\xcc\x61\xff\xff\x00\x00\x00"
    return compound_file({"VBA": dict(streams), "PROJECT": _dos(_PROJECT)})


def _dos(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def _compressed(data: bytes) -> bytes:
    """[MS-OVBA] 2.4.1 with literal tokens only."""
    if len(data) > _CHUNK:
        message = f"{len(data)} bytes do not fit one chunk"
        raise ValueError(message)
    tokens = b"".join(b"\0" + data[start : start + 8] for start in range(0, len(data), 8))
    return b"\x01" + struct.pack("<H", (len(tokens) - 1) | 0xB000) + tokens


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HI", kind, len(content)) + content


def _directory() -> bytes:
    """[MS-OVBA] 2.3.4.2: project information, no references, the modules."""
    pieces = [
        _record(0x01, struct.pack("<I", 1)),  # 32-bit Windows
        _record(0x02, struct.pack("<I", 0x409)),
        _record(0x14, struct.pack("<I", 0x409)),
        _record(0x03, struct.pack("<H", 936)),
        _record(0x04, b"VBAProject"),
        _record(0x05) + _record(0x40),
        _record(0x06) + _record(0x3D),
        _record(0x07, struct.pack("<I", 0)),
        _record(0x08, struct.pack("<I", 0)),
        struct.pack("<HIIH", 0x09, 4, 1, 1),
        _record(0x0C) + _record(0x3C),
        _record(0x0F, struct.pack("<H", len(_MODULES))),
        _record(0x13, b"\xff\xff"),
    ]
    for name, _, kind in _MODULES:
        wide = name.decode().encode("utf-16-le")
        pieces += [
            _record(0x19, name) + _record(0x47, wide),
            _record(0x1A, name) + _record(0x32, wide),
            _record(0x1C) + _record(0x48),
            _record(0x31, struct.pack("<I", 0)),
            _record(0x1E, struct.pack("<I", 0)),
            _record(0x2C, b"\xff\xff"),
            _record(kind) + _record(0x2B),
        ]
    return b"".join(pieces) + _record(0x10)
