"""Two lists side by side on one sheet, each read as if it stood alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.intake.grid import Sheet
from rectify_xl.intake.tables.headings import CONTENT, find_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_LEAST_TWICE = 2


def split_side_by_side(sheet: Sheet, headers: list[Header], schema: Schema) -> tuple[Sheet, Sheet] | None:
    """The columns of the first list and the rest; None where all headers head one list each.

    Both sides have to be lists by themselves, with content of their own: a blank column within a list parts nothing, nor
    does a heading that stands there twice.
    """
    for header in headers:
        for column in _possible_splits(sheet, header):
            left, right = _part(sheet, 1, column - 1), _part(sheet, column, sheet.last_column)
            if all(_has_list(part, header, schema) for part in (left, right)):
                return left, right
    return None


def _possible_splits(sheet: Sheet, header: Header) -> Iterator[int]:
    """The columns at which another list may begin: where headings repeat, or behind a column that is blank all the way down."""
    if len(header.duplicates) >= _LEAST_TWICE:
        yield min(column for column, _ in header.duplicates)
    rows = [cells for row, cells in sheet.cells.items() if row >= header.top]
    for column in range(header.left + 1, header.width):
        blank = column not in header.headings and not any(column in cells for cells in rows)
        if blank and column + 1 in header.headings:
            yield column + 1


def _has_list(part: Sheet, header: Header, schema: Schema) -> bool:
    return any(found.row == header.row and CONTENT & found.columns.keys() for found in find_headers(part, schema))


def _part(sheet: Sheet, first: int, last: int) -> Sheet:
    cells: dict[int, dict[int, object]] = defaultdict(dict)
    for row, values in sheet.cells.items():
        inside = {column: value for column, value in values.items() if first <= column <= last}
        if inside:
            cells[row] = inside
    merges = [replace(merge, right=min(merge.right, last)) for merge in sheet.merges if first <= merge.left <= last]
    return Sheet(
        sheet.name, cells, merges, sheet.hidden_rows, sheet.visible, sheet.hidden_columns, sheet.struck, sheet.struck_rows,
        sheet.blank_links, total_rows=sheet.total_rows,
    )  # fmt: skip
