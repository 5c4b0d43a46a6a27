"""Traditional characters mixed into Simplified text, and pinyin inserted after a character."""

from __future__ import annotations

import importlib
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.text.damage import Damage
from rectify_xl.language.text.vocabulary import NAME_CHARACTERS, PINYIN_SYLLABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HAN = HanPattern(r"[\u3400-\u9fff]+")
_INSERTION = HanPattern(r"(?<=[\u3400-\u9fff])[(\uff08]([A-Za-zɡɑ\u00c0-\u024f\u1e00-\u1eff]{1,7})[)\uff09]")
_SYLLABLE = HanPattern(PINYIN_SYLLABLE)
_TONES = frozenset("\u0300\u0301\u0304\u030c")
# A text with this share of characters that only Traditional script has is Traditional throughout.
_THROUGHOUT = 0.15


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    """OpenCC's t2s, imported here because its tables cost a tenth of a second that most texts never need."""
    return cast("Callable[[str], str]", importlib.import_module("opencc").OpenCC("t2s").convert)


@lru_cache(maxsize=8192)
def _simplified(run: str) -> str:
    converted = _converter()(run)
    return converted if len(converted) == len(run) else run


@lru_cache(maxsize=8192)
def in_gb2312(character: str) -> bool:
    """Whether a character belongs to the Simplified standard set; those are never reported alone."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def find_traditional(text: str) -> Iterator[Damage]:
    """Stretches of Traditional characters, each with its Simplified form.

    Only characters outside GB2312 count as evidence, so that 乾县 or 瞭望 in Simplified text stay as they are.
    """
    runs = list(_HAN.finditer(text))
    rare = {c for run in runs for c in run[0] if not in_gb2312(c)} - NAME_CHARACTERS
    traditional = {c for c in rare if _simplified(c) != c}
    hard = sum(c in traditional for run in runs for c in run[0])
    if not hard:
        return
    throughout = hard >= _THROUGHOUT * sum(len(run[0]) for run in runs)
    for run in runs:
        simple = _simplified(run[0])
        changed = [old != new and (throughout or old in traditional) for old, new in zip(run[0], simple, strict=True)]
        start = None
        for offset, flag in enumerate([*changed, False]):
            if flag and start is None:
                start = offset
            elif not flag and start is not None:
                yield Damage("traditional", run.start() + start, run.start() + offset, run[0][start:offset], simple[start:offset])
                start = None


def _is_syllable(letters: str) -> tuple[bool, bool]:
    """(is a Mandarin syllable, carries a tone mark)."""
    decomposed = unicodedata.normalize("NFD", letters.lower().replace("ɡ", "g").replace("ɑ", "a"))
    toned = any(c in _TONES for c in decomposed)
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return _SYLLABLE.fullmatch(plain) is not None, toned


def find_pinyin(text: str) -> Iterator[Damage]:
    """Insertions such as ``(huán)`` after 环. One without a tone counts only beside others that have one."""
    found = [(m, *_is_syllable(m[1])) for m in _INSERTION.finditer(text)]
    if not any(syllable and toned for _, syllable, toned in found):
        return
    for match, syllable, _ in found:
        if syllable:
            yield Damage("pinyin", match.start(), match.end(), match[0], "")
