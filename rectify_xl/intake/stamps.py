"""The stamp of a template that came back, whichever program saved it in whichever format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.provenance.stamp import KIND, OWN_SHEETS, TEMPLATE, TEMPLATE_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.formats.grid import Sheet, Workbook

_ROWS = 20  # the stamp stands at the top of its sheet


def read_stamp(workbook: Workbook) -> Mapping[str, str]:
    """The stamp in the document's properties, else the one on a sheet; empty where the workbook was made otherwise."""
    for marks in (workbook.properties, *map(_pairs, workbook.sheets)):
        if marks.get(KIND) == TEMPLATE:
            return {key: marks[key] for key in TEMPLATE_KEYS if marks.get(key)}
    return {}


def is_own_sheet(sheet: Sheet, stamp: Mapping[str, str]) -> bool:
    """Whether a sheet is one that the template brought along: the instructions, or the choices of its dropdowns."""
    return bool(stamp) and sheet.name in OWN_SHEETS


def _pairs(sheet: Sheet) -> dict[str, str]:
    rows = (sheet.cells[row] for row in range(1, _ROWS + 1) if row in sheet.cells)
    return {row[1]: row[2] for row in rows if isinstance(row.get(1), str) and isinstance(row.get(2), str)}
