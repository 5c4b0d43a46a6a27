"""What hands do to workbooks: a unit to the one that it was sent, the office to its master."""

from __future__ import annotations

import zipfile
from html import escape
from typing import TYPE_CHECKING, Any

from tests.support.biff8 import by_biff8
from tests.support.workbooks import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import openpyxl
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.year.events import Event

LABELS = {
    "task_id": "任务编号", "problem": "问题描述", "leader": "责任领导", "target": "整改目标", "deadline": "整改时限",
    "status": "整改状态", "progress": "整改进展", "percent": "完成率", "remark": "备注", "key": "任务标识", "role": "角色",
    "completed_on": "实际完成日期", "applied_on": "申请销号日期", "accepted_on": "验收日期", "publicity_start": "公示开始",
    "publicity_end": "公示结束", "signed_on": "领导签批日期", "closed_on": "销号日期", "reopened_on": "反弹日期",
    "reopen_reason": "反弹原因",
}  # fmt: skip
NEW_PROBLEM = "新发现：西山采石场扬尘未覆盖"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_HIDDEN = 'table:style-name="h"'


class Rows:
    """A list in a sheet: its cells by key of the task and field."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.head = next(row for row in range(1, 9) if any(cell.value == LABELS["key"] for cell in sheet[row]))

    def column(self, field: str) -> int:
        """The first column with this heading."""
        return next(cell.column for cell in self.sheet[self.head] if cell.value == LABELS.get(field, field))

    def rows(self) -> Iterator[int]:
        """The rows of tasks."""
        key = self.column("key")
        yield from (row for row in range(self.head + 1, self.sheet.max_row + 1) if self.sheet.cell(row, key).value)

    def get(self, row: int, field: str) -> Any:
        return self.sheet.cell(row, self.column(field)).value

    def put(self, row: int, field: str, value: Any) -> None:
        self.sheet.cell(row, self.column(field)).value = value

    def row_of(self, task: int) -> int:
        key, column = f"T{task:04d}", self.column("key")
        return next(row for row in self.rows() if self.sheet.cell(row, column).value == key)


def _says(rows: Rows, event: Event) -> None:
    rows.put(rows.row_of(event.task), event.field, event.value)


def _asks_to_extend(rows: Rows, event: Event) -> None:
    asked = Rows(rows.sheet.parent["延期申请"])
    for heading, value in zip(("申请日期", "新时限", "理由"), event.value, strict=True):
        asked.put(asked.row_of(event.task), heading, value)


def _deletes_a_row(rows: Rows, event: Event) -> None:
    rows.sheet.delete_rows(rows.row_of(event.task))


def _deletes_a_column(rows: Rows, event: Event) -> None:
    rows.sheet.delete_cols(rows.column(event.field))


def _types_over_a_key(rows: Rows, event: Event) -> None:
    rows.put(rows.row_of(event.task), "key", "T0777")


def _copies_a_row(rows: Rows, event: Event) -> None:
    """The row of a task, hidden key included, taken for something else."""
    _append(rows, rows.row_of(event.task), problem="会议室空调外机噪声扰民", task_id=None)


def _adds_a_row(rows: Rows, _event: Event) -> None:
    _append(rows, rows.head + 1, problem=NEW_PROBLEM, task_id=None, key=None)


def _append(rows: Rows, like: int, **other: Any) -> None:
    last = max(rows.rows()) + 1
    for column in range(1, rows.sheet.max_column + 1):
        rows.sheet.cell(last, column).value = rows.sheet.cell(like, column).value
    for field, value in other.items():
        rows.put(last, field, value)


def _sorts_the_list(rows: Rows, _event: Event) -> None:
    found = list(rows.rows())
    contents = [[cell.value for cell in rows.sheet[row]] for row in found]
    for row, values in zip(found, reversed(contents), strict=True):
        for column, value in enumerate(values, 1):
            rows.sheet.cell(row, column).value = value


def _moves_columns(rows: Rows, _event: Event) -> None:
    """All columns the other way round, the key first, each with its format."""
    widest = rows.sheet.max_column
    for row in range(rows.head, rows.sheet.max_row + 1):
        cells = [rows.sheet.cell(row, column) for column in range(1, widest + 1)]
        values = [(cell.value, cell.number_format) for cell in cells]
        for cell, (value, shown_as) in zip(cells, reversed(values), strict=True):
            cell.value, cell.number_format = value, shown_as


def _takes_the_protection_off(rows: Rows, _event: Event) -> None:
    rows.sheet.protection.disable()


def _another_version(rows: Rows, _event: Event) -> None:
    for row in rows.sheet.parent["下拉选项"].iter_rows(max_col=2):
        if row[0].value == "rectify_xl.schema_version":
            row[1].value = "0"
    rows.sheet.parent.custom_doc_props["rectify_xl.schema_version"].value = "0"


ACTS: dict[str, Callable[[Rows, Event], None]] = {
    "says": _says,
    "empties": _says,
    "asks to extend": _asks_to_extend,
    "deletes a row": _deletes_a_row,
    "deletes a column": _deletes_a_column,
    "types over a key": _types_over_a_key,
    "copies a row": _copies_a_row,
    "adds a row": _adds_a_row,
    "sorts the list": _sorts_the_list,
    "moves columns": _moves_columns,
    "takes the protection off": _takes_the_protection_off,
    "answers in another version of the template": _another_version,
}


def save(book: openpyxl.Workbook, path: Path) -> Path:
    """In the format of its name; an .et is an .xls."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        book.save(path)
        return path
    layouts = [
        Layout(
            {
                (cell.row, cell.column): cell.value
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            },
            sheet=sheet.title,
            state=sheet.sheet_state,
        )
        for sheet in book
    ]  # fmt: skip
    return _by_ods(path, layouts) if path.suffix == ".ods" else by_biff8(path, *layouts)


def _by_ods(path: Path, layouts: list[Layout]) -> Path:
    names = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
    hidden = '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    tables = "".join(
        f'<table:table table:name="{escape(one.sheet)}" {"" if one.state == "visible" else _HIDDEN}>'
        + "".join(_ods_rows(one))
        + "</table:table>"
        for one in layouts
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:automatic-styles>{hidden}</office:automatic-styles><office:body>"
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _ods_rows(one: Layout) -> Iterator[str]:
    deep, wide = (max(at[side] for at in one.cells) for side in (0, 1))
    for row in range(1, deep + 1):
        yield "<table:table-row>"
        for column in range(1, wide + 1):
            value = one.cells.get((row, column))
            kind = f' office:value-type="float" office:value="{value}"' if isinstance(value, int | float) else ""
            text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str("" if value is None else value).split("\n"))
            yield f"<table:table-cell{kind}>{text if value is not None else ''}</table:table-cell>"
        yield "</table:table-row>"
