"""Near misses, for suggestions only."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rectify_xl.language.units.lexicon import split_prefix
from rectify_xl.language.units.places import kind_of, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_END = re.compile(r"(?:局|委员会|委|办公室|办|厅|部|院|中心|公司|集团)$")
_SHORT_TOPIC = 3
_ALIKE = 0.7
_ONE_CHANGED = 2  # one character on either side


def nearest(name: str, names: Sequence[str]) -> int | None:
    """The index of the name most like ``name``, if it is like enough; bodies of another level never are."""
    scored = [(score, -index) for index, other in enumerate(names) if (score := _likeness(name, other)) > 0]
    return -max(scored)[1] if scored else None


def _likeness(name: str, other: str) -> float:
    """0 for names that are not alike, else up to 1."""
    if name.startswith(other) and len(other) > _SHORT_TOPIC:
        return 1.0
    if kind_of(other):
        place = stem(other)
        return 0.9 if len(place) > 1 and name in (f"{place}委", f"{place}党委", f"{place}党工委") else 0.0
    (level, core), (other_level, other_core) = split_prefix(name), split_prefix(other)
    if level != other_level:
        return 0.0
    topic, other_topic = _END.sub("", core), _END.sub("", other_core)
    if min(len(topic), len(other_topic)) <= _SHORT_TOPIC:
        close = (
            topic[:1] == other_topic[:1]
            and abs(len(topic) - len(other_topic)) <= 1
            and len(set(topic) ^ set(other_topic)) <= _ONE_CHANGED
        )
        return 0.75 if close and topic else 0.0
    ratio = SequenceMatcher(None, topic, other_topic, autojunk=False).ratio()
    return ratio if ratio >= _ALIKE else 0.0
