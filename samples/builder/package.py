"""What openpyxl cannot write: parts added to a saved package, and a package whose bytes depend on its content alone."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

SAVED = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
_STAMP = (2026, 11, 17, 9, 30, 0)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

# As another exporter writes an 18-digit number, and as Excel does after damaging it.
LONG_NUMBERS = ("730911202611080123", "7.3091120261108E+17")

Parts = dict[str, bytes]


def read_parts(data: bytes) -> Parts:
    """The parts of a zip package, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(parts: Parts) -> bytes:
    """Zip the parts with one fixed date; an OpenDocument ``mimetype`` comes first and uncompressed."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in sorted(parts.items(), key=lambda part: part[0] != "mimetype"):
            info = zipfile.ZipInfo(name, _STAMP)
            info.create_system = 3
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(info, content, compresslevel=9)
    return stream.getvalue()


def fix_dates(parts: Parts) -> None:
    """Replace the time of saving in the document properties (Office Open XML and OpenDocument)."""
    iso = SAVED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    for name, pattern in (
        ("docProps/core.xml", rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"),
        ("meta.xml", rb"(<(?:meta:creation-date|dc:date)>)[^<]*"),
    ):
        if name in parts:
            parts[name] = re.sub(pattern, rb"\g<1>" + iso, parts[name])


def restore_long_numbers(parts: Parts) -> None:
    """Give the long numbers their digits back, which openpyxl rounds to 16."""
    for name in (name for name in parts if name.startswith("xl/worksheets/sheet")):
        for number in LONG_NUMBERS:
            rounded = f"<v>{float(number):.16g}</v>".encode()
            parts[name] = parts[name].replace(rounded, f"<v>{number}</v>".encode())


def add_external_link(parts: Parts, target: str) -> None:
    """Link the workbook to a sheet of another workbook, as a copied lookup formula leaves behind."""
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<externalLink xmlns="{_MAIN}">'
        f'<externalBook xmlns:r="{_RELS}" r:id="rId1"><sheetNames><sheetName val="总台账"/></sheetNames>'
        "</externalBook></externalLink>"
    ).encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_PACKAGE_RELS}">'
        f'<Relationship Id="rId1" Type="{_RELS}/externalLinkPath" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    ).encode()
    _declare(
        parts,
        "/xl/externalLinks/externalLink1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
    )
    _relate(parts, "rIdExternal1", f"{_RELS}/externalLink", "externalLinks/externalLink1.xml")
    reference = f'<externalReferences><externalReference xmlns:r="{_RELS}" r:id="rIdExternal1"/></externalReferences>'
    _replace(parts, "xl/workbook.xml", "</sheets>", f"</sheets>{reference}")


def add_macros(parts: Parts, project: bytes) -> None:
    """Turn a workbook package into a macro-enabled one."""
    parts["xl/vbaProject.bin"] = project
    _declare(parts, "/xl/vbaProject.bin", "application/vnd.ms-office.vbaProject")
    _relate(
        parts,
        "rIdMacros",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "vbaProject.bin",
    )
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    _replace(parts, "[Content_Types].xml", plain, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")


def _declare(parts: Parts, name: str, content_type: str) -> None:
    override = f'<Override PartName="{name}" ContentType="{content_type}"/>'
    _replace(parts, "[Content_Types].xml", "</Types>", f"{override}</Types>")


def _relate(parts: Parts, identifier: str, kind: str, target: str) -> None:
    relationship = f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/>'
    _replace(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", f"{relationship}</Relationships>")


def _replace(parts: Parts, name: str, old: str, new: str) -> None:
    text = parts[name].decode()
    if old not in text:
        message = f"{name} holds no {old}"
        raise ValueError(message)
    parts[name] = text.replace(old, new, 1).encode()
