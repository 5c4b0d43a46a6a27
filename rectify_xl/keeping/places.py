"""Where a list of ours stands in a workbook: its headings, its columns by what they are, its rows by what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.ledger.free_lines import bears_key, is_free_line
from rectify_xl.ledger.sheets.identity import Identity, column_id, distinct, identities, identity_columns, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.ledger.sheets.tables import ListSheet
    from rectify_xl.ooxml.areas import Area

HEAD = 3  # the row of the headings in what we write; data follow
_HEADING_ROWS = 60
_A_ROW = 3  # cells in columns of ours: a row of ours, and no line that the office typed below the list


@dataclass(frozen=True)
class Place:
    """One list in one workbook. Rows and columns are 1-based.

    Attributes:
        name: the sheet's name.
        head: the row of the headings.
        columns: column by its id: the key, the heading where there is none.
        rows: row by identity, in order.
        added: the ids of the columns that the office added.
        stale: rows that we wrote and that the list would show no more, as things stand in the workbook.
    """

    name: str
    head: int
    columns: Mapping[str, int]
    rows: Mapping[Identity, int]
    added: frozenset[str] = frozenset()
    stale: frozenset[int] = frozenset()

    @cached_property
    def last_row(self) -> int:
        """The last row of the table."""
        return max([self.head, *self.rows.values(), *self.stale])

    @cached_property
    def last_column(self) -> int:
        """The last column of the table."""
        return max(self.columns.values(), default=1)


def written_place(content: ListSheet, identity: Sequence[str]) -> Place:
    """Where a list stands that we write; ``identity``: the columns that tell its rows apart."""
    columns = {column_id(column): at for at, column in enumerate(content.columns, 1)}
    added = frozenset(column_id(column) for column in content.columns if column.added)
    rows = identities(content, identity)
    return Place(content.name, HEAD, columns, {key: HEAD + at for at, key in enumerate(rows, 1)}, added)


def page_place(name: str, rows: int, columns: int) -> Place:
    """A sheet that is no list: every cell is known by its address."""
    return Place(name, 0, {str(at): at for at in range(1, columns + 1)}, {(str(at),): at for at in range(1, rows + 1)})


def found_place(sheet: Sheet, content: ListSheet, identity: Sequence[str], *, in_order: bool) -> Place | None:
    """Where the same list stands in a workbook in which the office has worked since; None where it cannot be found.

    Args:
        sheet: the sheet there.
        content: the list as we would write it now, from what the sheet says.
        identity: the columns that tell its rows apart.
        in_order: whether it was made from these very rows, so that what has no identity there goes by order.
    """
    labels = {column.label: column_id(column) for column in reversed(content.columns)}
    head = _head(sheet, labels)
    if not head:
        return None
    columns: dict[str, int] = {}
    for at, value in sorted(sheet.cells[head].items()):
        heading = plain(value)
        key = labels.get(heading, heading)
        columns.setdefault(key if key not in columns else f"{heading}（{at}）", at)
    ours = {key: at for key, at in columns.items() if key in labels.values()}
    numbers = [
        row for row in sorted(sheet.cells)
        if row > head and any(value is not None for value in _cells(sheet, row, ours).values())
        and not is_free_line(_cells(sheet, row, ours))
    ]  # fmt: skip
    rows = _matched(sheet, content, identity, ours, numbers, in_order=in_order)
    left = set(numbers) - set(rows.values())
    stale = (row for row in left if _is_left_over(_cells(sheet, row, ours)))
    return Place(sheet.name, head, columns, rows, stale=frozenset(stale))


def _cells(sheet: Sheet, row: int, columns: Mapping[str, int]) -> dict[str, Any]:
    return {key: sheet.cells[row].get(at) for key, at in columns.items()}


def _is_left_over(cells: Mapping[str, Any]) -> bool:
    """Whether a row is one that we wrote, and no line that the office typed: by its task, else by how much it says."""
    if "key" in cells:
        return bears_key(cells)
    return sum(value is not None for value in cells.values()) >= _A_ROW


def _matched(
    sheet: Sheet,
    content: ListSheet,
    identity: Sequence[str],
    columns: Mapping[str, int],
    numbers: Sequence[int],
    *,
    in_order: bool,
) -> dict[Identity, int]:
    """The rows there by the identities that we would write."""
    ours = list(written_place(content, identity).rows)
    found: dict[Identity, int] = {}
    left = list(numbers)
    beginning = [column_id(column) for column in content.columns[:2]]
    for keys in ([column_id(content.columns[at]) for at in identity_columns(content.columns, identity)], beginning):
        if not all(key in columns for key in keys):
            continue
        at_of = {column_id(column): at for at, column in enumerate(content.columns)}
        wanted = dict(zip(
            distinct(tuple(plain(row[at_of[key]]) for key in keys) for row in content.rows), ours, strict=True
        ))  # fmt: skip
        there = distinct(tuple(plain(sheet.cells[row].get(columns[key])) for key in keys) for row in left)
        for key, row in zip(there, tuple(left), strict=True):
            if key in wanted and wanted[key] not in found and any(key[:-1]):
                found[wanted[key]] = row
                left.remove(row)
    rest = [key for key in ours if key not in found]
    if in_order and len(rest) == len(left):
        found |= dict(zip(rest, left, strict=True))
    order = {key: at for at, key in enumerate(ours)}
    return dict(sorted(found.items(), key=lambda one: order[one[0]]))


def _head(sheet: Sheet, labels: Mapping[str, str]) -> int:
    """The row that has most of the headings; 0 where none has half of them."""
    best, most = 0, (len(labels) - 1) // 2
    for row in sorted(sheet.cells)[:_HEADING_ROWS]:
        count = len({plain(value) for value in sheet.cells[row].values()} & labels.keys())
        if count > most:
            best, most = row, count
    return best


@dataclass(frozen=True)
class Moves:
    """Where the cells of a list have gone: from the old workbook to the new one."""

    old: Place
    new: Place

    def row(self, row: int) -> int | None:
        """The new row of an old one; rows above the data stay above, rows below stay as far below; None for one that left."""
        if row == self.old.head:
            return self.new.head
        if row < self.old.head:
            return row if self.old.head == self.new.head else None
        if row > self.old.last_row:
            return row - self.old.last_row + self.new.last_row
        key = self._keys.get(row)
        return self.new.rows.get(key) if key is not None else None

    def column(self, column: int) -> int | None:
        """The new column of an old one; columns beyond the table stay as far beyond; None for one that left."""
        if column > self.old.last_column:
            return column - self.old.last_column + self.new.last_column
        key = self._ids.get(column)
        return self.new.columns.get(key) if key is not None else None

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        """The new place of a cell; None for one that left."""
        now = self.row(row), self.column(column)
        return (now[0], now[1]) if now[0] is not None and now[1] is not None else None

    def area(self, area: Area) -> Area | None:
        """The new place of a range: one that reaches to the end of the data reaches there again."""
        rows = [row for row in (self._edge(area.top, last=False), self._edge(area.bottom, last=True)) if row]
        columns = [column for column in map(self.column, range(area.left, min(area.right, self.old.last_column) + 1)) if column]
        if area.right > self.old.last_column:
            columns.append(area.right - self.old.last_column + self.new.last_column)
        if len(rows) < 2 or not columns or rows[0] > rows[1]:  # noqa: PLR2004 - both ends
            return None
        return type(area)(rows[0], min(columns), rows[1], max(columns))

    def _edge(self, row: int, *, last: bool) -> int | None:
        if row == self.old.head + 1 and not last:
            return self.new.head + 1
        if row >= self.old.last_row and last:
            return self.row(row) if row > self.old.last_row else max(self.new.last_row, self.new.head + 1)
        return self.row(row)

    @cached_property
    def _keys(self) -> Mapping[int, Identity]:
        return {row: key for key, row in self.old.rows.items()}

    @cached_property
    def _ids(self) -> Mapping[int, str]:
        return {column: key for key, column in self.old.columns.items()}
