"""Whether a workbook is still what we wrote: a digest of all its parts stands in its document properties."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from rectify_xl.common.archive_damage import ARCHIVE_DAMAGE
from rectify_xl.intake.document_properties import read_marks
from rectify_xl.ooxml.properties import set_custom_properties
from rectify_xl.provenance.stamp import CONTENT, KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.ooxml.package import Package

PROPERTIES = "docProps/custom.xml"  # the part with the digest, which is not among what it stands for
UNKNOWN = "0" * 40  # in its place until all parts are there


def fingerprint(sums: Iterable[tuple[str, int, int]]) -> str:
    """The digest of parts, of each its name, CRC-32 and size."""
    # Sums of 32 bits keep apart what an office saves; nothing here guards against somebody who wants to deceive himself.
    lines = "\n".join(f"{name} {number:08x} {size}" for name, number, size in sorted(sums))
    return hashlib.sha256(lines.encode()).hexdigest()[: len(UNKNOWN)]


def sum_of(name: str, content: bytes) -> tuple[str, int, int]:
    """Name, CRC-32 and size of a part."""
    return name, zlib.crc32(content), len(content)


def sums_in(archive: zipfile.ZipFile) -> list[tuple[str, int, int]]:
    """Those of all parts of an archive that count; they are not unpacked for that."""
    return [(info.filename, info.CRC, info.file_size) for info in archive.infolist() if info.filename != PROPERTIES]


def seal(package: Package) -> None:
    """Set the digest of a package into which the office's work was put, and say so."""
    names = [name for name in package.under("") if name != PROPERTIES]
    set_custom_properties(package, {CONTENT: fingerprint(sum_of(name, package.read(name)) for name in names), KEPT: "1"})


def is_as_written(content: bytes) -> bool:
    """Whether nobody has saved a workbook of ours since it was written."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            digest = fingerprint(sums_in(archive))
    except ARCHIVE_DAMAGE:
        return False
    return read_marks(content).properties.get(CONTENT) == digest


def holds_work(content: bytes) -> bool:
    """Whether a workbook may hold work of the office that is in none of its records."""
    return KEPT in read_marks(content).properties or not is_as_written(content)
