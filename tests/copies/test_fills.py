from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rectify_xl.copies.editing.cell_marks import Fills
from rectify_xl.copies.editing.working import Working
from rectify_xl.ooxml.areas import references
from rectify_xl.ooxml.package import Package
from rectify_xl.ooxml.workbook_part import WorkbookPart
from rectify_xl.provenance.remarks import FILL_NAME
from tests.support.workbooks import package, sheet_xml

if TYPE_CHECKING:
    from pathlib import Path


def test_many_cells_are_named_by_formulas_that_excel_can_hold(tmp_path: Path) -> None:
    opened = Package(io.BytesIO(package(tmp_path / "a.xlsx", sheet_xml("")).read_bytes()))
    working = Working(opened, WorkbookPart(opened))
    fills = Fills()
    cells = [(row, column) for row in range(2, 2000, 3) for column in (3, 4)]
    for cell in cells:
        fills.keep(b"<fill>1</fill>", "任务清单", cell)
    fills.keep(b"<fill>2</fill>", "it's", (1, 1))
    fills.keep(b"", "it's", (2, 2))
    assert fills.define(working) == {"rectify_xl.fill.1": "<fill>1</fill>", "rectify_xl.fill.2": "<fill>2</fill>"}
    formulas = [node.text for node in working.workbook.names(prefix=f"{FILL_NAME}1.")]
    assert len(formulas) > 2
    assert max(map(len, formulas)) < 8192
    named = [cell for formula in formulas for _, area in references(formula) for cell in area.cells()]
    assert sorted(named) == sorted(cells)
    (other,) = working.workbook.names(prefix=f"{FILL_NAME}2.")
    assert references(other.text)[0][0] == "it's"
