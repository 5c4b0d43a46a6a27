"""Where a list begins its numbers again: on another sheet, in a section, in a category, in a second table."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import number_key, text_key

if TYPE_CHECKING:
    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.place import Place

_CATEGORY_NUMBER = LazyPattern(r"^\s*(?:\(?[一二三四五六七八九十百\d]+\)?[、.)\s]|第[一二三四五六七八九十\d]+类)\s*")
_CATEGORY_COUNT = LazyPattern(r"\(\s*(?:共|计|合计)?\s*(\d{1,4})\s*[项个条件]\s*(?:任务|问题)?\s*\)")

_FIRST = frozenset({"1", "一"})  # a list may begin again with (一) as well as with 1
_CATEGORY_TAIL = LazyPattern(r"(?:方面|领域|类)?(?:存在的?)?(?:整改)?(?:问题|任务)?(?:整改)?(?:方面|类)?$")


@lru_cache(maxsize=4096)  # a list has a handful, and asks of each row three times
def category_key(category: str) -> tuple[str, int | None]:
    """A category without numbering and count, and the count: 一、组织领导(13项) -> 组织领导, 13."""
    folded = unicodedata.normalize("NFKC", category)
    count = _CATEGORY_COUNT.search(folded)
    plain = _CATEGORY_NUMBER.sub("", _CATEGORY_COUNT.sub("", folded))
    return text_key(plain), int(count[1]) if count else None


def category_name(category: str) -> str:
    """A category as two lists compare it: (二)生态破坏方面问题 -> 生态破坏."""
    name, _ = category_key(category)
    return _CATEGORY_TAIL.sub("", name) or name


def roster_name(collection: Collection, name: str) -> str:
    """The roster's name of a unit, or the name as written."""
    match = collection.match(name)
    return match.unit.name if match.unit else name


def number_keys(collection: Collection) -> list[str]:
    """The task number of every row in the form in which numbers are compared; empty where there is none. Worked out once."""
    return collection.once(_number_keys)


def _number_keys(collection: Collection) -> list[str]:
    return [number_key(value) if isinstance(value, str) else "" for value in collection.values("task_id")]


def section_of(place: Place) -> int:
    """The row of the section heading that a task stands under; 0 where there is none."""
    return max((section.row for section in place.table.sections if section.row < place.task.row), default=0)


def category_of(collection: Collection, position: int) -> str:
    """A row's category as written: its own cell, else the section heading above it."""
    written = collection.values("category")[position]
    if isinstance(written, str):
        return written
    place = collection.places[position]
    row = section_of(place)
    return next((section.text for section in place.table.sections if section.row == row), "")


def numbering_scopes(collection: Collection) -> list[tuple[str, ...]]:
    """Within what each row's number must be unique: its unit's part of its file, or its sheet, table, section and category.

    The latter where a file begins again from 1 in several of them. Worked out once.
    """
    return collection.once(_scopes)


def _scopes(collection: Collection) -> list[tuple[str, ...]]:
    groups: list[tuple[str, ...]] = []
    firsts: dict[tuple[str, ...], str] = {}
    begun_by: dict[tuple[str, ...], list[set[str]]] = {}
    for position, (place, number) in enumerate(zip(collection.places, number_keys(collection), strict=True)):
        category, _ = category_key(category_of(collection, position))
        table = f"{place.table.header_row} {place.table.first_column}"
        group = (place.submission.path, place.table.sheet, table, str(section_of(place)), category)
        tables = begun_by.setdefault(group, [set()])
        leads = _leads(collection, position)
        own = place.task.part_of in (None, place.task.row)
        if number in _FIRST and own and leads and tables[-1] and not any(leads & earlier for earlier in tables):
            # A second table below the first, numbered from 1 again, that other units lead.
            tables.append(set())
        tables[-1] |= leads
        scope = (*group, str(len(tables)))
        groups.append(scope)
        if number:
            firsts.setdefault(scope, number)
    begun = Counter(group[0] for group, first in firsts.items() if first in _FIRST)
    units = (collection.unit_of(position) for position in range(len(collection)))
    return [group if begun[group[0]] > 1 else (group[0], unit) for group, unit in zip(groups, units, strict=True)]


def _leads(collection: Collection, position: int) -> set[str]:
    units = collection.units[position]
    return {roster_name(collection, name) for name in units.lead or units.names}
