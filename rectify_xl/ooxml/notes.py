"""The boxes of comments in a legacy drawing (VML). Excel writes HTML into such parts, so they are edited as text."""

from __future__ import annotations

import re

Cell = tuple[int, int]
Anchor = tuple[int, ...]

_URIS = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
# Prefixes differ from program to program, and may be declared anywhere.
_SHAPE = re.compile(rb"<(?P<prefix>[\w.-]+):shape(?=[\s>]).*?</(?P=prefix):shape\s*>\s*", re.DOTALL)
_OTHER = re.compile(rb"<[\w.-]+:(?:shape|group|rect|roundrect|oval|line|polyline|arc|curve|image)(?=[\s>/])")
_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_ROW, _COLUMN = (re.compile(rb"<([\w.-]+:)" + name + rb">\s*(\d+)\s*<") for name in (b"Row", b"Column"))
_ANCHOR = re.compile(rb"(<(?:[\w.-]+:)?Anchor(?:>|\s*/>))(?:([^<]*)</(?:[\w.-]+:)?Anchor>)?")
_NUMBER = re.compile(rb"_s(\d+)")
_ROOT = re.compile(rb"<[^?!][^>]*>")
_CORNERS = 8
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


class Notes:
    """One drawing part. Cells are 1-based here, as everywhere but in the part itself."""

    def __init__(self, data: bytes) -> None:
        root = _ROOT.search(data)
        usual = root and all(f'xmlns:{key}="{uri}"'.encode() in root[0] for key, uri in _URIS.items())
        self._declared = "" if usual else "".join(f' xmlns:{key}="{uri}"' for key, uri in _URIS.items())
        self._last_number = max([_FIRST_ID - 1, *map(int, _NUMBER.findall(data))])
        # The part in pieces, each box a piece of its own: boxes are many and change one by one.
        self._pieces: list[bytes] = []
        self._at: dict[Cell, int] = {}
        done = 0
        for match in _SHAPE.finditer(data):
            row, column = _ROW.search(match[0]), _COLUMN.search(match[0])
            if _NOTE.search(match[0]) and row and column:
                self._pieces += [data[done : match.start()], match[0]]
                self._at[int(row[2]) + 1, int(column[2]) + 1] = len(self._pieces) - 1
                done = match.end()
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
        """Where a cell's box stands; None when it has none, or it is not told."""
        found = _ANCHOR.search(self._pieces[self._at[cell]]) if cell in self._at else None
        numbers = (found[2] or b"").split(b",") if found else []
        usual = len(numbers) == _CORNERS and all(number.strip().isdigit() for number in numbers)
        return tuple(map(int, numbers)) if usual else None

    def resize(self, cell: Cell, anchor: Anchor) -> None:
        """Give a cell's box another anchor."""
        shape = _ANCHOR.sub(b"", self._pieces[self._at[cell]])
        row = _ROW.search(shape)
        assert row  # noqa: S101 - by it the box was found
        name = row[1] + b"Anchor"
        added = b"<" + name + b">" + _written(anchor).encode() + b"</" + name + b">"
        self._pieces[self._at[cell]] = shape[: row.start()] + added + shape[row.start() :]

    def add(self, cell: Cell, anchor: Anchor, points: tuple[int, int]) -> None:
        """Add a hidden box for a cell."""
        if not any(b'"_x0000_t202"' in piece for piece in self._pieces):
            self._pieces.append(_TYPE.format(declared=self._declared).encode())
        self._last_number += 1
        self._at[cell] = len(self._pieces)
        self._pieces.append(_NEW.format(
            declared=self._declared, number=self._last_number, width=points[0], height=points[1],
            anchor=_written(anchor), row=cell[0] - 1, column=cell[1] - 1,
        ).encode())  # fmt: skip

    def remove(self, cell: Cell) -> None:
        """Take a cell's box out."""
        if cell in self._at:
            self._pieces[self._at.pop(cell)] = b""

    @property
    def empty(self) -> bool:
        """Whether no shape is left, of comments or of anything else."""
        return not _OTHER.search(self.data)


def _written(anchor: Anchor) -> str:
    return ", ".join(map(str, anchor))
