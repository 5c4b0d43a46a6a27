"""Shared texts that are nothing but a text, taken out of their XML before the parser sees it, and the looks of the others' runs.

Most workbooks have thousands of the former, always in the same spelling; LibreOffice writes a run wherever Chinese and figures
meet, and nine of ten elements of these are looks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.readers.plain_rows import elements_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LOOKS = re.compile(rb"<rPr>(?:<(?!strike)[A-Za-z][^<>:]*/>)+</rPr>")
# No reference, no carriage return and no character that XML forbids: for these the parser is there.
_TEXT = rb"<si><t(?: xml:space=\"preserve\")?>[^<>&\x00-\x08\x0b-\x1f]*+</t>(?:<phoneticPr(?: [a-zA-Z]+=\"\w*\")*/>)?</si>"
_TEXTS = re.compile(rb"(?:%s){3,}+" % _TEXT)
_PIECE = LazyPattern(r"<si><t( [^<>]*)?>([^<]*)</t>")
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def without_plain_texts(chunks: Iterable[bytes], take: Callable[[str, bool], None]) -> Iterator[bytes]:
    """The XML of the shared texts without the plain ones.

    Args:
        chunks: the XML; no tag is cut in two.
        take: is given each plain text, and whether its outer blanks count, after all that stands before it is handed out.
    """
    for chunk, is_usual in elements_alone(chunks):
        left = 0
        for run in _TEXTS.finditer(chunk) if is_usual else ():
            try:
                texts = run[0].decode()
            except UnicodeDecodeError:  # the parser says so
                continue
            if any(character in run[0] for character in _NO_CHARACTERS):
                continue
            yield chunk[left : run.start()]
            for space, text in _PIECE.findall(texts):
                take(text, bool(space))
            left = run.end()
        yield chunk[left:]


def without_looks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The XML of the shared texts without what their runs look like, unless it is struck out."""
    for chunk, is_usual in elements_alone(chunks):
        yield _LOOKS.sub(b"", chunk) if is_usual else chunk
