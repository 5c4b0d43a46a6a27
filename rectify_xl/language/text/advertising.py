"""Advertising, links and foreign text inside the name of a unit or a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.text.damage import Damage
from rectify_xl.language.text.vocabulary import AD_LATIN, KNOWN_NUMBERS, NOT_AD, STRONG_AD_WORDS, WEAK_AD_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINK = HanPattern(
    r"(?i:https?://[!-~]+|www\.[a-z0-9.\-/_?=&%]+|(?<![a-z0-9\-.])[a-z0-9][a-z0-9\-.]{0,80}\.(?:com|cn|"
    r"net|org|cc|vip|top|xyz|info|me|tv|app)\b[a-z0-9/_?=&%\-.]*)"
)
_NOT_AD = HanPattern(NOT_AD)
_KNOWN_NUMBER = HanPattern(KNOWN_NUMBERS)
_STRONG = HanPattern("|".join(STRONG_AD_WORDS))
_WEAK = HanPattern("|".join(WEAK_AD_WORDS))
_AD_LATIN = HanPattern(rf"(?<![A-Za-z])(?:{AD_LATIN})(?![A-Za-z])")
_LOWER_LATIN = HanPattern(r"(?<![A-Za-z])[A-Za-z]*[a-z]{3,}[A-Za-z]*")
_LONG_NUMBER = HanPattern(r"\d{6,}")
_ODD_NUMBER = HanPattern(r"\d{4,5}")
_FOREIGN = HanPattern(r"[\u0370-\u06ff\u0900-\u0e7f\u3040-\u30ff\uac00-\ud7af]{2,}")
_HAN = HanPattern(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_ENOUGH_WEAK = 2


def find_in_name(text: str) -> Iterator[Damage]:
    """Links, and one stretch of advertising from the first sign of it to the last.

    A sign is a betting or download word, a number longer than any hot line, Latin or other foreign
    letters that are no known form, beside Chinese ones: a name all in letters is a name. Words that true names use too
    (平台, 注册) count from two on.
    """
    masked = list(text)
    for link in _LINK.finditer(text):
        yield Damage("link", link.start(), link.end(), link[0], None)
        masked[link.start() : link.end()] = " " * len(link[0])
    for known in _NOT_AD.finditer("".join(masked)):
        masked[known.start() : known.end()] = " " * len(known[0])
    rest = "".join(masked)
    signs = (_STRONG, _AD_LATIN, _LONG_NUMBER, *((_LOWER_LATIN, _FOREIGN) if _HAN.search(text) else ()))
    strong = [m.span() for sign in signs for m in sign.finditer(rest)]
    weak = [m.span() for m in _WEAK.finditer(rest)]
    weak += [m.span() for m in _ODD_NUMBER.finditer(_KNOWN_NUMBER.sub(lambda m: " " * len(m[0]), rest))]
    if not strong and len(weak) < _ENOUGH_WEAK:
        return
    start, end = min(s for s, _ in strong + weak), max(e for _, e in strong + weak)
    yield Damage("advertising", start, end, text[start:end], None)
