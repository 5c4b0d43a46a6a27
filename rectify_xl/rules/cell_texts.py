"""What stands in the cells, before and after conversion: readings that several rules share."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.language import DITTO
from rectify_xl.language.text import Damage, DamageKind, clean_text
from rectify_xl.language.units.vocabulary import UNDECIDED
from rectify_xl.rules import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.collection.collection import Collection

SAME_AS_ABOVE = frozenset({"同上", "见上", "同前", "同上述", "同左"})
_SAME_STARTS = frozenset(words[0] for words in SAME_AS_ABOVE)
UNSEEN: frozenset[DamageKind] = frozenset({"control", "invisible"})


def raw(collection: Collection, position: int, key: str) -> Any:  # noqa: ANN401 - a cell holds anything
    """The value of a row's field as it stands in the file."""
    return collection.places[position].task.values.get(key)


def raw_texts(collection: Collection, keys: Iterable[str] | None = None) -> Iterator[tuple[int, str, str]]:
    """Position, field and raw text of every cell of ``keys`` (default: all fields) that holds text."""
    rows = [place.task.values for place in collection.places]
    for key in collection.campaign.schema.keys if keys is None else keys:
        for position, values in enumerate(rows if key in collection.known else ()):
            value = values.get(key)
            if isinstance(value, str) and value:
                yield position, key, value


def odd_texts(collection: Collection, keys: Iterable[str] | None = None) -> Iterator[tuple[int, str, str]]:
    """Those of :func:`raw_texts` that hold any character by which a text can be damaged."""
    wanted = frozenset(collection.campaign.schema.keys if keys is None else keys)
    return (cell for cell in collection.odd_texts if cell[1] in wanted)


def text_keys(collection: Collection) -> tuple[str, ...]:
    """The fields that hold words."""
    return tuple(known.key for known in collection.campaign.schema.fields if known.is_text)


def damage(text: str, kinds: Iterable[DamageKind], *, name: bool = False) -> tuple[Damage, ...]:
    """The damage of the given kinds in a text."""
    return tuple(found for found in clean_text(text, name=name).damage if found.kind in kinds)


def is_mojibake(collection: Collection, position: int, key: str) -> bool:
    """Whether garbled-text reports the cell as unreadable, so that rules which cannot read it stay silent."""
    value = raw(collection, position, key)
    return isinstance(value, str) and bool(damage(value, {"mojibake"}))


def is_undecided(text: str) -> bool:
    """Whether a cell says that what belongs there is not settled (待定)."""
    return text_key(text) in UNDECIDED


def says_same(text: str) -> bool:
    """Whether a cell only points at the one above it (同上, 〃)."""
    # Of a long text the first word tells, without the key of all the others.
    first = next((character for character in text if character.isalnum()), "")
    points = unicodedata.normalize("NFKC", first)[:1] in _SAME_STARTS and text_key(text) in SAME_AS_ABOVE
    return points or text.strip() in DITTO


def found_words(damages: Iterable[Damage]) -> tuple[str, ...]:
    """The damaged stretches as a message shows them: each once, no more than five."""
    return tuple(dict.fromkeys(found.found for found in damages))[:5]


def closest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known word nearest to ``word``, if one is near."""
    return tuple(get_close_matches(word, list(known), n=1, cutoff=0.5))


def close_to(near: tuple[str, ...]) -> dict[str, Any]:
    """Facts that name the words which may have been meant; nothing where there are none."""
    named = "、".join(near)
    return phrases("near", f"（相近的有：{named}）", f" (close to it: {named})") if near else phrases("near", "", "")
