"""The nearest known word, for error messages."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import NO_TEXT, Text

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> Text:
    """``（最接近的是 xxx）`` when a known word is close to ``word``, else nothing."""
    found = get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return suggestion(found[0] if found else "")


def suggestion(word: str) -> Text:
    """``（最接近的是 xxx）``; nothing for no word."""
    return Text(f"（最接近的是 {word}）", f" (did you mean {word}?)") if word else NO_TEXT
