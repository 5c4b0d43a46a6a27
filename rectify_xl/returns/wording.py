"""Choosing one of two wordings."""

from __future__ import annotations


def say(lang: str, zh: str, en: str) -> str:
    """The wording in the language asked for."""
    return zh if lang == "zh" else en
