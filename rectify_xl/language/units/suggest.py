"""Suggest the roster's name that is most similar to an unknown one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units.lexicon import parts, split_prefix
from rectify_xl.language.units.places import kind_of, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_END = HanPattern(r"(?:局|委员会|委|办公室|办|厅|部|院|中心|公司|集团)$")
_BODIES = ("局", "委", "办", "厅", "院", "中心", "社", "部")
_SHORT_TOPIC = 3
_ALIKE = 0.7
_DIRECTIONS = frozenset("东西南北中上下前后左右新老大小内外一二三四")
_ONE_CHANGED = 2  # one character on either side


def nearest(name: str, names: Sequence[str]) -> int | None:
    """The index of the name most like ``name``, if it is like enough; bodies of another level never are."""
    for alike in (_same_but_for_place, _misspelt_place):
        same = [index for index, other in enumerate(names) if alike(name, other)]
        if len(same) == 1:
            return same[0]
    scored = [(score, -index) for index, other in enumerate(names) if (score := _likeness(name, other)) > 0]
    return -max(scored)[1] if scored else None


def _same_but_for_place(name: str, other: str) -> bool:
    """水利局, 县水利局 and 雾川县水利局: one name says more about the place than the other."""
    (place, core), (other_place, other_core) = parts(name), parts(other)
    if core != other_core or place == other_place or not core.endswith(_BODIES):
        return False
    shorter, longer = sorted((place, other_place), key=len)
    return len(shorter) <= 1 < len(longer) + (not shorter) and longer.endswith(shorter)


def _misspelt_place(name: str, other: str) -> bool:
    """柏诸区 for 柏渚区: places of one kind with one character changed, which is no direction (东城区, 西城区)."""
    place, other_place = stem(name), stem(other)
    if kind_of(name) is None or kind_of(name) != kind_of(other) or len(place) != len(other_place):
        return False
    changed = [{one, two} for one, two in zip(place, other_place, strict=True) if one != two]
    return len(changed) == 1 and len(place) >= _SHORT_TOPIC and _DIRECTIONS.isdisjoint(changed[0])


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
    from difflib import SequenceMatcher  # noqa: PLC0415 - few lists hold a name that nearly is another

    ratio = SequenceMatcher(None, topic, other_topic, autojunk=False).ratio()
    return ratio if ratio >= _ALIKE else 0.0
