"""Tables of a PDF by their ruled lines: what the lines enclose is a cell, a cell without a line inside is merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from rectify_xl.plans.readers.line_breaks import begins_something, begins_with_label
from rectify_xl.plans.readers.pdf_lines import first_chunk, make_lines
from rectify_xl.plans.readers.pdf_page import PlacedGrid
from rectify_xl.plans.source import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pypdfium2

    from rectify_xl.plans.readers.pdf_page import Glyph, PdfLine

_THIN = 3.0  # points: a filled box so thin is a line
_NEAR = 3.0  # points: lines so near are one
_LEAST = 8.0  # points: shorter lines are no rulings
_MOST_RULINGS = 20_000
_MOST_LINES = 400
_PADDING = 1.5, 6.0  # points between a cell's text and its line, as narrow and as wide as programs make it
_SLACK = 0.15  # characters


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line across or down: its fixed coordinate and its two ends."""

    at: float
    start: float
    end: float
    across: bool


def find_rulings(page: pypdfium2.PdfPage) -> list[Ruling]:
    """The ruled lines of a page."""
    found: list[Ruling] = []
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = one.get_bounds()
        width, height = right - left, top - bottom
        if height <= _THIN and width >= _LEAST:
            found.append(Ruling((top + bottom) / 2, left, right, across=True))
        elif width <= _THIN and height >= _LEAST:
            found.append(Ruling((left + right) / 2, bottom, top, across=False))
        elif width >= _LEAST and height >= _LEAST and _is_stroked(one):
            found += [Ruling(y, left, right, across=True) for y in (bottom, top)]
            found += [Ruling(x, bottom, top, across=False) for x in (left, right)]
        if len(found) > _MOST_RULINGS:
            return []
    return found


def _is_stroked(one: pypdfium2.PdfObject) -> bool:
    import ctypes  # noqa: PLC0415 - only for such boxes

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(one.raw, fill, stroke)) and bool(stroke.value)


def ruled_tables(glyphs: Sequence[Glyph], rulings: Sequence[Ruling], page: int) -> tuple[list[PlacedGrid], list[Glyph]]:
    """The tables of a page, and the characters outside them."""
    tables: list[PlacedGrid] = []
    rest = list(glyphs)
    for group in _groups(rulings):
        placed = _table(group, rest, page)
        if placed:
            table, inside = placed
            tables.append(table)
            rest = [glyph for at, glyph in enumerate(rest) if at not in inside]
    return tables, rest


def _groups(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Rulings that touch: each group is a table."""
    parent = list(range(len(rulings)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    rows = [at for at, one in enumerate(rulings) if one.across]
    columns = [at for at, one in enumerate(rulings) if not one.across]
    if len(rows) > _MOST_LINES * 10 or len(columns) > _MOST_LINES * 10:
        return []
    for row in rows:
        for column in columns:
            across, down = rulings[row], rulings[column]
            if (
                across.start - _NEAR <= down.at <= across.end + _NEAR
                and down.start - _NEAR <= across.at <= down.end + _NEAR
            ):  # fmt: skip
                parent[root(row)] = root(column)
    groups: dict[int, list[Ruling]] = {}
    for at, one in enumerate(rulings):
        groups.setdefault(root(at), []).append(one)
    return [
        group for group in groups.values() if sum(one.across for one in group) > 1 and sum(not one.across for one in group) > 1
    ]


def _table(group: list[Ruling], glyphs: Sequence[Glyph], page: int) -> tuple[PlacedGrid, set[int]] | None:
    ys = sorted(_places(one.at for one in group if one.across), reverse=True)
    xs = sorted(_places(one.at for one in group if not one.across))
    if len(ys) < 2 or len(xs) < 3 or len(ys) > _MOST_LINES or len(xs) > _MOST_LINES:  # noqa: PLR2004 - a row of two cells at least
        return None
    boxes = _merged(group, xs, ys)
    texts: dict[tuple[int, int], list[Glyph]] = {}
    inside: set[int] = set()
    for at, glyph in enumerate(glyphs):
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        column = next((number for number in range(len(xs) - 1) if xs[number] <= x < xs[number + 1]), None)
        row = next((number for number in range(len(ys) - 1) if ys[number + 1] <= y < ys[number]), None)
        if row is not None and column is not None:
            inside.add(at)
            texts.setdefault(boxes[row, column], []).append(glyph)
    cells = []
    lines: dict[tuple[int, int], list[PdfLine]] = {}
    for first in sorted(set(boxes.values())):
        spanned = [at for at, box in boxes.items() if box == first]
        down = max(row for row, _ in spanned) - first[0] + 1
        across = max(column for _, column in spanned) - first[1] + 1
        row, column = first[0] + 1, first[1] + 1
        words = lines[row, column] = make_lines(texts.get(first, []))
        cells.append(Cell(row, column, text_of(words, xs, first[1], across), down, across))
    return PlacedGrid(Grid(tuple(cells), page), ys[0], ys[-1], xs, lines), inside


def _places(values: object) -> list[float]:
    found: list[float] = []
    for value in sorted(values):  # type: ignore[call-overload]
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _merged(group: list[Ruling], xs: list[float], ys: list[float]) -> dict[tuple[int, int], tuple[int, int]]:
    """Every box of the grid -> the top-left box of the cell it belongs to."""
    boxes: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            first = row, column
            middle_y, middle_x = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
            if column and not _ruled(group, across=False, at=xs[column], through=middle_y):
                first = boxes[row, column - 1]
            elif row and not _ruled(group, across=True, at=ys[row], through=middle_x):
                first = boxes[row - 1, column]
            boxes[row, column] = first
    return boxes


def _ruled(group: list[Ruling], *, across: bool, at: float, through: float) -> bool:
    return any(one.across is across and abs(one.at - at) <= _NEAR and one.start - 1 <= through <= one.end + 1 for one in group)


def text_of(lines: Sequence[PdfLine], xs: Sequence[float], column: int, across: int) -> str:
    """The text of a cell: a line goes on in the next where what that begins with had no room in it."""
    padding = min((line.left - xs[column] for line in lines), default=0.0)
    edge = xs[column + across] - min(max(padding, _PADDING[0]), _PADDING[1])
    parts: list[str] = []
    for above, line in zip([None, *lines], lines, strict=False):
        full = above is not None and edge - above.right < first_chunk(line) + _SLACK * line.size
        behind_end = above is not None and above.text[-1:] in "。；;：:"
        begins = begins_with_label(line.text) or (behind_end and begins_something(line.text))
        if above is not None and full and not begins:
            parts.append(line.text)
        else:
            parts += ["\n" if parts else "", line.text]
    return "".join(parts)
