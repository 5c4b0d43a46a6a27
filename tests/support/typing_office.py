"""Somebody at LibreOffice: opens a workbook, types into cells and saves it in several formats."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.support.office import profile, run_office

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}
</script:module>
"""


def type_and_save(path: Path, typed: Mapping[str, str | float], folder: Path) -> list[Path]:
    """Open ``path``, type into cells of its first sheet (a number is typed as one), save it as .xlsx, .xls and .ods."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = [folder / f"{path.stem}{suffix}" for suffix in _FILTERS]
    lines = [
        "Sub Main",
        "Dim none(), how(0) As New com.sun.star.beans.PropertyValue",
        f'doc = StarDesktop.loadComponentFromURL("{path.resolve().as_uri()}", "_blank", 0, none())',
        "sheet = doc.Sheets.getByIndex(0)",
        *(f'sheet.getCellRangeByName("{cell}").{_typing(value)}' for cell, value in typed.items()),
        'how(0).Name = "FilterName"',
    ]
    for target in saved:
        lines += [f'how(0).Value = "{_FILTERS[target.suffix]}"', f'doc.storeToURL("{target.resolve().as_uri()}", how())']
    run_macro("\n".join([*lines, "doc.close(True)", "End Sub"]))
    return saved


def _typing(value: str | float) -> str:
    if isinstance(value, str):
        quoted = value.replace('"', '""')
        return f'setString("{quoted}")'
    return f"setValue({value!r})"


def run_macro(code: str) -> None:
    """Run a Basic module's Main in LibreOffice."""
    with profile() as own:
        # The first start makes the profile, with an empty module in it.
        run_office(own, "--terminate_after_init")
        module = own / "user" / "basic" / "Standard" / "Module1.xba"
        module.write_text(_MODULE.format(escape(code)), "utf-8")
        run_office(own, "macro:///Standard.Module1.Main")
