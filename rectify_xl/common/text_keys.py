"""Normal forms under which texts are compared. Nothing here is ever shown or written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rectify_xl.common.lazy_pattern import LazyPattern

_SPACES = LazyPattern(r"[\s\u200b\ufeff]+")
_BRACKETS = LazyPattern(r"[(\[【{〔].*?[)\]】}〕]")
_CLOSING = ")]】}〕"
_BRACKET_SIGNS = LazyPattern(r"[(\[【{〔)\]】}〕]")
_HEADING_NOISE = LazyPattern(r"[\s*:、,.;。_\-/|\\\"'“”‘’\u200b\ufeff]+")
_COMPARED = LazyPattern(r"[\W_]+")
_NUMBER_START = LazyPattern(r"\A(?:第|no|№)?[\s.、,:()\[\]#]*+", re.IGNORECASE)
_NUMBER_SIGNS, _NUMBER_ENDS = ".、,:()[]#", ("项", "号", "条", "题")
_ANY_SPACES = LazyPattern(r"\s+")

_BLANK_STARTS = frozenset("无一")
BLANKS = frozenset({"", "无", "无。", "无.", "一一", "、"})
# Any number of dashes, slashes and dots says nothing either ("……" is dots once it is folded).
_STROKES = LazyPattern(r"[/\\\-_—–―─.…·]+")


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
    return _HEADING_NOISE.sub("", _without_notes(folded)) or _HEADING_NOISE.sub("", _BRACKET_SIGNS.sub("", folded))


def _without_notes(text: str) -> str:
    """A text without what stands in brackets. Of each line only what ends in one is searched: the others close nowhere."""
    lines = []
    for line in text.split("\n"):
        end = max(line.rfind(sign) for sign in _CLOSING) + 1
        lines.append(_BRACKETS.sub("", line[:end]) + line[end:])
    return "\n".join(lines)


def joined_spaces(text: str) -> str:
    """A text with one blank, or one line break, for each run of them: what looks for lines then meets each but once."""
    return _ANY_SPACES.sub(lambda run: "\n" if "\n" in run[0] else " ", text)


@lru_cache(maxsize=65536)
def text_key(text: str) -> str:
    """A text reduced to letters, digits and characters: equal keys mean the same words."""
    return words_alone(text)


def words_alone(text: str) -> str:
    """As :func:`text_key`, for texts that nobody asks of a second time."""
    return _COMPARED.sub("", unicodedata.normalize("NFKC", text).casefold())


def has_words(text: str) -> bool:
    """Whether a text has a key at all; the first letter, digit or character tells, so that no long text is folded."""
    return any(map(str.isalnum, text)) or bool(text_key(text))


def number_key(text: str) -> str:
    """A task number for comparison: ``1.``, ``第1项``, ``01`` and ``１`` are one number; ``六(一)`` stays itself."""
    # Nearly all are figures alone, of which a province has more than a cache would hold.
    return text.lstrip("0") or "0" if text.isdecimal() and text.isascii() else _number_key(text)


@lru_cache(maxsize=16384)
def _number_key(text: str) -> str:
    folded = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    if folded.count("(") != folded.count(")") or "(" not in folded[1:]:
        bare = _NUMBER_START.sub("", folded)
        folded = (bare[:-1] if bare.endswith(_NUMBER_ENDS) else bare).rstrip(_NUMBER_SIGNS) or folded
    return folded.lstrip("0") or "0" if folded.isdigit() else folded
