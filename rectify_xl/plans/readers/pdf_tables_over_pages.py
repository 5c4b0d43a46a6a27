"""A table that goes on over a page is one: its headings come once, and a row that the page broke is whole again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.plans.labels import field_of
from rectify_xl.plans.readers.pdf_page import PlacedGrid
from rectify_xl.plans.readers.pdf_tables import text_of
from rectify_xl.plans.source import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rectify_xl.plans.readers.pdf_lines import PageLines
    from rectify_xl.plans.readers.pdf_page import PdfLine

_NEAR = 4.0  # points
_ROOM = 1.7  # characters, from the middle of a line to the rule below it
_MOST_HEADINGS = 6  # rows


def join_tables(pages: Sequence[PageLines]) -> list[PageLines]:
    """The pages with every table whole on the page where it begins; only page numbers may stand between its parts."""
    found: list[PageLines] = []
    home: tuple[int, int] | None = None  # the page and the item of a table that ends its page
    for page in pages:
        items = list(page.items)
        first = items[0] if items else None
        if home is not None and isinstance(first, PlacedGrid):
            above = found[home[0]].items[home[1]]
            whole = _joined(above, first) if isinstance(above, PlacedGrid) and found[-1].number != page.number else None
            if whole is not None:
                found[home[0]].items[home[1]] = whole
                del items[0]
        found.append(replace(page, items=items))
        if items:
            home = (len(found) - 1, len(items) - 1) if isinstance(items[-1], PlacedGrid) else None
    return found


def _joined(above: PlacedGrid, below: PlacedGrid) -> PlacedGrid | None:
    """Both as one; None where they are two tables, of other columns."""
    if len(above.columns) != len(below.columns) or any(
        abs(one - other) > _NEAR for one, other in zip(above.columns, below.columns, strict=True)
    ):
        return None
    skipped = _headings(above.grid, below.grid)
    last = max(cell.row for cell in above.grid.cells)
    rest = [cell for cell in below.grid.cells if cell.row > skipped]
    broken = bool(rest) and _is_broken(above, rest, last, skipped + 1)
    shift = last - skipped - broken
    cells = {(cell.row, cell.column): cell for cell in above.grid.cells}
    lines = dict(above.lines)
    for cell in rest:
        at = cell.row + shift, cell.column
        known = _covering(cells.values(), last, cell.column) if broken and cell.row == skipped + 1 else None
        if known is None:
            cells[at] = replace(cell, row=at[0])
            lines[at] = below.lines.get((cell.row, cell.column), ())
            continue
        place = known.row, known.column
        lines[place] = [*lines.get(place, ()), *below.lines.get((cell.row, cell.column), ())]
        text = text_of(lines[place], above.columns, known.column - 1, known.across)
        cells[place] = replace(known, text=text, down=known.down + cell.down - 1)
    pages = (*(above.grid.pages or ((1, above.grid.page or 0),)), (last + 1, below.grid.page or 0))
    ordered = tuple(cells[at] for at in sorted(cells))
    return PlacedGrid(Grid(ordered, above.grid.page, pages), above.top, below.bottom, above.columns, lines)


def _headings(above: Grid, below: Grid) -> int:
    """How many rows of the lower part repeat headings of the upper one."""
    upper, lower = _rows(above), _rows(below)
    for start in range(1, _MOST_HEADINGS):
        count = 0
        while count < _MOST_HEADINGS and count + 1 in lower and lower.get(count + 1) == upper.get(start + count):
            count += 1
        if count and len(lower[1]) > 1:
            return count
    return 0


def _rows(grid: Grid) -> Mapping[int, list[tuple[int, str]]]:
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, [])
        if text := "".join(cell.text.split()):
            rows[cell.row].append((cell.column, text))
    return rows


def _is_broken(above: PlacedGrid, rest: Sequence[Cell], last: int, row: int) -> bool:
    """Whether the first row below only ends what the last row above began.

    It fills few of the cells that are filled there, or only such as are full to the page's end.
    """
    filled = {cell.column for cell in rest if cell.row == row and cell.text.strip()}
    before = {cell.column: cell for cell in above.grid.cells if cell.row + cell.down > last and cell.text.strip()}
    if not filled or not filled < before.keys():
        return False
    if any(field_of(cell.text) for cell in rest if cell.row == row):  # a form goes on with its next label
        return False
    if 2 * len(filled) <= len(before):
        return True
    upper = [above.lines.get((before[column].row, before[column].column), ()) for column in filled]
    ends = [above.columns[column + before[column].across - 1] for column in filled]
    torn = sum(_is_torn(lines, end) for lines, end in zip(upper, ends, strict=True))
    return all(_is_full(lines, above.bottom) for lines in upper) and 2 * torn >= len(filled)


def _is_full(lines: Sequence[PdfLine], bottom: float) -> bool:
    """Whether a cell has no room for another line."""
    return bool(lines) and lines[-1].y - bottom < _ROOM * lines[-1].size


def _is_torn(lines: Sequence[PdfLine], end: float) -> bool:
    """Whether a cell ends at its right edge, and with no sentence."""
    return bool(lines) and end - lines[-1].right < _ROOM * lines[-1].size and lines[-1].text[-1:] not in "。；;"


def _covering(cells: Iterable[Cell], row: int, column: int) -> Cell | None:
    """The cell that begins in a column and reaches a row."""
    return next((one for one in cells if one.column == column and one.row <= row < one.row + one.down), None)
