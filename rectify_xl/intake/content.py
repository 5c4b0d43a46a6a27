"""What can be seen of a file without reading it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.common.archive_damage import ARCHIVE_DAMAGE
from rectify_xl.common.i18n import Text
from rectify_xl.intake.refusal import CONTAINER_DAMAGE, DAMAGED, Refused

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MOST_ENTRIES = 50_000
_HEAD = 4096
_MIMETYPE = 80
_TYPES = 1 << 20
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_DOCUMENT = re.compile(rb"""\bType\s*=\s*["'][^"']*/officeDocument["']""")
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']+)["']""")


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    # An encrypted part cannot be looked into: the reader of the format says that it has a password.
    if archive.getinfo(name).flag_bits & 1:
        return b""
    with archive.open(name) as stream:
        return stream.read(_TYPES)


@dataclass
class Content:
    """What a format asks of a file; looked up when first asked for."""

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
            Refused: the package is damaged, or holds more files than any workbook.
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
    def main_part(self) -> bytes:
        """The first bytes of the part that an Open Packaging package names as its document, wherever it lies.

        Raises:
            Refused: the package is damaged.
        """
        if "_rels/.rels" not in self.entries:
            return b""
        try:
            with zipfile.ZipFile(self.path) as archive:
                names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
                for relation in _RELATION.findall(_start_of(archive, names["_rels/.rels"])):
                    target = _TARGET.search(relation) if _DOCUMENT.search(relation) else None
                    part = target[1].decode("utf-8", "replace").replace("\\", "/").lstrip("/").lower() if target else ""
                    if part in names:
                        return _start_of(archive, names[part])[:_HEAD]
        except ARCHIVE_DAMAGE as error:
            raise Refused("unreadable-file", reason=DAMAGED) from error
        return b""

    @cached_property
    def _package(self) -> tuple[frozenset[str], bytes, bytes]:
        if not self.head.startswith(ZIP):
            return frozenset(), b"", b""
        try:
            with zipfile.ZipFile(self.path) as archive:
                if len(archive.filelist) > MOST_ENTRIES:
                    reason = Text(f"压缩包内的文件多于{MOST_ENTRIES}个", f"its package holds more than {MOST_ENTRIES:,} files")
                    raise Refused("resource-limit", reason=reason)
                names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
                mimetype = _start_of(archive, names["mimetype"])[:_MIMETYPE] if "mimetype" in names else b""
                types = names.get("[content_types].xml")
                return frozenset(names), mimetype, _start_of(archive, types) if types is not None else b""
        except ARCHIVE_DAMAGE as error:
            raise Refused("unreadable-file", reason=DAMAGED) from error

    @cached_property
    def streams(self) -> frozenset[str]:
        """The names of an OLE container's top streams and storages in lower case; none of another file.

        Raises:
            Refused: the container is damaged.
        """
        if not self.head.startswith(OLE):
            return frozenset()
        import olefile  # noqa: PLC0415 - for such containers only

        try:
            with olefile.OleFileIO(self.path) as container:
                return frozenset(name[0].lower() for name in container.listdir(streams=True, storages=True))
        except CONTAINER_DAMAGE as error:
            raise Refused("unreadable-file", reason=DAMAGED) from error
