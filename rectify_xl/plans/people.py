"""Leaders and units in running text: lines that go on naming them, and values that name a unit and its person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.unit_and_person import part_column
from rectify_xl.language.leaders import parse_leaders
from rectify_xl.language.units import parse_units
from rectify_xl.language.units.split import is_complete

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.plans.document import Value

_LONGEST = 80
_BOTH = LazyPattern(r"(?:单位|部门|主体).*(?:人|领导)$|(?:人|领导).*(?:单位|部门|主体)$")
_SENTENCE = LazyPattern(r"[。！？；]|[:：]")


def looks_like_leaders(text: str) -> bool:
    """Whether a line names people, and nothing else."""
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or _SENTENCE.search(plain.rstrip("。；;")):
        return False
    return any(leader.name for leader in parse_leaders(plain))


def looks_like_units(text: str) -> bool:
    """Whether a line names units, and nothing else."""
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or _SENTENCE.search(plain.rstrip("。；;")):
        return False
    units = parse_units(plain)
    return bool(units.names) and not units.unread and all(map(is_complete, units.names))


def names_both(label: str) -> bool:
    """Whether a label is one of units and of people: 责任单位及责任人."""
    return bool(_BOTH.search(label))


def units_and_people(values: Sequence[Value]) -> tuple[list[Value], list[Value]] | None:
    """The units of lines and their people, each at the place of its line; None where a line cannot be told apart for certain."""
    units: list[Value] = []
    people: list[Value] = []
    for value in values:
        parted = part_column([value.text.rstrip("。；; ")], frozenset())
        if parted is None:
            return None
        for unit, person in parted.values():
            units += [replace(value, text=unit)] if unit else []
            people += [replace(value, text=person)] if person else []
    return units, people
