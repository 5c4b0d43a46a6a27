"""A list of which every task fills two rows, below headings in two rows: 存在问题 over 整改措施, 责任单位 over 责任领导.

Of each pair the second row is set beside the first one, and what comes of it is read as any list; then every value gets the
address of its own cell back. It is read only where every numbered row has its second one and nothing is in doubt; any other is
refused by name, as one column cannot hold two fields.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.intake.grid import Merge, Sheet
from rectify_xl.intake.submission import Fault, RowKind, Table
from rectify_xl.intake.tables.heading_names import is_short
from rectify_xl.intake.tables.heading_words import named_fields
from rectify_xl.intake.tables.lines import Line, is_task_number
from rectify_xl.intake.tables.signatures import is_footer
from rectify_xl.schema.conversion import blank_to_none

if TYPE_CHECKING:
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_LEAST_STACKED = 2  # columns with two fields: one alone is a heading and what parts it
_NUMBER = "task_id"


@dataclass(frozen=True)
class TwoLines:
    """A list of two rows per task: ``beside`` has each second row beside its first one, and is None where that is in doubt."""

    beside: Sheet | None
    seconds: frozenset[int]
    width: int

    def table(self, table: Table) -> Table:
        """A table of the rows set beside each other, at the cells of the sheet."""
        kinds = {**table.kinds, **{row: _kind_below(table.kinds.get(row - 1)) for row in self.seconds}}
        columns = {key: (column - 1) % self.width + 1 for key, column in table.columns.items()}
        rows = tuple(
            replace(task, anchors={**task.anchors, **{key: self.cell(table.cell(task, key)) for key in table.columns}})
            for task in table.rows
        )
        below = table.header_row + 1 in self.seconds
        return replace(table, header_row=table.header_row + below, columns=columns, rows=rows, kinds=kinds)

    def fault(self, fault: Fault) -> Fault:
        """What is said of a cell, at the cell of the sheet."""
        return replace(fault, cell=self.cell(fault.cell)) if fault.cell else fault

    def cell(self, cell: str) -> str:
        """Where on the sheet a cell stands."""
        row, column = from_a1(cell)
        return a1(row + 1, column - self.width) if column > self.width else cell


def two_lines(sheet: Sheet, headers: list[Header], schema: Schema) -> TwoLines | None:
    """How a sheet is to be read whose list has two rows per task; None for any other."""
    uppers = sorted({row for header in headers for row in (header.row - 1, header.row) if is_stacked(sheet, row, schema)})
    if not uppers:
        return None
    upper, *more = uppers
    column = _number_column(sheet, upper, schema)
    numbered = [row for row in sorted(sheet.cells) if row > upper + 1 and column and _is_numbered(sheet, row, column)]
    pairs = [row for row in numbered if column and _has_second(sheet, row, column)]
    if numbered and not pairs:
        return None  # one row per task: the upper headings only group the lower ones
    seconds = frozenset({upper + 1, *(row + 1 for row in pairs)})
    # Where nothing is merged, each of the two rows may have been taken for the headings of a list of its own.
    sure = not more and len(pairs) == len(numbered) > 0 and all(header.row - upper in (0, 1) for header in headers)
    if not sure or not _is_certain(sheet, upper, seconds):
        return TwoLines(None, seconds, sheet.last_column)
    return TwoLines(_beside(sheet, seconds), seconds, sheet.last_column)


def is_stacked(sheet: Sheet, upper: int, schema: Schema) -> bool:
    """Whether a row of headings and the one below it name different fields in the same columns, in two of them or more."""
    number = _number_column(sheet, upper, schema)
    if number and upper + 1 in sheet.cells and _is_numbered(sheet, upper + 1, number):
        return False  # the first task, whose words may read like headings
    found: list[set[str]] = []
    for column in sheet.cells.get(upper, {}).keys() & sheet.cells.get(upper + 1, {}).keys():
        spans = [(merge.left, merge.right, merge.bottom) if merge else None for row in (upper, upper + 1)
                 for merge in [sheet.merge_at(row, column)]]  # fmt: skip
        above, below = (_fields(sheet.value(row, column), schema) for row in (upper, upper + 1))
        if spans[0] and (spans[1] is None or spans[0][:2] != spans[1][:2] or spans[0][2] > upper):
            continue
        if above and below and above.isdisjoint(below):
            found.append(above | below)
    return len(found) >= _LEAST_STACKED and sum(map(len, found)) == len(set[str]().union(*found))


def _fields(value: Any, schema: Schema) -> set[str]:  # noqa: ANN401 - a cell holds anything
    return set(named_fields(value, schema)) if isinstance(value, str) and is_short(value) else set()


def _number_column(sheet: Sheet, upper: int, schema: Schema) -> int | None:
    texts = sheet.cells.get(upper, {})
    return next((column for column, value in sorted(texts.items()) if _NUMBER in _fields(value, schema)), None)


def _is_numbered(sheet: Sheet, row: int, column: int) -> bool:
    return sheet.anchor(row, column)[0] == row and is_task_number(sheet.cells[row].get(column))


def _has_second(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a numbered row goes on in the one below it, and no further."""
    merge = sheet.merge_at(row, column)
    if merge and merge.bottom not in (row, row + 1):
        return False
    below = [at for at in sheet.own_cells(row + 1) if at[1] > column]
    return bool(below) and blank_to_none(sheet.cells[row + 1].get(column)) is None


def _is_certain(sheet: Sheet, upper: int, seconds: frozenset[int]) -> bool:
    """Whether nothing else stands between the tasks that may be a further row of one, and nothing is hidden or struck out."""
    last = max(seconds)
    block = range(upper, last + 1)
    lines = {row for row in block if sheet.own_cells(row)}
    loose = lines - seconds - {row - 1 for row in seconds}
    merges = (one for one in sheet.merges if one.top in block and one.bottom > one.top)
    return (
        all(len(sheet.own_cells(row)) == 1 for row in loose)
        and not _may_go_on(sheet, last + 1)
        and all(one.bottom == one.top + 1 and one.bottom in seconds for one in merges)
        and not (sheet.hidden_rows.intersection(block) or sheet.hidden_columns)
        and not any(row in block for row, _ in (*sheet.struck, *sheet.blank_links))
    )


def _may_go_on(sheet: Sheet, row: int) -> bool:
    """Whether the row below the last task may be a third one of it; a single text is a note, and who signed is none."""
    own = sheet.own_cells(row)
    return len(own) > 1 and not is_footer(Line(row, {}, {at: sheet.value(*at) for at in own}))


def _beside(sheet: Sheet, seconds: frozenset[int]) -> Sheet:
    """The sheet with every second row right of the first one; what is merged over both stands in the first alone."""
    width = sheet.last_column
    cells: dict[int, dict[int, Any]] = defaultdict(dict)
    for row, values in sheet.cells.items():
        aside, at = (width, row - 1) if row in seconds else (0, row)
        for column, value in values.items():
            if sheet.anchor(row, column) == (row, column):
                cells[at][column + aside] = value
    merges = [
        Merge(one.top - 1, one.left + width, one.top - 1, one.right + width)
        if one.top in seconds
        else replace(one, bottom=one.top if one.bottom in seconds else one.bottom)
        for one in sheet.merges
    ]
    return Sheet(sheet.name, defaultdict(dict, sorted(cells.items())), merges, total_rows=set(sheet.total_rows))


def _kind_below(above: RowKind | None) -> RowKind:
    return RowKind.CARD if above in (RowKind.TASK, RowKind.PART) else above or RowKind.UNREAD
