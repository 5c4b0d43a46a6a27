"""Whether a workbook is still what we wrote: a digest of all its parts stands in its document properties."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from rectify_xl.intake.document_properties import read_marks
from rectify_xl.ooxml.properties import set_custom_properties
from rectify_xl.provenance.stamp import CONTENT, KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.ooxml.package import Package

PROPERTIES = "docProps/custom.xml"  # the part with the digest, which is not among what it stands for
UNKNOWN = "0" * 40  # in its place until all parts are there


def fingerprint(parts: Mapping[str, str | bytes]) -> str:
    """The digest of parts by their names."""
    contents = {name: part if isinstance(part, bytes) else part.encode() for name, part in parts.items()}
    return _digest((name, zlib.crc32(content), len(content)) for name, content in contents.items())


def seal(package: Package) -> None:
    """Set the digest of a package into which the office's work was put, and say so."""
    names = [name for name in package.under("") if name != PROPERTIES]
    set_custom_properties(package, {CONTENT: fingerprint({name: package.read(name) for name in names}), KEPT: "1"})


def is_as_written(content: bytes) -> bool:
    """Whether nobody has saved a workbook of ours since it was written. Its parts are not unpacked for that."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = [(info.filename, info.CRC, info.file_size) for info in archive.infolist() if info.filename != PROPERTIES]
    except zipfile.BadZipFile:
        return False
    return read_marks(content).properties.get(CONTENT) == _digest(infos)


def holds_work(content: bytes) -> bool:
    """Whether a workbook may hold work of the office that is in none of its records."""
    return KEPT in read_marks(content).properties or not is_as_written(content)


def _digest(parts: Iterable[tuple[str, int, int]]) -> str:
    # Sums of 32 bits keep apart what an office saves; nothing here guards against somebody who wants to deceive himself.
    lines = "\n".join(f"{name} {number:08x} {size}" for name, number, size in sorted(parts))
    return hashlib.sha256(lines.encode()).hexdigest()[: len(UNKNOWN)]
