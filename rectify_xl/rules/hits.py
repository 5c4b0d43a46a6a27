"""Hits: what a rule yields, before the engine gives it words, a severity and a cell."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.collection.collection import Collection
    from rectify_xl.common.findings import Fix, Severity


class Phrase(str):
    """A fact that is part of the rule's own sentence: it stands there as it is, while texts from cells are cut when long."""

    __slots__ = ()


def phrases(name: str, zh: str, en: str) -> dict[str, Any]:
    """The facts ``name`` and ``name_en``: one part of the sentence in both languages."""
    return {name: Phrase(zh), f"{name}_en": Phrase(en)}


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found, before it has words. Made by one of the functions below."""

    position: int | None = None
    field: str | None = None
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    unit: str | None = None
    task_id: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def at(position: int, field: str, *, fix: Fix | None = None, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit at field ``field`` of row ``position`` of the frame; the engine knows the cell and its value."""
    return Hit(position=position, field=field, fix=fix, facts=facts)


def in_file(file: str, sheet: str | None = None, cell: str | None = None, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit about a file, one of its sheets, or a cell outside the task rows."""
    return Hit(file=file, sheet=sheet, cell=cell, facts=facts)


def in_ledger(sheet: str, task_id: str, field: str, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit about a task of the last master: what the office itself has written there."""
    return Hit(sheet=sheet, task_id=task_id, field=field, facts=facts)


def about(unit: str, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit about a unit."""
    return Hit(unit=unit, facts=facts)


def overall(severity: Severity | None = None, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit about the whole campaign."""
    return Hit(severity=severity, facts=facts)


def faults(collection: Collection, slug: str) -> Iterator[Hit]:
    """The faults of structure that the reader met under ``slug``, as hits."""
    for submission in collection.submissions:
        for fault in submission.faults:
            if fault.slug == slug:
                yield Hit(file=submission.path, sheet=fault.sheet, cell=fault.cell, facts=fault.facts)
