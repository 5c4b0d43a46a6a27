"""What 总台账 shows of the units' own reports on one task: the same answer as in round one, from values alone."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.schema.conversion import shown_in
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import HOW_FAR, meaning_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rectify_xl.collection.collection import Collection
    from rectify_xl.schema.fields import Field

_LINE = LazyPattern(r"^【([^【】\n]+)】", re.MULTILINE)


def composed(collection: Collection, known: Field, reports: Mapping[str, Mapping[str, Any]], lead: frozenset[str]) -> Any:  # noqa: ANN401
    """The value of one of the units' fields over all reports.

    Args:
        collection: how values are compared.
        known: a field that units own.
        reports: unit -> its report.
        lead: the units that lead the task.

    Returns:
        What all agree on, or what the lead says; None where neither is there.
    """
    said = {unit: values[known.key] for unit, values in reports.items() if values.get(known.key) is not None}
    if len(reports) == 1:
        values = next(iter(reports.values()))
        return values.get(known.key) if known.key != STATUS else _status(collection, values)
    if known.grain == "unit":
        return join_lines({unit: shown_in(known, value) for unit, value in said.items()}) or None
    leading = {unit: value for unit, value in said.items() if unit in lead}
    if known.key in HOW_FAR and any(reports[unit].get(key) is not None for unit in reports if unit in lead for key in HOW_FAR):
        # What a cooperating unit has done of its own share is not the state of the task.
        said = leading
    return (
        agreed(collection, known, said) if len(agreements(collection, known, said)) <= 1 else agreed(collection, known, leading)
    )


def agreements(collection: Collection, known: Field, said: Mapping[str, Any]) -> set[Any]:
    """The different things that several units say."""
    return {meaning_of(collection, known, value) for value in said.values()} - {None}


def agreed(collection: Collection, known: Field, said: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """What all say; None where they say different things or nothing."""
    return next(iter(said.values()), None) if len(agreements(collection, known, said)) <= 1 else None


def _status(collection: Collection, values: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """A task without a status that has a day of completion counts as done, as the ledger of round one has it."""
    status = values.get(STATUS)
    if status is None and isinstance(values.get("completed_on"), date):
        return next(iter(collection.campaign.schema.states.closed), None)
    return status


def join_lines(said: Mapping[str, str]) -> str:
    """The units' own texts, the unit's name before each."""
    return "\n".join(f"【{unit}】{text}" for unit, text in said.items())


def has_lines(text: str) -> bool:
    """Whether a text begins as one that :func:`join_lines` joined."""
    return text.startswith("【")


def split_lines(
    text: str, said: Mapping[str, str] = MappingProxyType({}), named: Callable[[str], str] = str
) -> dict[str, str] | None:
    """The texts that :func:`join_lines` joined, by unit; None where the cell is no such list.

    Args:
        text: the cell.
        said: unit -> what it said last: a line of its own in it may begin as a name does (【第一阶段】…).
        named: the name by which a unit is known today; the texts of units that have become one stand together.
    """
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        start = _LINE.match(text, at)
        if start is None:
            return None
        unit = named(start[1])
        end = _end_of_line(text, start.end(), said.get(unit, ""))
        own = text[start.end() : end].rstrip("\n")
        found[unit] = f"{found[unit]}\n{own}" if unit in found else own
        at = end + 1
    return found or None


def lines_by_unit(text: str, said: Mapping[str, str], named: Callable[[str], str]) -> dict[str, str] | None:
    """The lines of the ledger's cell by unit; a text without a name is that of the only unit that has reported (``said``)."""
    lines = split_lines(text, said, named)
    alone = next(iter(said), "") if len(said) == 1 else ""
    return {alone: text} if alone and alone not in (lines or {}) else lines


def _end_of_line(text: str, start: int, said: str) -> int:
    """Where a unit's text ends: behind what it said last where that stands there, else before the next name."""
    end = start + len(said)
    if said and text.startswith(said, start) and (end == len(text) or _LINE.match(text, end + 1)):
        return end
    following = _LINE.search(text, start)
    return following.start() - 1 if following else len(text)
