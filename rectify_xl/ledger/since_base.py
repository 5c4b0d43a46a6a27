"""What a merge with a base came to: the figures and lists of its result beside the master itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.rounds import Comparison, Outcome
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.decision_records import PendingRecord
    from rectify_xl.ledger.records import ChangeRecord

_CHANGED = frozenset({Outcome.REPORTED, Outcome.FILLED, Outcome.DECIDED})


@dataclass(frozen=True, repr=False)
class SinceBase:
    """What is new in a master since its base.

    Attributes:
        base: the workbook that was continued, as it was named.
        comparison: what became of every row and value.
        changes: the lines that this run added to 变更记录, decisions and new tasks included.
        tasks: how many tasks the base had.
        decided: how many decisions of the office were applied.
        edits: what the office has changed by its own hand since the last merge; empty where that is not known.
    """

    base: str
    comparison: Comparison
    changes: tuple[ChangeRecord, ...] = ()
    tasks: int = 0
    decided: int = 0
    edits: tuple[ChangeRecord, ...] = ()

    def __repr__(self) -> str:
        return f"<SinceBase {self.base}: {self.added} added, {self.updated} updated, {self.unchanged} unchanged>"

    @property
    def added(self) -> int:
        """Tasks that the base did not have."""
        return sum(change.outcome == Outcome.ADDED for change in self.changes)

    @property
    def updated(self) -> int:
        """Tasks of the base of which a value has changed."""
        added = {change.key for change in self.changes if change.outcome == Outcome.ADDED}
        return len({change.key for change in self.changed} - added)

    @property
    def unchanged(self) -> int:
        """Tasks of the base of which no value has changed."""
        return self.tasks - self.updated

    @property
    def changed(self) -> tuple[ChangeRecord, ...]:
        """The values of 总台账 that changed."""
        values = (change for change in self.changes if change.field and change.outcome in _CHANGED)
        return tuple(change for change in values if change.old != change.new)

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How often there was each outcome; values for most, rows for unmatched, tasks for added and absent."""
        counts = Counter(one.outcome for one in self.comparison.fields)
        counts[Outcome.ADDED] = self.added
        counts[Outcome.UNMATCHED] = len(self.comparison.unmatched)
        counts[Outcome.ABSENT] = len(self.comparison.absent)
        counts[Outcome.DECIDED] = self.decided
        return {outcome: counts[outcome] for outcome in Outcome}


def outcomes_of(since: SinceBase | None, tasks: int) -> Mapping[Outcome, int]:
    """The outcomes of a merge; without a base every task is new."""
    return since.outcomes if since else {outcome: tasks if outcome is Outcome.ADDED else 0 for outcome in Outcome}


def change_dict(change: ChangeRecord) -> dict[str, Any]:
    """A change, JSON-ready."""
    file, sheet, cell = (change.source.split("\n")[0].rsplit("!", 2) + [""] * 3)[:3] if change.source else ("", "", "")
    return {
        "key": change.key, "task_id": change.task or None, "unit": change.unit or None, "field": change.field,
        "old": change.old or None, "new": change.new or None, "outcome": str(change.outcome),
        "file": file or None, "sheet": sheet or None, "cell": cell or None,
    }  # fmt: skip


def pending_dict(row: PendingRecord) -> dict[str, Any]:
    """A row that waits, JSON-ready."""
    return {
        "file": row.source.file, "sheet": row.source.sheet, "row": row.source.row,
        "text": shown(row.values.get("problem")) or shown(row.values.get("measures")),
        "nearest": [near._asdict() for near in row.nearest], "reason": row.reason,
    }  # fmt: skip
