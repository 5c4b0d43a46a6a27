"""Excel workbooks as packages of XML, with and without macros."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.content import Content
    from rectify_xl.intake.grid import Workbook

# The types of a workbook part: of lists, templates, and both with macros.
_MAIN_PARTS = (b"spreadsheetml.sheet.main+xml", b"spreadsheetml.template.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
_WORKBOOK = re.compile(rb"<(?:\w+:)?workbook[\s>]")
SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")


def recognise(content: Content) -> bool:
    """A package with a workbook part; some programs put it elsewhere than under xl/."""
    named = any(name == "workbook.xml" or name.endswith("/workbook.xml") for name in content.entries)
    return named or any(kind in content.content_types for kind in _MAIN_PARTS) or bool(_WORKBOOK.search(content.main_part))


def read(path: Path) -> Workbook:
    """Read the file."""
    from rectify_xl.intake.readers.xlsx_package import read_xlsx  # noqa: PLC0415 - see the registry

    return read_xlsx(path)
