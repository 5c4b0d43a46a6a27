"""Text in columns of a terminal, where a Chinese character takes two places: widths, line breaks, tables."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GAP = "  "
# What stays together on a line: a word in Latin letters or one Chinese character, with the punctuation that must not
# begin a line behind it and the opening marks before it.
_PIECE = LazyPattern(r"\s+|[（“《【(\[]*(?:[\x21-\x7e]+|\S)[，。；：、？！）”》】…,.;:!?)\]]*")

# A line break of the source with Chinese on both sides, or behind its punctuation: Chinese goes on without a space.
_WIDE = r"\u2014\u2018-\u201d\u3000-\u303f\u4e00-\u9fff\uff00-\uff60"
_WITHIN_CHINESE = LazyPattern(rf"(?<=[{_WIDE}])[ \t]*\n\s*(?=[{_WIDE}])|(?<=[，。；：、？！）])[ \t]*\n\s*")


def display_width(text: str) -> int:
    """The places that a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, width: int) -> str:
    """A text filled up with blanks to ``width`` places."""
    return text + " " * (width - display_width(text))


def wrapped(text: str, width: int) -> list[str]:
    """A paragraph broken into lines of at most ``width`` places; a word that is longer stands alone."""
    lines = [""]
    for piece in _PIECE.findall(joined_lines(text)):
        if lines[-1] and display_width(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def joined_lines(text: str) -> str:
    """The lines of a text as one: with a space between them, and none where Chinese goes on."""
    return " ".join(_WITHIN_CHINESE.sub("", text).split())


def table_lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table whose columns stand below each other."""
    cells = [head, *rows]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield _GAP.join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
