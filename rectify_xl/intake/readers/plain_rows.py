"""Rows of a sheet in which nothing but shared texts and numbers stands, taken out of its XML before the parser sees it.

In what Excel, WPS, LibreOffice and the usual libraries write nearly every row of a list is one, always in the same spelling. The
parser calls back five times for each cell, which is half of what a large sheet costs. Every other row, and all that stands around
the rows, goes to the parser, in order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.readers.compatibility import has_alternatives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The column of a cell in letters, its style and its type, "" for what it does not say, and its content.
PlainCell = tuple[str, str, str, str]

_USUAL_START = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml version=\"1\.0\" encoding=\"[Uu][Tt][Ff]-8\"[ \w=\"]*\?>|(?=<[a-z])")
_CONTENTS = (b"<row", b"<si>")
_BEFORE_ROWS, _END = b"<sheetData>", b"</row>"
# A whole row; its cells say its number as well.
_ROW = LazyPattern(
    r"<row r=\"(\d{1,7})\"((?: [A-Za-z][\w:.-]*=\"[ !#-%'-;=?-~]*\")*+)>"
    r"(?:<c r=\"[A-Z]{1,2}\1\"(?: s=\"\d{1,7}\")?(?: t=\"[sn]\")?(?:/>|><v>[-+.\dEe]{1,40}</v></c>))*+</row>", re.ASCII
)  # fmt: skip
_MOST_KNOWN = 1000
_ATTRIBUTE = LazyPattern(r" ([^=]+)=\"([^\"]*)\"")
_CELL = LazyPattern(r"<c r=\"([A-Z]+)\d+\"(?: s=\"(\d+)\")?(?: t=\"([sn])\")?><v>([^<]+)", re.ASCII)


def without_plain_rows(chunks: Iterable[bytes], take: Callable[[dict[str, str], Iterable[PlainCell]], None]) -> Iterator[bytes]:
    """The XML of a sheet without its plain rows.

    Args:
        chunks: the XML; no tag is cut in two.
        take: is given the attributes and the filled cells of each plain row, after all that stands before it is handed out.
    """
    behind_row = False
    known: dict[str, dict[str, str] | None] = {}
    for chunk, is_usual in elements_alone(chunks):
        text = chunk.decode("latin-1") if is_usual else ""  # a character a byte: what is plain is ASCII
        left = at = 0  # what lies between is left to the parser
        while is_usual:
            row = _ROW.match(text, at) if behind_row else None
            attributes = row and _attributes(row, known)
            if row and attributes:
                if left < at:
                    yield chunk[left:at]
                take(attributes, _CELL.findall(row[0], row.end(2) - row.start()))
                left = at = row.end()
            elif end := _next_place(chunk, at, behind_row=behind_row):
                at, behind_row = end, True
            else:
                break
        yield chunk[left:]
        behind_row = behind_row and at == len(chunk)


def _has_comments(chunk: bytes, at: int) -> bool:
    """Whether there is a comment or the like; single bytes are found many times faster."""
    return any(chunk.find(sign, at) >= 0 and chunk.find(b"<" + sign, at) >= 0 for sign in (b"!", b"?"))


def elements_alone(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk of a part, and whether up to its end nothing but elements stands: what looks like one is one, and counts."""
    is_usual, has_had = False, False
    for number, chunk in enumerate(chunks):
        start = None if number else _USUAL_START.match(chunk)
        is_usual = (is_usual or start is not None) and not has_had and not _has_comments(chunk, start.end() if start else 0)
        # Behind the rows alternatives are usual: those of a control or a picture.
        alternatives = has_alternatives(chunk)
        has_had = has_had or alternatives >= 0
        if alternatives >= 0 and any(chunk.find(content, alternatives) >= 0 for content in _CONTENTS):
            is_usual = False
        yield chunk, is_usual


def _next_place(chunk: bytes, at: int, *, behind_row: bool) -> int:
    """Where the row that begins at ``at`` ends, else where the first row may begin; 0 where neither is found."""
    first = -1 if behind_row else chunk.find(_BEFORE_ROWS, at)
    if first >= 0:
        return first + len(_BEFORE_ROWS)
    end = chunk.find(_END, at)
    return end + len(_END) if end >= 0 else 0


def _attributes(row: re.Match[str], known: dict[str, dict[str, str] | None]) -> dict[str, str] | None:
    """The attributes of a plain row; None where it says one twice, which the parser refuses.

    ``known``: what follows the number in the rows before. Most rows have one of a few heights.
    """
    if row[2] not in known:
        found = _ATTRIBUTE.findall(row[2])
        is_once = len({"r", *(name for name, _ in found)}) == len(found) + 1
        if len(known) >= _MOST_KNOWN:
            known.clear()
        known[row[2]] = dict(found) if is_once else None
    said = known[row[2]]
    return None if said is None else {"r": row[1], **said}
