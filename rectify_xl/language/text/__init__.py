"""Damaged text: what is wrong with a cell's characters, and the text without it."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.text.advertising import find_in_name
from rectify_xl.language.text.damage import CleanText, Damage, DamageKind, repaired, without_overlaps
from rectify_xl.language.text.invisible import find_censored, find_unseen
from rectify_xl.language.text.mojibake import find_mojibake
from rectify_xl.language.text.script import find_pinyin, find_traditional

__all__ = ["CleanText", "Damage", "DamageKind", "clean_text", "is_plain"]


# Whatever a finder could look at in a text whose characters all belong to the Simplified standard set. Three patterns,
# each beginning with one set of characters: so they are searched four times faster than as one with alternatives.
_SUSPECT = (
    HanPattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00c0-\u00ff*\uff0a✕\uff38\uff58■█▇□锟锘]"),
    HanPattern(r"[斤烫屯Xx](?:(?<=斤)拷|(?<=烫)烫烫|(?<=屯)屯屯|(?<=[Xx])[Xx])"),
    HanPattern(r"[(\uff08][A-Za-z\u0100-\u024f]{1,7}[)\uff09]"),
)


def clean_text(text: str, *, name: bool = False) -> CleanText:
    """Finds damage and repairs what can be repaired.

    ``name`` says that the text is the name of a unit or a person, where advertising, links and foreign
    text are damage too. Never raises for a string; a text without damage comes back unchanged.
    """
    if not name and is_plain(text):
        return CleanText(text, text, ())
    return _cleaned(text, name)


def is_plain(text: str) -> bool:
    """Whether nothing in a text can be damage; true of most cells, and twenty times cheaper than looking for it."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return not any(suspect.search(text) for suspect in _SUSPECT)


@lru_cache(maxsize=8192)
def _cleaned(text: str, name: bool) -> CleanText:  # noqa: FBT001 - half of a cache key
    # Mojibake first: half of its characters are control codes, and without them nobody could restore the text.
    kept = without_overlaps(
        chain(find_mojibake(text), find_unseen(text), find_pinyin(text), find_traditional(text), find_censored(text))
    )
    repairs = sorted(kept, key=lambda d: d.start)
    cleaned = repaired(text, repairs)
    # What a name is polluted with is never repaired, so it may lie over other damage.
    damage = sorted([*repairs, *(find_in_name(text) if name else ())], key=lambda d: (d.start, d.end))
    return CleanText(text, cleaned, tuple(damage))
