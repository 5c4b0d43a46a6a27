"""Cells that the office coloured, framed, set in another font: what differs from how we write them is done again."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.keeping.looks import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.sheet_part import SheetPart

_FORMAT = frozenset({"format"})


# The styles that one row shows, the same object for rows that show the same: the cells' own by column, and the row's.
_RowStyles = tuple[dict[int, int], int | None]


class _Styles:
    """The style that every cell of a sheet shows."""

    def __init__(self, sheet: SheetPart) -> None:
        self._sheet = sheet
        self._rows: dict[int, _RowStyles] = {}
        self._alike: dict[tuple[int, int | None], _RowStyles] = {}
        self._columns: dict[int, int] = {}

    def row(self, number: int) -> _RowStyles:
        if number not in self._rows:
            row = self._sheet.rows.attributes(number)
            of_row = int(row.get("s", "0")) if row.get("customFormat") in ("1", "true") else None
            cells = self._sheet.rows.styles(number)
            self._rows[number] = self._alike.setdefault((id(cells), of_row), (cells, of_row))
        return self._rows[number]

    def at(self, row: _RowStyles, column: int) -> int:
        cells, of_row = row
        if column in cells:
            return cells[column]
        if of_row is not None:
            return of_row
        if column not in self._columns:
            entry = self._sheet.column(column)
            self._columns[column] = int(entry.get("style", "0")) if entry is not None else 0
        return self._columns[column]


@dataclass
class _Changed:
    """A cell in a row of some looks that differs from how we write it: its column there and now, its style, what differs."""

    column: int
    style: int
    aspects: frozenset[str]


class _Differences:
    """What the office changed in the looks of rows, worked out once for all rows that look the same: nearly all of a list do."""

    def __init__(self, work: Work, old: _Styles, base: _Styles) -> None:
        self._old_looks, self._base_looks = work.books.old.looks, work.baseline.looks
        self._old, self._base = old, base
        self._columns = [(at, ours, now, added) for at, ours, now, added in work.columns() if now is not None]
        self._usual = self._old_looks.of(0)
        self._aspects: dict[tuple[int, int, bool], frozenset[str]] = {}
        self._ours = _our_looks(work, base)
        # Above the headings and on 汇总 it depends on the figures how a cell looks: every look of ours is ours there.
        self._anywhere = {self._base_looks.key(style) for style in range(len(self._base_looks.styles.items("cellXfs")))}
        # Of merged cells the first one shows how all of them look; programs write the others as they like.
        self._covered: defaultdict[int, set[int]] = defaultdict(set)
        for row, column in (cell for area in work.base.merges() for cell in list(area.cells())[1:]):
            self._covered[row].add(column)
        self._known: dict[Any, tuple[list[_Changed], list[int]]] = {}

    def of(self, old_row: int, base_row: int, *, in_list: bool) -> tuple[list[_Changed], list[int]]:
        """Of a row the cells that were changed, and the columns in which it has cells that count."""
        there, ours = self._old.row(old_row), self._base.row(base_row)
        covered = frozenset(self._covered.get(base_row, ()))
        key = (id(there), id(ours), covered, in_list)
        if key not in self._known:
            columns = [one for one in self._columns if one[1] not in covered]
            changed = [one for column in columns for one in self._compare(there, ours, column, in_list=in_list)]
            self._known[key] = changed, [now for _, _, now, _ in columns]
        return self._known[key]

    def _compare(
        self, there: _RowStyles, ours: _RowStyles, column: tuple[int, int, int, bool], *, in_list: bool
    ) -> Iterator[_Changed]:
        old_column, base_column, new_column, added = column
        style, base = self._old.at(there, old_column), self._base.at(ours, base_column)
        if (style, base, added) not in self._aspects:
            usual = self._usual if added else None
            self._aspects[style, base, added] = changes(self._old_looks.of(style), self._base_looks.of(base), usual)
        aspects = self._aspects[style, base, added]
        known = self._ours.get(base_column, ()) if in_list else self._anywhere
        if aspects and self._old_looks.key(style) not in known:
            yield _Changed(new_column, style, aspects)


def keep_looks(work: Work) -> None:
    """Paint the cells of the new sheet as the office painted them in the old one."""
    old, base, new = _Styles(work.old), _Styles(work.base), _Styles(work.new)
    differences = _Differences(work, old, base)
    found: dict[tuple[int, int], tuple[int, frozenset[str]]] = {}
    formats: Counter[int] = Counter()
    counted: Counter[int] = Counter()
    head = work.old_place.head
    for old_row, base_row, new_row in work.rows():
        if new_row is None:
            continue
        changed, columns = differences.of(old_row, base_row, in_list=old_row > head > 0)
        if old_row > head:
            counted.update(columns)
        for one in changed:
            formats[one.column] += old_row > head and "format" in one.aspects
            found[new_row, one.column] = (one.style, one.aspects)
    added_columns = {column for _, _, column, added in work.columns() if added}
    for (row, column), (style, every) in found.items():
        # A program turns the format of single cells when somebody types a date; a column that was changed as a whole was meant.
        aspects = every if column in added_columns or formats[column] >= max(1, counted[column]) else every - _FORMAT
        if aspects:
            look = work.books.repainter.repainted(new.at(new.row(row), column), style, aspects)
            work.new.set_style(row, column, look)


def _our_looks(work: Work, base: _Styles) -> dict[int, set[object]]:
    """What we show in the body of every column: a cell that shows one of these was copied there, or just filled in."""
    looks = work.baseline.looks
    alike = {id(row): row for row in map(base.row, work.base_place.rows.values())}
    found: dict[int, set[object]] = {}
    for _, base_column, _, _ in work.columns():
        styles = {base.at(row, base_column) for row in alike.values()}
        entry = work.base.column(base_column)
        if entry is not None:
            styles.add(int(entry.get("style", "0")))
        found[base_column] = {looks.key(style) for style in styles}
    return found
