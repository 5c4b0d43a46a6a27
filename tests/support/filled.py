"""What a unit does with the workbook that it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path


def fill_in(path: Path, progress: str) -> int:
    """Write a status and the progress into every task of a dispatched workbook; how many tasks it holds."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "任务编号")
    columns = {cell.value: cell.column for cell in head}
    tasks = [row for row in range(head[0].row + 1, sheet.max_row + 1) if sheet.cell(row, columns["任务编号"]).value]
    for row in tasks:
        sheet.cell(row, columns["整改状态"]).value = "整改中"
        sheet.cell(row, columns["整改进展"]).value = progress
    book.save(path)
    return len(tasks)
