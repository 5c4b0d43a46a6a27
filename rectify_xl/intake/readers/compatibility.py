"""Sheets as other versions of the format may write them: prefixes declared below the root, alternatives of which one counts.

Neither is usual, and to look for them at every element would cost every sheet; a chunk of bytes tells whether there is one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_ALTERNATIVES = b"AlternateContent"
_DECLARATION = b"xmlns:"
_OTHER_PREFIX = re.compile(
    rb"xmlns:[\w.-]+\s*=\s*[\"'](?:http://schemas\.openxmlformats\.org/spreadsheetml/2006|http://purl\.oclc\.org/ooxml/spreadsheetml)/main[\"']"
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# What the spreadsheet programs understand; an alternative that requires anything else shows its fallback there.
_UNDERSTOOD = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class Receiver(Protocol):
    """What is handed elements and text."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Character data."""


def has_alternatives(chunk: bytes, at: int = 0) -> int:
    """Where the first alternatives stand, -1 without any."""
    return chunk.find(_ALTERNATIVES, at)


def watched(chunks: Iterable[bytes], found: Callable[[], None]) -> Iterator[bytes]:
    """The chunks of a part; ``found`` is called before the first whose elements have to be looked at one by one."""
    has_found = False
    for chunk in chunks:
        if not has_found and _needs_a_look(chunk):
            has_found = True
            found()
        yield chunk


def _needs_a_look(chunk: bytes) -> bool:
    # Of characters of two bytes the patterns say nothing.
    if chunk.startswith(_WIDE) or has_alternatives(chunk) >= 0:
        return True
    return _DECLARATION in chunk and _OTHER_PREFIX.search(chunk) is not None


class Compatible:
    """Hands on the elements that count, under the names that they have without their prefix."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._spaces: dict[str, str] = {}  # by their prefixes, "" for the one without
        self._root_space: str | None = None
        self._every_prefix = False
        self._skipped = 0  # how deep within an alternative that does not count
        self._chosen: list[bool] = []  # of each group of alternatives that is open, whether one has been taken

    def root(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of the root element; where it has a prefix every element loses its own."""
        self._declare(attributes)
        prefix = name.rpartition(":")[0]
        self._every_prefix = bool(prefix)
        self._root_space = self._spaces.get(prefix, "")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._skipped:
            self._skipped += 1
            return
        if self._root_space is None:
            self.root(name, attributes)
        self._declare(attributes)
        prefix, _, local = name.rpartition(":")
        if self._spaces.get(prefix) == _COMPATIBILITY:
            self._begin_alternative(local, attributes)
        else:
            self._receiver.start(self._named(prefix, local, name), attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        prefix, _, local = name.rpartition(":")
        if self._spaces.get(prefix) != _COMPATIBILITY:
            self._receiver.end(self._named(prefix, local, name))
        elif local == _ALTERNATIVES.decode():
            self._chosen.pop()

    def text(self, text: str) -> None:
        """Character data."""
        if not self._skipped:
            self._receiver.text(text)

    def _begin_alternative(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == _ALTERNATIVES.decode():
            self._chosen.append(False)
        elif self._chosen:
            if self._chosen[-1] or (local == "Choice" and not self._understands(attributes.get("Requires", ""))):
                self._skipped = 1
            self._chosen[-1] = self._chosen[-1] or not self._skipped

    def _understands(self, prefixes: str) -> bool:
        return all(self._spaces.get(prefix, "").startswith(_UNDERSTOOD) for prefix in prefixes.split())

    def _named(self, prefix: str, local: str, name: str) -> str:
        known = self._every_prefix or self._spaces.get(prefix) == self._root_space
        return local if prefix and known else name

    def _declare(self, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            if name.startswith("xmlns"):
                self._spaces[name[6:]] = value
