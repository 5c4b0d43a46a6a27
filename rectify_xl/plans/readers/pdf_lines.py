"""Characters on pages -> lines -> paragraphs: a line that reaches the right margin goes on in the next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.plans.document import fold
from rectify_xl.plans.numbering import enumerator
from rectify_xl.plans.readers.line_breaks import SENTENCE_END, begins_something, stops
from rectify_xl.plans.readers.pdf_page import PdfLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rectify_xl.plans.readers.pdf_page import Glyph, PlacedGrid
    from rectify_xl.plans.source import Grid

_SAME_LINE = 0.5  # of a character's height
# Gaps, in widths of a character, that are blanks; programs put a narrow one between Chinese and Latin signs of their own.
_GAP, _GAP_OF_HAN = 0.42, 0.2
# What may not be torn at the end of a line: a character or a number with the punctuation around it. Quotation marks, which some
# programs take for those of Latin texts, hold what stands on either side, a closing mark the figure behind it.
_CHUNK = LazyPattern(
    r"^[“‘《〈「『〔（(【\[]*(?:[A-Za-z0-9.,%/:~_-]+|.)[，。、；：！？”’》〉」』〕）)】\],.;:!?%]*"
    r"(?:(?<=[\w〕）)\]、，。；：！？”])[A-Za-z0-9][A-Za-z0-9.]*[，。、；：]*|[“‘][^\s“”‘’]?|(?<=[”’])[^\s“”‘’])*"
)
_HANGING = "，。、；：！？”’》〉」』〕）】],.;:!?)"
_SLACK = 0.4  # characters
_FEW_LINES = 3
_IS_HAN = LazyPattern(r"[\u3400-\u9fff]")
_FAR = 4.0  # characters
_WIDE_GAP = 1.5  # of the usual distance of lines
_INDENT = 0.8  # characters
_BULLET = LazyPattern(r"[\uf000-\uf0ff•●○■□◆◇▪➢➤-]\s*")
_NEARLY = 1.6  # characters
_LEAST_TORN, _SHARE_TORN = 6, 4
_RARELY = 10  # one line of so many may reach over a margin
_LEAST_FILLED = 0.8  # of the width between even margins


@dataclass(slots=True)
class PageLines:
    """The lines and tables of a page, from top to bottom."""

    number: int
    width: float
    height: float
    items: list[PdfLine | PlacedGrid] = field(default_factory=list)
    in_columns: bool = False

    @property
    def layout(self) -> tuple[bool, int]:
        """What pages with the same margins share: all columns of a document are as wide."""
        return self.in_columns, 0 if self.in_columns else round(self.width)


def page_lines(
    glyphs: Sequence[Glyph], tables: Sequence[PlacedGrid], number: int, size: tuple[float, float], *, in_columns: bool = False
) -> PageLines:
    """Order a page."""
    lines = make_lines(glyphs)
    items: list[PdfLine | PlacedGrid] = [*lines, *tables]
    items.sort(key=lambda item: -(item.y if isinstance(item, PdfLine) else item.top))
    return PageLines(number, *size, items, in_columns)


def make_lines(glyphs: Iterable[Glyph]) -> list[PdfLine]:
    """Characters at one height are a line; wide gaps become blanks."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-(one.top + one.bottom) / 2, one.left)):
        middle = (glyph.top + glyph.bottom) / 2
        if rows:
            last = rows[-1][0]
            height = max(last.top - last.bottom, glyph.top - glyph.bottom)
            if abs((last.top + last.bottom) / 2 - middle) < _SAME_LINE * height:
                rows[-1].append(glyph)
                continue
        rows.append([glyph])
    return [line for row in rows if (line := _line(sorted(row, key=lambda one: one.left))).text]


def _line(row: list[Glyph]) -> PdfLine:
    size = median(glyph.top - glyph.bottom for glyph in row) or 1.0
    wide = median([glyph.right - glyph.left for glyph in row if glyph.text > "\u2e7f"] or [size])
    parts: list[str] = []
    end: float | None = None
    for glyph in row:
        if (
            end is not None
            and parts[-1] != " "
            and glyph.text != " "
            and glyph.left - end > _least_gap(parts[-1], glyph.text) * wide
        ):
            parts.append(" ")
        parts.append(glyph.text)
        end = max(end or glyph.right, glyph.right)
    shown = [glyph for glyph in row if glyph.text.strip()] or row
    text = "".join(parts).strip()
    right = max(one.right for one in shown)
    inner = max((one.right for one in shown if one.text not in _HANGING), default=right)
    return PdfLine(text, shown[0].left, right, (row[0].top + row[0].bottom) / 2, wide, inner)


def _least_gap(above: str, below: str) -> float:
    return _GAP_OF_HAN if _IS_HAN.match(above) and _IS_HAN.match(below) else _GAP


def join_paragraphs(pages: Sequence[PageLines]) -> list[tuple[str, int] | Grid]:
    """Paragraphs as (text, page) and tables in order."""
    blocks: list[tuple[str, int] | Grid] = []
    margins = _margins(pages)
    pitch = _pitch(pages)
    last = first = None  # the line above, and that with which its paragraph began
    for page in pages:
        begins, ends = margins[page.layout]
        for item in page.items:
            if not isinstance(item, PdfLine):
                blocks.append(item.grid)
                last = None
                continue
            if (
                last is not None
                and first is not None
                and blocks
                and isinstance(blocks[-1], tuple)
                and (_goes_on(last, item, begins, ends) or _hangs(blocks[-1][0], first, last, item, ends))
                and not _is_apart(last, item, pitch)
                and not stops(blocks[-1][0], item.text)
            ):
                text, number = blocks[-1]
                blocks[-1] = text + _joint(text, item.text) + item.text, number
            else:
                blocks.append((item.text, page.number))
                first = item
            last = item
    return blocks


def _margins(pages: Sequence[PageLines]) -> dict[tuple[bool, int], tuple[float, float]]:
    """Layout -> where its lines begin and end."""
    columns = [item.inner for page in pages if page.in_columns for item in page.items if isinstance(item, PdfLine)]
    for page in pages:  # the last page of columns, of which only the first has text
        page.in_columns = page.in_columns or (bool(columns) and _ends_before(page, max(columns)))
    found: dict[tuple[bool, int], tuple[float, float]] = {}
    for layout in {page.layout for page in pages}:
        alike = [page for page in pages if page.layout == layout]
        lines = [item for page in alike for item in page.items if isinstance(item, PdfLine)]
        begins = _margin([round(line.left) for line in lines])
        found[layout] = begins, _right_margin(lines, begins, max(page.width for page in alike))
    return found


def _ends_before(page: PageLines, right: float) -> bool:
    return all(isinstance(item, PdfLine) and item.inner < right + item.size for item in page.items)


def _margin(lefts: list[int]) -> float:
    """Where most lines begin, or the leftmost of the common places."""
    counts = Counter(lefts)
    many = max(counts.values(), default=0)
    return min((place for place, count in counts.items() if count * 5 >= many), default=0)


def _right_margin(lines: Sequence[PdfLine], begins: float, width: float) -> float:
    """How far lines reach: as far as several of them do, since a single one may hang over.

    Where all lines are short none is full: then the margin is as wide as the left one. But where most of the short ones go on
    below, they fill a column beside which nothing stands.
    """
    even = width - begins
    rights = sorted((line.inner for line in lines), reverse=True)
    for at, right in enumerate(rights):
        near = rights[at : at + _FEW_LINES]
        if len(near) == _FEW_LINES and right - near[-1] < lines[0].size:
            wide = right - begins > _LEAST_FILLED * (even - begins)
            return right if wide or (at * _RARELY <= len(lines) and _is_column(lines, right)) else even
    return max([even, *rights[:1]])


def _is_column(lines: Sequence[PdfLine], right: float) -> bool:
    full = [(line, below) for line, below in pairwise(lines) if right - line.inner < _NEARLY * line.size]
    torn = sum(not SENTENCE_END.search(line.text) and not begins_something(below.text) for line, below in full)
    return torn >= _LEAST_TORN and _SHARE_TORN * torn >= len(lines)


def first_chunk(line: PdfLine) -> float:
    """The width of what had to go to the next line together."""
    found = _CHUNK.match(line.text)
    return sum(line.size * (1.0 if sign > "\u2000" else 0.55) for sign in found[0]) if found else line.size


def _pitch(pages: Sequence[PageLines]) -> float:
    """The usual distance of lines."""
    distances = [
        above.y - below.y
        for page in pages
        for above, below in pairwise(page.items)
        if isinstance(above, PdfLine) and isinstance(below, PdfLine) and 0 < above.y - below.y < _FAR * above.size
    ]
    return median(distances) if distances else 0.0


def _goes_on(last: PdfLine, line: PdfLine, begins: float, ends: float) -> bool:
    return _is_full(last, line, ends) and line.left - begins <= _INDENT * line.size


def _is_full(last: PdfLine, line: PdfLine, ends: float) -> bool:
    """Whether what a line begins with had no room in the line above, which is of the same size."""
    room = ends - last.right <= first_chunk(line) + _SLACK * line.size
    return room and abs(last.size - line.size) <= 0.25 * max(last.size, line.size)


def _hangs(text: str, first: PdfLine, last: PdfLine, line: PdfLine, ends: float) -> bool:
    """Whether a line goes on with an item of a list, whose lines stand further right than its bullet or number."""
    if SENTENCE_END.search(text) or not (_BULLET.match(first.text) or enumerator(fold(first.text))):
        return False
    inward = line.left - first.left if last is first else abs(line.left - last.left)
    return _is_full(last, line, ends) and (inward > _SLACK * line.size if last is first else inward < 1)


def _is_apart(last: PdfLine, line: PdfLine, pitch: float) -> bool:
    """Whether a wide gap is between two lines of one page."""
    return bool(pitch) and last.y - line.y > _WIDE_GAP * pitch


def _joint(above: str, below: str) -> str:
    """Latin words keep a blank between lines."""
    return " " if above[-1:].isascii() and above[-1:].isalpha() and below[:1].isascii() and below[:1].isalpha() else ""
