"""The shorter loop writes what the stock worksheet writes."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook

from rectify_xl import load_campaign
from rectify_xl.common.resources import resource
from rectify_xl.template import make_template
from rectify_xl.workbook import write_master, write_template
from rectify_xl.workbook.block_worksheet import Paper
from rectify_xl.workbook.styles import StyledWorkbook
from tests.workbook.random_masters import random_master

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (0, 1, 25, 26, 701, 702)


def body(paper: Paper, look: Any) -> list[list[str]]:
    """Three rows of texts and a figure in a wide block, the other cells blank."""
    columns = [["", "", ""] for _ in range(COLUMNS[-1] + 1)]
    for column in COLUMNS:
        columns[column] = [
            paper.number_cell(row / 3, look) if column == 1 else paper.text_cell(f"<第{row}行> & “{column}”", look)
            for row in range(3)
        ]
    return columns


def parts(worksheet_class: Any) -> dict[str, bytes]:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2026, 11, 21)})  # noqa: DTZ001 - XlsxWriter takes local time
    paper = book.add_worksheet("表", worksheet_class)
    look, link = book.add_format({"border": 1}), book.add_format({"underline": 1})
    paper.set_row(2, 40)
    paper.set_row(8, 30)
    if worksheet_class is Paper:
        paper.put_body(1, body(paper, look), 15)
    else:
        for column in COLUMNS:
            for row in range(3):
                if column == 1:
                    paper.write_number(row + 1, column, row / 3, look)
                else:
                    paper.write_string(row + 1, column, f"<第{row}行> & “{column}”", look)
    paper.write_string(2, 27, "回到开头", link)
    paper.write_string(3, 703, "块的右边", look)
    paper.write_string(5, 0, "没有格式")
    paper.write_number(5, 1, 0.5, look)
    paper.write_blank(5, 2, None, look)
    book.close()
    with ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def comparable(package: dict[str, bytes]) -> dict[str, bytes]:
    return {name: re.sub(rb' spans="[0-9:]+"', b"", part) for name, part in package.items()}


def test_every_part_is_the_same_but_for_the_optional_spans() -> None:
    assert comparable(parts(Paper)) == comparable(parts(None))


def test_a_sheet_without_cells_is_written() -> None:
    book = Workbook(BytesIO(), {"in_memory": True})
    paper = book.add_worksheet("空", Paper)
    paper.put_body(3, [[], []], 0)
    assert paper.dim_rowmax is None
    book.close()


@pytest.mark.parametrize(
    "text",
    [
        "水质达标",
        "a < b & c > d",
        " 前有空格",
        "后有换行\n",
        "中间\n换行",
        "制表\t符",
        "_x0041_",
        "\x07响铃",
        "100%",
        "“引号”'\"",
        "　全角缩进",
    ],
)
def test_a_text_is_stored_as_the_stock_workbook_stores_it(text: str) -> None:
    stored = []
    for book_class in (Workbook, StyledWorkbook):
        buffer = BytesIO()
        book = book_class(buffer, {"in_memory": True})
        book.add_worksheet().write_string(0, 0, text)
        book.close()
        stored.append(ZipFile(buffer).read("xl/sharedStrings.xml"))
    assert stored[0] == stored[1]


def test_a_formula_is_stored_as_the_stock_worksheet_stores_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a master and of a template: a function that needs a prefix in the file would be an error in Excel without it."""
    ours: dict[str, str] = {}
    written = Paper._prepare_formula

    def kept(formula: str, expand_future_functions: bool = False) -> str:
        ours[formula] = written(formula, expand_future_functions)
        return ours[formula]

    monkeypatch.setattr(Paper, "_prepare_formula", staticmethod(kept))
    write_master(random_master(1), tmp_path / "master.xlsx")
    write_template(
        make_template(load_campaign(resource("samples", "city")), made_on=date(2026, 11, 21)), tmp_path / "template.xlsx"
    )
    stock = Workbook(BytesIO()).add_worksheet()
    assert len(ours) > 100
    assert ours == {formula: stock._prepare_formula(formula, expand_future_functions=True) for formula in ours}
