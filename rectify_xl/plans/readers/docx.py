"""Word documents as packages: paragraphs with the numbers that Word shows, and tables with merged cells."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.common.figures import whole_number
from rectify_xl.intake.readers.xml_stream import Handler, open_package, parse
from rectify_xl.plans.readers.word_asides import Boxes, notes_of
from rectify_xl.plans.readers.word_numbers import Numbering
from rectify_xl.plans.source import Cell, Grid, Paragraph, Source

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.readers.xml_stream import Package

_MAIN = "word/document.xml"
_MOST_SPAN = 64
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "txbxContent", "Fallback", "footnoteReference"})


def read(path: Path) -> Source:
    """Read the file.

    Raises:
        Refused: it is damaged, encrypted or too large.
    """
    with open_package(path) as package:
        part = _MAIN if _MAIN in package else next(iter(_main_parts(package)), _MAIN)
        body = _Body(Numbering(package))
        parse(package.chunks(part), body)
        body.source.boxes = body.boxes.texts
        body.source.notes = list(notes_of(package))
    return body.source


def _main_parts(package: Package) -> list[str]:
    return sorted(name for name in package.under("word/document") if name.endswith(".xml"))


class _Table:
    """A table being read; the cells of one that stands in a cell belong to that cell's text."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.open: dict[int, tuple[int, int]] = {}  # column -> the cell that is merged downwards there
        self.row = 0
        self.column = 0
        self.span, self.merge = 1, ""
        self.texts: list[str] = []

    def close_cell(self) -> None:
        text, at = "\n".join(self.texts).strip("\n"), (self.row, self.column)
        above = self.open.get(self.column)
        if self.merge == "continue" and above is not None:
            one = self.cells[above]
            joined = "\n".join(filter(None, (one.text, text)))
            self.cells[above] = Cell(one.row, one.column, joined, self.row - one.row + 1, one.across)
        else:
            self.cells[at] = Cell(self.row, self.column, text, 1, self.span)
            self.open.pop(self.column, None)
            if self.merge:
                self.open[self.column] = at
        self.column += self.span


class _Body(Handler):
    """Paragraphs and tables in reading order."""

    def __init__(self, numbering: Numbering) -> None:
        self.source = Source("docx")
        self.boxes = Boxes()
        self._numbering = numbering
        self._tables: list[_Table] = []
        self._parts: list[str] = []
        self._skipped = 0
        self._in_text = self._in_paragraph_properties = False
        self._style = self._list = self._level = ""
        self._depth: dict[str, int] = defaultdict(int)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.boxes.start(name)
        if name in _SKIPPED:
            self._skipped += 1
        elif name == "t":
            self._in_text = not self._skipped or self.boxes.is_open
        elif self._skipped:
            return  # the paragraphs of a box within a paragraph, above all
        elif name in ("tab", "br", "cr") and not self._in_paragraph_properties:
            self._parts.append("\t" if name == "tab" else "\n")
        elif name == "noBreakHyphen":
            self._parts.append("-")
        else:
            self._structure(name, _value(attributes))

    def _structure(self, name: str, value: str) -> None:
        if name == "p":
            self._parts, self._style, self._list, self._level = [], "", "", ""
        elif name == "pPr":
            self._in_paragraph_properties = True
        elif name == "pStyle":
            self._style = value
        elif name == "numId" and self._in_paragraph_properties:
            self._list = value
        elif name == "ilvl" and self._in_paragraph_properties:
            self._level = value
        elif name == "tbl":
            self._tables.append(_Table())
        elif self._tables:
            self._cell(name, value)

    def _cell(self, name: str, value: str) -> None:
        table = self._tables[-1]
        if name == "tr":
            table.row, table.column = table.row + 1, 1
        elif name == "gridBefore":
            table.column += min(whole_number(value) or 0, _MOST_SPAN)
        elif name == "tc":
            table.span, table.merge, table.texts = 1, "", []
        elif name == "gridSpan":
            table.span = max(1, min(whole_number(value) or 1, _MOST_SPAN))
        elif name == "vMerge":
            table.merge = value or "continue"

    def end(self, name: str) -> None:
        """An element ends."""
        self.boxes.end(name)
        if name in _SKIPPED:
            self._skipped -= 1
        elif name == "t":
            self._in_text = False
        elif self._skipped:
            return
        elif name == "pPr":
            self._in_paragraph_properties = False
        elif name == "p":
            self._close_paragraph()
        elif name == "tc" and self._tables:
            self._tables[-1].close_cell()
        elif name == "tbl" and self._tables:
            self._close_table(self._tables.pop())

    def text(self, text: str) -> None:
        """Character data."""
        if self._in_text and self._skipped:
            self.boxes.add(text)
        elif self._in_text:
            self._parts.append(text)

    def _close_paragraph(self) -> None:
        number = self._numbering.next(self._style, self._list, self._level)
        text = "".join(self._parts)
        self._parts = []
        if self._tables:
            self._tables[-1].texts.append(number + text)
            return
        for at, line in enumerate(text.split("\n")):
            self.source.add(Paragraph(line, number=number if not at and line.strip() else ""))

    def _close_table(self, table: _Table) -> None:
        if self._tables:
            words = (cell.text for cell in table.cells.values() if cell.text.strip())
            self._tables[-1].texts.extend(words)
        elif table.cells:
            self.source.add(Grid(tuple(table.cells.values())))


def _value(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.rpartition(":")[2] == "val"), "")
