"""A list turned on its side: the headings below each other in one column, and one task in each column beside them.

Its block of rows is turned over and read as any list; then every value gets the address of its own cell back. Each task is a
table of its own, as two lists side by side are, because rows are known by file, sheet and row. It is read only where every
column of the block is a task and nothing is in doubt; any other is refused by name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.grid import Merge, Sheet
from rectify_xl.intake.submission import Fault, RowKind, Table, TaskRow
from rectify_xl.intake.tables.answers import assign_legend
from rectify_xl.intake.tables.around import surroundings
from rectify_xl.intake.tables.heading_names import is_short, known_fields
from rectify_xl.intake.tables.heading_words import named_fields
from rectify_xl.intake.tables.headings import CONTENT, find_headers
from rectify_xl.intake.tables.lines import WIDE, Line, has_words, is_task_number, width_of
from rectify_xl.intake.tables.rows import Rows, read_rows
from rectify_xl.intake.tables.signatures import is_footer

if TYPE_CHECKING:
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_LABEL_COLUMNS = 3  # the first one, behind a margin and names of groups
_LEAST_LABELS = 4
_LEAST_TASKS = 2
_MOST_LABELS = 60
_LONGEST_LABEL = 12
_COLON = LazyPattern("[:：]")
_READ = frozenset({RowKind.HEADING, RowKind.TASK, RowKind.UNFILLED})


@dataclass(frozen=True)
class Upright:
    """A list turned on its side: a table for each of its tasks, and the list turned over with its header and rows."""

    tables: tuple[Table, ...]
    turned: Sheet
    header: Header
    rows: Rows


def read_upright(sheet: Sheet, schema: Schema, units: frozenset[str]) -> Upright | None:
    """The tasks of a sheet that holds one list turned on its side, between titles and notes; None for any other sheet."""
    block = _block(sheet, schema)
    if block is None:
        return None
    turned = _turned(sheet, block)
    headers = find_headers(turned, schema)
    if len(headers) != 1:
        return None
    (header,) = headers
    assign_legend(turned, header, schema)
    rows = read_rows(turned, header, range(1, turned.last_row + 1), schema, units)
    content = next((header.columns[key] for key in ("problem", "measures") if key in header.columns), None)
    first = block.start if content != block.start else block.start - 1
    if content is None or first < 1 or not _is_certain(sheet, block, header, rows, schema):
        return None
    around = surroundings(sheet, [row for row in sorted(sheet.cells) if row < block.start], [])
    kinds = {row: RowKind.CARD for row in block if sheet.cells.get(row)} | {content: RowKind.TASK} | _outside(sheet, block)
    tables = tuple(
        Table(
            sheet.name, first, dict.fromkeys(header.columns, task.row),
            {key: header.headings.get(column, "") for key, column in header.columns.items()},
            (_at_its_cells(header, task, content),),
            title=around.title, title_cell=around.title_cell, unit_text=around.unit, filled_on=around.filled_on,
            kinds=kinds, inferred=header.inferred, upright=True,
        )
        for task in rows.tasks
    )  # fmt: skip
    return Upright(tables, turned, header, rows)


def split_below(sheet: Sheet, schema: Schema, units: frozenset[str]) -> tuple[Sheet, Sheet] | None:
    """The rows of the first list turned on its side and the rest, where another one stands below it; None elsewhere."""
    block = _block(sheet, schema)
    for stop in (block.start, block.stop) if block else ():  # the block with the most headings may be any of them
        above, below = _rows_from(sheet, 1, stop), _rows_from(sheet, stop, sheet.last_row + 1)
        if above.cells and below.cells and read_upright(above, schema, units) and read_upright(below, schema, units):
            return above, below
    return None


def _rows_from(sheet: Sheet, first: int, stop: int) -> Sheet:
    cells = {row: values for row, values in sheet.cells.items() if first <= row < stop}
    return replace(sheet, cells=defaultdict(dict, cells), merges=[merge for merge in sheet.merges if first <= merge.top < stop])


def turned_back(fault: Fault) -> Fault:
    """A fault of the list turned over, at the cell of the sheet."""
    return replace(fault, cell=_turned_cell(fault.cell) if fault.cell else None)


def _block(sheet: Sheet, schema: Schema) -> range | None:
    """The rows of the column that has the most labels, no blank row between them; labels of no field may stand at its ends."""
    best: list[int] = []
    at = 0
    for column in range(1, _LABEL_COLUMNS + 1):
        run: list[int] = []
        last = 0
        for row in sorted(row for row, cells in sheet.cells.items() if cells):
            run = run if row == last + 1 else []
            last = row
            if _is_label(sheet.cells[row].get(column), schema):
                run.append(row)
                if len(run) > len(best):
                    best, at = list(run), column
    if len(best) < _LEAST_LABELS:
        return None
    first, last = best[0], best[-1]
    while _goes_on(sheet, first - 1, at):
        first -= 1
    while _goes_on(sheet, last + 1, at):
        last += 1
    return range(first, last + 1) if last - first < _MOST_LABELS else None


def _goes_on(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a row next to the block has a short text in the column of the labels and two values or more beside it."""
    cells = {at for at, value in sheet.cells.get(row, {}).items() if value not in ("", None)}
    label = sheet.cells.get(row, {}).get(column)
    named = isinstance(label, str) and len(label) <= _LONGEST_LABEL and not _COLON.search(label)
    return named and len([at for at in cells if at > column]) >= _LEAST_TASKS


def _is_label(value: Any, schema: Schema) -> bool:  # noqa: ANN401 - a cell holds anything
    return isinstance(value, str) and is_short(value) and bool(named_fields(value, schema))


def _turned(sheet: Sheet, block: range) -> Sheet:
    """The rows of a block as columns: a cell at (row, column) stands at (column, row)."""
    cells: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in block:
        for column, value in sheet.cells.get(row, {}).items():
            cells[column][row] = value
    merges = [Merge(one.left, one.top, one.right, one.bottom) for one in sheet.merges if one.top in block]
    return Sheet(
        sheet.name,
        defaultdict(dict, sorted(cells.items())),
        merges,
        set(sheet.hidden_columns),
        hidden_columns=set(sheet.hidden_rows),
    )


def _is_certain(sheet: Sheet, block: range, header: Header, rows: Rows, schema: Schema) -> bool:
    """Whether every column is a heading or a task, every task is one column, and nothing in them is hidden or struck out."""
    columns = {task.row for task in rows.tasks}
    return (
        len(columns) >= _LEAST_TASKS
        and bool(CONTENT & header.columns.keys())
        and not (header.ticks or header.parted or header.duplicates or header.carried)
        and len(set(header.headings.values())) == len(header.headings)
        and rows.zero is None
        and not (rows.sections or rows.footers)
        and all(kind in _READ for kind in rows.kinds.values())
        and all(_is_clearly_a_task(header, task) for task in rows.tasks)
        and not any(_holds_labels(sheet, block, column, schema) for column in columns)
        and not any(sheet.merge_at(row, column) for row in block for column in columns)
        and all(at in header.headings for row in columns for at in _filled(sheet, block, row))
        and not (sheet.hidden_rows.intersection(block) or sheet.hidden_columns & columns)
        and not any(row in block for row, _ in (*sheet.struck, *sheet.blank_links))
    )


def _is_clearly_a_task(header: Header, task: TaskRow) -> bool:
    """Whether a column is a task for certain: numbered, or filled in half of its fields and in words."""
    said = [value for value in task.values.values() if value is not None]
    worded = any(has_words(task.values.get(key)) for key in CONTENT)
    return is_task_number(task.values.get("task_id")) or (worded and 2 * len(said) >= len(header.columns))


def _holds_labels(sheet: Sheet, block: range, column: int, schema: Schema) -> bool:
    """Whether a column holds headings itself: label, value, label, value is no list. A measure may read like one (整改措施)."""
    values = [value for row in block for value in [sheet.cells.get(row, {}).get(column)] if value not in ("", None)]
    known = sum(isinstance(value, str) and bool(known_fields(value, schema)) for value in values)
    return known > 1 or 2 * sum(_is_label(value, schema) for value in values) >= len(values)


def _filled(sheet: Sheet, block: range, column: int) -> list[int]:
    return [row for row in block if sheet.cells.get(row, {}).get(column) not in ("", None)]


def _outside(sheet: Sheet, block: range) -> dict[int, RowKind]:
    """Titles above the block; below it notes and who signs. What else stands there is unread."""
    found: dict[int, RowKind] = {}
    for row, cells in sheet.cells.items():
        own = {(row, at): value for at, value in sorted(cells.items()) if value not in ("", None)}
        if row < block.start and len(own) <= WIDE:
            found[row] = RowKind.ABOVE
        elif row >= block.stop and own:
            at = next(iter(own))
            alone = len(own) == 1 and (at[1] <= _LABEL_COLUMNS or width_of(sheet, at) >= WIDE)
            found |= {row: RowKind.NOTE} if alone or is_footer(Line(row, {}, own)) else {}
    return found


def _at_its_cells(header: Header, task: TaskRow, content: int) -> TaskRow:
    anchors = {key: a1(column, task.row) for key, column in header.columns.items()}
    return replace(task, row=content, anchors=anchors)


def _turned_cell(cell: str) -> str:
    row, column = from_a1(cell)
    return a1(column, row)
