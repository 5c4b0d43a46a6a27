"""What a file is by its content, whatever its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.intake.content import OLE, ZIP, Content
from rectify_xl.intake.formats import Format, formats
from rectify_xl.intake.refusal import ARCHIVE, MOST_BYTES, NO_WORKBOOK, PDF, WORD, Refused

if TYPE_CHECKING:
    from pathlib import Path

_PICTURE = Text("图片", "a picture")
_OTHER = (
    (b"%PDF", PDF), (b"Rar!", ARCHIVE), (b"7z\xbc\xaf", ARCHIVE), (b"{\\rtf", Text("RTF 文档", "an RTF document")),
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE),
)  # fmt: skip


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
    content = Content(path)
    for known in formats():
        if known.recognise(content):
            return known
    if content.head.startswith(OLE):
        raise _no_workbook_in_container(content)
    if content.head.startswith(ZIP):
        raise _no_workbook_in_package(content)
    raise _no_workbook(content.head)


def _no_workbook(head: bytes) -> Refused:
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


def _no_workbook_in_container(content: Content) -> Refused:
    if "encryptedpackage" in content.streams:
        return Refused("encrypted-file")
    if "worddocument" in content.streams:
        return Refused("disguised-file", found=WORD)
    return Refused("unreadable-file", reason=NO_WORKBOOK)


def _no_workbook_in_package(content: Content) -> Refused:
    if any(name.startswith("word/") for name in content.entries) or b"opendocument.text" in content.mimetype:
        return Refused("disguised-file", found=WORD)
    if any(name.startswith("ppt/") for name in content.entries):
        return Refused("disguised-file", found=Text("演示文稿", "a presentation"))
    return Refused("disguised-file", found=ARCHIVE)
