"""OpenDocument spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.content import Content
    from rectify_xl.intake.grid import Workbook

SUFFIXES = (".ods",)


def recognise(content: Content) -> bool:
    """A package that calls itself a spreadsheet."""
    return b"opendocument.spreadsheet" in content.mimetype


def read(path: Path) -> Workbook:
    """Read the file."""
    from rectify_xl.intake.readers.ods_package import read_ods  # noqa: PLC0415 - see the registry

    return read_ods(path)
