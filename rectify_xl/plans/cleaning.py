"""A damaged copy cleaned: every substitution is kept with its place, what nobody can restore is only marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.text import Damage, clean_text
from rectify_xl.plans.document import Document, Joined, Places, make_blocks

if TYPE_CHECKING:
    from rectify_xl.plans.source import Source

# (jìn) of which a byte was lost: a syllable that closes a bracket which nothing opened, or signs of another character set.
_TORN = LazyPattern(
    r"[\u3400-\u9fff][?\ufffd][a-zà-öø-ÿā-ǿǎ-ǜ]{1,6}[)）](?:[\u3400-\u9fff]{0,6}[\u2500-\u257f\u2474-\u249b]+[a-z]?)*"
)
_FRAMES = LazyPattern(r"(?<=[\u3400-\u9fff])[\u2500-\u257f\u2474-\u2487]{1,3}(?:[a-z]{1,2}(?=[\u3400-\u9fff]))?")
_QUESTION_MARK = LazyPattern(r"(?m)(?<=[\u3400-\u9fff。；)）])\?[ \u3000]*$")
_ASKS = LazyPattern(r"(?:[吗呢么何谁哪几否]|为什么|怎么|如何|是不是|能不能)[^。！\n]{0,20}$")
# 著力 of a Traditional copy, which no table of characters turns into 着力: 著 is Simplified as well.
_ZHE = LazyPattern(r"著(?=[力眼重手實实落想急])")
_COPY_DAMAGE = frozenset({"pinyin", "traditional"})
_KEPT = frozenset({"censored", "advertising", "link"})


def clean_document(source: Source) -> Document:
    """The document with what a copying site did to it undone, as far as it can be."""
    joined = Joined.of(source)
    found = [damage for damage in clean_text(joined.text).damage if "\n" not in damage.found]
    torn = [*_marks(_TORN, joined.text), *_marks(_FRAMES, joined.text)]
    taken: set[int] = set()
    for one in torn:
        taken.update(range(one.start, one.end))
    found = [one for one in found if taken.isdisjoint(range(one.start, one.end))] + _without_inner(torn)
    if any(one.kind in _COPY_DAMAGE for one in found):
        found += _question_marks(joined.text)
        found += [Damage("traditional", one.start(), one.end(), one[0], "着") for one in _ZHE.finditer(joined.text)]
    repairs = sorted(
        (replace(one, replacement=None) if one.kind in _KEPT else one for one in found), key=lambda one: (one.start, one.end)
    )
    places = Places(repairs)
    text = _repaired(joined.text, repairs)
    return Document(source, joined.text, text, places, tuple(repairs), make_blocks(source, joined, text, places))


def _marks(pattern: LazyPattern, text: str) -> list[Damage]:
    return [Damage("mojibake", one.start(), one.end(), one[0], None) for one in pattern.finditer(text)]


def _without_inner(found: list[Damage]) -> list[Damage]:
    kept: list[Damage] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _question_marks(text: str) -> list[Damage]:
    """A sign that the copy's character set lacked, at the end of a line that asks nothing."""
    return [
        Damage("invisible", one.start(), one.start() + 1, "?", "")
        for one in _QUESTION_MARK.finditer(text)
        if not _ASKS.search(text[text.rfind("\n", 0, one.start()) + 1 : one.start()])
    ]


def _repaired(text: str, repairs: list[Damage]) -> str:
    parts, at = [], 0
    for one in repairs:
        if one.replacement is not None:
            parts += [text[at : one.start], one.replacement]
            at = one.end
    return "".join((*parts, text[at:]))
