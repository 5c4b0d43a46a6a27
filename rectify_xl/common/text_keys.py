"""Normal forms under which texts are compared. Nothing here is ever shown or written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_BRACKETS = re.compile(r"[(\[【{〔].*?[)\]】}〕]")
_BRACKET_SIGNS = re.compile(r"[(\[【{〔)\]】}〕]")
_HEADING_NOISE = re.compile(r"[\s*:、,.;。_\-/|\\\"'“”‘’\u200b\ufeff]+")
_COMPARED = re.compile(r"[\W_]+")
_NUMBER_EDGES = re.compile(r"^(?:第|no|№)?[\s.、,:()\[\]#]*(.*?)[\s.、,:()\[\]#]*(?:项|号|条|题)?$", re.IGNORECASE)

_BLANK_STARTS = frozenset("无一")
BLANKS = frozenset({"", "无", "无。", "无.", "一一", "、"})
# Any number of dashes, slashes and dots says nothing either ("……" is dots once it is folded).
_STROKES = re.compile(r"[/\\\-_—–―─.…·]+")


def is_blank_text(text: str) -> bool:
    """Whether a cell's text counts as empty: ``/``, ``—``, ``无`` and spaces of any kind do."""
    # Asked of every cell, several times: a text that begins with a letter, digit or character is blank only as 无 or 一一.
    first = text[:1]
    if first.isalnum() and first not in _BLANK_STARTS:
        return False
    return _is_blank(text)


@lru_cache(maxsize=65536)
def _is_blank(text: str) -> bool:
    folded = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    return folded in BLANKS or bool(_STROKES.fullmatch(folded))


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """A column heading without spaces, line breaks, bracketed notes and punctuation; one all in brackets keeps its words."""
    folded = unicodedata.normalize("NFKC", text)
    return _HEADING_NOISE.sub("", _BRACKETS.sub("", folded)) or _HEADING_NOISE.sub("", _BRACKET_SIGNS.sub("", folded))


@lru_cache(maxsize=65536)
def text_key(text: str) -> str:
    """A text reduced to letters, digits and characters: equal keys mean the same words."""
    return words_alone(text)


def words_alone(text: str) -> str:
    """As :func:`text_key`, for texts that nobody asks of a second time."""
    return _COMPARED.sub("", unicodedata.normalize("NFKC", text).casefold())


def number_key(text: str) -> str:
    """A task number for comparison: ``1.``, ``第1项``, ``01`` and ``１`` are one number; ``六(一)`` stays itself."""
    # Nearly all are figures alone, of which a province has more than a cache would hold.
    return text.lstrip("0") or "0" if text.isdecimal() and text.isascii() else _number_key(text)


@lru_cache(maxsize=16384)
def _number_key(text: str) -> str:
    folded = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    if folded.count("(") != folded.count(")") or "(" not in folded[1:]:
        match = _NUMBER_EDGES.match(folded)
        folded = match[1] if match and match[1] else folded
    return folded.lstrip("0") or "0" if folded.isdigit() else folded
