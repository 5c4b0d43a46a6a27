"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.intake.formats import Format, formats
from rectify_xl.intake.refusal import ARCHIVE, DAMAGED, MOST_BYTES, NO_WORKBOOK, PDF, WORD, Refused

if TYPE_CHECKING:
    from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PICTURE = Text("图片", "a picture")
_OTHER = (
    (b"%PDF", PDF), (b"Rar!", ARCHIVE), (b"7z\xbc\xaf", ARCHIVE), (b"{\\rtf", Text("RTF 文档", "an RTF document")),
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE),
)  # fmt: skip
_HEAD = 4096
_MIMETYPE = 80
_TYPES = 1 << 20


@dataclass
class Content:
    """What can be seen of a file without reading it, as far as a format asks for it."""

    path: Path

    @cached_property
    def head(self) -> bytes:
        """The first bytes."""
        with self.path.open("rb") as stream:
            return stream.read(_HEAD)

    @cached_property
    def entries(self) -> frozenset[str]:
        """The names of a ZIP package's entries in lower case, with slashes; none of another file.

        Raises:
            Refused: the package is damaged.
        """
        return self._package[0]

    @cached_property
    def content_types(self) -> bytes:
        """What an Open Packaging package says of its parts.

        Raises:
            Refused: the package is damaged.
        """
        return self._package[2]

    @cached_property
    def mimetype(self) -> bytes:
        """What an OpenDocument package says of itself.

        Raises:
            Refused: the package is damaged.
        """
        return self._package[1]

    @cached_property
    def _package(self) -> tuple[frozenset[str], bytes, bytes]:
        if not self.head.startswith(_ZIP):
            return frozenset(), b"", b""
        try:
            with zipfile.ZipFile(self.path) as archive:
                names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
                mimetype = archive.read(names["mimetype"])[:_MIMETYPE] if "mimetype" in names else b""
                types = names.get("[content_types].xml")
                # An encrypted part cannot be looked into: the reader of the format says that it has a password.
                readable = types is not None and not archive.getinfo(types).flag_bits & 1
                with archive.open(types) if types is not None and readable else BytesIO() as stream:
                    return frozenset(names), mimetype, stream.read(_TYPES)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error) as error:
            raise Refused("unreadable-file", reason=DAMAGED) from error

    @cached_property
    def streams(self) -> frozenset[str]:
        """The names of an OLE container's top streams and storages in lower case; none of another file.

        Raises:
            Refused: the container is damaged.
        """
        if not self.head.startswith(_OLE):
            return frozenset()
        import olefile  # noqa: PLC0415 - for such containers only

        try:
            with olefile.OleFileIO(self.path) as container:
                return frozenset(name[0].lower() for name in container.listdir(streams=True, storages=True))
        except (OSError, ValueError, IndexError, TypeError, AttributeError, struct.error) as error:
            # olefile meets damaged containers with whatever error they happen to cause.
            raise Refused("unreadable-file", reason=DAMAGED) from error


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
    if content.head.startswith(_OLE):
        raise _no_workbook_in_container(content)
    if content.head.startswith(_ZIP):
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
