"""What the office decides on in a master: one frozen record per row of 冲突, 待确认 and 延期."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_xl.common.short_repr import ShortRepr, call_repr
from rectify_xl.ledger.source_rows import SourceRow, row_of_cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from rectify_xl.ledger.records import Extras, Values


class ConflictSide(NamedTuple):
    """What one report says, and its cell as ``file!sheet!cell``."""

    unit: str
    value: str
    source: str

    def __repr__(self) -> str:
        return call_repr(type(self).__name__, self._asdict())

    @property
    def source_row(self) -> SourceRow | None:
        """The row of the cell; None where the office has written something else there."""
        return row_of_cell(self.source)


@dataclass(frozen=True, slots=True, repr=False)
class ConflictRecord(ShortRepr):
    """One disagreement of 冲突: the task by its name, the field by its key, and all sides.

    Attributes:
        kind: "conflict" where reports disagree with each other or with the office, "refused" where a unit proposes to change
            what is the office's.
        ours: what 总台账 shows, as text.
        decision: 处理意见, as the office wrote it.
        decided_value: 核定值.
        key: the task's key.
        round_id: the round in which it came up.
        saved_row: the row in which it stands in a master that was read back; 0 where it stands in none.
    """

    task: str
    field: str
    sides: tuple[ConflictSide, ...]
    extras: Extras = dataclasses.field(default_factory=dict)
    key: str = ""
    kind: str = "conflict"
    ours: str = ""
    decision: str = ""
    decided_value: str = ""
    round_id: str = ""
    saved_row: int = dataclasses.field(default=0, compare=False)

    @property
    def source_row(self) -> SourceRow | None:
        """The row of its first side."""
        return self.sides[0].source_row if self.sides else None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "task": self.task, "field": self.field, "values": [side._asdict() for side in self.sides],
            "key": self.key, "kind": self.kind, "ours": self.ours or None,
        }  # fmt: skip


class NearTask(NamedTuple):
    """A task that a row may be of: its key and number, and how alike the words are, from 0 to 1."""

    key: str
    task_id: str
    score: float

    def __repr__(self) -> str:
        return call_repr(type(self).__name__, self._asdict())


@dataclass(frozen=True, slots=True, repr=False)
class PendingRecord(ShortRepr):
    """One row of 待确认: a row of a list of which it is not certain whose task it is, or a file of another round.

    Attributes:
        unit: the reporting unit.
        values: the row, field key -> value.
        source: file, sheet and row.
        reason: why it waits: a code of :data:`rectify_xl.ledger.sheets.pending.REASONS`, or what the office wrote.
        nearest: the tasks that are most alike, the nearest first.
        decision: 处理意见, as the office wrote it.
        decided_value: 核定值: the number of the task that it is.
        other: the columns that the schema does not know, as ``heading：text`` lines.
        digest: the beginning of the SHA-256 of its file.
        round_id: the round in which it came.
        words: field -> the unit's own word where a choice was read from it, as in :class:`ReportRecord`.
        stated: the fields that it states, the others are as they were dispatched; None where that is not known.
        cells: field -> its cell in the list.
        saved_row: as in :class:`ConflictRecord`.
    """

    unit: str
    values: Values
    source: SourceRow
    reason: str
    nearest: tuple[NearTask, ...] = ()
    decision: str = ""
    decided_value: str = ""
    other: str = ""
    digest: str = ""
    round_id: str = ""
    extras: Extras = dataclasses.field(default_factory=dict)
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    stated: frozenset[str] | None = None
    cells: Mapping[str, str] = dataclasses.field(default_factory=dict)
    saved_row: int = dataclasses.field(default=0, compare=False)

    @property
    def states(self) -> frozenset[str]:
        """The fields that it states: all that it fills in, where nobody knows what was dispatched."""
        filled = frozenset(key for key, value in self.values.items() if value is not None)
        return filled if self.stated is None else filled & self.stated

    def address(self, key: str = "") -> str:
        """``file!sheet!cell`` of a field, else of what the row is about."""
        named = (self.cells.get(name) for name in (key, "problem", "measures"))
        cell = next(filter(None, named), f"A{self.source.row}")
        return f"{self.source.file}!{self.source.sheet}!{cell}"


@dataclass(frozen=True, slots=True, repr=False)
class ExtensionRecord(ShortRepr):
    """One row of 延期: who asked for a later deadline of which task, why, and what the office said. Days are dates or texts."""

    key: str = ""
    task_id: str = ""
    unit: str = ""
    asked_on: date | str = ""
    old_deadline: date | str = ""
    new_deadline: date | str = ""
    reason: str = ""
    decision: str = ""
    approved_by: str = ""
    approved_on: date | str = ""
    document: str = ""
    saved_row: int = dataclasses.field(default=0, compare=False)
    extras: Extras = dataclasses.field(default_factory=dict)
