"""Writes the files of a case: workbooks through openpyxl, and the odd ones byte by byte."""

from __future__ import annotations

import re
import struct
import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tests.support.biff8 import Book, Sheet, container, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.rules.harness import FileSpec, SheetSpec

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\n|␣")
_SECTOR = 512


def write_file(file: FileSpec, folder: Path) -> None:
    """Write one file of a case into ``folder``."""
    path = folder / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    make = file.keys.get("make", "")
    if make in _WHOLE:
        path.write_bytes(_WHOLE[make]())
        return
    _save(file, path.with_suffix(".xlsx"))
    if path.suffix != ".xlsx":
        path.with_suffix(".xlsx").rename(path)
    if "modified" in file.keys:
        _replace(path, "docProps/core.xml", rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + file.keys["modified"].encode() + b"Z")
    if make == "truncated":
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 5])
    elif make == "macros":
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("xl/vbaProject.bin", _compound({"VBA": b"\0" * 4096}))
        _replace(path, "xl/_rels/workbook.xml.rels", rb"</Relationships>", _MACRO_RELATION + rb"</Relationships>")
    elif make == "external":
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("xl/externalLinks/externalLink1.xml", _EXTERNAL)
            package.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", _EXTERNAL_RELATIONS)
        _replace(path, "xl/_rels/workbook.xml.rels", rb"</Relationships>", _LINK_RELATION + rb"</Relationships>")
    elif make == "zeros":
        _replace(path, "xl/worksheets/sheet1.xml", rb"</f><v ?/>|</f><v></v>", b"</f><v>0</v>")
    elif make in _RELATIONS:
        _replace(path, "xl/_rels/workbook.xml.rels", *_RELATIONS[make])
    elif make == "corner":
        _replace(path, "xl/worksheets/sheet1.xml", rb"</sheetData>", _FAR_CELL + rb"</sheetData>")


def _save(file: FileSpec, path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for sheet in file.sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    if "hidden sheet" in file.keys:
        name, _, content = file.keys["hidden sheet"].partition(" | ")
        hidden = book.create_sheet(name)
        for row in range(1, 4):
            hidden.append([content or "旧版", row, "内容"])
        hidden.sheet_state = "hidden"
    for said in filter(None, file.keys.get("stamp", "").split("|")):
        name, _, value = said.strip().partition("=")
        book.custom_doc_props.append(StringProperty(name=f"rectify_xl.{name}", value=value))
    book.save(path)


def _fill(sheet: Worksheet, spec: SheetSpec) -> None:
    width = max((len(row) for row in spec.rows), default=1)
    top = _lines_above(sheet, spec, width)
    for row, cells in enumerate(spec.rows, top):
        for column, text in enumerate(cells, 1):
            _put(sheet, row, column, text)
    _merge(sheet, spec.rows, top)
    for key, value in spec.keys:
        if key == "hidden rows":
            for hidden in map(int, value.split(",")):
                sheet.row_dimensions[hidden].hidden = True
        elif key == "hidden columns":
            for letters in value.split(","):
                sheet.column_dimensions[letters].hidden = True
        elif key == "filter":
            sheet.auto_filter.ref = f"A{top}:{get_column_letter(width)}{top + len(spec.rows) - 1}"
        elif key == "footer":
            sheet.cell(sheet.max_row + 1, 1, value)


def _lines_above(sheet: Worksheet, spec: SheetSpec, width: int) -> int:
    """Write the lines above the table; the row in which its headings stand."""
    top = 1
    for key, value in spec.keys:
        if key in {"title", "above"}:
            sheet.cell(top, 1, _text(value))
        elif key == "filled":
            unit, day = (part.strip() for part in value.split("|"))
            sheet.cell(top, 1, f"填报单位:{unit}    填报日期:{day}")
        else:
            continue
        if key == "title" and width > 1:
            sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=width)
        top += 1
    return top


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    if text in {"", "^", "<"}:
        return
    cell = sheet.cell(row, column)
    kind, colon, value = text.partition(":")
    if colon and kind == "date":
        cell.value = date.fromisoformat(value)
        cell.number_format = "yyyy-mm-dd"
    elif colon and kind == "num":
        cell.value = float(value) if "." in value else int(value)
    elif colon and kind == "err":
        cell.value = value
        cell.data_type = "e"
    elif colon and kind == "formula":
        cell.value = f"={value}"
    elif colon and kind == "struck":
        old, _, new = value.partition("|")
        cell.value = CellRichText(TextBlock(InlineFont(strike=True), old), new) if new else old
        cell.font = Font(strike=not new)
    elif colon and kind == "long":
        cell.value = _text("长" * int(value))
    else:
        cell.value = _text(text)
        cell.data_type = "s"


def _text(text: str) -> str:
    return _ESCAPE.sub(lambda found: {"\\n": "\n", "␣": " "}.get(found[0]) or chr(int(found[1], 16)), text)


def _merge(sheet: Worksheet, rows: list[list[str]], top: int) -> None:
    """``^`` continues the cell above, ``<`` the cell to the left."""
    for at, cells in enumerate(rows):
        for column, text in enumerate(cells):
            below = at + 1
            while text != "^" and below < len(rows) and rows[below][column] == "^":
                below += 1
            right = column + 1
            while text != "<" and right < len(cells) and cells[right] == "<":
                right += 1
            if text not in {"^", "<"} and (below > at + 1 or right > column + 1):
                sheet.merge_cells(start_row=top + at, end_row=top + below - 1, start_column=column + 1, end_column=right)


def _replace(path: Path, part: str, pattern: bytes, new: bytes) -> None:
    """Rewrite one part of a package."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part], count = re.subn(pattern, new, parts[part])
    assert count, f"{part} has no {pattern!r}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _compound(streams: dict[str, bytes]) -> bytes:
    """A minimal compound file (MS-CFB version 3): one FAT sector, one directory sector, streams of full sectors."""
    end, free, fat_sector = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat, body = [fat_sector, end], b""
    entries = [_entry("Root Entry", 5, 1, end, 0)]
    for name, content in streams.items():
        sectors = -(-max(len(content), 4096) // _SECTOR)
        entries.append(_entry(name, 2, free, len(fat), sectors * _SECTOR))
        fat += [*range(len(fat) + 1, len(fat) + sectors), end]
        body += content.ljust(sectors * _SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    return header + table + b"".join(entries).ljust(_SECTOR, b"\0") + body


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    free = 0xFFFFFFFF
    return coded.ljust(64, b"\0") + struct.pack("<HBB3I36xIQ", len(coded), kind, 1, free, free, child, start, size)


def _document() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    return stream.getvalue()


_PAGE = "<html><meta charset=utf-8><table><tr><td>序号</td><td>存在问题</td></tr></table></html>"
_LIST_ROWS = (
    ("序号", "问题描述", "整改措施", "责任领导", "牵头单位", "整改时限"),
    ("1", "部分老旧管网渗漏,雨污混流", "更换管网", "林知远 副市长", "市水利局", "2026年12月底前"),
)
_LIST = Sheet(cells={(at, column): text for at, row in enumerate(_LIST_ROWS, 1) for column, text in enumerate(row, 1)})
_PALETTE = record(0x92, struct.pack("<H", 56) + bytes(224))
_WHOLE: dict[str, Callable[[], bytes]] = {
    "html": _PAGE.encode,
    "csv": "序号,存在问题\n1,管网渗漏\n".encode,
    "empty": bytes,
    "noise": lambda: bytes(range(256)) * 20,
    "word": _document,
    "old word": lambda: _compound({"WordDocument": b"\0" * 4096}),
    "encrypted": lambda: _compound({"EncryptedPackage": b"\7" * 4096}),
    "pdf": lambda: b"%PDF-1.4\n",
    "xls": lambda: container(Book([_LIST]).stream()),
    "looped xls": lambda: container(Book([_LIST]).stream(), loop=True),
    "xls with two palettes": lambda: container(Book([_LIST], among=_PALETTE * 2).stream()),
    "faulty xls": lambda: container(Book([_LIST], texts_claimed=99).stream()),
}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MACRO_RELATION = (
    b'<Relationship Id="rId901" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    b'Target="vbaProject.bin"/>'
)
_LINK_RELATION = f'<Relationship Id="rId902" Type="{_RELATION}/externalLink" Target="externalLinks/externalLink1.xml"/>'.encode()
_EXTERNAL = (
    '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook '
    f'xmlns:r="{_RELATION}" r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
)
_EXTERNAL_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATION}/externalLinkPath" Target="上月台账.xlsx" TargetMode="External"/></Relationships>'
)
_FAR_CELL = b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'
_PADDING = b" " * (33 << 20)
_RELATIONS = {
    "lost sheet": (rb"<Relationship [^>]*sheet2\.xml[^>]*/>", b""),
    "lost part": (rb"worksheets/sheet2\.xml", b"worksheets/sheet9.xml"),
    "bomb": (rb"</Relationships>", _PADDING + rb"</Relationships>"),
}
