"""Cells that the office coloured, framed, set in another font: what differs from how we write them is done again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.keeping.looks import changes

if TYPE_CHECKING:
    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.sheet_part import SheetPart

_FORMAT = frozenset({"format"})


class _Styles:
    """The style that every cell of a sheet shows."""

    def __init__(self, sheet: SheetPart) -> None:
        self._sheet = sheet
        self._of = sheet.rows.styles()
        self._rows: dict[int, int | None] = {}
        self._columns: dict[int, int] = {}

    def of(self, row: int, column: int) -> int:
        found = self._of.get((row, column))
        if found is not None:
            return found
        if row not in self._rows:
            tag = self._sheet.rows.start(row)
            own = tag is not None and tag.get("customFormat") in ("1", "true")
            self._rows[row] = int(tag.get("s", "0")) if tag is not None and own else None
        of_row = self._rows[row]
        if of_row is not None:
            return of_row
        if column not in self._columns:
            entry = self._sheet.column(column)
            self._columns[column] = int(entry.get("style", "0")) if entry is not None else 0
        return self._columns[column]


def keep_looks(work: Work) -> None:
    """Paint the cells of the new sheet as the office painted them in the old one."""
    old_looks, base_looks = work.books.old.looks, work.baseline.looks
    old, base, new = _Styles(work.old), _Styles(work.base), _Styles(work.new)
    usual = old_looks.of(0)
    known: dict[tuple[int, int, bool], frozenset[str]] = {}
    columns = list(work.columns())
    ours = _our_looks(work, base)
    # Above the headings and on 汇总 it depends on the figures how a cell looks: every look of ours is ours there.
    anywhere = {base_looks.key(style) for style in range(len(base_looks.styles.items("cellXfs")))}
    found: dict[tuple[int, int], tuple[int, frozenset[str]]] = {}
    formats: Counter[int] = Counter()
    counted: Counter[int] = Counter()
    head = work.old_place.head
    # Of merged cells the first one shows how all of them look; programs write the others as they like.
    covered = {cell for area in work.base.merges() for cell in list(area.cells())[1:]}
    for old_row, base_row, new_row in work.rows():
        for old_column, base_column, new_column, added in columns:
            if new_row is None or new_column is None or (base_row, base_column) in covered:
                continue
            pair = (old.of(old_row, old_column), base.of(base_row, base_column), added)
            counted[new_column] += old_row > head
            if pair not in known:
                known[pair] = changes(old_looks.of(pair[0]), base_looks.of(pair[1]), usual if added else None)
            aspects = known[pair]
            if not aspects or old_looks.key(pair[0]) in (ours.get(base_column, ()) if old_row > head > 0 else anywhere):
                continue
            formats[new_column] += old_row > head and "format" in aspects
            found[new_row, new_column] = (pair[0], aspects)
    added_columns = {column for _, _, column, added in columns if added}
    for (row, column), (style, every) in found.items():
        # A program turns the format of single cells when somebody types a date; a column that was changed as a whole was meant.
        aspects = every if column in added_columns or formats[column] >= max(1, counted[column]) else every - _FORMAT
        if aspects:
            work.new.set_style(row, column, work.books.repainter.repainted(new.of(row, column), style, aspects))


def _our_looks(work: Work, base: _Styles) -> dict[int, set[object]]:
    """What we show in the body of every column: a cell that shows one of these was copied there, or just filled in."""
    looks = work.baseline.looks
    found: dict[int, set[object]] = {}
    for _, base_column, _, _ in work.columns():
        styles = {base.of(row, base_column) for row in work.base_place.rows.values()}
        entry = work.base.column(base_column)
        if entry is not None:
            styles.add(int(entry.get("style", "0")))
        found[base_column] = {looks.key(style) for style in styles}
    return found
