"""What :func:`rectify_xl.language.text.clean_text` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
