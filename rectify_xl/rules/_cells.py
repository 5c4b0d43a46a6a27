"""What stands in the cells, before and after conversion: readings that several rules share."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rectify_xl.language.text import Damage, DamageKind, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.book import Book

UNSEEN: frozenset[DamageKind] = frozenset({"control", "invisible"})


def raw(book: Book, position: int, key: str) -> Any:  # noqa: ANN401 - a cell holds anything
    """The value of a row's field as it stands in the file."""
    return book.places[position].task.values.get(key)


def raw_texts(book: Book, keys: Iterable[str] | None = None) -> Iterator[tuple[int, str, str]]:
    """Position, field and raw text of every cell of ``keys`` (default: all fields) that holds text."""
    for key in book.campaign.schema.keys if keys is None else keys:
        for position, place in enumerate(book.places):
            value = place.task.values.get(key)
            if isinstance(value, str) and value:
                yield position, key, value


def odd_texts(book: Book, keys: Iterable[str] | None = None) -> Iterator[tuple[int, str, str]]:
    """Those of :func:`raw_texts` that hold any character by which a text can be damaged."""
    wanted = frozenset(book.campaign.schema.keys if keys is None else keys)
    return (cell for cell in book.odd_texts if cell[1] in wanted)


def text_keys(book: Book) -> tuple[str, ...]:
    """The fields that hold words."""
    return tuple(known.key for known in book.campaign.schema.fields if known.is_text)


def damage(text: str, kinds: Iterable[DamageKind], *, name: bool = False) -> tuple[Damage, ...]:
    """The damage of the given kinds in a text."""
    return tuple(found for found in clean_text(text, name=name).damage if found.kind in kinds)


def without(text: str, damages: Iterable[Damage]) -> str:
    """The text without its damaged stretches, and without spaces at its ends."""
    kept, start = [], 0
    for found in damages:
        kept.append(text[start : found.start])
        start = max(start, found.end)
    return "".join([*kept, text[start:]]).strip()


def is_mojibake(book: Book, position: int, key: str) -> bool:
    """Whether garbled-text reports the cell as unreadable, so that rules which cannot read it stay silent."""
    value = raw(book, position, key)
    return isinstance(value, str) and bool(damage(value, {"mojibake"}))


def found_words(damages: Iterable[Damage]) -> tuple[str, ...]:
    """The damaged stretches as a message shows them: each once, no more than five."""
    return tuple(dict.fromkeys(found.found for found in damages))[:5]


def closest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to ``word``, or a dash where none is near."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.5)), "—")
