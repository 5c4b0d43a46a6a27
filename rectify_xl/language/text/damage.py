"""Damage in a text, its repair, and the result of :func:`rectify_xl.language.text.clean_text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

DamageKind = Literal["mojibake", "pinyin", "traditional", "advertising", "link", "censored", "invisible", "control"]


@dataclass(frozen=True, slots=True)
class Damage:
    """One damaged stretch of a text.

    ``start`` and ``end`` are offsets into the original (end exclusive), ``found`` is the stretch itself.
    ``replacement`` is what the cleaned text holds instead; ``None`` means that nobody can tell what stood
    there, so the stretch is left as it is.
    """

    kind: DamageKind
    start: int
    end: int
    found: str
    replacement: str | None


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text before and after repair, with the damage in order of position."""

    original: str
    cleaned: str
    damage: tuple[Damage, ...]


def without_overlaps(found: Iterable[Damage]) -> list[Damage]:
    """The damage without overlaps: the first finder to claim a character keeps it."""
    kept: list[Damage] = []
    taken: set[int] = set()
    for damage in found:
        span = range(damage.start, damage.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(damage)
    return kept


def repaired(text: str, repairs: Iterable[Damage]) -> str:
    """The text with every replacement in place; ``repairs`` in the order of their position, without overlaps."""
    parts: list[str] = []
    at = 0
    for damage in repairs:
        if damage.replacement is not None:
            parts += [text[at : damage.start], damage.replacement]
            at = damage.end
    return "".join([*parts, text[at:]])
