"""The two workbooks of a keeping: the one in which the office worked, and the new one that takes its place."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.keeping.colours import Colours
from rectify_xl.keeping.looks import Looks, Repainter
from rectify_xl.ooxml.cells import SharedStrings, is_blank, is_marked, rich_text, shared_strings, text_of
from rectify_xl.ooxml.comments import Comments
from rectify_xl.ooxml.grafting import TransitionalPackage
from rectify_xl.ooxml.sheet_part import SheetPart
from rectify_xl.ooxml.style_transfer import StyleTransfer
from rectify_xl.ooxml.styles import Styles
from rectify_xl.ooxml.workbook_part import WorkbookPart
from rectify_xl.ooxml.xml_text import whole_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.ooxml.package import Package
    from rectify_xl.ooxml.xml_tree import Node

_FONT = "宋体"  # of a workbook that has none
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of no time zone
_LAST_DAY = 2_958_466


class Book:
    """One workbook, its parts read on demand and once; ``ours``: written by this very run."""

    def __init__(self, content: bytes, *, ours: bool = False) -> None:
        self._content, self._ours = content, ours
        self.package = TransitionalPackage(io.BytesIO(content))
        self.workbook = WorkbookPart(self.package)
        self.part = self.workbook.part
        self.entries = {entry.name: entry for entry in self.workbook.sheets()}
        self._sheets: dict[str, SheetPart] = {}
        self._comments: dict[str, Comments] = {}

    @cached_property
    def styles(self) -> Styles:
        """The cell styles."""
        part = self.package.related(self.part, "styles")
        return Styles(self.package.read(part) if part else b"<styleSheet/>", font=_FONT)

    @cached_property
    def looks(self) -> Looks:
        """What the cell styles show."""
        return Looks(self.styles, self._colours)

    @cached_property
    def _colours(self) -> Colours:
        theme = self.package.related(self.part, "theme")
        palette = self.styles.root.find("colors", "indexedColors")
        return Colours(self.package.read(theme) if theme else b"", palette)

    @cached_property
    def strings(self) -> SharedStrings:
        """The shared strings."""
        part = self.package.related(self.part, "sharedStrings")
        return shared_strings(self.package.read(part)) if part else SharedStrings()

    @cached_property
    def marked_texts(self) -> frozenset[int]:
        """The shared strings of which somebody marked some words."""
        return self.strings.like(is_marked)

    def sheet(self, name: str) -> SheetPart:
        """A worksheet by name."""
        if name not in self._sheets:
            part = self.entries[name].part
            self._sheets[name] = SheetPart(part, self.package.read(part), ours=self._ours)
        return self._sheets[name]

    def colour(self, node: Node | None) -> str:
        """The value of a colour of this workbook; see :class:`Colours`."""
        return self._colours.value(node)

    def cell(self, name: str, row: int, column: int) -> Node | None:
        """A cell's element, to be read and not edited; None where there is none."""
        return self.sheet(name).rows.look(row, column)

    def text(self, name: str, row: int, column: int) -> str:
        """What a cell shows, as far as our own number formats go; "" for a blank one."""
        cell = self.cell(name, row, column)
        if cell is None or is_blank(cell):
            return ""
        rich, value = rich_text(cell, self.strings), cell.find("v")
        if rich is not None:
            return text_of(rich)
        text = value.text if value is not None else ""
        number = None if cell.get("t", "n") != "n" else _number(text)
        return text if number is None else _shown(number, str(self.looks.of(whole_number(cell.get("s")) or 0)["format"]))

    def kind_of(self, name: str) -> str:
        """The last word of the relation that leads to a sheet: worksheet, chartsheet …; "" for one that is not there."""
        part = self.entries[name].part
        return self._kinds.get(part, "").rpartition("/")[2] if part in self.package else ""

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """The kind of the first relation that leads to each part; asked of a workbook whose sheets stay those that they are."""
        return {one.target: one.kind for one in reversed(list(self.package.relations(self.part)))}

    def comments(self, name: str) -> Comments:
        """The comments of a worksheet."""
        if name not in self._comments:
            self._comments[name] = Comments(self.package, self.sheet(name), self.part, font=_FONT)
        return self._comments[name]

    def content(self, seal: Callable[[Package], None]) -> bytes:
        """The workbook as bytes, with everything that was edited; ``seal`` is given the package at the end."""
        for comments in self._comments.values():
            comments.save()
        part = self.package.related(self.part, "styles")
        for name, sheet in self._sheets.items():
            self._write(self.entries[name].part, sheet.join())
        if part and "styles" in self.__dict__:
            self._write(part, self.styles.join())
        self.workbook.save()
        if not self.package.changed:
            return self._content
        seal(self.package)
        target = io.BytesIO()
        self.package.save(target)
        return target.getvalue()

    def _write(self, part: str, data: bytes) -> None:
        if data != self.package.read(part):
            self.package.write(part, data)


class Books:
    """The old workbook, and the new one with what carries styles over."""

    def __init__(self, old: Book, new: bytes) -> None:
        self.old = old
        self.new = Book(new, ours=True)
        self.transfer = StyleTransfer(old.styles, self.new.styles)
        self.repainter = Repainter(old.looks, self.new.styles)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _shown(number: float, code: str) -> str:
    """A number under a number format."""
    if "%" in code:
        return f"{number * 100:.10g}%"
    if "yy" in code and 0 < number < _LAST_DAY:
        return (_DAY_ZERO + timedelta(days=number)).date().isoformat()
    return f"{number:.15g}"
