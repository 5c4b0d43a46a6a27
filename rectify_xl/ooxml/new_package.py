"""A new package: one without parts, and one with a workbook that has no sheet yet."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from rectify_xl.ooxml.new_sheet import MAIN
from rectify_xl.ooxml.package import Package
from rectify_xl.ooxml.xml_tree import element, xml_part

if TYPE_CHECKING:
    from datetime import datetime

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def empty_package() -> Package:
    """A package without parts."""
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    return Package(buffer)


def new_package(modified: datetime | None) -> Package:
    """A package with a workbook that has no sheet yet."""
    package = empty_package()
    book = element("workbook", {"xmlns": MAIN, "xmlns:r": _RELATIONS}, element("bookViews", {}, element("workbookView")),
                   element("sheets"))  # fmt: skip
    package.write("xl/workbook.xml", xml_part(book), _BOOK_TYPE)
    package.relate("", "officeDocument", "xl/workbook.xml")
    if modified:
        moment = element("dcterms:modified", {"xsi:type": "dcterms:W3CDTF"}, f"{modified:%Y-%m-%dT%H:%M:%SZ}")
        core = element("cp:coreProperties", {
            "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            "xmlns:dcterms": "http://purl.org/dc/terms/",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        }, moment)  # fmt: skip
        package.write("docProps/core.xml", xml_part(core), _CORE_TYPE)
        package.relate("", _CORE_RELATION, "docProps/core.xml")
    return package
