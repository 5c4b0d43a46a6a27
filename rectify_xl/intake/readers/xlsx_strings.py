"""Streams the shared strings part into texts."""

from __future__ import annotations

from functools import cached_property

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.visible import whole_characters
from rectify_xl.intake.readers.xlsx_aside import is_struck
from rectify_xl.intake.readers.xml_stream import Handler

_ESCAPE = LazyPattern(r"_x([0-9A-Fa-f]{4})_")
_BLANKS = " \t\r\n"


def as_kept(text: str, attributes: dict[str, str]) -> str:
    """A text as Excel keeps it: without its outer blanks unless its element says ``xml:space="preserve"``."""
    return text if attributes.get("xml:space") == "preserve" else text.strip(_BLANKS)


def unescape(text: str) -> str:
    """Undo the _xHHHH_ escapes of ECMA-376 part 1, 22.4.2.4 (``_x000D_`` is a carriage return)."""
    if "_x" not in text:
        return text
    return whole_characters(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))


class Strings(Handler):
    """The shared strings, phonetic guides left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.struck: dict[int, tuple[str, str]] = {}  # index -> what is not struck out, and what is
        self._parts: list[str] = []
        self._kept: list[str] = []
        self._strikes: list[str] = []
        self._strike = False
        self._piece: list[str] | None = None  # of the text that is being read
        self._attributes: dict[str, str] = {}
        self._phonetic = False

    @cached_property
    def plain(self) -> dict[str, str]:
        """Texts that say something, nothing of which is struck out, by their number as cells write it; once all are read."""
        return {str(at): text for at, text in enumerate(self.texts) if text and at not in self.struck}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a string, or a run of its text."""
        if name == "t":
            self._piece, self._attributes = None if self._phonetic else [], attributes
        elif name == "si":
            self._parts, self._kept, self._strikes, self._strike = [], [], [], False
        elif name == "r":
            self._strike = False
        elif name == "strike":
            self._strike = is_struck(attributes)
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """End a run, or the string."""
        if name == "t" and self._piece is not None:
            text = as_kept("".join(self._piece), self._attributes)
            self._parts.append(text)
            (self._strikes if self._strike else self._kept).append(text)
            self._piece = None
        elif name == "si":
            if self._strikes:
                self.struck[len(self.texts)] = unescape("".join(self._kept)), unescape("".join(self._strikes))
            self.texts.append(unescape("".join(self._parts)))
        elif name == "rPh":
            self._phonetic = False

    def plain_text(self, text: str, preserved: bool) -> None:  # noqa: FBT001 - of a callback
        """Store a text that the parser does not see; see :func:`without_plain_texts`."""
        self.texts.append(unescape(text if preserved else text.strip(_BLANKS)))

    def text(self, text: str) -> None:
        """Add to the string."""
        if self._piece is not None:
            self._piece.append(text)
