"""PDF with a text layer: characters with their boxes become lines, lines become paragraphs, ruled tables become tables."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from rectify_xl.common.i18n import Text
from rectify_xl.intake.refusal import DAMAGED, Refused
from rectify_xl.plans.readers.pdf_columns import columns_of
from rectify_xl.plans.readers.pdf_lines import PageLines, join_paragraphs, page_lines
from rectify_xl.plans.readers.pdf_page import Glyph
from rectify_xl.plans.readers.pdf_running import without_running_heads
from rectify_xl.plans.readers.pdf_tables import find_rulings, ruled_tables
from rectify_xl.plans.readers.pdf_tables_over_pages import join_tables
from rectify_xl.plans.source import Paragraph, Source

if TYPE_CHECKING:
    from pathlib import Path

MOST_PAGES = 400
_MOST_BYTES = 128 << 20
_FEW_CHARACTERS = 20  # on a page: a scan has none, or a page number
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read(path: Path) -> Source:
    """Read the file.

    Raises:
        Refused: it is encrypted, damaged, has too many pages, or holds pictures of text instead of text.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise Refused("resource-limit", reason=Text(f"PDF 超过{_MOST_BYTES >> 20}MB", f"larger than {_MOST_BYTES >> 20} MB"))
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise Refused("encrypted-file") from error
        raise Refused("unreadable-file", reason=DAMAGED) from error
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument) -> Source:
    count = len(document)
    if count > MOST_PAGES:
        raise Refused("resource-limit", reason=Text(
            f"有 {count} 页，最多 {MOST_PAGES} 页；请只保存方案所在的页",
            f"{count} pages, at most {MOST_PAGES}; save the pages of the plan",
        ))  # fmt: skip
    source = Source("pdf")
    pages: list[PageLines] = []
    total = 0
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError as error:
            raise Refused("unreadable-file", reason=DAMAGED) from error
        glyphs = _glyphs(page)
        total += len(glyphs)
        tables, rest = ruled_tables(glyphs, find_rulings(page), number + 1)
        width, height = page.get_size()
        parts, wide = ([rest], width) if tables else columns_of(rest, width)
        pages += [
            page_lines(part, () if at else tables, number + 1, (wide, height), in_columns=wide != width)
            for at, part in enumerate(parts)
        ]
        page.close()
    if total < _FEW_CHARACTERS * max(1, min(count, 5)):
        raise Refused("unreadable-file", reason=Text(
            "PDF 里没有文字，多半是扫描件；请用带文字的版本，或先做文字识别（OCR）",
            "the PDF holds no text, it is probably a scan; use a version with text, or have it recognised (OCR) first",
        ))  # fmt: skip
    pages, left_out, heads = without_running_heads(pages)
    source.left_out += left_out
    source.title = max(heads, key=len, default="")
    for block in join_paragraphs(join_tables(pages)):
        source.add(Paragraph(*block) if isinstance(block, tuple) else block)
    return source


def _glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    """The characters of a page with their boxes; those that the library made up for gaps are left out."""
    text = page.get_textpage()
    raw = text.raw
    box = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = box
    found: list[Glyph] = []
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, at)
        if code in (0, 10, 13, 0xFFFE, 0xFFFF) or pdfium.FPDFText_IsGenerated(raw, at) == 1:
            continue
        if pdfium.FPDFText_GetLooseCharBox(raw, at, loose := pdfium.FS_RECTF()) and loose.top > loose.bottom:
            found.append(Glyph(chr(code), loose.left, loose.bottom, loose.right, loose.top))
        elif pdfium.FPDFText_GetCharBox(raw, at, left, right, bottom, top):
            found.append(Glyph(chr(code), left.value, bottom.value, right.value, top.value))
    text.close()
    return found
