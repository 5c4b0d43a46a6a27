"""Languages of the texts that people read: every text exists once, in Chinese and in English, where it is used.

Chinese is the default. There is no global state: a language is passed as ``"zh"`` or ``"en"``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
DEFAULT_LANGUAGE: Language = "zh"


@dataclass(frozen=True, slots=True, repr=False)
class Text(ShortRepr):
    """One text in both languages."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in ``lang``; Chinese for a language that is not English."""
        return self.en if lang == "en" else self.zh

    def __iter__(self) -> Iterator[str]:
        """Chinese, then English: ``RectifyError(*text)``."""
        return iter((self.zh, self.en))

    def __bool__(self) -> bool:
        return bool(self.zh)

    def __format__(self, spec: str) -> str:
        """A text stands in a sentence in one language: ``{text.zh}``. One without is a mistake that must not be printed."""
        raise TypeError


NO_TEXT = Text("", "")


def localise(lang: str, zh: str, en: str) -> str:
    """The one of two texts that is in ``lang``."""
    return Text(zh, en).in_language(lang)


def listed(lang: str, words: Iterable[str]) -> str:
    """Words one after the other, as the language separates them: 甲、乙 and A, B."""
    return localise(lang, "、", ", ").join(words)


def listed_first(lang: str, words: Sequence[str], most: int) -> str:
    """The first of many words, and that there are more: 甲、乙 等 and A, B and more."""
    return listed(lang, words[:most]) + (localise(lang, " 等", " and more") if len(words) > most else "")
