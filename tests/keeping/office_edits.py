"""A master, and what an office does in it with openpyxl: the same edits for every way of saving it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

from rectify_xl.workflow.summarize import summarize
from tests.workbook.conftest import AS_OF, CAMPAIGN

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

YELLOW, RED, GREEN = "FFFFFF00", "FFFF0000", "FF00FF00"


def picture(colour: bytes = b"\xff\x00\x00") -> BytesIO:
    """A small picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size, lines = 24, b"".join(b"\x00" + colour * 24 for _ in range(24))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(lines)), chunk(b"IEND", b"")
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def add_own_sheet(book: Any) -> None:
    """领导批示 behind 总台账: a chart, a picture, a comment, looks, a formula that counts in 总台账."""
    sheet = book.create_sheet("领导批示", 2)
    sheet["A1"], sheet["A1"].font = "副市长批示：抓紧", Font(name="黑体", bold=True, size=16, color="FFC00000")
    sheet.merge_cells("A1:D1")
    sheet["A3"], sheet["B3"], sheet["C3"] = "任务数", "=COUNTA(总台账!A4:A100)", 12.5
    sheet["C3"].number_format = '0.00"万元"'
    for row, (name, count) in enumerate((("甲", 3), ("乙", 5), ("丙", 2)), 5):
        sheet.cell(row, 1, name)
        sheet.cell(row, 2, count)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=5, max_row=7))
    sheet.add_chart(chart, "D5")
    sheet.add_image(Image(picture()), "A10")
    sheet["A3"].comment = Comment("只数一级任务", "整改办")
    sheet.column_dimensions["A"].width = 33
    sheet.conditional_formatting.add("B5:B7", CellIsRule("greaterThan", ["2"], fill=PatternFill(bgColor=GREEN)))


def work_in_ours(book: Any) -> None:
    """Colours, comments, widths, columns, a filter and more in sheets of ours."""
    ledger = book["总台账"]
    ledger["C4"].fill, ledger["C5"].font = PatternFill("solid", fgColor=YELLOW), Font(name="仿宋", size=10, color=RED, bold=True)
    ledger["C4"].comment, ledger["A3"].comment = Comment("12月10日前办结", "整改办"), Comment("编号勿改", "整改办")
    ledger.column_dimensions["L"].width, ledger.column_dimensions["G"].hidden = 60, True
    ledger.row_dimensions[5].height = 120
    ledger.sheet_view.zoomScale, ledger.freeze_panes = 70, "D4"
    ledger.sheet_properties.tabColor = "FF7030A0"
    column = ledger.max_column + 1
    for row, text in ((3, "分管处"), (4, "督查处")):
        ledger.cell(row, column, text)
    overdue = book["逾期"]
    column = overdue.max_column + 1
    for row, text in ((3, "催办"), (4, "已电话催办")):
        overdue.cell(row, column, text)
    overdue["B4"].fill, overdue["B4"].comment = PatternFill("solid", fgColor="FFFFC000"), Comment("盯紧", "整改办")
    book["汇总"].add_image(Image(picture(b"\x00\x00\xff")), "B40")
    book["汇总"]["Z2"] = "办内自用"


def edit(path: Path, *edits: Any) -> Path:
    """Save a master after some edits."""
    book = openpyxl.load_workbook(path)
    for one in edits:
        one(book)
    book.save(path)
    return path


def again(path: Path, day: Any = AS_OF) -> Master:
    """The master read back and judged on a day."""
    return summarize(path, campaign=CAMPAIGN, as_of=day)


def comments(sheet: Any) -> dict[str, str]:
    """The comments of a sheet of openpyxl, by cell."""
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
