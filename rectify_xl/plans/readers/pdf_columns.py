"""A page of prose in two columns: its characters column by column, so that no line is made across the gutter."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.plans.readers.pdf_page import Glyph

_FROM, _TO = 0.4, 0.6  # where a gutter may be, of the page's width
_STEPS = 80
_LEAST_ROWS = 12
_LEAST_FILLED = 0.55  # of a column's width, by its usual line: prose, and no table without rules
_LEAST_WIDE = 0.25  # of the page
_GUTTER = 1.6  # characters
_ABOVE = 0.12  # of the rows may cross the gutter: a title, a page number


def columns_of(glyphs: Sequence[Glyph], width: float) -> tuple[list[list[Glyph]], float]:
    """A title over both, the left column, the right one moved to where the left one stands, a page number; else all in one.

    Beside them how wide a page of one such column would be, with even margins.
    """
    signs = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if len(signs) < _LEAST_ROWS:
        return [list(glyphs)], width
    size = median(glyph.top - glyph.bottom for glyph in signs) or 1.0
    rows: dict[int, list[Glyph]] = {}
    for glyph in signs:
        rows.setdefault(round((glyph.top + glyph.bottom) / 2 / size), []).append(glyph)
    places = [width * (_FROM + (_TO - _FROM) * step / _STEPS) for step in range(_STEPS + 1)]
    crossed = [{at for at, row in rows.items() if _crosses(row, place, size)} for place in places]
    best = min(range(len(places)), key=lambda at: (len(crossed[at]), abs(places[at] - width / 2)))
    place, crossing = places[best], crossed[best]
    sides = [[row for at, row in rows.items() if at not in crossing] for _ in range(2)]
    left = [part for row in sides[0] if (part := [one for one in row if one.right <= place])]
    right = [part for row in sides[1] if (part := [one for one in row if one.left >= place])]
    if len(crossing) > _ABOVE * len(rows) or not (_is_prose(left, width) and _is_prose(right, width)):
        return [list(glyphs)], width
    begins, others = (median(min(one.left for one in row) for row in rows) for rows in (left, right))
    moved = others - begins
    middle = median((one.top + one.bottom) / 2 for one in signs)
    above: list[Glyph] = []
    below: list[Glyph] = []
    first: list[Glyph] = []
    second: list[Glyph] = []
    for glyph in glyphs:
        if round((glyph.top + glyph.bottom) / 2 / size) in crossing:
            (above if glyph.bottom > middle else below).append(glyph)
        elif (glyph.left + glyph.right) / 2 < place:
            first.append(glyph)
        else:
            second.append(replace(glyph, left=glyph.left - moved, right=glyph.right - moved))
    edges = [*(one.right for row in left for one in row), *(one.right - moved for row in right for one in row)]
    return [part for part in (above, first, second, below) if part], max(edges) + begins


def _crosses(row: list[Glyph], place: float, size: float) -> bool:
    """Whether a line goes on over a place: signs lie on it, or close on both sides of it."""
    before = max((one.right for one in row if one.left < place), default=None)
    after = min((one.left for one in row if one.left >= place), default=None)
    if before is not None and before > place:
        return True
    return before is not None and after is not None and after - before < _GUTTER * size


def _is_prose(rows: list[list[Glyph]], width: float) -> bool:
    if len(rows) < _LEAST_ROWS:
        return False
    begin, end = min(one.left for row in rows for one in row), max(one.right for row in rows for one in row)
    lengths = [max(one.right for one in row) - min(one.left for one in row) for row in rows]
    return end - begin >= _LEAST_WIDE * width and median(lengths) >= _LEAST_FILLED * (end - begin)
