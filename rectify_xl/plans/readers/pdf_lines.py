"""Characters on pages -> lines -> paragraphs: a line that reaches the right margin goes on in the next."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from rectify_xl.plans.document import Line, fold
from rectify_xl.plans.labels import hits_in
from rectify_xl.plans.numbering import enumerator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rectify_xl.plans.readers.pdf_page import Glyph, PlacedGrid
    from rectify_xl.plans.source import Grid

_PAGE_NUMBER = re.compile(r"^[\s\-—–·]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*\d{1,4}\s*页?)?[\s\-—–·]*$")
_SAME_LINE = 0.5  # of a character's height
# Gaps, in widths of a character, that are blanks; programs put a narrow one between Chinese and Latin signs of their own.
_GAP, _GAP_OF_HAN = 0.42, 0.2
# What may not be torn at the end of a line: a character or a number with the punctuation around it.
_CHUNK = re.compile(
    r"^[“‘《〈「『〔（(【\[]*(?:[A-Za-z0-9.,%/:~_-]+|.)[，。、；：！？”’》〉」』〕）)】\],.;:!?%]*(?:(?<=[\w〕）)\]、，])[A-Za-z0-9]+[，。、；：]*)*"
)
_HANGING = "，。、；：！？”’》〉」』〕）】],.;:!?)"
_SLACK = 0.4  # characters
_FEW_LINES = 3
_EDGE = 0.1  # of the page's height
_IS_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"[。；;：:！？”）)]\s*$")
_REPEATED = 3
_FAR = 4.0  # characters
_WIDE_GAP = 1.5  # of the usual distance of lines
_TAIL = 300
_LEAST_FILLED = 0.8  # of the width between even margins


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line: its text, edges, height on the page and the width of its characters.

    ``inner`` is the right edge without closing punctuation, which may hang over the margin.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    inner: float


@dataclass(slots=True)
class PageLines:
    """The lines and tables of a page, from top to bottom."""

    number: int
    width: float
    height: float
    items: list[PdfLine | PlacedGrid] = field(default_factory=list)


def page_lines(glyphs: Sequence[Glyph], tables: Sequence[PlacedGrid], number: int, size: tuple[float, float]) -> PageLines:
    """Order a page."""
    lines = make_lines(glyphs)
    items: list[PdfLine | PlacedGrid] = [*lines, *tables]
    items.sort(key=lambda item: -(item.y if isinstance(item, PdfLine) else item.top))
    return PageLines(number, *size, items)


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


def join_paragraphs(pages: Sequence[PageLines]) -> tuple[list[tuple[str, int] | Grid], list[str]]:
    """Paragraphs as (text, page) and tables in order; page numbers and running heads apart."""
    running = _running(pages)
    blocks: list[tuple[str, int] | Grid] = []
    left_out: list[str] = []
    lines = [item for page in pages for item in page.items if isinstance(item, PdfLine)]
    begins = _margin([round(line.left) for line in lines])
    ends = _right_margin(lines, begins, max((page.width for page in pages), default=0.0))
    pitch = _pitch(pages)
    last: PdfLine | None = None
    for page in pages:
        for item in page.items:
            if not isinstance(item, PdfLine):
                blocks.append(item.grid)
                last = None
                continue
            if _at_edge(item, page) and (_PAGE_NUMBER.match(item.text) or item.text in running):
                left_out.append(item.text)
                continue
            if (
                last is not None
                and blocks
                and isinstance(blocks[-1], tuple)
                and _goes_on(last, item, begins, ends)
                and not _is_apart(last, item, pitch)
                and not _stops(blocks[-1][0], item)
            ):
                text, number = blocks[-1]
                blocks[-1] = text + _joint(text, item.text) + item.text, number
            else:
                blocks.append((item.text, page.number))
            last = item
    return blocks, left_out


def _margin(lefts: list[int]) -> float:
    """Where most lines begin, or the leftmost of the common places."""
    counts = Counter(lefts)
    many = max(counts.values(), default=0)
    return min((place for place, count in counts.items() if count * 5 >= many), default=0)


def _right_margin(lines: Sequence[PdfLine], begins: float, width: float) -> float:
    """How far lines reach: as far as several of them do, since a single one may hang over.

    Where all lines are short none is full: then the margin is as wide as the left one.
    """
    even = width - begins
    rights = sorted((line.inner for line in lines), reverse=True)
    for at, right in enumerate(rights):
        near = rights[at : at + _FEW_LINES]
        if len(near) == _FEW_LINES and right - near[-1] < lines[0].size:
            return right if right - begins > _LEAST_FILLED * (even - begins) else even
    return max([even, *rights[:1]])


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


def _is_open(text: str) -> bool:
    """Whether a bracket is still open: then no paragraph ends."""
    tail = fold(text[-_TAIL:])
    return tail.count("(") > tail.count(")")


def _goes_on(last: PdfLine, line: PdfLine, begins: float, ends: float) -> bool:
    if ends - last.right > first_chunk(line) + _SLACK * line.size or line.left - begins > 0.8 * line.size:
        return False
    return abs(last.size - line.size) <= 0.25 * max(last.size, line.size)


def _is_apart(last: PdfLine, line: PdfLine, pitch: float) -> bool:
    """Whether a wide gap is between two lines of one page."""
    return bool(pitch) and last.y - line.y > _WIDE_GAP * pitch


def _stops(text: str, line: PdfLine) -> bool:
    """Whether a paragraph that fills its last line ends there: the next one begins with a number or a label."""
    return bool(_SENTENCE_END.search(text)) and not _is_open(text) and begins_something(line.text)


def begins_something(text: str) -> bool:
    """Whether a line begins with a number or a label."""
    return enumerator(fold(text)) is not None or any(not hit.start for hit in hits_in(0, Line(text, 0, 0)))


def _joint(above: str, below: str) -> str:
    """Latin words keep a blank between lines."""
    return " " if above[-1:].isascii() and above[-1:].isalpha() and below[:1].isascii() and below[:1].isalpha() else ""


def _at_edge(line: PdfLine, page: PageLines) -> bool:
    return line.y < _EDGE * page.height or line.y > (1 - _EDGE) * page.height


def _running(pages: Sequence[PageLines]) -> frozenset[str]:
    """Texts that stand at the edge of most pages."""
    counts = Counter(
        item.text for page in pages for item in page.items if isinstance(item, PdfLine) and _at_edge(item, page)
    )  # fmt: skip
    return frozenset(text for text, count in counts.items() if count >= max(_REPEATED, len(pages) * 0.5))
