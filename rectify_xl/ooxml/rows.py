"""The rows of a worksheet: there may be millions, and only those that are asked for are parsed."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.ooxml.row_positions import RowPositions
from rectify_xl.ooxml.xml_text import Unsupported
from rectify_xl.ooxml.xml_tree import Node, element, parse

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

_UNKNOWN = -1
_LAST_COLUMN = 16_384
_STYLED = re.compile(rb"<(?:[\w.-]+:)?c\s[^<>]*\bs\s*=[^<>]*>")
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
_SHARED_TEXT = re.compile(rb"<(?:[\w.-]+:)?c(\s[^<>]*\bt=\"s\"[^<>]*)><(?:[\w.-]+:)?v>(\d{1,9})<")
_OWN_RUNS = re.compile(rb"<(?:[\w.-]+:)?c(\s[^<>]*)><(?:[\w.-]+:)?is><(?:[\w.-]+:)?r>")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c\s[^<>]*>")
_STYLE_OR_ADDRESS = re.compile(rb"\s(r|s)\s*=\s*[\"']([A-Z]{1,3}\d{1,7}|\d{1,7})[\"']")
# As nearly all programs write a cell: its address, its style, its type.
_USUAL_CELL = re.compile(rb"<c r=\"([A-Z]{1,3})\d{1,7}\"(?: s=\"(\d{1,7})\")?(?: t=\"\w+\")?/?>")


@dataclass
class Row:
    """A parsed row; ``cells`` by column, the last one where an address occurs twice. No cell stands to the right of ``last``."""

    node: Node
    number: int
    cells: dict[int, Node]
    last: int = field(init=False)

    def __post_init__(self) -> None:
        """Find the last column."""
        self.last = max(self.cells, default=0)


class Rows:
    """The content of ``sheetData`` as bytes, and the rows that were parsed."""

    def __init__(self, raw: bytes, prefix: str) -> None:
        self._raw = raw
        self._prefix = prefix
        self._at = RowPositions(raw, prefix)
        self._parsed: dict[int, Row] = {}
        self._new: dict[int, Row] = {}
        self._attributes: dict[int, Mapping[str, str]] = {}
        self._known_styles: dict[tuple[tuple[bytes, bytes], ...], dict[int, int]] = {}
        self._styles: dict[int, dict[int, int]] = {}
        self._looked = 0  # where the last look found its cell

    def numbers(self) -> Iterator[int]:
        """The numbers of all rows that are there."""
        yield from self._at.numbers
        yield from self._new

    def filled(self) -> Iterator[int]:
        """The numbers of the rows that the part had, without those of which it shows that all their cells are empty."""
        return self._at.filled()

    def get(self, number: int) -> Row | None:
        """A row, parsed; None when there is none."""
        if number in self._new:
            return self._new[number]
        index = self._at.index(number)
        if index is None:
            return None
        if index not in self._parsed:
            node, *others = parse(self._at.content(index))
            if others or not isinstance(node, Node):
                raise Unsupported("unbalanced-rows")
            self._parsed[index] = Row(node, number, _cells(node))
        return self._parsed[index]

    def start(self, number: int) -> Node | None:
        """The start tag of a row, whose cells need not be parsed for it; None when there is none."""
        if number in self._new:
            return self._new[number].node
        index = self._at.index(number)
        if index is None or index in self._parsed:
            return None if index is None else self._parsed[index].node
        return Node(self._raw[self._at.starts[index] : self._raw.find(b">", self._at.starts[index]) + 1])

    def attributes(self, number: int) -> Mapping[str, str]:
        """The attributes of a row, as the part had them; none of a row that is not there."""
        if number not in self._attributes:
            tag = self.start(number)
            self._attributes[number] = tag.attributes if tag else {}
        return self._attributes[number]

    def get_or_add(self, number: int) -> Row:
        """A row, added where there is none."""
        row = self.get(number)
        if row is None:
            row = Row(element(f"{self._prefix}row", {"r": number}), number, {})
            self._new[number] = row
        return row

    def cell(self, row: int, column: int) -> Node | None:
        """A cell's element; None when there is none."""
        found = self.get(row)
        return found.cells.get(column) if found else None

    def look(self, row: int, column: int) -> Node | None:
        """A cell to be read and not edited; its row is not parsed for it, which is many times faster."""
        index = self._at.index(row) if self._at.is_plain and row not in self._new else None
        if index is None or index in self._parsed:
            return self.cell(row, column)
        end, tag = self._at.end(index), b"<" + self._prefix.encode() + b"c"
        address = self._address(index, b' r="' + a1(row, column).encode() + b'"', end)
        begin, tag_end = self._raw.rfind(b"<", 0, max(0, address)), self._raw.find(b">", address) + 1
        if address < 0 or not self._raw.startswith(tag, begin):  # none, or a text that says the same
            return self.cell(row, column)
        if not self._raw.endswith(b"/>", begin, tag_end):
            tag_end = self._raw.find(b">", self._raw.find(b"</" + tag[1:], tag_end, end)) + 1
        return next(node for node in parse(self._raw[begin:tag_end]) if isinstance(node, Node))

    def _address(self, index: int, written: bytes, end: int) -> int:
        """Where a row writes the address of a cell; in a row of thousands mostly behind the cell looked at before."""
        start = self._at.starts[index]
        last = max(start, self._looked)
        found = self._raw.find(written, last, end) if last < end else _UNKNOWN
        self._looked = found = found if found >= 0 else self._raw.find(written, start, min(last, end))
        return found

    def get_or_add_cell(self, row: int, column: int) -> Node:
        """A cell's element, added in its place where there is none."""
        parent = self.get_or_add(row)
        if column not in parent.cells:
            cell = element(f"{self._prefix}c", {"r": a1(row, column)})
            parent.node.insert(_place_of(parent, column), cell)
            parent.cells[column] = cell
            parent.last = max(parent.last, column)
            parent.node.drop("spans")  # a hint that readers can do without
        return parent.cells[column]

    def remove_cell(self, row: int, column: int) -> None:
        """Remove a cell."""
        parent = self.get(row)
        if parent and column in parent.cells:
            parent.node.remove(parent.cells.pop(column))

    def styled(self, styles: Container[int]) -> Iterator[tuple[int, int]]:
        """The cells that have one of some styles; only cells that state their address are found."""
        for match in _STYLED.finditer(self._raw):
            attributes = dict(_STYLE_OR_ADDRESS.findall(match[0]))
            if b"r" in attributes and int(attributes.get(b"s", b"-1")) in styles:
                yield from_a1(attributes[b"r"].decode())

    def shared_texts(self, indexes: Container[int]) -> Iterator[tuple[int, int, int]]:
        """The cells with one of some shared texts, and its index; only cells that state their address are found."""
        for match in _SHARED_TEXT.finditer(self._raw) if indexes else ():
            if (index := int(match[2])) in indexes and (at := _ADDRESS.search(match[1])):
                yield *from_a1(at[1].decode()), index

    def own_runs(self) -> Iterator[tuple[int, int]]:
        """The cells that hold a text in runs of their own; only cells that state their address are found."""
        for match in _OWN_RUNS.finditer(self._raw):
            if at := _ADDRESS.search(match[1]):
                yield from_a1(at[1].decode())

    def styles(self, number: int) -> dict[int, int]:
        """The style of every cell of a row by column, as the part had it; only cells that state their address are found.

        Rows whose cells have the same styles give the same dictionary.
        """
        if number not in self._styles:
            index = self._at.index(number)
            written = () if index is None else _written_styles(self._at.content(index))
            if written not in self._known_styles:
                self._known_styles[written] = {from_a1(f"{column.decode()}1")[1]: int(style or b"0") for column, style in written}
            self._styles[number] = self._known_styles[written]
        return self._styles[number]

    def addresses(self) -> Iterator[tuple[int, int]]:
        """The cells that the part had; only those that state their address are found."""
        yield from ((number, column) for number in self._at.numbers for column in self.styles(number))

    def join(self) -> bytes:
        """The rows as bytes, new ones in their places."""
        parts: list[bytes] = []
        done = 0
        waiting = deque(sorted(self._new))
        for index in sorted({*self._parsed, *map(self._at.before, waiting)}):
            if index == len(self._at.starts):
                continue
            parts.append(self._raw[done : self._at.starts[index]])
            done = self._at.starts[index]
            while waiting and self._at.before(waiting[0]) == index:
                parts.append(self._new[waiting.popleft()].node.join())
            if index in self._parsed:
                parts.append(self._parsed[index].node.join())
                done = self._at.end(index)
        parts.append(self._raw[done:])
        parts += [self._new[number].node.join() for number in waiting]
        return b"".join(parts)


def _written_styles(row: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """The cells of a row in order, each with the letters of its column and its style."""
    usual = tuple(_USUAL_CELL.findall(row))
    if len(usual) == row.count(b"<c") + row.count(b":c"):
        return usual
    tags = (dict(_STYLE_OR_ADDRESS.findall(match[0])) for match in _CELL.finditer(row))
    return tuple((tag[b"r"].rstrip(b"0123456789"), tag.get(b"s", b"")) for tag in tags if tag.get(b"r", b"1")[:1].isalpha())


def _cells(row: Node) -> dict[int, Node]:
    found: dict[int, Node] = {}
    column = 0
    for cell in row.nodes("c"):
        address = cell.get("r")
        try:
            column = from_a1(address)[1] if address else column + 1
        except ValueError as error:
            raise Unsupported("cell-address", address[:20]) from error
        if column > _LAST_COLUMN:
            raise Unsupported("cell-address", address[:20])
        found[column] = cell
    return found


def _place_of(row: Row, column: int) -> int:
    """The position among a row's children at which a new cell belongs: before the first cell to its right."""
    if column > row.last:  # as nearly always: a row of thousands of cells is not looked through for each of them
        return len(row.node.children)
    right = {id(cell) for at, cell in row.cells.items() if at > column}
    return next((index for index, child in enumerate(row.node.children) if id(child) in right), len(row.node.children))
