"""LibreOffice at work on a finished workbook: it recalculates, filters, and says how high each row would have to be."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.desk import run_macro

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Formulas = dict[tuple[int, int, int], float]
Heights = dict[tuple[int, int], tuple[float, float]]
_POINTS = 72 / 2540  # of a hundredth of a millimetre
_EACH_SHEET = """For s = 0 To doc.Sheets.Count - 1
sheet = doc.Sheets.getByIndex(s)
{}
Next"""
_FORMULAS = """found = sheet.queryContentCells(com.sun.star.sheet.CellFlags.FORMULA)
areas = found.getRangeAddresses()
For a = 0 To UBound(areas)
For r = areas(a).StartRow To areas(a).EndRow
For c = areas(a).StartColumn To areas(a).EndColumn
cell = sheet.getCellByPosition(c, r)
Print #1, s & " " & (r + 1) & " " & (c + 1) & " " & cell.getError() & " " & Replace(CStr(cell.Value), ",", ".")
Next
Next
Next"""
_HEIGHTS = """cursor = sheet.createCursor()
cursor.gotoEndOfUsedArea(False)
For r = 0 To cursor.RangeAddress.EndRow
row = sheet.Rows.getByIndex(r)
height = row.Height
row.OptimalHeight = True
Print #1, s & " " & (r + 1) & " " & height & " " & row.Height
Next"""


def recalculated(paths: Sequence[Path], hidden: Mapping[Path, int] | None = None) -> list[Formulas]:
    """For every workbook: sheet number, row, column -> what the formula there gives.

    ``hidden``: a row of the second sheet to filter out before.

    Raises:
        AssertionError: a formula is an error.
    """
    hide = {
        path: f"doc.Sheets.getByIndex(1).Rows.getByIndex({row - 1}).IsVisible = False" for path, row in (hidden or {}).items()
    }
    work = {path: [hide.get(path, ""), "doc.calculateAll()", _EACH_SHEET.format(_FORMULAS)] for path in paths}
    found: list[Formulas] = []
    for lines in _said(work):
        cells = [line.split() for line in lines]
        assert all(error == "0" for _, _, _, error, _ in cells), cells
        found.append({(int(at), int(row), int(column)): float(value) for at, row, column, _, value in cells})
    return found


def heights(paths: Sequence[Path]) -> list[Heights]:
    """For every workbook: sheet number and row -> its height, and the height that its texts need, in points."""
    found: list[Heights] = []
    for lines in _said({path: [_EACH_SHEET.format(_HEIGHTS)] for path in paths}):
        rows = (tuple(map(int, line.split())) for line in lines)
        found.append({(at, row): (own * _POINTS, needed * _POINTS) for at, row, own, needed in rows})
    return found


def _said(work: Mapping[Path, Iterable[str]]) -> list[list[str]]:
    """What the work done on each workbook writes, all of it in one run of LibreOffice: starting it takes longest."""
    with tempfile.TemporaryDirectory(prefix="rectify-said-") as folder:
        code, said = ["Sub Main", "Dim none() As New com.sun.star.beans.PropertyValue"], []
        for number, (path, steps) in enumerate(work.items()):
            said.append(Path(folder, f"{number}.txt"))
            code += [
                f'doc = StarDesktop.loadComponentFromURL("{path.resolve().as_uri()}", "_blank", 0, none())',
                f'Open "{said[-1]}" For Output As #1',
                *steps,
                "Close #1",
                "doc.close(True)",
            ]
        run_macro("\n".join([*code, "End Sub"]))
        return [path.read_text("utf-8").splitlines() for path in said]
