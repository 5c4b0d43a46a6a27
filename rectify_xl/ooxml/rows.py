"""The rows of a worksheet: millions may stand there, and only those asked for are taken apart."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.ooxml.markup import ASIDE, ATTRIBUTES, TAG, Node, element, parse
from rectify_xl.ooxml.text import Unsupported

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_ROW_TAG = TAG.replace(rb"[^\s/>!?]+", rb"(?:[\w.-]+:)?row(?=[\s/>])", 1)
_ROW = re.compile(ASIDE + rb"|(?P<close></(?:[\w.-]+:)?row\s*>)|" + _ROW_TAG, re.DOTALL)
_LATER = -1
_STYLED = re.compile(rb"<(?:[\w.-]+:)?c\s[^<>]*\bs\s*=[^<>]*>")
_STYLE_OR_ADDRESS = re.compile(rb"\s(r|s)\s*=\s*[\"']([A-Z]{1,3}\d{1,7}|\d{1,7})[\"']")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,7})[\"']")


@dataclass
class Row:
    """A row taken apart; ``cells`` by column, where an address occurs twice the last one."""

    node: Node
    number: int
    cells: dict[int, Node]


class Rows:
    """What stands inside ``sheetData``, as bytes, and the rows that were taken apart."""

    def __init__(self, raw: bytes, prefix: str) -> None:
        self._raw = raw
        self._prefix = prefix
        self._numbers, self._starts, self._ends = array("q"), array("q"), array("q")
        self._sorted = True
        self._end_tag = b"</" + prefix.encode() + b"row"
        self._taken: dict[int, Row] = {}
        self._new: dict[int, Row] = {}
        if b"<!" in raw or b"<?" in raw:
            self._scan()
        else:
            self._scan_plain()

    def _scan_plain(self) -> None:
        """Find the rows where nothing but elements stands: by their start tags alone, which is many times faster."""
        name = self._prefix.encode() + b"row"
        tag = re.compile(rb"<" + re.escape(name) + rb"(?:\s+r=\"(\d{1,7})\")?(?=[\s/>])(?P<rest>" + ATTRIBUTES + rb")>")
        number = 0
        for match in tag.finditer(self._raw):
            told = match[1] or ((found := _NUMBER.search(match[0])) and found[1])
            number = int(told) if told else number + 1
            self._add(number, match.start(), match.end() if match[0].endswith(b"/>") else _LATER)

    def _add(self, number: int, start: int, end: int) -> None:
        self._sorted = self._sorted and (not self._numbers or number > self._numbers[-1])
        self._numbers.append(number)
        self._starts.append(start)
        self._ends.append(end)

    def _end(self, index: int) -> int:
        """Where a row ends; looked for when it is asked for."""
        if self._ends[index] == _LATER:
            close = self._raw.find(self._end_tag, self._starts[index])
            end = self._raw.find(b">", close) + 1
            after = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._raw)
            if close < 0 or not end or end > after:
                raise Unsupported("工作表的行不配对")
            self._ends[index] = end
        return self._ends[index]

    def _scan(self) -> None:
        number = 0
        is_open = False
        for match in _ROW.finditer(self._raw):
            if match["close"]:
                if not is_open:
                    raise Unsupported("工作表的行不配对")
                is_open = False
                self._ends[-1] = match.end()
            elif match["name"]:
                if is_open:
                    raise Unsupported("工作表的行不配对")
                told = _NUMBER.search(match["rest"])
                number = int(told[1]) if told else number + 1
                is_open = not match[0].endswith(b"/>")
                self._add(number, match.start(), match.end())
        if is_open:
            raise Unsupported("工作表的行不配对")

    def numbers(self) -> Iterator[int]:
        """The numbers of all rows that are there."""
        yield from self._numbers
        yield from self._new

    def get(self, number: int) -> Row | None:
        """A row, taken apart; None when there is none."""
        if number in self._new:
            return self._new[number]
        index = self._index(number)
        if index is None:
            return None
        if index not in self._taken:
            (node,) = parse(self._raw[self._starts[index] : self._end(index)])
            assert isinstance(node, Node)  # noqa: S101 - it was found as one
            self._taken[index] = Row(node, number, _cells(node))
        return self._taken[index]

    def _index(self, number: int) -> int | None:
        if self._sorted:
            index = bisect_left(self._numbers, number)
            return index if index < len(self._numbers) and self._numbers[index] == number else None
        return next((index for index in reversed(range(len(self._numbers))) if self._numbers[index] == number), None)

    def made(self, number: int) -> Row:
        """A row, made where there is none."""
        row = self.get(number)
        if row is None:
            row = Row(element(f"{self._prefix}row", {"r": number}), number, {})
            self._new[number] = row
        return row

    def cell(self, row: int, column: int) -> Node | None:
        """A cell's element; None when there is none."""
        found = self.get(row)
        return found.cells.get(column) if found else None

    def made_cell(self, row: int, column: int) -> Node:
        """A cell's element, made in its place where there is none."""
        home = self.made(row)
        if column not in home.cells:
            cell = element(f"{self._prefix}c", {"r": a1(row, column)})
            home.cells[column] = cell
            right = [other for at, other in home.cells.items() if at > column]
            before = min((_position(home.node, other) for other in right), default=len(home.node.children))
            home.node.insert(before, cell)
            home.node.drop("spans")  # a hint that readers can do without
        return home.cells[column]

    def remove_cell(self, row: int, column: int) -> None:
        """Take a cell out."""
        home = self.get(row)
        if home and column in home.cells:
            home.node.remove(home.cells.pop(column))

    def styled(self, styles: Container[int]) -> Iterator[tuple[int, int]]:
        """The cells that have one of some styles; only cells that tell their address are found."""
        for match in _STYLED.finditer(self._raw):
            attributes = dict(_STYLE_OR_ADDRESS.findall(match[0]))
            if b"r" in attributes and int(attributes.get(b"s", b"-1")) in styles:
                yield from_a1(attributes[b"r"].decode())

    def join(self) -> bytes:
        """The rows as bytes, new ones in their places."""
        parts: list[bytes] = []
        done = 0
        waiting = sorted(self._new)
        for index in sorted({*self._taken, *map(self._before, waiting)}):
            if index == len(self._starts):
                continue
            parts.append(self._raw[done : self._starts[index]])
            done = self._starts[index]
            while waiting and self._before(waiting[0]) == index:
                parts.append(self._new[waiting.pop(0)].node.join())
            if index in self._taken:
                parts.append(self._taken[index].node.join())
                done = self._end(index)
        parts.append(self._raw[done:])
        parts += [self._new[number].node.join() for number in waiting]
        return b"".join(parts)

    def _before(self, number: int) -> int:
        """The index of the row before which a new one stands."""
        if self._sorted:
            return bisect_left(self._numbers, number)
        return next((index for index, other in enumerate(self._numbers) if other > number), len(self._numbers))


def _cells(row: Node) -> dict[int, Node]:
    found: dict[int, Node] = {}
    column = 0
    for cell in row.nodes("c"):
        address = cell.get("r")
        try:
            column = from_a1(address)[1] if address else column + 1
        except ValueError as error:
            raise Unsupported(f"单元格地址“{address[:20]}”无效") from error
        found[column] = cell
    return found


def _position(parent: Node, child: Node) -> int:
    return next(index for index, other in enumerate(parent.children) if other is child)
