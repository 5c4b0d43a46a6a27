"""A document for the layouts: lines and tables over one cleaned text, every place in it traceable to the original."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rectify_xl.plans.source import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.language.text import Damage
    from rectify_xl.plans.source import Cell, Source

# Full width and half width are one for reading; every sign becomes one sign, so that places survive.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0xA0: " ", 0x2236: ":", 0xFE30: ":", 0xFE55: ":", 0xFE52: ".", 0x3014: "(", 0x3015: ")", ord("\t"): " ",
    0x2003: " ", 0x2002: " ", 0x200B: " ", 0xFEFF: " ", 0xFE54: ";", 0xFE50: ",",
}  # fmt: skip


def fold(text: str) -> str:
    """A text of the same length with half-width punctuation."""
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document. ``start`` is its place in the cleaned text, ``in_cell`` says that cells are read one by one there.

    ``number`` is what Word shows before it, without being part of the text; ``is_label`` says that it stands where labels do.
    """

    text: str
    start: int
    paragraph: int
    page: int | None = None
    in_cell: bool = False
    number: str = ""
    is_label: bool = False

    @property
    def folded(self) -> str:
        """The text with half-width punctuation."""
        return fold(self.text)

    @property
    def is_blank(self) -> bool:
        """Whether it shows nothing."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Value:
    """A text out of a document, and where it stands in the cleaned text."""

    text: str = ""
    start: int = 0
    end: int = 0
    paragraph: int = 0
    page: int | None = None

    def __bool__(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with the place of each cell: (row, column) -> its text and where that begins."""

    grid: Grid
    starts: dict[tuple[int, int], int]
    texts: dict[tuple[int, int], str]
    first: int  # the number of its first row among the paragraphs

    def value(self, cell: Cell) -> Value:
        """A cell's text with its place."""
        at = cell.row, cell.column
        start, text = self.starts[at], self.texts[at]
        return Value(text, start, start + len(text), self.first + cell.row - 1, self.grid.page_of(cell.row))


@dataclass(slots=True)
class Joined:
    """The blocks of a source as one text, with the place of each paragraph and cell."""

    text: str = ""
    paragraphs: list[tuple[int, int]] = field(default_factory=list)  # block by block; of a table that of the whole
    cells: dict[tuple[int, int, int], tuple[int, int]] = field(default_factory=dict)  # block, row, column

    @classmethod
    def of(cls, source: Source) -> Joined:
        """Join: a line break behind every paragraph and row, a tab between cells."""
        found, parts, at = cls(), [], 0
        for number, block in enumerate(source.blocks):
            start = at
            pieces = [(None, block.text)] if isinstance(block, Paragraph) else [(cell, cell.text) for cell in block.cells]
            row = 0
            for cell, text in pieces:
                if cell is not None:
                    gap = "" if not row else "\t" if cell.row == row else "\n"
                    parts.append(gap)
                    at, row = at + len(gap), cell.row
                    found.cells[number, cell.row, cell.column] = at, at + len(text)
                parts.append(text)
                at += len(text)
            found.paragraphs.append((start, at))
            parts.append("\n")
            at += 1
        found.text = "".join(parts)
        return found


class Places:
    """Places of the original in the cleaned text, and back."""

    def __init__(self, repairs: Sequence[Damage]) -> None:
        self._original: list[int] = [0]
        self._clean: list[int] = [0]
        shift = 0
        for damage in repairs:
            if damage.replacement is not None:
                shift += len(damage.replacement) - (damage.end - damage.start)
                self._original.append(damage.end)
                self._clean.append(damage.end + shift)

    def clean(self, at: int) -> int:
        """The place in the cleaned text of one in the original."""
        known = bisect_right(self._original, at) - 1
        found = self._clean[known] + at - self._original[known]
        return min(found, self._clean[known + 1]) if known + 1 < len(self._clean) else found

    def original(self, at: int) -> int:
        """The place in the original of one in the cleaned text."""
        known = bisect_right(self._clean, at) - 1
        found = self._original[known] + at - self._clean[known]
        return min(found, self._original[known + 1]) if known + 1 < len(self._original) else found


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document: its blocks in order, each a line or a table."""

    source: Source
    original: str
    text: str
    places: Places
    damage: tuple[Damage, ...]
    blocks: tuple[Line | TableBlock, ...]

    @property
    def lines(self) -> list[Line]:
        """The lines outside tables."""
        return [block for block in self.blocks if isinstance(block, Line)]

    @property
    def tables(self) -> list[TableBlock]:
        """The tables."""
        return [block for block in self.blocks if isinstance(block, TableBlock)]


def make_blocks(source: Source, joined: Joined, text: str, places: Places) -> tuple[Line | TableBlock, ...]:
    """Lines and tables over the cleaned text."""
    blocks: list[Line | TableBlock] = []
    paragraph = 1
    for number, (block, (start, end)) in enumerate(zip(source.blocks, joined.paragraphs, strict=True)):
        if isinstance(block, Paragraph):
            begin = places.clean(start)
            blocks.append(Line(text[begin : places.clean(end)], begin, paragraph, block.page, number=block.number))
            paragraph += block.lines
            continue
        spans = {
            (cell.row, cell.column): tuple(map(places.clean, joined.cells[number, cell.row, cell.column])) for cell in block.cells
        }
        starts = {at: span[0] for at, span in spans.items()}
        texts = {at: text[span[0] : span[1]] for at, span in spans.items()}
        blocks.append(TableBlock(block, starts, texts, paragraph))
        paragraph += max((cell.row for cell in block.cells), default=0)
    return tuple(blocks)
