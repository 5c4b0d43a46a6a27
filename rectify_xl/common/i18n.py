"""Languages of the texts that people read: every text exists once, in Chinese and in English, where it is used.

Chinese is the default. There is no global state: a language is passed as ``"zh"`` or ``"en"``.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
DEFAULT_LANGUAGE: Language = "zh"


class Text(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in ``lang``; Chinese for a language that is not English."""
        return self.en if lang == "en" else self.zh


def localise(lang: str, zh: str, en: str) -> str:
    """The one of two texts that is in ``lang``."""
    return en if lang == "en" else zh
