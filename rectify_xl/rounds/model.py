"""What a comparison of this round's lists with the last master comes to: decisions first, the workbook second."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.collection.base import BaseTask
    from rectify_xl.tasks import PartValues, Reported, Task


_CLOSING = (
    "reviewed_", "site_checked_", "accepted_", "approved_", "signed_", "publicity_", "notice_", "rechecked_", "closed_", "filed_",
    "reopened_", "reopen_",
)  # fmt: skip


def is_closing(key: str) -> bool:
    """Whether a field is one of the steps by which a task is closed or reopened: never a unit's to fill in."""
    return key.startswith(_CLOSING)


class Outcome(StrEnum):
    """What becomes of one value of one task, or of a row; the names are those of the JSON result."""

    UNCHANGED = "unchanged"  # nothing stated, or what the ledger shows already
    REPORTED = "reported"  # the unit's own, and the office had not changed it: the ledger shows the unit's
    CONFLICT = "conflict"  # the office had changed it, or units disagree: the ledger keeps its value until somebody decides
    REFUSED = "refused"  # the office's own: the ledger keeps its value, the unit's stands in 冲突 as a proposal
    FILLED = "filled"  # the office's own, and nobody had filled it in: the ledger shows the unit's
    BLANKED = "blanked"  # given before and emptied now: the ledger keeps its value
    ADDED = "added"  # a task that the last master did not have
    UNMATCHED = "unmatched"  # a row of which nobody can be certain whose task it is: it stands in 待确认
    ABSENT = "absent"  # the lead unit reported other tasks and not this open one
    DECIDED = "decided"  # the office's decision applied


UnmatchedReason = Literal["uncertain", "unknown", "foreign", "key_elsewhere", "key_twice", "other_round"]


class FieldOutcome(NamedTuple):
    """What becomes of one value; a tuple, since a round has tens of thousands.

    Attributes:
        key: the task's key.
        unit: the reporting unit (roster name).
        field: the field's key.
        outcome: what becomes of it.
        last: what the unit's last report says.
        ours: what 总台账 says.
        theirs: what the list states; None where it states nothing.
        value: what 总台账 is to show.
        sides: of a conflict of units: all reports that say something.
        reported: the row of the list.
        answered: whether its question in 冲突 is none any more, each part of the task saying what its units agree on.
    """

    key: str
    unit: str
    field: str
    outcome: Outcome
    last: Any
    ours: Any
    theirs: Any
    value: Any
    reported: Reported | None = None
    sides: tuple[tuple[str, Any, str], ...] = ()  # unit, value, cell
    answered: bool = False

    @property
    def cell(self) -> str:
        """``file!sheet!cell`` of what is stated; of most values, which have not changed, nobody asks it."""
        return self.reported.address(self.field) if self.reported else ""


@dataclass(frozen=True, slots=True)
class NewReport:
    """A unit's report on a task of the last master: what it said last with what it states now laid over it.

    ``touched``: whether it says anything; a dispatched row that came back as it was does not.
    ``words``: the unit's own words for choices that it states now; ``parts``: what each row says of a task of several.
    """

    task: BaseTask
    unit: str
    values: Mapping[str, Any]
    stated: frozenset[str]
    reported: tuple[Reported, ...]
    touched: bool = True
    words: Mapping[str, str] = field(default_factory=dict)
    parts: PartValues = ()


@dataclass(frozen=True, slots=True)
class Superseded:
    """A value that a later list of the same unit replaces: the field, and the rows of both lists."""

    field: str
    older: Reported
    newer: Reported


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A row that waits in 待确认; ``nearest``: (key, score from 0 to 1), the nearest first."""

    reported: Reported
    reason: UnmatchedReason
    nearest: tuple[tuple[str, float], ...] = ()

    @property
    def may_be(self) -> frozenset[str]:
        """The keys of the tasks of its own unit's that it may well be, see :func:`may_be`."""
        return may_be(self.reason, self.nearest)


def may_be(reason: str, nearest: Sequence[tuple[str, float]]) -> frozenset[str]:
    """The tasks that a waiting row may well be: the nearest, and the one whose key it claims.

    Not what waits as a whole with a file of another round, nor a row whose task is known and another unit's.
    """
    if reason in ("foreign", "other_round"):
        return frozenset()
    best = max((score for _, score in nearest), default=0)
    return frozenset(key for key, score in nearest if score == best or reason == "key_elsewhere")


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A row whose key contradicts its words or stands twice: what it claims, and which task it is by its words ('' unknown)."""

    reported: Reported
    claimed: str
    found: str


@dataclass(frozen=True, slots=True)
class Added:
    """A task that the last master did not have."""

    task: Task


@dataclass(frozen=True)
class Comparison:
    """All decisions of one round.

    Attributes:
        fields: what becomes of every value that a list states or leaves blank.
        reports: the units' reports on tasks of the last master.
        added: new tasks.
        unmatched: rows that wait for the office.
        absent: (key, unit): open tasks that their lead left out though it reported others.
        not_reported: (key, unit): all open tasks and units without a report this round, silent units included.
        key_changes: rows whose key cannot be right.
        superseded: values that a later list of the same unit replaces.
        again: paths of files that were merged before: they change nothing.
    """

    fields: tuple[FieldOutcome, ...] = ()
    reports: tuple[NewReport, ...] = ()
    added: tuple[Added, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()
    not_reported: tuple[tuple[str, str], ...] = ()
    key_changes: tuple[KeyChange, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    again: tuple[str, ...] = ()
