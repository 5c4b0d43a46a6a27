"""How alike two texts are: the share of their pairs of neighbouring characters (Sørensen-Dice), which needs no word list."""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST = 400  # characters that are compared
_COMMON = 50  # a pair that so many tasks have tells nothing apart


def _pairs(text: str) -> frozenset[str]:
    text = text[:_LONGEST]
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset({text} - {""})


def score(text: str, others: Iterable[str]) -> float:
    """From 0 (nothing in common) to 1: how alike a text is to the most similar of several."""
    mine = _pairs(text)
    return max((_dice(mine, _pairs(other)) for other in others), default=0.0)


def _dice(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


class Likeness:
    """Finds the nearest of many texts without comparing with each: candidates share a pair of characters that few have."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        self._pairs = {key: tuple(map(_pairs, several)) for key, several in texts.items()}
        self._having: dict[str, list[str]] = defaultdict(list)
        for key, several in self._pairs.items():
            for pair in dict.fromkeys(pair for one in several for pair in sorted(one)):
                self._having[pair].append(key)

    def nearest(self, text: str, most: int, least: float) -> list[tuple[str, float]]:
        """The keys of the ``most`` texts that are most alike, at least ``least``, the nearest first."""
        mine = _pairs(text)
        shared = Counter(key for pair in mine if len(keys := self._having.get(pair, ())) <= _COMMON for key in keys)
        scored = ((key, max(_dice(mine, one) for one in self._pairs[key])) for key in shared)
        good = [(key, round(like, 2)) for key, like in scored if like >= least]
        return nsmallest(most, good, key=lambda found: (-found[1], found[0]))
