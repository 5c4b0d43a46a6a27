"""Rows of a sheet in which nothing but shared texts and numbers stands, taken out of its XML before the parser sees it.

In what Excel, WPS, LibreOffice and the usual libraries write nearly every row of a list is one, always in the same spelling. The
parser calls back five times for each cell, which is half of what a large sheet costs. Every other row, and all that stands around
the rows, goes to the parser, in order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The column of a cell, its style, its type and its content; "" for what it does not say.
PlainCell = tuple[int, str, str, str]

_USUAL_START = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml version=\"1\.0\" encoding=\"[Uu][Tt][Ff]-8\"[ \w=\"]*\?>|(?=<[a-z])")
_BEFORE_ROWS, _END = b"<sheetData>", b"</row>"
_BEGINNING = re.compile(rb"<row [^<>]*><c r=\"[A-Z]{1,2}\d{1,7}\"(?: s=\"\d{1,7}\")?(?: t=\"[sn]\")?(?:/>|><v>)")
_ROW = re.compile(r"<row((?: [A-Za-z][\w:.-]*=\"[ !#-%'-;=?-~]*\")+)>", re.ASCII)
_ATTRIBUTE = re.compile(r" ([^=]+)=\"([^\"]*)\"")
_CELL = re.compile(
    r"(<c r=\"([A-Z]{1,2})(\d{1,7})\"(?: s=\"(\d{1,7})\")?(?: t=\"([sn])\")?(?:/>|><v>([-+.\dEe]{1,40})</v></c>))", re.ASCII
)
_LOOKS = re.compile(rb"<rPr>(?:<(?!strike)[A-Za-z][^<>:]*/>)+</rPr>")
_COLUMNS = {column_letters(column): column for column in range(1, 257)}


def without_plain_rows(chunks: Iterable[bytes], take: Callable[[dict[str, str], Iterable[PlainCell]], None]) -> Iterator[bytes]:
    """The XML of a sheet without its plain rows.

    Args:
        chunks: the XML; no tag is cut in two.
        take: is given the attributes and the cells with a value of each plain row, after all that stands before it is handed out.
    """
    behind_row = False
    for chunk, is_usual in elements_alone(chunks):
        left = at = 0  # what lies between is left to the parser
        while is_usual and (end := _next_place(chunk, at, behind_row=behind_row)):
            row = _plain_row(chunk[at:end]) if behind_row and _BEGINNING.match(chunk, at) else None
            if row:
                if left < at:
                    yield chunk[left:at]
                take(*row)
                left = end
            at, behind_row = end, True
        yield chunk[left:]
        behind_row = behind_row and at == len(chunk)


def _has_comments(chunk: bytes, at: int) -> bool:
    """Whether there is a comment or the like; single bytes are found many times faster."""
    return any(chunk.find(sign, at) >= 0 and chunk.find(b"<" + sign, at) >= 0 for sign in (b"!", b"?"))


def without_looks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The XML of the shared texts without what their runs look like, unless it is struck out.

    LibreOffice has a run for every change between Chinese and figures: of ten elements nine are looks.
    """
    for chunk, is_usual in elements_alone(chunks):
        yield _LOOKS.sub(b"", chunk) if is_usual else chunk


def elements_alone(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk of a part, and whether up to its end nothing but elements stands: what looks like one is one."""
    is_usual = False
    for number, chunk in enumerate(chunks):
        start = None if number else _USUAL_START.match(chunk)
        is_usual = (is_usual or start is not None) and not _has_comments(chunk, start.end() if start else 0)
        yield chunk, is_usual


def _next_place(chunk: bytes, at: int, *, behind_row: bool) -> int:
    """Where the row that begins at ``at`` ends, else where the first row may begin; 0 where neither is found."""
    first = -1 if behind_row else chunk.find(_BEFORE_ROWS, at)
    if first >= 0:
        return first + len(_BEFORE_ROWS)
    end = chunk.find(_END, at)
    return end + len(_END) if end >= 0 else 0


def _plain_row(data: bytes) -> tuple[dict[str, str], list[PlainCell]] | None:
    """The attributes and the cells of a row; None where it is not plain."""
    # A row with other elements is told by the number of its tags: three of a value, one more of each cell, two of the row.
    if not data.isascii() or data.count(b"<") != 3 * data.count(b"<v>") + data.count(b"<c ") + 2:
        return None
    text = data.decode("ascii")
    head = _ROW.match(text)
    if head is None:
        return None
    attributes = _ATTRIBUTE.findall(head[1])
    row = dict(attributes)
    found = _CELL.findall(text, head.end())
    own = row.get("r")
    is_whole = sum([len(cell[0]) for cell in found]) == len(text) - head.end() - len(_END)
    if not is_whole or len(row) < len(attributes) or any(cell[2] != own for cell in found):
        return None
    try:
        return row, [(_COLUMNS[letters], style, kind, content) for _, letters, _, style, kind, content in found if content]
    except KeyError:  # a column far out
        return None
