"""Workbooks of Excel 97-2003 and of WPS (.et): BIFF records, in an OLE container or bare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.content import Content
    from rectify_xl.intake.grid import Workbook

SUFFIXES = (".xls", ".xlt", ".et", ".ett")
_BIFF_STARTS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")


def recognise(content: Content) -> bool:
    """A stream of BIFF records. Beside an encrypted package it would only say that the file has a password."""
    streams = content.streams
    return content.head.startswith(_BIFF_STARTS) or (bool(streams & {"workbook", "book"}) and "encryptedpackage" not in streams)


def read(path: Path) -> Workbook:
    """Read the file."""
    from rectify_xl.intake.readers.xls_records import read_xls  # noqa: PLC0415 - see the registry

    return read_xls(path)
