"""What somebody has pasted beside or below a list by the thousand is kept in time, or named in one line."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.common.addresses import a1
from rectify_xl.keeping import free_cells, overview
from rectify_xl.workbook import NotKeptError, write_master
from tests.keeping.office_edits import again
from tests.support.workbooks import patch
from tests.workbook.conftest import AS_OF

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


OVERVIEW, LEDGER = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
WIDE = 4_096  # columns


def pasted(rows: int, columns: int, left: int = 1, first: int = 100) -> Callable[[bytes], bytes]:
    """Rows of numbers far below what a sheet shows."""
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{a1(row, column)}"><v>7</v></c>' for column in range(left, left + columns))
        + "</row>"
        for row in range(first, first + rows)
    )
    return lambda old: old.replace(b"</sheetData>", cells.encode() + b"</sheetData>")


@pytest.mark.slow
@pytest.mark.parametrize(("part", "rows", "columns"), [(LEDGER, 1, WIDE), (OVERVIEW, 1, WIDE), (OVERVIEW, 400, 10)])
def test_thousands_of_cells_are_kept_in_time(path: Path, part: str, rows: int, columns: int) -> None:
    """Each cell was looked for from its row's beginning, on 汇总 with all beside it and above it, which took hours."""
    patch(path, {part: pasted(rows, columns)})
    began = time.process_time()
    write_master(again(path, AS_OF + timedelta(1)), path)
    assert time.process_time() - began < 20
    sheet = openpyxl.load_workbook(path).worksheets[0 if part == OVERVIEW else 1]
    assert [sheet.cell(sheet.max_row - at, columns).value for at in (0, rows - 1)] == [7, 7]


@pytest.mark.parametrize("part", [LEDGER, OVERVIEW])
def test_more_are_named_in_one_line(path: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (free_cells, overview):
        monkeypatch.setattr(module, "MOST_CELLS", 20)
    patch(path, {part: pasted(5, 5, left=70)})
    before = path.read_bytes()
    with pytest.raises(NotKeptError) as caught:
        write_master(again(path), path)
    (line,) = caught.value.lost
    assert re.search(r"“(汇总|总台账)”[A-Z]+\d+ 起，表格以外超过 20 个有内容的单元格", line.zh)
    assert str(caught.value).startswith(f"{path}: 有1处整改办自己的内容保留不下来")
    assert path.read_bytes() == before
    write_master(again(path), path, drop=True)
