"""XML of untrusted packages: a streaming parser without DTDs, and small parts as trees."""

from __future__ import annotations

import re
import zipfile
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from rectify_xl.common.archive_damage import ARCHIVE_DAMAGE
from rectify_xl.common.i18n import Text
from rectify_xl.intake.readers.compatibility import Compatible, watched
from rectify_xl.intake.refusal import DAMAGED, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

_CHUNK = 1 << 22
_LARGEST_PART = 600 << 20
_LARGEST_SMALL_PART = 20 << 20
# WPS and Excel write a million styled but empty cells; dropping them before the parser sees them makes such a
# sheet cost seconds instead of minutes. What has no address is counted from what stands before it: an empty cell or
# row goes only where the next one has an address, a cell also where none follows. Hidden rows must stay, they are reported.
# The usual spelling first: a pattern that begins with plain bytes is found many times faster.
_USUAL_EMPTY_CELL = re.compile(rb'<c r="[^<>]*/>(?=<c r="|</row>)')
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\b(?=[^<>]*\sr=)[^<>]*/>(?=\s*<(?:(?:\w+:)?c\b[^<>]*\sr=|/(?:\w+:)?row>))")
_EMPTY_ROW = re.compile(
    rb"<(?:\w+:)?row\b(?=[^<>]*\sr=)(?![^<>]*\s(?:hidden=|ht=.[0.]+[\"']))"
    rb"(?:[^<>]*/>|[^<>]*[^<>/]>\s*</(?:\w+:)?row>)(?=\s*<(?:\w+:)?row\b[^<>]*\sr=)"
)


class Handler:
    """Receives local element names, attributes and text. Subclasses override what they need."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Character data."""


def _said(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    info = archive.getinfo(name)
    return info.CRC, info.file_size


@contextmanager
def open_package(path: Path | IO[bytes]) -> Iterator[Package]:
    """A package that is closed at the end.

    Raises:
        Refused: the file is no archive.
    """
    try:
        archive = zipfile.ZipFile(path)
    except ARCHIVE_DAMAGE as error:
        raise Refused("unreadable-file", reason=DAMAGED) from error
    with archive:
        yield Package(archive)


class Package:
    """A zip package whose parts are read with limits. Part names are matched without regard to case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names: dict[str, str] = {}
        for info in archive.infolist():
            first = self.names.setdefault(info.filename.replace("\\", "/").lstrip("/").lower(), info.filename)
            # Programs disagree on which one counts; the same content twice does no harm.
            if _said(archive, first) != (info.CRC, info.file_size):
                raise Refused("unreadable-file", reason=Text(
                    f"压缩包里有两个“{first}”，内容不同，无法确定用哪一个；请用 Excel 或 WPS 打开，另存后重新报送",
                    f"it holds two different parts named “{first}”; open it in Excel or WPS and save it anew",
                ))  # fmt: skip
        self._budget = _LARGEST_PART

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.names

    def under(self, prefix: str) -> list[str]:
        """The names of the parts in a folder."""
        return [name for name in self.names if name.startswith(prefix.lower())]

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part.

        Raises:
            Refused: the part is missing, too large, encrypted or damaged.
        """
        name = self.names.get(part.lower())
        if name is None:
            raise Refused("unreadable-file", reason=Text(f"文件内缺少 {part}", f"it lacks {part}"))
        info = self.archive.getinfo(name)
        if info.flag_bits & 1:
            raise Refused("encrypted-file")
        self._budget -= info.file_size
        if self._budget < 0:
            raise Refused(
                "resource-limit",
                reason=Text(f"解压后超过{_LARGEST_PART >> 20}MB", f"it unpacks to more than {_LARGEST_PART >> 20} MB"),
            )
        try:
            with self.archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except ARCHIVE_DAMAGE as error:
            raise Refused("unreadable-file", reason=DAMAGED) from error

    def tree(self, part: str) -> Element | None:
        """A small part as a tree; None when the package has no such part.

        Raises:
            Refused: the part is too large or not well-formed XML.
        """
        if part not in self:
            return None
        if self.archive.getinfo(self.names[part.lower()]).file_size > _LARGEST_SMALL_PART:
            raise Refused("resource-limit", reason=Text(f"{part} 过大", f"{part} is too large"))
        try:
            return _tree(b"".join(self.chunks(part)))
        except (DefusedXmlException, expat.ExpatError, SyntaxError, ValueError, LookupError) as error:
            raise Refused("unreadable-file", reason=Text(f"{part} 不是有效的内容", f"{part} has no valid content")) from error

    def side_tree(self, part: str) -> Element | None:
        """A part that no cell depends on, such as the document's properties; None also where it is not well-formed XML.

        Raises:
            Refused: the part is too large.
        """
        try:
            return self.tree(part)
        except Refused as refusal:
            if refusal.slug != "unreadable-file":
                raise
            return None


@lru_cache(maxsize=32)
def _tree(content: bytes) -> Element:
    """The tree of a part, to be read only: sixty copies of one template share their styles and relations."""
    tree: Element = fromstring(content)
    return tree


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Stream XML into a handler.

    Element names lose their prefix where the root element has one, and where it is one for what the root is of; of alternatives
    one is handed on.

    Raises:
        Refused: the XML is not well formed, or declares a document type (entity bombs do).
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}
    compatible = Compatible(handler)

    def start(name: str, attributes: dict[str, str]) -> None:
        handler.start(local.setdefault(name, name.rpartition(":")[2]), attributes)

    def end(name: str) -> None:
        handler.end(local.setdefault(name, name.rpartition(":")[2]))

    def be_careful() -> None:
        parser.StartElementHandler, parser.EndElementHandler = compatible.start, compatible.end
        parser.CharacterDataHandler = compatible.text

    def refuse(*_: object) -> None:
        raise Refused(
            "unreadable-file",
            reason=Text(
                "内容含有不允许的 XML 声明（DTD），可能是恶意文件", "it holds a DTD, which is not allowed and may be an attack"
            ),
        )

    def root(name: str, attributes: dict[str, str]) -> None:
        compatible.root(name, attributes)
        # Most writers use no prefix for the elements that matter: then nothing has to be stripped, element by element.
        prefixed = ":" in name
        parser.StartElementHandler = start if prefixed else handler.start
        parser.EndElementHandler = end if prefixed else handler.end
        parser.StartElementHandler(name, attributes)

    parser.StartElementHandler = root
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in watched(chunks, be_careful):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, LookupError, ValueError) as error:
        # LookupError and ValueError: an encoding that does not exist or cannot be read as a stream.
        raise Refused("unreadable-file", reason=Text("表格内容已损坏", "the content of a sheet is damaged")) from error


def whole_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """XML as chunks that cut no tag in two, and no row of a sheet but one of megabytes."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        cut = max(data.rfind(b"<row"), 0)
        if len(data) - cut > _CHUNK:
            cut = max(data.rfind(b"<"), 0)
        if cut:
            yield data[:cut]
        rest = data[cut:]
    yield rest


def thinned(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Chunks of the XML of a sheet without empty cells and rows; only whole tags are looked at, and what follows them."""
    for chunk in chunks:
        yield _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", _USUAL_EMPTY_CELL.sub(b"", chunk)))
