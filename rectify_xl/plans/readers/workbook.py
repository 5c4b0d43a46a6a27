"""Workbooks through the ordinary intake: every visible sheet is a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.intake.files import read_workbook
from rectify_xl.intake.returned import is_own_sheet
from rectify_xl.plans.source import Cell, Grid, Paragraph, Source
from rectify_xl.provenance.stamp import KIND
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> Source:
    """Read the file: the titles above and the notes below a table are rows of it, as on the sheet.

    Raises:
        Refused: it cannot be used.
    """
    workbook = read_workbook(path)
    source, kind = Source(workbook.format), workbook.properties.get(KIND, "")
    for sheet in workbook.sheets:
        if not sheet.visible or not any(sheet.cells.values()) or is_own_sheet(sheet, {}, kind):
            continue
        cells: list[Cell] = []
        for row in sorted(sheet.cells):
            filled = [(column, shown(value)) for column, value in sorted(sheet.cells[row].items())]
            if len(filled) == 1 and not cells:  # a title above the table
                source.add(Paragraph(filled[0][1]))
                continue
            for column, text in filled:
                merge = sheet.merge_at(row, column)
                down, across = (merge.bottom - row + 1, merge.right - column + 1) if merge else (1, 1)
                cells.append(Cell(row, column, text, down, across))
        if cells:
            first = min(cell.row for cell in cells) - 1
            source.add(Grid(tuple(Cell(cell.row - first, cell.column, cell.text, cell.down, cell.across) for cell in cells)))
    return source
