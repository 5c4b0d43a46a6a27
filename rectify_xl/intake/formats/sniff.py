"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Literal

import olefile

from rectify_xl.common.i18n import Text
from rectify_xl.intake.refusal import ARCHIVE, DAMAGED, MOST_BYTES, NO_WORKBOOK, PDF, WORD, Refused

if TYPE_CHECKING:
    from pathlib import Path

Format = Literal["xlsx", "xlsb", "xls", "ods"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_BIFF_STARTS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_PICTURE = Text("图片", "a picture")
_OTHER = (
    (b"%PDF", PDF), (b"Rar!", ARCHIVE), (b"7z\xbc\xaf", ARCHIVE), (b"{\\rtf", Text("RTF 文档", "an RTF document")),
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE),
)  # fmt: skip
_HEAD = 4096


def sniff(path: Path) -> Format:
    """The format of a workbook.

    Raises:
        Refused: the file is empty, too large, encrypted, or no workbook at all.
    """
    size = path.stat().st_size
    if size == 0:
        raise Refused("unreadable-file", reason=Text("文件是空的（0 字节）", "it is empty (0 bytes)"))
    if size > MOST_BYTES:
        raise Refused("resource-limit", reason=Text(f"文件超过{MOST_BYTES >> 20}MB", f"it is larger than {MOST_BYTES >> 20} MB"))
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(_OLE):
        return _ole_format(path)
    if head.startswith(_ZIP):
        return _zip_format(path)
    if head.startswith(_BIFF_STARTS):
        return "xls"
    raise _refused_text(head)


def _refused_text(head: bytes) -> Refused:
    for magic, kind in _OTHER:
        if head.startswith(magic):
            return Refused("disguised-file", found=kind)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<style")):
        return Refused("disguised-file", found=Text("网页（HTML）", "a web page (HTML)"))
    if start.startswith((b"<?xml", b"mime-version", b"<workbook")):
        return Refused("disguised-file", found=Text("XML 或网页存档", "XML or a web archive"))
    if b"\x00" not in head and (b"," in head or b"\t" in head):
        return Refused("disguised-file", found=Text("文本（CSV）", "plain text (CSV)"))
    return Refused("unreadable-file", reason=Text("内容不是电子表格", "its content is no spreadsheet"))


def _ole_format(path: Path) -> Format:
    try:
        with olefile.OleFileIO(path) as container:
            if container.exists("EncryptedPackage"):
                raise Refused("encrypted-file")
            if container.exists("Workbook") or container.exists("Book"):
                return "xls"
            if container.exists("WordDocument"):
                raise Refused("disguised-file", found=WORD)
    except (OSError, ValueError, IndexError, TypeError, AttributeError, struct.error) as error:
        # olefile meets damaged containers with whatever error they happen to cause.
        raise Refused("unreadable-file", reason=DAMAGED) from error
    raise Refused("unreadable-file", reason=NO_WORKBOOK)


def _zip_format(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            mimetype = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error) as error:
        raise Refused("unreadable-file", reason=DAMAGED) from error
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name == "workbook.xml" or name.endswith("/workbook.xml") for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise Refused("disguised-file", found=WORD)
    if any(name.startswith("ppt/") for name in names):
        raise Refused("disguised-file", found=Text("演示文稿", "a presentation"))
    raise Refused("disguised-file", found=ARCHIVE)
