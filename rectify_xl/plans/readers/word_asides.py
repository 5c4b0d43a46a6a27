"""What stands beside the text of a Word document: its text boxes, its footnotes and endnotes. None of it is part of a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.intake.readers.xml_stream import Handler, Package, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTES = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}
_MOST, _LONGEST = 1000, 2000


class Boxes:
    """Collects the texts of the text boxes while the body is read. A box in a box belongs to the outer one."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._depth = self._old = 0
        self._parts: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether the place is in a box, and not in the copy of it that is kept for older versions of Word."""
        return self._depth > 0 and not self._old

    def start(self, name: str) -> None:
        """An element begins."""
        self._depth += name == "txbxContent"
        self._old += name == "Fallback"

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "p" and self.is_open:
            self._parts.append("\n")
        elif name == "txbxContent":
            self._depth -= 1
            text = "".join(self._parts).strip()
            if not self._depth and text and len(self.texts) < _MOST:
                self.texts.append(text[:_LONGEST])
            self._parts = [] if not self._depth else self._parts
        self._old -= name == "Fallback"

    def add(self, text: str) -> None:
        """Text of a box."""
        self._parts.append(text)


class _Notes(Handler):
    """The footnotes of a part; lines that only separate them have a type."""

    def __init__(self, element: str) -> None:
        self._element = element
        self._parts: list[str] | None = None
        self._in_text = False
        self.texts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == self._element and not any(key.rpartition(":")[2] == "type" for key in attributes):
            self._parts = []
        self._in_text = name == "t" and self._parts is not None

    def end(self, name: str) -> None:
        """An element ends."""
        self._in_text = False
        if name == self._element and self._parts is not None:
            text = "".join(self._parts).strip()
            self.texts += [text[:_LONGEST]] if text and len(self.texts) < _MOST else []
            self._parts = None

    def text(self, text: str) -> None:
        """Character data."""
        if self._in_text and self._parts is not None:
            self._parts.append(text)


def notes_of(package: Package) -> Iterator[str]:
    """The footnotes, then the endnotes.

    Raises:
        Refused: a part is damaged or too large.
    """
    for part, element in _NOTES.items():
        if part in package:
            notes = _Notes(element)
            parse(package.chunks(part), notes)
            yield from notes.texts
