"""The units in each cell, by column, and what the roster makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.readings import read_units
from rectify_xl.collection.untouched import is_as_dispatched
from rectify_xl.common.findings import Fix
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.units import parse_units
from rectify_xl.rules import at
from rectify_xl.rules.cell_texts import raw

_FORM = LazyPattern(r"(?:党委|党工委|委|人民政府|政府|管委会)$")

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.collection.collection import Collection
    from rectify_xl.language.units import Units
    from rectify_xl.rules import Hit


def unit_cells(collection: Collection) -> Iterator[tuple[int, str, Units]]:
    """Position, field and reading of every cell of the unit columns that holds text."""
    for key in collection.campaign.schema.with_role("units"):
        for position, text in collection.texts(key):
            yield position, key, read_units(text)


def single_bodies(units: Units) -> tuple[str, ...]:
    """The names in a cell that stand for one body each."""
    return tuple(name for name in units.names if name not in units.collective)


def official(collection: Collection, name: str) -> str:
    """The roster's name of a unit, or the name itself where the roster has none."""
    unit = collection.match(name).unit if collection.campaign.units else None
    return unit.name if unit else name


def body(name: str) -> str:
    """A name without the form of its body: 甲县委, 甲县政府 and 甲县人民政府 are one body, which leads as one."""
    return _FORM.sub("", name.removeprefix("中共")) or name


def renamed(collection: Collection, how: str) -> Iterator[Hit]:
    """Cells that name a unit other than the roster does (``how`` is "alias" or "former"), with the fix.

    Not what the office has dispatched: it keeps the names of its ledger, which a unit cannot change.
    """
    for position, key, units in unit_cells(collection):
        if is_as_dispatched(collection, position, key):
            continue
        names: dict[str, str] = {}
        for name in single_bodies(units):
            match = collection.match(name)
            if match.how == how and match.unit is not None:
                names[name] = match.unit.name
        if names:
            fixed = _replaced(raw(collection, position, key), names, units)
            fix = None if fixed is None else Fix(fixed, safe=True)
            yield at(position, key, fix=fix, written=tuple(names), roster=tuple(dict.fromkeys(names.values())))


def _replaced(text: object, names: Mapping[str, str], units: Units) -> str | None:
    """The cell's text with the roster's names; None unless it then reads as the same units in the same roles."""
    if not isinstance(text, str):
        return None
    written = {full: short for short, full in units.expanded.items()}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(written.get(name, name), names[name])
    read = parse_units(text)
    same = all(
        getattr(read, role) == tuple(dict.fromkeys(names.get(name, name) for name in getattr(units, role)))
        for role in ("names", "lead", "cooperating", "responsible")
    )
    return text if same else None
