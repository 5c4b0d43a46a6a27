"""A ``Sheet`` into openpyxl cells; returns where each planted fault has come to stand."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from builder.expected import Expected
from builder.layout import Blank, Header, Notes, Row, Sheet, Text
from builder.minutes import long_minutes

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from builder.layout import Book
    from builder.tasks import Fault, Part

Tasks = dict[int, tuple["Part", ...]]

STATUSES = '"未启动,整改中,已完成,已验收,公示中,已销号,长期坚持,反弹"'
WIDTHS = {"problem": 34, "target": 26, "measures": 46, "progress": 34, "leader": 18, "lead_unit": 18, "units": 24}
_LINE = Side(style="thin", color="FF808080")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(wrap_text=True, vertical="center")
_CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_HEAD = PatternFill("solid", start_color="FFDDE6F0")


class SheetWriter:
    """Writes one sheet from top to bottom and remembers the cell of every field of every task."""

    def __init__(self, book: Book, sheet: Sheet, worksheet: Worksheet, tasks: Tasks) -> None:
        """Nothing is written yet."""
        self.book, self.sheet, self.worksheet, self.tasks = book, sheet, worksheet, tasks
        self.row, self.left = sheet.top_left
        self.rows_of: dict[int, list[int]] = defaultdict(list)
        self.column_of = {key: self.left + place for place, (_, key) in enumerate(sheet.columns)}
        self.right = self.left + len(sheet.columns) - 1
        self.found: list[Expected] = []

    def write(self) -> list[Expected]:
        """The whole sheet."""
        first_row = self.row
        for line in self.sheet.title:
            self._across(line)
        self._groups()
        header_row = self.row
        self._header()
        for item in self.sheet.rows:
            self._item(item)
        for line in self.sheet.footer:
            self._across(line)
        self._merges()
        self._finish()
        for fault in self.sheet.faults:
            self._sheet_fault(fault, first_row, header_row)
        return self.found

    def _across(self, line: str) -> None:
        self.worksheet.cell(self.row, self.left, line).alignment = _WRAP
        self.worksheet.merge_cells(None, self.row, self.left, self.row, self.right)
        self.row += 1

    def _groups(self) -> None:
        column = self.left
        for heading, width in self.sheet.groups:
            self._styled(self.row, column, heading).fill = _HEAD
            if width > 1:
                self.worksheet.merge_cells(None, self.row, column, self.row, column + width - 1)
            column += width
        self.row += bool(self.sheet.groups)

    def _header(self) -> None:
        for place, (heading, _) in enumerate(self.sheet.columns):
            cell = self._styled(self.row, self.left + place, heading)
            cell.fill, cell.font, cell.alignment = _HEAD, Font(bold=True), _CENTRE
        self.row += 1

    def _item(self, item: Row | Text | Blank | Header) -> None:
        if isinstance(item, Header):
            self._header()
        elif isinstance(item, Text):
            for place, value in enumerate(item.cells):
                self._styled(self.row, self.left + place, value)
            if item.merged:
                self.worksheet.merge_cells(None, self.row, self.left, self.row, self.right)
            for fault in item.faults:
                self._expect(self._address(self.row, self.left), fault)
            self.row += 1
        elif isinstance(item, Row):
            self._task(item)
        else:
            self.row += 1

    def _task(self, item: Row) -> None:
        parts = self.tasks[item.task_id]
        for part in parts:
            changed = part.changed(item.values, part.faults if item.faults is None else item.faults)
            self._part(changed)
        if len(parts) > 1:
            for key in ("task_id", "category", "problem", "target"):
                if key in self.column_of:
                    column = self.column_of[key]
                    self.worksheet.merge_cells(None, self.row - len(parts), column, self.row - 1, column)

    def _part(self, part: Part) -> None:
        self.rows_of[part.task_id].append(self.row)
        self.worksheet.row_dimensions[self.row].hidden = part.task_id in self.sheet.hidden_tasks
        for key, column in self.column_of.items():
            self._put(self._styled(self.row, column, None), key, self._value(part.values, key))
        for fault in part.faults:
            key = fault.field
            if key not in self.column_of and key in {"lead_unit", "coop_units"}:
                key = "units"
            self._expect(self._address(self.row, self.column_of[key]), fault)
        self.row += 1

    def _value(self, values: dict[str, Any], key: str) -> Any:  # noqa: ANN401 - a cell holds anything
        if key == "measures":
            measures = values.get(key) or []
            numbered = (self.sheet.numbering.format(n=n, text=text) for n, text in enumerate(measures, start=1))
            return "\n".join(f"{line}。" for line in numbered)
        if key == "units" and key not in values:
            coop = values.get("coop")
            return f"{values['lead']}牵头，{coop}配合" if coop else values["lead"]
        return values.get({"lead_unit": "lead", "coop_units": "coop"}.get(key, key))

    def _put(self, cell: Cell, key: str, value: Any) -> None:  # noqa: ANN401 - a cell holds anything
        if isinstance(value, dict):
            self._put_special(cell, value)
            return
        if value in ("", None):
            return
        # openpyxl refuses control characters; this is how Excel itself writes them.
        cell.value = value.replace("\v", "_x000B_") if isinstance(value, str) else value
        if isinstance(value, str) and value[0] in "=+-@":
            cell.data_type, cell.quotePrefix = "s", True
        elif isinstance(value, date):
            cell.number_format = self.sheet.date_format
        elif key == "percent" and isinstance(value, float):
            cell.number_format = "0%"

    def _put_special(self, cell: Cell, value: dict[str, Any]) -> None:
        ((kind, content),) = value.items()
        if kind == "formula":  # openpyxl writes no cached value
            cell.value = f"={content}"
        elif kind == "number":
            cell.value = float(content)
        elif kind == "long":
            cell.value = long_minutes(content)
        else:
            raise ValueError(kind)

    def _merges(self) -> None:
        for key, ids in self.sheet.merges:
            rows = [row for task_id in ids for row in self.rows_of[task_id]]
            column = self.column_of[key]
            self.worksheet.merge_cells(None, min(rows), column, max(rows), column)

    def _finish(self) -> None:
        for task_id, key, text in self.sheet.comments:
            cell = self.worksheet.cell(self.rows_of[task_id][0], self.column_of[key])
            cell.comment = Comment(text, self.book.unit)
        if self.sheet.dropdown:
            rule = DataValidation(type="list", formula1=STATUSES, allow_blank=True)
            letter = get_column_letter(self.column_of["status"])
            rows = [row for found in self.rows_of.values() for row in found]
            rule.add(f"{letter}{min(rows)}:{letter}{max(rows)}")
            self.worksheet.add_data_validation(rule)
        for key, column in self.column_of.items():
            self.worksheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(key, 13)
        if self.sheet.hidden:
            self.worksheet.sheet_state = "hidden"

    def _styled(self, row: int, column: int, value: Any) -> Cell:  # noqa: ANN401 - a cell holds anything
        cell: Cell = self.worksheet.cell(row, column, value)
        cell.border, cell.alignment = _GRID, _WRAP
        return cell

    def _sheet_fault(self, fault: Fault, first_row: int, header_row: int) -> None:
        if fault.field == "title":
            self._expect(self._address(first_row, self.left), fault)
        elif fault.field.startswith("="):
            headings = [heading for heading, _ in self.sheet.columns]
            place = len(headings) - 1 - headings[::-1].index(fault.field[1:])
            self._expect(self._address(header_row, self.left + place), fault)
        else:
            self._expect("", fault)

    def _expect(self, cell: str, fault: Fault) -> None:
        self.found.append(Expected(self.book.file, self.sheet.name, cell, fault.slug, fault.note))

    @staticmethod
    def _address(row: int, column: int) -> str:
        return f"{get_column_letter(column)}{row}"


def write_notes(book: Book, notes: Notes, worksheet: Worksheet) -> list[Expected]:
    """A sheet of plain lines."""
    for line in notes.lines:
        worksheet.append(line)
    worksheet.column_dimensions["A"].width = 40
    return [Expected(book.file, notes.name, "", fault.slug, fault.note) for fault in notes.faults]
