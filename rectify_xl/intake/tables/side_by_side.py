"""Two lists side by side on one sheet, or cards, each read as if it stood alone; a list beside another table, read without it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.grid import Sheet
from rectify_xl.intake.tables.cards import read_sure_cards
from rectify_xl.intake.tables.headings import CONTENT, find_headers
from rectify_xl.intake.tables.lines import NUMBER_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_LEAST_TWICE = 2
_MOST_CELLS = 20_000  # of cards side by side: every blank column may part them, and each is tried


def split_side_by_side(sheet: Sheet, headers: list[Header], schema: Schema) -> tuple[Sheet, Sheet] | None:
    """The columns of the first list and the rest; None where all headers head one list each.

    Both sides have to be lists by themselves, with content of their own and a field that both have: a blank column within a
    list parts nothing, nor does a heading that stands there twice. Measures once more right beside those of a problem are of it.
    """
    for header in headers:
        for column in _possible_splits(sheet, header):
            left, right = _part(sheet, 1, column - 1), _part(sheet, column, sheet.last_column)
            fields, others = (_fields_of_list(part, header, schema) for part in (left, right))
            goes_on = column - 1 in header.headings and "problem" in fields and not others & {"problem", "task_id"}
            if fields & others and not goes_on:
                return left, right
    return None


def split_cards(sheet: Sheet, schema: Schema) -> tuple[Sheet, Sheet] | None:
    """The columns of the first cards and the rest, where cards stand side by side with a blank column between; None elsewhere.

    All of them have to be cards by themselves, and nothing may be left over.
    """
    if sum(map(len, sheet.cells.values())) > _MOST_CELLS:
        return None
    filled = {column for cells in sheet.cells.values() for column, value in cells.items() if value not in ("", None)}
    for column in range(min(filled, default=0) + 1, max(filled, default=0)):
        if column not in filled and column - 1 in filled:
            left, right = _part(sheet, 1, column), _part(sheet, column + 1, sheet.last_column)
            if read_sure_cards(left, schema) and (read_sure_cards(right, schema) or split_cards(right, schema)):
                return left, right
    return None


def leave_out_beside(sheet: Sheet, header: Header) -> None:
    """Take from a list what begins behind a blank column with a number of its own and is no list: 序号, 姓名, 办公电话.

    Its columns stay columns that are no field, and are named as such.
    """
    number = header.columns.get("task_id")
    begin = next((at for at in _behind_blanks(sheet, header) if text_key(header.headings[at]) in NUMBER_HEADINGS), None)
    if number is None or begin is None or number >= begin or not any(header.columns.get(key, begin) < begin for key in CONTENT):
        return
    header.columns = {key: column for key, column in header.columns.items() if column < begin}
    for known in (header.headings, header.open, header.read_as, header.shared, header.answers):
        for column in [column for column in known if column >= begin]:
            del known[column]
    header.by_words = {column for column in header.by_words if column < begin}
    header.unknown = [column for column in header.unknown if column < begin]
    header.duplicates = [pair for pair in header.duplicates if max(pair) < begin]


def _possible_splits(sheet: Sheet, header: Header) -> Iterator[int]:
    """The columns at which another list may begin: where headings repeat, or behind a column that is blank all the way down."""
    if len(header.duplicates) >= _LEAST_TWICE:
        yield min(column for column, _ in header.duplicates)
    yield from _behind_blanks(sheet, header)


def _behind_blanks(sheet: Sheet, header: Header) -> Iterator[int]:
    """The columns with a heading behind a column that is blank all the way down, and over which no heading is merged."""
    rows = [cells for row, cells in sheet.cells.items() if row >= header.top]
    for column in range(header.left + 1, header.width):
        covered = sheet.anchor(header.row, column) != (header.row, column)
        blank = not covered and column not in header.headings and not any(column in cells for cells in rows)
        if blank and column + 1 in header.headings:
            yield column + 1


def _fields_of_list(part: Sheet, header: Header, schema: Schema) -> set[str]:
    """The fields of the list that a part of the sheet is by itself; none where it is none."""
    found = next((found for found in find_headers(part, schema) if found.row == header.row), None)
    return set(found.columns) if found and CONTENT & found.columns.keys() else set()


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
