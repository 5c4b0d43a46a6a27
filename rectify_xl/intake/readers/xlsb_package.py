"""Reads .xlsb packages: the parts of an .xlsx, with binary records instead of XML.

An own reader, because python-calamine gives no merges, hidden rows, formats and error cells for .xlsb, hands over dates stored
as integers as numbers, and lays out every cell between the first and the last one.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from rectify_xl.intake.readers.biff12 import records, rich_string, wide_string
from rectify_xl.intake.readers.number_formats import shows
from rectify_xl.intake.readers.rich_values import binary_picture_values
from rectify_xl.intake.readers.xlsb_sheet import Book, SheetRecords
from rectify_xl.intake.readers.xlsx_aside import leave_out_unsaid
from rectify_xl.intake.readers.xlsx_package import OTHER_SHEETS, package_facts, related_parts, workbook_part
from rectify_xl.intake.readers.xml_stream import open_package
from rectify_xl.intake.refusal import DAMAGED, NO_WORKBOOK, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rectify_xl.intake.grid import Workbook
    from rectify_xl.intake.readers.xml_stream import Package

_SHEET, _PROPERTIES, _TEXT, _FORMAT, _FONT, _STYLE, _TABLE = 156, 153, 19, 44, 43, 47, 343
_STYLES_BEGIN, _STYLES_END = 617, 618
_STRIKEOUT = 0x08
# BrtSupBookSrc, BrtSupSelf, BrtSupSame and BrtSupAddin, one for each workbook that formulas refer to; BrtExternSheet.
_LINKED_BOOKS, _THIS_BOOK, _REFERENCES = (355, 357, 358, 667), (357, 358), 362


def read_xlsb(path: Path) -> Workbook:
    """Read a binary workbook package.

    Raises:
        Refused: the file cannot be used; slug and facts say why.
    """
    try:
        with open_package(path) as package:
            return _workbook(package)
    except (OSError, struct.error, LookupError, ValueError) as error:
        raise Refused("unreadable-file", reason=DAMAGED) from error


def _workbook(package: Package) -> Workbook:
    part = workbook_part(package, "xl/workbook.bin")
    if part not in package:
        raise Refused("unreadable-file", reason=NO_WORKBOOK)
    targets = related_parts(package, part)
    book = Book()
    # Styles first: texts are told apart by the fonts of their runs.
    for kind, target in targets.values():
        if kind == "styles" and target in package:
            _read_styles(book, _content(package, target))
    for kind, target in targets.values():
        if kind == "sharedstrings" and target in package:
            texts = (body for kind, body in records(_content(package, target)) if kind == _TEXT)
            book.texts = [rich_string(body, 0, book.struck_fonts) for body in texts]
    book.pictures = binary_picture_values(package, targets.values())
    content = _content(package, part)
    flags = next((body for kind, body in records(content) if kind == _PROPERTIES), b"\x00")
    book.date1904 = bool(flags[0] & 1)
    workbook = package_facts(package)
    declared = list(_declared(content))
    book.referred = list(_referred(content, [name for name, _, _ in declared]))
    links, read = [], set[str]()
    for name, relation, visible in declared:
        kind, target = targets.get(relation, ("", ""))
        if kind in OTHER_SHEETS:
            continue
        if target not in package or target in read or not (kind == "worksheet" or "/worksheets/" in f"/{target}".lower()):
            workbook.lost_sheets.append(name)
            continue
        read.add(target)
        reader = SheetRecords(book)
        sheet = reader.read(name, _content(package, target), visible=visible)
        sheet.total_rows = set(_total_rows(package, target))
        links.append((sheet, reader.zero_links()))
        workbook.sheets.append(sheet)
    leave_out_unsaid(links)
    return workbook


def _content(package: Package, part: str) -> bytes:
    return b"".join(package.chunks(part))


def _declared(content: bytes) -> Iterator[tuple[str, str, bool]]:
    """Name, relation and visibility of every sheet."""
    for kind, body in records(content):
        if kind == _SHEET:
            relation, after = wide_string(body, 8)
            yield wide_string(body, after)[0], relation, struct.unpack_from("<I", body)[0] == 0


def _referred(content: bytes, names: list[str]) -> Iterator[str | None]:
    """The sheet that each reference of the workbook's formulas means, where it is one sheet of this workbook."""
    books = [kind for kind, _ in records(content) if kind in _LINKED_BOOKS]
    for kind, body in records(content):
        if kind == _REFERENCES:
            for at in range(4, len(body) - 11, 12):
                book, first, last = struct.unpack_from("<Iii", body, at)
                here = book < len(books) and books[book] in _THIS_BOOK and 0 <= first == last < len(names)
                yield names[first] if here else None


def _read_styles(book: Book, content: bytes) -> None:
    codes: dict[int, str] = {}
    fonts: list[bool] = []
    styles: list[tuple[int, int]] = []
    of_cells = False
    for kind, body in records(content):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = wide_string(body, 2)[0]
        elif kind == _FONT:
            fonts.append(bool(struct.unpack_from("<HH", body)[1] & _STRIKEOUT))
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            of_cells = kind == _STYLES_BEGIN
        elif kind == _STYLE and of_cells:
            _, format_id, font = struct.unpack_from("<HHH", body)
            styles.append((format_id, font))
    book.struck_fonts = frozenset(index for index, struck in enumerate(fonts) if struck)
    book.struck_styles = frozenset(index for index, (_, font) in enumerate(styles) if font in book.struck_fonts)
    book.formats = {index: shows(format_id, codes.get(format_id)) for index, (format_id, _) in enumerate(styles)}


def _total_rows(package: Package, sheet_part: str) -> Iterator[int]:
    """The totals rows of a sheet's tables, as in .xlsx."""
    for kind, target in related_parts(package, sheet_part).values():
        if kind == "table" and target in package:
            for record, body in records(_content(package, target)):
                if record == _TABLE:
                    _, last, _, _, _, _, _, totals = struct.unpack_from("<8I", body)
                    if totals == 1:
                        yield last + 1
