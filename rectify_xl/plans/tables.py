"""Task tables of a document, read by the same code as the tables of a workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import from_a1
from rectify_xl.intake.grid import Merge, Sheet
from rectify_xl.intake.submission import RowKind
from rectify_xl.intake.tables.tables import read_tables
from rectify_xl.plans.document import Line, TableBlock, Value, fold
from rectify_xl.plans.draft import Draft, Heading, value_of
from rectify_xl.plans.labels import SHORT, UNIT_FIELDS, field_of
from rectify_xl.plans.numbering import enumerator
from rectify_xl.schema.conversion import shown
from rectify_xl.schema.loading import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.intake.submission import Table, TaskRow
    from rectify_xl.plans.document import Document

    Places = Callable[[int, int], Value]

_KEYS = {
    "problem": "problem", "target": "target", "measures": "measures", "leader": "leaders", "coop_units": "cooperating",
    "acceptance_unit": "acceptance", "deadline": "deadline", "category": "category",
}  # fmt: skip
_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_LONGEST_HEADING = 60
_NEEDED = frozenset({"problem", "measures"})


@dataclass(slots=True)
class TaskTables:
    """The tasks of the tables of a document.

    ``blocks`` are the positions of these tables, ``unread`` how many others look like lists, ``title`` is what stands above
    the headings in the first one.
    """

    drafts: list[Draft] = field(default_factory=list)
    blocks: set[int] = field(default_factory=set)
    unread: int = 0
    title: str = ""


def read_task_tables(document: Document) -> TaskTables:
    """The tasks of every table that has headings of a task list.

    A table without headings that is as wide as the one above goes on where that stopped, as behind a page break.
    """
    found = TaskTables()
    heading: Heading | None = None
    above: Headed | None = None
    for at, block in enumerate(document.blocks):
        if isinstance(block, Line):
            number = enumerator(block.folded)
            if (
                number
                and number.kind != "item"
                and len(block.text) <= _LONGEST_HEADING
                and not block.text.rstrip().endswith("。")
            ):
                heading = Heading(number.sign, value_of(block, number.width))
            continue
        headed = _read(as_sheet(block), partial(_cell, block))
        if not headed.drafts and above is not None:
            headed = _continued(block, above)
        if not headed.drafts:
            found.unread += _is_list(block)
            continue
        above = headed
        found.blocks.add(at)
        found.title = found.title or headed.title
        for draft in headed.drafts:
            if draft.category is None and heading and not draft.fields.get("category"):
                draft.category = heading if _is_near(document, at) else None
        found.drafts += headed.drafts
    return found


@dataclass(slots=True)
class Headed:
    """The tasks of a sheet, with the rows of its headings and its width, for a table that goes on without them."""

    drafts: list[Draft] = field(default_factory=list)
    headings: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    width: int = 0
    title: str = ""


def _continued(block: TableBlock, above: Headed) -> Headed:
    """A table read under the headings of the one above; nothing where it is of another width."""
    sheet = as_sheet(block)
    if sheet.last_column != above.width or not above.headings:
        return Headed()
    shift = max(above.headings)
    joined = Sheet("")
    for row, cells in above.headings.items():
        joined.cells[row] = dict(cells)
    for row, cells in sheet.cells.items():
        joined.cells[row + shift] = dict(cells)
    joined.merges = [*above.merges, *(Merge(one.top + shift, one.left, one.bottom + shift, one.right) for one in sheet.merges)]
    return _read(joined, lambda row, column: _cell(block, row - shift, column))


def _is_list(block: TableBlock) -> bool:
    """Whether a table that was not read is large enough to hold tasks."""
    rows = {cell.row for cell in block.grid.cells}
    columns = {cell.column for cell in block.grid.cells}
    return len(rows) >= _LEAST_ROWS and len(columns) >= _LEAST_COLUMNS


def _is_near(document: Document, at: int) -> bool:
    """Whether the line directly above a table is a numbered heading, and no list's title."""
    from rectify_xl.plans.headers import is_list_heading  # noqa: PLC0415

    for block in reversed(document.blocks[:at]):
        if isinstance(block, TableBlock):
            return False
        if block.is_blank:
            continue
        number = enumerator(block.folded)
        return number is not None and number.kind != "item" and not is_list_heading(block.folded[number.width :])
    return False


def as_sheet(block: TableBlock) -> Sheet:
    """A table as a sheet."""
    sheet = Sheet("")
    for cell in block.grid.cells:
        text = block.texts[cell.row, cell.column].strip()
        if text:
            sheet.cells[cell.row][cell.column] = text
        if cell.down > 1 or cell.across > 1:
            sheet.merges.append(Merge(cell.row, cell.column, cell.row + cell.down - 1, cell.column + cell.across - 1))
    return sheet


def _cell(block: TableBlock, row: int, column: int) -> Value:
    text = block.texts.get((row, column), "")
    start = block.starts.get((row, column), 0)
    return Value(text, start, start + len(text), block.first + row - 1, block.grid.page_of(row))


def _read(sheet: Sheet, place: Places) -> Headed:
    """The tasks of a sheet; none where it has no headings of a task list."""
    found = Headed(width=sheet.last_column)
    for read in read_tables(sheet, load_schema("task_list"), cards=False):
        table = read.table
        if len(table.columns) >= _LEAST_COLUMNS and _NEEDED & table.columns.keys():
            found.drafts += _drafts(sheet, table, place)
            found.title = found.title or table.title
            if not found.headings:
                found.headings = {row: cells for row, cells in sheet.cells.items() if row <= table.header_row}
                found.merges = [one for one in sheet.merges if one.bottom <= table.header_row]
    return found


def _drafts(sheet: Sheet, table: Table, place: Places) -> list[Draft]:
    drafts: list[Draft] = []
    by_row: dict[int, Draft] = {}
    sections = {section.row: section for section in table.sections}
    rows = sorted(table.rows, key=lambda task: task.row)
    category: Heading | None = None
    at = iter(sorted(sections))
    pending = next(at, None)
    for row in rows:
        while pending is not None and pending < row.row:
            category = _section(sheet, sections[pending].row, place)
            pending = next(at, None)
        first = by_row.get(row.part_of) if row.part_of is not None else None
        if first is None:
            first = Draft(category=category)
            drafts.append(first)
            by_row[row.row] = first
        _take(table, row, first, place)
    if "task_id" not in table.columns:
        _numbers_from_problems(drafts)
    for number, kind in table.kinds.items():
        if kind is RowKind.UNREAD and drafts:
            drafts[-1].doubts.append(("unplaced_text", _row_text(sheet, number)))
    return drafts


def _numbers_from_problems(drafts: list[Draft]) -> None:
    """Where a table has no column of numbers they stand before the problems: 一、加强管理."""
    firsts = [next(iter(draft.fields.get("problem", [])), Value()) for draft in drafts]
    numbers = [enumerator(fold(value.text)) for value in firsts]
    if len({number.kind if number else "" for number in numbers}) != 1:
        return
    for draft, value, number in zip(drafts, firsts, numbers, strict=True):
        if number:
            draft.number, draft.kind = number.sign, number.kind
            text = value.text[number.width :]
            draft.fields["problem"][0] = Value(text, value.end - len(text), value.end, value.paragraph, value.page)


def _section(sheet: Sheet, row: int, place: Places) -> Heading:
    column = min(column for column in sheet.cells[row])
    value = place(row, column)
    number = enumerator(fold(value.text))
    if number is None:
        return Heading("", value)
    text = value.text[number.width :].strip()
    return Heading(number.sign, Value(text, value.end - len(text), value.end, value.paragraph, value.page))


def _row_text(sheet: Sheet, row: int) -> str:
    return " ".join(shown(value) for _, value in sorted(sheet.cells[row].items()))[:60]


def _take(table: Table, row: TaskRow, draft: Draft, place: Places) -> None:
    """Add a row to its task: a merged cell counts once."""
    for key, column in table.columns.items():
        at = from_a1(row.anchors[key]) if key in row.anchors else (row.row, column)
        value = row.values.get(key)
        if value is None:
            continue
        where = place(*at)
        parted = sum(other == column for other in table.columns.values()) > 1  # 责任单位及责任人: the cell has both
        text = shown(value) if parted else where.text or shown(value)
        if key == "task_id":
            draft.number = draft.number or shown(value).strip()
            draft.kind = draft.kind or "cell"
            continue
        name = _KEYS.get(key, "")
        if key in ("lead_unit", "coop_units"):  # 责任单位 beside 牵头单位 has its own role, whatever column a list gives it
            name = _role(table.headings.get(key, ""), name or "responsible")
        lines = _lines(Value(text, where.start, where.end, where.paragraph, where.page))
        if name:
            known = draft.fields.get(name, [])
            said = {line.text for line in known} if name in SHORT else set()  # one day of all measures is one
            draft.add(name, *(line for line in lines if line not in known and line.text not in said))
        elif key != "key":
            label = table.headings.get(key) or key
            draft.others.setdefault(label, []).extend(line for line in lines if line not in draft.others[label])
    for label, text in row.extras.items():
        name = field_of(label, sure=False) or "other"
        value = Value(text, 0, 0, place(row.row, 1).paragraph)
        # 市级责任单位 and 县级责任单位 both answer for it; of anything else a second column is kept beside the fields
        if name in ("other", "number", "category") or (draft.fields.get(name) and name not in UNIT_FIELDS):
            others = draft.others.setdefault(label, [])
            others += [value] if value not in others else []
        else:
            draft.add(name, value)


def _role(heading: str, otherwise: str) -> str:
    found = field_of(heading, sure=False)
    return found if found in UNIT_FIELDS else otherwise


def _lines(value: Value) -> list[Value]:
    found, at = [], value.start
    for text in value.text.split("\n"):
        plain = text.strip()
        left = len(text) - len(text.lstrip())
        if plain:
            found.append(Value(plain, at + left, at + left + len(plain), value.paragraph, value.page))
        at += len(text) + 1
    return found
