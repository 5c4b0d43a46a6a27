"""Excel workbooks as packages of binary records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.content import Content
    from rectify_xl.intake.grid import Workbook

_BEGIN_BOOK = b"\x83\x01\x00"  # BrtBeginBook, which holds nothing
SUFFIXES = (".xlsb",)


def recognise(content: Content) -> bool:
    """A package with a binary workbook part; some programs put it elsewhere than under xl/."""
    named = any(name == "workbook.bin" or name.endswith("/workbook.bin") for name in content.entries)
    return named or content.main_part.startswith(_BEGIN_BOOK)


def read(path: Path) -> Workbook:
    """Read the file."""
    from rectify_xl.intake.readers.xlsb_package import read_xlsb  # noqa: PLC0415 - see the registry

    return read_xlsb(path)
