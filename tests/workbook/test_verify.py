from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from xlsxwriter import Workbook

from rectify_xl.common.errors import RectifyError
from rectify_xl.workbook.verify import Checks, verify_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.workbook.sheet import Expected


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.xlsx"
    book = Workbook(file)
    paper = book.add_worksheet("表")
    paper.write_string(0, 0, "甲")
    paper.write_number(0, 1, 3)
    paper.write_string(2, 1, "乙")
    book.close()
    return file


GOOD: list[list[Expected]] = [["甲", None], ["", ""], ["", "乙"]]


def refusal(path: Path, rows: list[list[Expected]]) -> str:
    """What verifying the file says against it."""
    try:
        verify_workbook(path, Checks({"表": rows}))
    except RectifyError as error:
        return str(error)
    return ""


def test_a_file_as_asked_for_is_accepted(path: Path) -> None:
    assert refusal(path, GOOD) == ""


def test_blank_edges_do_not_matter(path: Path) -> None:
    assert refusal(path, [[*row, ""] for row in GOOD] + [["", "", ""]]) == ""


@pytest.mark.parametrize(
    ("row", "column", "wanted", "cell"),
    [(0, 0, "丙", "A1"), (0, 1, "3", "B1"), (2, 1, None, "B3"), (1, 0, "有", "A2")],
)
def test_a_difference_is_found_and_named(path: Path, row: int, column: int, wanted: Expected, cell: str) -> None:
    rows = [list(cells) for cells in GOOD]
    rows[row][column] = wanted
    with pytest.raises(RectifyError, match=f"“表”{cell} "):
        verify_workbook(path, Checks({"表": rows}))


def test_a_missing_row_is_found(path: Path) -> None:
    with pytest.raises(RectifyError, match="B3"):
        verify_workbook(path, Checks({"表": GOOD[:2]}))


def test_a_missing_sheet_is_found(path: Path) -> None:
    with pytest.raises(RectifyError, match="工作表"):
        verify_workbook(path, Checks({"表": GOOD, "另表": []}))


def test_a_damaged_file_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(RectifyError, match="读回核对"):
        verify_workbook(path, Checks({"表": GOOD}))
