"""Texts of other people made safe to print: what cannot be seen, or steers a terminal, is shown as its code.

Control characters clear screens, set titles and rewrite lines; direction marks make a name look like another; zero-width
characters and fillers hide in both; halves of characters cannot be encoded, and noncharacters mean what each program likes.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_KEPT = frozenset("\n\t")
# Letters and marks by their category, though they show nothing.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_NOT_ASCII = LazyPattern("[^\x00-~]")


# Everything that may be hidden lies outside of these: a glance tells that nearly every text is plain.
_SUSPECT = LazyPattern("[^\n\t -~\u00a1-\u00ac\u00ae-\u02ff\u3000-\u3163\u3165-\ud7ff\uf900-\ufaff\uff00-\uff9f\uffa1-\uffe6]")
_HALVES = LazyPattern("[\ud800-\udfff]+")


def is_hidden(character: str) -> bool:
    """Whether a character shows nothing, or steers what is shown."""
    if character in _KEPT:
        return False
    return unicodedata.category(character) in _HIDDEN or character in _FILLERS or _is_noncharacter(ord(character))


def hidden_runs(text: str) -> Iterator[tuple[int, int]]:
    """Where hidden characters other than control codes stand together in a text: start and end of each stretch."""
    start = end = -1
    for match in _SUSPECT.finditer(text):
        if unicodedata.category(match[0]) == "Cc" or not is_hidden(match[0]):
            continue
        if match.start() != end:
            if end > 0:
                yield start, end
            start = match.start()
        end = match.end()
    if end > 0:
        yield start, end


def _is_noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE  # noqa: PLR2004 - as Unicode lists them


def visible_text(text: str, *, one_line: bool = False) -> str:
    """A text in which every hidden character is written as ``<U+001B>``; line breaks and tabs stay, unless ``one_line``."""
    if one_line and ("\n" in text or "\t" in text):
        text = text.replace("\n", "⏎").replace("\t", " ")
    return _SUSPECT.sub(_shown, text) if _SUSPECT.search(text) else text


def without_hidden(text: str, by: str = "") -> str:
    """A text without hidden characters, for papers and mails: what is left reads in the order in which it stands."""
    return _SUSPECT.sub(lambda match: by if is_hidden(match[0]) else match[0], text) if _SUSPECT.search(text) else text


def _shown(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>" if is_hidden(match[0]) else match[0]


def escaped_json(text: str, *, ascii_only: bool) -> str:
    r"""JSON in which hidden characters are ``\uXXXX``, and every other one too where ``ascii_only``; it means the same."""
    return (_NOT_ASCII if ascii_only else _SUSPECT).sub(lambda match: _json_escape(match[0], always=ascii_only), text)


def _json_escape(character: str, *, always: bool) -> str:
    if not always and not is_hidden(character):
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def whole_characters(text: str) -> str:
    """A text in which halves of characters that stand together are one, and a lone half is U+FFFD."""
    return _HALVES.sub(_joined, text) if _HALVES.search(text) else text


def encodable(text: str) -> str:
    """A text that can be encoded: halves of characters, as names of files that are no UTF-8 have them, are shown as codes."""
    return _HALVES.sub(lambda match: "".join(map(visible_text, match[0])), text) if _HALVES.search(text) else text


def _joined(match: re.Match[str]) -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
