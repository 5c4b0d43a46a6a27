"""The sample round and a real one as people see them: printed by LibreOffice page by page, and measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from pypdf import PdfReader

from rectify_xl import load_campaign, merge, write_master
from rectify_xl.common.resources import resource
from rectify_xl.common.text_layout import MOST_LINES
from tests.support.calc import heights
from tests.support.counts import count
from tests.support.extents import Extents, font_or_skip
from tests.support.office import convert, needs_office
from tests.workbook.random_masters import random_master

pytestmark = pytest.mark.slow

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "luohe"
HEADINGS = 3
SLACK = 0.6  # points by which programs round


@pytest.fixture(scope="module")
def masters(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample master, a random one in English, and in the long run the real one where it is at hand."""
    folder = tmp_path_factory.mktemp("masters")
    rounds = {"samples": (resource("samples", "city"), date(2026, 11, 21))}
    if REAL.is_dir() and count(0, 1):
        rounds["luohe"] = (REAL, date(2020, 8, 6))
    for name, (home, day) in rounds.items():
        master = merge([home / "submissions"], campaign=load_campaign(home), as_of=day)
        write_master(master, folder / f"{name}.xlsx")
    write_master(random_master(1), folder / "random.xlsx", lang="en")
    return [folder / f"{name}.xlsx" for name in (*rounds, "random")]


def rows_cut(sheet: Any) -> set[int]:
    """Rows with a text that no row can hold; the sheet's note says that there are such."""
    if sheet.title in {"汇总", "Overview"}:
        return set()
    rows = {cell.row for cell in seen(sheet) if cell.alignment.vertical == "top"}
    told = str(sheet["B2"].value)
    assert bool(rows) == ("内容过长" in told or "longer than a row" in told)
    assert all(sheet.row_dimensions[row].height > 408 for row in rows)
    return rows


@needs_office
def test_printed_page_by_page(masters: list[Path], tmp_path: Path) -> None:
    for path, pdf in zip(masters, convert(masters, "pdf", tmp_path), strict=True):
        book = openpyxl.load_workbook(path)
        pages = [page.extract_text() for page in PdfReader(pdf).pages]
        assert "###" not in "".join(pages)
        names = book.sheetnames
        # Every list names itself at the head of each of its pages; 汇总 is the one page before them.
        heads = [page.strip().splitlines()[0].replace("as of", "截至").partition("截至")[0].strip() for page in pages]
        homes = [next((name for name in names[1:] if head.endswith(f" {name}")), names[0]) for head in heads]
        assert homes == sorted(homes, key=names.index)
        assert set(homes) == set(names)
        assert homes.count(names[0]) == 1
        for name, page in zip(homes, pages, strict=True):
            if name != names[0]:
                labels = [str(cell.value) for cell in book[name][HEADINGS]][:2]
                assert all(label.split()[0] in page for label in labels), (name, page[:300])
        for sheet in book.worksheets[1:]:
            rows = sheet.max_row - HEADINGS
            across = sheet.page_setup.fitToWidth or 1
            assert homes.count(sheet.title) <= across * max(1, rows), sheet.title
            assert rows > 4 or homes.count(sheet.title) == across, sheet.title
        assert len(pages) <= 60


@needs_office
def test_libreoffice_would_make_no_row_taller(masters: list[Path]) -> None:
    for path, measured in zip(masters, heights(masters), strict=True):
        book = openpyxl.load_workbook(path)
        cut = {(at, row) for at, sheet in enumerate(book.worksheets) for row in rows_cut(sheet)}
        filled = {
            (at, row[0].row)
            for at, sheet in enumerate(book.worksheets)
            for row in sheet.iter_rows()
            if any(cell.value is not None for cell in row)
        }
        short = {place: high for place, high in measured.items() if place in filled - cut and high[1] > high[0] + SLACK}
        assert not short, (path.name, short)
        assert len(filled) > 60
        assert len(cut) <= 3


def test_measured_with_a_chinese_font_every_text_has_room(masters: list[Path]) -> None:
    extents = Extents(font_or_skip())
    for path in masters:
        for sheet in openpyxl.load_workbook(path).worksheets[1:]:
            cut = rows_cut(sheet)
            for cell in seen(sheet):
                high = sheet.row_dimensions[cell.row].height
                if isinstance(cell.value, str) and cell.row not in cut:
                    width = wide(sheet, cell.column)
                    needed = extents.height(cell.value, width, indented=cell.alignment.horizontal == "left")
                    assert needed <= high + SLACK, (path.name, sheet.title, cell.coordinate, needed, high)


def test_what_stands_on_one_line_of_the_overview_fits(masters: list[Path]) -> None:
    extents = Extents(font_or_skip())
    for path in masters:
        sheet = openpyxl.load_workbook(path).worksheets[0]
        spans = {(area.min_row, area.min_col): area.max_col for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows(min_row=8, max_col=15):
            for cell in row:
                if isinstance(cell.value, str) and not cell.alignment.wrap_text and cell.data_type == "s":
                    last = spans.get((cell.row, cell.column), cell.column)
                    width = sum(wide(sheet, at) for at in range(cell.column, last + 1))
                    assert extents.fits(cell.value, width), (path.name, cell.coordinate, cell.value)


def seen(sheet: Any) -> list[Any]:
    """The cells below the headings in columns that are not hidden."""
    hidden = {column for column in range(1, sheet.max_column + 1) if record(sheet, column).hidden}
    return [cell for row in sheet.iter_rows(min_row=HEADINGS + 1) for cell in row if cell.column not in hidden]


def wide(sheet: Any, column: int) -> float:
    """The width of a column."""
    return float(record(sheet, column).width)


def record(sheet: Any, column: int) -> Any:
    """What the workbook says of a column; neighbours that are alike share a record."""
    for at in range(column, 0, -1):
        found = sheet.column_dimensions.get(get_column_letter(at))
        if found is not None and found.min <= column <= found.max:
            return found
    raise AssertionError(column)


def test_the_tallest_row_is_what_excel_can_have() -> None:
    assert MOST_LINES == 27
