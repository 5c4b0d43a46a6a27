"""The nearest known word, for error messages."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """`` (最接近的是 xxx)`` when a known word is close to ``word``, else an empty string."""
    found = get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return f"（最接近的是 {found[0]}）" if found else ""
