"""What every reader of a document hands over: paragraphs and tables in reading order, without any meaning."""

from __future__ import annotations

from dataclasses import dataclass, field

from rectify_xl.common.i18n import Text
from rectify_xl.intake.refusal import Refused

# A plan of 200 printed pages has 200,000 characters; a document beyond these is a bomb, or no plan.
MOST_CHARACTERS = 3_000_000
MOST_BLOCKS = 60_000
MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a line of a text file; ``number`` is the one that the program shows before it, no text of the file.

    ``lines`` is how many lines of a text file it was made of.
    """

    text: str
    page: int | None = None
    number: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, 1-based; ``down`` and ``across`` are how many rows and columns it spans."""

    row: int
    column: int
    text: str
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells with text, from left to right and from top to bottom.

    ``page`` is where it begins; ``pages`` are (row, page) where it goes on over pages.
    """

    cells: tuple[Cell, ...]
    page: int | None = None
    pages: tuple[tuple[int, int], ...] = ()

    def page_of(self, row: int) -> int | None:
        """The page on which a row begins."""
        return max((one for one in self.pages if one[0] <= row), default=(1, self.page))[1]


@dataclass(slots=True)
class Source:
    """A document as a reader found it.

    Attributes:
        format: txt, docx, html, pdf or the name of a workbook's format.
        blocks: its paragraphs and tables.
        title: what the file calls itself besides (a page's title); never part of the text.
        left_out: what a reader left out as no part of the document, as menus of a page: text by text.
        boxes: the text boxes, one text each; where they stand in the reading order nobody can tell.
        notes: the footnotes and endnotes.
    """

    format: str
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    title: str = ""
    left_out: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _characters: int = 0
    _cells: int = 0

    def add(self, block: Paragraph | Grid) -> None:
        """Append a block.

        Raises:
            Refused: the document is larger than any plan.
        """
        if isinstance(block, Paragraph):
            self._characters += len(block.text)
        else:
            self._cells += len(block.cells)
            self._characters += sum(len(cell.text) for cell in block.cells)
        self.blocks.append(block)
        if self._characters > MOST_CHARACTERS or len(self.blocks) > MOST_BLOCKS or self._cells > MOST_CELLS:
            raise Refused("resource-limit", reason=Text(
                f"文字超过 {MOST_CHARACTERS // 10_000} 万字，或段落、单元格过多，不像整改方案",
                f"more than {MOST_CHARACTERS:,} characters, or too many paragraphs or cells: no plan",
            ))  # fmt: skip
