"""The boxes of comments in a legacy drawing (VML). Excel writes HTML into such parts, so they are edited as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import Unsupported, as_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator

Cell = tuple[int, int]
Anchor = tuple[int, ...]

_URIS = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
# Prefixes differ from program to program, and may be declared anywhere.
_SHAPE = re.compile(rb"<(?P<close>/?)(?P<prefix>[\w.-]{1,40}):shape(?=[\s>])[^<>]*>\s*")
_OTHER = re.compile(rb"<[\w.-]{1,40}:(?:shape|group|rect|roundrect|oval|line|polyline|arc|curve|image)(?=[\s>/])")
_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_ROW, _COLUMN = (re.compile(rb"<([\w.-]{1,40}:)" + name + rb">\s*(\d{1,7})\s*<") for name in (b"Row", b"Column"))
_ANCHOR = re.compile(rb"(<(?:[\w.-]{1,40}:)?Anchor(?:>|\s*/>))(?:([^<]*)</(?:[\w.-]{1,40}:)?Anchor>)?")
_NUMBER = re.compile(rb"_s(\d{1,9})")
_ROOT = re.compile(rb"<[^?!][^>]*>")
_PREFIXES = re.compile(rb"</?([\w.-]{1,40}):")
_ID = re.compile(rb"(<[\w.-]{1,40}:shape\s[^<>]*?\bid\s*=\s*)[\"'][^\"'<>]*[\"']")
_CORNER = re.compile(rb"\s*\d{1,7}\s*")
_CORNERS = 8
_MOST_BOXES = 200_000
_FIRST_ID = 1025

EMPTY = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_TYPE = (
    '<v:shapetype{declared} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NEW = (
    '<v:shape{declared} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
    'width:{width}pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData>"
    "</v:shape>"
)


class NoteBoxes:
    """One drawing part. Cells are 1-based here, as everywhere but in the part itself."""

    def __init__(self, data: bytes) -> None:
        data = as_utf8(data)
        root = _ROOT.search(data)
        if not root or b"</" not in data:
            root, data = _ROOT.search(EMPTY), EMPTY
        usual = root and all(f'xmlns:{key}="{uri}"'.encode() in root[0] for key, uri in _URIS.items())
        self._declared = "" if usual else "".join(f' xmlns:{key}="{uri}"' for key, uri in _URIS.items())
        self._has_type = b'"_x0000_t202"' in data
        self._last_number = max([_FIRST_ID - 1, *map(int, _NUMBER.findall(data))])
        # The part in pieces, one for each box: there may be many, and they change one by one.
        self._pieces: list[bytes] = []
        self._at: dict[Cell, int] = {}
        done = 0
        for start, stop in _shapes(data):
            shape = data[start:stop]
            row, column = _ROW.search(shape), _COLUMN.search(shape)
            if _NOTE.search(shape) and row and column:
                self._pieces += [data[done:start], shape]
                self._at[int(row[2]) + 1, int(column[2]) + 1] = len(self._pieces) - 1
                done = stop
        if len(self._at) > _MOST_BOXES:
            raise Unsupported("too-many", "vmlDrawing")
        end = max(done, data.rfind(b"</"))  # the end of the root element
        self._pieces.append(data[done:end])
        self._tail = data[end:]

    @property
    def data(self) -> bytes:
        """The part as bytes."""
        return b"".join(self._pieces) + self._tail

    def __contains__(self, cell: Cell) -> bool:
        return cell in self._at

    def anchor(self, cell: Cell) -> Anchor | None:
        """The anchor of a cell's box; None when the cell has no box, or the box no usable anchor."""
        found = _ANCHOR.search(self._pieces[self._at[cell]]) if cell in self._at else None
        numbers = (found[2] or b"").split(b",") if found else []
        usual = len(numbers) == _CORNERS and all(map(_CORNER.fullmatch, numbers))
        return tuple(map(int, numbers)) if usual else None

    def resize(self, cell: Cell, anchor: Anchor) -> None:
        """Set the anchor of a cell's box."""
        shape = _ANCHOR.sub(b"", self._pieces[self._at[cell]])
        row = _ROW.search(shape)
        assert row  # noqa: S101 - the box was found by it
        name = row[1] + b"Anchor"
        added = b"<" + name + b">" + _written(anchor).encode() + b"</" + name + b">"
        self._pieces[self._at[cell]] = shape[: row.start()] + added + shape[row.start() :]

    def add(self, cell: Cell, anchor: Anchor, points: tuple[int, int]) -> None:
        """Add a hidden box for a cell."""
        self._add_type()
        self._last_number += 1
        self._at[cell] = len(self._pieces)
        self._pieces.append(_NEW.format(
            declared=self._declared, number=self._last_number, width=points[0], height=points[1],
            anchor=_written(anchor), row=cell[0] - 1, column=cell[1] - 1,
        ).encode())  # fmt: skip

    def shape(self, cell: Cell) -> bytes:
        """A cell's box as the part writes it; nothing where it has none."""
        return self._pieces[self._at[cell]] if cell in self._at else b""

    def adopt(self, cell: Cell, shape: bytes, anchor: Anchor) -> bool:
        """Take over the box of a comment of another sheet; False where there is none, or it cannot stand in this part."""
        usual = shape and not self._declared and set(_PREFIXES.findall(shape)) <= {b"v", b"o", b"x"}
        if not usual or not _ROW.search(shape) or not _COLUMN.search(shape):
            return False
        self._add_type()
        self._last_number += 1
        shape = _ID.sub(b'\\1"_x0000_s%d"' % self._last_number, shape, count=1)
        for pattern, at in ((_ROW, cell[0] - 1), (_COLUMN, cell[1] - 1)):
            place = pattern.search(shape)
            assert place  # noqa: S101 - looked for above
            shape = shape[: place.start(2)] + b"%d" % at + shape[place.end(2) :]
        self._at[cell] = len(self._pieces)
        self._pieces.append(shape)
        found = _ANCHOR.search(shape)
        if found and found[2]:
            # In its place: a box that is taken over again and again stays the same.
            self._pieces[-1] = shape[: found.start(2)] + _written(anchor).encode() + shape[found.end(2) :]
        else:
            self.resize(cell, anchor)
        return True

    def _add_type(self) -> None:
        if not self._has_type:
            self._pieces.append(_TYPE.format(declared=self._declared).encode())
            self._has_type = True

    def remove(self, cell: Cell) -> None:
        """Remove a cell's box."""
        if cell in self._at:
            self._pieces[self._at.pop(cell)] = b""

    @property
    def empty(self) -> bool:
        """Whether no shape is left, of comments or of anything else."""
        return not _OTHER.search(self.data)


def _written(anchor: Anchor) -> str:
    return ", ".join(map(str, anchor))


def _shapes(data: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each shape, white space behind it included; one inside of another counts as part of it."""
    start, prefix = -1, b""
    for match in _SHAPE.finditer(data):
        if match["close"] and start >= 0 and match["prefix"] == prefix:
            yield start, match.end()
            start = -1
        elif not match["close"] and start < 0:
            start, prefix = match.start(), match["prefix"]
