"""What people write into workbooks, from the tables of a page: | 文件 | 任务编号 | 整改状态 | … |."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBERS = ("任务编号", "序号")


def fill_in(path: Path, number: str, values: Mapping[str, Any]) -> None:
    """Write into the row of a task, in the first sheet of a list or in 总台账 of a master.

    What was dispatched is then handed in: 下发/<轮次>/<单位>.xlsx becomes 报送件/<轮次>/<单位>.xlsx.
    """
    target = Path("报送件", *path.parts[1:]) if path.parts[0] == "下发" else path
    if target != path and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    book = openpyxl.load_workbook(target)
    sheet = book["总台账"] if "总台账" in book.sheetnames else book.worksheets[0]
    head = next(row for row in sheet.iter_rows(max_row=8) if any(cell.value in NUMBERS for cell in row))
    columns = {cell.value: cell.column for cell in head}
    at = next(columns[name] for name in NUMBERS if name in columns)
    (row,) = (row for row in range(head[0].row + 1, sheet.max_row + 1) if sheet.cell(row, at).value == number)
    for label, value in values.items():
        sheet.cell(row, columns[label]).value = value
    book.save(target)


def fill_in_table(lines: list[str]) -> None:
    """Write all rows of a table; blank cells are left alone."""
    head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    for file, number, *texts in rows:
        values = {label: value_of(text) for label, text in zip(head[2:], texts, strict=True) if text}
        fill_in(Path(file), number, values)


def value_of(text: str) -> Any:
    """A day, a number or a text, as somebody types it."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return float(text) if re.fullmatch(r"[01](\.\d+)?", text) else text


def settings_with(text: str, block: str) -> str:
    """campaign.yaml with the sections of a block in the place of its own."""
    for key in re.findall(r"^(\w+):", block, re.MULTILINE):
        text = re.sub(rf"^{key}:.*\n(?:(?:[ #].*)?\n)*", "", text, flags=re.MULTILINE)
    return text + block
