"""A file -> its source: what it is goes by its bytes, whatever its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.intake.content import OLE, Content
from rectify_xl.intake.formats import formats
from rectify_xl.intake.other_files import by_content
from rectify_xl.intake.refusal import Refused, check_size

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.plans.source import Source

_PAGES = (b"<html", b"<!doctype html", b"<!--", b"<head", b"<body", b"<table", b"<div", b"<p", b"<meta", b"<style", b"<?xml")
_WORD_PARTS = (
    b"wordprocessingml.document.main+xml",
    b"wordprocessingml.template.main+xml",
    b"ms-word.document.macroEnabled.main+xml",
)
_SPACE = b"\xef\xbb\xbf \t\r\n"


def read_source(path: Path) -> Source:
    """Read a document.

    Raises:
        Refused: it is damaged, encrypted, too large, or of a kind that holds no text.
    """
    check_size(path)
    content = Content(path)
    if content.head.startswith(b"%PDF") or b"%PDF-" in content.head[:1024]:
        from rectify_xl.plans.readers.pdf import read  # noqa: PLC0415 - loads its library

        return read(path)
    if any(kind in content.content_types for kind in _WORD_PARTS) or "word/document.xml" in content.entries:
        from rectify_xl.plans.readers.docx import read  # noqa: PLC0415 - only where it is needed

        return read(path)
    if any(known.recognise(content) for known in formats()) or "encryptedpackage" in content.streams:
        from rectify_xl.plans.readers.workbook import read  # noqa: PLC0415 - only where it is needed

        return read(path)
    if content.entries or content.head.startswith(OLE):
        raise _other(content)
    return _of_text(path, content)


def _of_text(path: Path, content: Content) -> Source:
    start = content.head.lstrip(_SPACE).lower()
    wide = content.head[:400].replace(b"\0", b"").lstrip(b"\xff\xfe" + _SPACE).lower()
    if (
        start.startswith(_PAGES)
        or (b"<html" in start and path.suffix.lower() in (".html", ".htm"))
        or wide.startswith(_PAGES[:2])
    ):
        from rectify_xl.plans.readers.html import read  # noqa: PLC0415 - loads its library

        return read(path)
    other = by_content(content)
    if other and start.startswith((b"{\\rtf", b"rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x89png", b"\xff\xd8\xff", b"gif8")):
        raise _other(content)
    from rectify_xl.plans.readers.text import read as read_text  # noqa: PLC0415 - only where it is needed

    return read_text(path)


def _other(content: Content) -> Refused:
    """What else a file is, and what can be done about it."""
    other = by_content(content)
    name = other.name if other else Text("无法识别的文件", "a file of an unknown kind")
    if "worddocument" in content.streams:
        name = Text("旧版 Word 文档（.doc）", "an old Word document (.doc)")
    return Refused("disguised-file", reason=Text(
        f"是{name.zh}；请用 Word 或 WPS 打开，另存为 .docx 或 .txt 后再导入",
        f"{name.en}; open it in Word or WPS, save it as .docx or .txt and import that",
    ))  # fmt: skip
