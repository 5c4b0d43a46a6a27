"""Named cell styles: there, used, and the cells' looks as they were."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl

from rectify_xl.workbook import write_master
from rectify_xl.workbook.styles import StyledWorkbook
from rectify_xl.workbook.theme import _STYLES, Theme

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master


def test_the_lists_use_named_styles(master: Master, tmp_path: Path) -> None:
    write_master(master, tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert set(_STYLES) <= set(book.named_styles)
    ledger = book["总台账"]
    at = {cell.value: cell.column for cell in ledger[3]}
    styles = {label: ledger.cell(4, column).style for label, column in at.items()}
    assert ledger["A1"].style == "整改标题"
    assert ledger["A3"].style == "整改表头"
    assert (styles["任务编号"], styles["到期日"], styles["完成率"]) == ("整改居中", "整改日期", "整改百分比")
    assert book["逾期"]["A4"].style == "整改链接"
    assert book["汇总"]["A5"].style == "整改指标"


def made() -> openpyxl.Workbook:
    """One cell that looks as its style says, one that differs, one without a style."""
    buffer = BytesIO()
    book = StyledWorkbook(buffer, {"in_memory": True})
    theme = Theme(book)
    paper = book.add_worksheet("表")
    paper.write_string(0, 0, "如样式", theme.cell("text", "left"))
    paper.write_string(0, 1, "靠上", theme.cell("text", "left", top=True, quoted=True))
    paper.write_number(0, 2, 0.5, theme.cell("percent", "center"))
    paper.write_string(0, 3, "无样式", book.add_format({"italic": True}))
    book.close()
    return openpyxl.load_workbook(buffer)


def test_a_cell_says_what_it_has_of_its_own() -> None:
    book = made()
    sheet = book["表"]
    assert [cell.style for cell in sheet[1]] == ["整改正文", "整改正文", "整改百分比", "Normal"]
    assert sheet["B1"].alignment.vertical == "top"
    assert sheet["B1"].quotePrefix
    assert sheet["C1"].number_format == "0%"
    assert sheet["D1"].font.italic
    as_style, own, _, none = (book._cell_styles[cell._style.xfId] for cell in sheet[1])
    assert as_style is not none
    assert own is as_style


def test_what_agrees_with_the_style_follows_it(master: Master, tmp_path: Path) -> None:
    write_master(master, tmp_path / "m.xlsx")
    from zipfile import ZipFile

    with ZipFile(tmp_path / "m.xlsx") as package:
        styles = package.read("xl/styles.xml").decode()
    cells = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0]
    linked = [one for one in cells.split("<xf ")[1:] if 'xfId="0"' not in one]
    followers = [one for one in linked if "apply" not in one.partition(">")[0]]
    assert len(followers) >= len(_STYLES) - 1
    assert any('applyAlignment="1"' in one for one in linked)
    assert 'builtinId="0"' in styles
