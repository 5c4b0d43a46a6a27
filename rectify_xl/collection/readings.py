"""The language readers as a Collection uses them: each distinct cell is read once."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from rectify_xl.language.deadline import Deadline, DeadlineOptions, parse_deadline
from rectify_xl.language.leaders import Leader, parse_leaders
from rectify_xl.language.text import clean_text
from rectify_xl.language.units import Units, parse_units

_LEADING = ("牵头", "主责", "主体", "承办")


class KeyedOptions:
    """Options as part of a cache key: compared by what they hold, since a mapping has no hash."""

    def __init__(self, options: DeadlineOptions) -> None:
        self.options = options
        self._key = tuple(str(getattr(options, known.name)) for known in fields(options))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeyedOptions) and self._key == other._key


@lru_cache(maxsize=65536, typed=True)
def read_deadline(value: Any, anchor: date, keyed: KeyedOptions) -> Deadline:  # noqa: ANN401 - a cell holds anything
    """How a deadline cell reads."""
    return parse_deadline(value, anchor=anchor, options=keyed.options)


@lru_cache(maxsize=65536, typed=True)
def read_units(value: Any) -> Units:  # noqa: ANN401
    """Who is named in a cell of units; nobody in a cell without words."""
    return parse_units(value if isinstance(value, str) else "")


@lru_cache(maxsize=65536, typed=True)
def read_leaders(value: Any) -> tuple[Leader, ...]:  # noqa: ANN401
    """Who is named in a cell of leaders; nobody in a cell without words."""
    return parse_leaders(value if isinstance(value, str) else "")


def load_readers() -> None:
    """Build now what the readers build on first use (their patterns); done while the files are still being read."""
    parse_deadline("2026年底前", anchor=date(2026, 1, 1))
    parse_units("甲局牵头，乙局配合")
    parse_leaders("甲某 局长")


def read_both_units(lead: Any, cooperating: Any, *, heading: str) -> Units:  # noqa: ANN401
    """Who is named in the lead column, below its heading, and in the cooperating column of a row."""
    units = read_units(lead)
    if isinstance(cooperating, str):
        units = with_cooperating(units, read_units(cooperating))
    return responsible_lead(units) if units.responsible and _is_lead_column(units, heading) else units


def _is_lead_column(units: Units, heading: str) -> bool:
    """Bare names lead where the heading says so (牵头单位, 主责单位), or where one unit stands alone."""
    if units.lead:
        return False
    return len(units.responsible) == 1 or says_who_leads(heading)


def says_who_leads(heading: str) -> bool:
    """Whether a heading says that its units lead (牵头单位), and not only that they answer for a task (责任单位)."""
    return any(word in clean_text(heading).cleaned for word in _LEADING)


def with_cooperating(units: Units, others: Units) -> Units:
    """Units of the lead column, with everybody in the cooperating column added as cooperating."""
    names = (*units.cooperating, *others.cooperating, *others.responsible, *others.lead)
    collective = (*units.collective, *others.collective)
    return replace(units, cooperating=tuple(dict.fromkeys(names)), collective=tuple(dict.fromkeys(collective)))


def responsible_lead(units: Units) -> Units:
    """The same units, those without a role leading."""
    return replace(units, lead=units.responsible, responsible=())
