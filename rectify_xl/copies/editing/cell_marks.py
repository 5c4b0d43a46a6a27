"""Marks on the cells themselves: a fill, and a comment that says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.copies.wording import FONT
from rectify_xl.ooxml.areas import reference, runs
from rectify_xl.ooxml.comments import Comments
from rectify_xl.provenance.remarks import AUTHOR, COMMENT_LINE, FILL_NAME, FILLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.copies.editing.working import Working
    from rectify_xl.ooxml.workbook_part import SheetEntry

Cell = tuple[int, int]
FILL_PROPERTY = "rectify_xl.fill."
_LOUDEST = ("error", "warning", "fixed", "info")
_LONGEST_FORMULA = 7000  # Excel takes 8192 characters


class Fills:
    """The fills that cells had before they were marked, by what they are: kept in the file so that they can be restored."""

    def __init__(self) -> None:
        self._cells: dict[bytes, list[tuple[str, Cell]]] = {}

    def keep(self, fill: bytes, sheet: str, cell: Cell) -> None:
        """Remember the fill of a cell; cells without any need no memory."""
        if fill:
            self._cells.setdefault(fill, []).append((sheet, cell))

    def define(self, working: Working) -> dict[str, str]:
        """Name the cells by hidden names, which follow them when rows are inserted. Returns the fills as properties."""
        properties = {}
        for number, (fill, cells) in enumerate(self._cells.items(), 1):
            properties[f"{FILL_PROPERTY}{number}"] = fill.decode()
            for part, formula in enumerate(_formulas(cells), 1):
                working.workbook.define(f"{FILL_NAME}{number}.{part}", formula, hidden=True)
        return properties


def _formulas(cells: Sequence[tuple[str, Cell]]) -> list[str]:
    formulas = [""]
    for sheet in dict.fromkeys(name for name, _ in cells):
        for area in runs(cell for name, cell in cells if name == sheet):
            one = reference(sheet, area)
            if formulas[-1] and len(formulas[-1]) + len(one) > _LONGEST_FORMULA:
                formulas.append("")
            formulas[-1] += f",{one}" if formulas[-1] else one
    return formulas


def mark_cells(
    working: Working, entry: SheetEntry, marks: Mapping[Cell, Sequence[tuple[str, str]]], fills: Fills, lang: str, moment: str
) -> None:
    """Fill each cell by the loudest of its (severity, line) marks and add its lines to its comment."""
    sheet = working.sheet(entry)
    comments = Comments(working.package, sheet, working.workbook.part, font=FONT)
    for cell, said in sorted(marks.items()):
        style = sheet.style(*cell)
        fills.keep(working.styles.fill(style), entry.name, cell)
        severity = min((one for one, _ in said), key=_LOUDEST.index)
        sheet.set_style(*cell, working.styles.filled(style, FILLS[severity]))
        sheet.cover(*cell)
        lines = [COMMENT_LINE[lang], *(line for _, line in said)]
        comments.append(cell, AUTHOR[lang], lines)
        comments.threads.reply(cell, AUTHOR[lang], "\n".join(lines), moment)
    comments.save()
