"""What a master is made of: one frozen record per row of its sheets.

Labels are kept as keys and severities as such, so that a record reads the same whatever language the workbook is in. A cell in
which the office has written something of its own is kept as it is; it stands in the record instead of the key.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.ledger.source_rows import SourceRow, row_of_cell, source_row
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rectify_xl.collection.timing import Timing, Warned
    from rectify_xl.collection.verdict import Verdict
    from rectify_xl.schema.states import State
    from rectify_xl.tasks import PartValues

Values = Mapping[str, Any]  # field key -> value
ROUND_OF_DIGEST = "@"  # between the digest of a file and the round in which it was merged
Extras = Mapping[str, Any]  # heading of a column that the office added -> value


@dataclass(frozen=True, slots=True, repr=False)
class TaskRecord(ShortRepr):
    """One row of 总台账.

    Attributes:
        values: what the row shows; the unit columns name the units as they were read.
        disputed: the fields on which units disagree.
        state: what its status means, None where it is none of the schema's.
        subject: what the task is about, also where its problem is disputed.
        written_units: the unit cell as written, where it reads otherwise.
        lead: roster names of the lead units.
        leaders: names of the responsible leaders.
        has_leader: whether anybody named one.
        due: the effective due date.
        kinds: the kinds of deadline.
        reason: why it is due then: a code of :func:`rectify_xl.language.deadline.reason_text`, or what the office wrote.
        timing: what the due date means on the as-of date.
        deadlines: the verdict on the deadline of each part.
        source: the cells it was reported in, one per line.
        rows: the rows it was reported in.
        extras: cells in columns that the office added.
        key: what it is known by from round to round, see :mod:`rectify_xl.ledger.keys`.
        parts: what each row of a plan's list says of it, where it takes several; see :mod:`rectify_xl.tasks.part_values`.
    """

    values: Values
    disputed: frozenset[str]
    state: State | None
    subject: Any
    written_units: str | None
    lead: tuple[str, ...]
    leaders: tuple[str, ...]
    has_leader: bool
    due: date | None
    kinds: tuple[str, ...]
    reason: str
    timing: Timing
    deadlines: tuple[Verdict, ...]
    source: str
    rows: tuple[SourceRow, ...] = ()
    extras: Extras = dataclasses.field(default_factory=dict)
    key: str = ""
    parts: PartValues = ()

    @property
    def name(self) -> str:
        """The number, or the beginning of what it is about."""
        longest = 20
        return shown(self.values.get("task_id")) or shown(self.subject)[:longest]

    @property
    def status(self) -> str | None:
        """The status as written."""
        status = self.values.get("status")
        return status if status is None or type(status) is str else shown(status)

    @property
    def source_row(self) -> SourceRow | None:
        """The first row it was reported in."""
        return next(iter(self.rows), None)

    @property
    def is_closed(self) -> bool:
        """Whether its status says that the work is done: what the figures count as 已办结."""
        return self.state is not None and self.state.closed

    @property
    def is_standing(self) -> bool:
        """Whether its status says that it is a lasting duty, which has no day by nature."""
        return self.state is not None and self.state.standing

    @property
    def judged_by(self) -> date | None:
        """The day that counts next: of several nodes or parts the one judged by, else the effective due date."""
        return self.timing.next_due or self.timing.due or self.due

    @property
    def doubts(self) -> tuple[Verdict, ...]:
        """Why an overdue task may not be: the doubtful deadlines among those that it is overdue by."""
        if self.timing.flag != "overdue":
            return ()
        return tuple(deadline for deadline in self.deadlines if deadline.doubtful and deadline.due == self.timing.due)

    @property
    def warning(self) -> Warned:
        """Its 预警 as the lists show it: what is overdue by a date in doubt is told apart."""
        return "in-doubt" if self.doubts else self.timing.flag

    @property
    def is_clear(self) -> bool:
        """Whether it has one clear deadline that counts on the as-of date; the sheet 时限不明 lists the others."""
        return self.timing.flag != "undated" and all(deadline.clear for deadline in self.deadlines)


@dataclass(frozen=True, slots=True, repr=False)
class ReportRecord(ShortRepr):
    """One row of 分单位填报: what one unit reported on one task.

    ``other``: the columns that the schema does not know, as ``heading：text`` lines; ``rows``: first and last row in the
    list, or what the office wrote there; ``key``: the task's; ``round_id``: the round in which the unit last said so;
    ``digests``: the beginnings of the SHA-256 of all files that were merged into it, those of a round before with its id
    (``1a2b…@2026-11``);
    ``words``: field -> the unit's own word where a choice was read from it (基本完成 for 整改中), shown instead of it;
    ``stated``: the fields that it stated in that round, the others are of rounds before; None where that is not known;
    ``written``: when the last list was written, see :class:`rectify_xl.tasks.Written`;
    ``parts``: what each row says of a task that takes several, see :mod:`rectify_xl.tasks.part_values`.
    """

    unit: str
    values: Values
    other: str
    file: str
    sheet: str
    rows: tuple[int, int] | str
    extras: Extras = dataclasses.field(default_factory=dict)
    key: str = ""
    round_id: str = ""
    digests: tuple[str, ...] = ()
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    stated: frozenset[str] | None = None
    written: str = ""
    parts: PartValues = ()

    @property
    def has_parts(self) -> bool:
        """Whether the task takes several rows, in the list or in those before: rows that were left out are parts as well."""
        return bool(self.parts) or (not isinstance(self.rows, str) and self.rows[0] < self.rows[1])

    @property
    def source_rows(self) -> Iterator[SourceRow]:
        """Every row in the unit's list."""
        if not isinstance(self.rows, str):
            first, last = self.rows
            yield from (SourceRow(self.file, self.sheet, row) for row in range(first, last + 1))

    @property
    def first_cell(self) -> str:
        """``file!sheet!cell`` at which it begins; nothing where the office has written something else."""
        return next((f"{row.file}!{row.sheet}!A{row.row}" for row in self.source_rows), "")


@dataclass(frozen=True, slots=True, repr=False)
class AbsenceRecord(ShortRepr):
    """One row of 未报送: how a unit has reported, where it is not simply on time.

    ``kind`` is one of :data:`rectify_xl.ledger.sheets.absences.KINDS`, or what the office wrote; ``other_round``: the
    earlier round in which its file was merged.
    """

    unit: str
    kind: str
    tasks: tuple[str, ...] = ()
    liaison: str = ""
    phone: str = ""
    file: str = ""
    filled_on: date | str | None = None
    other_round: str = ""
    extras: Extras = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class FindingRecord(ShortRepr):
    """One row of 问题清单. ``rule`` is code and slug, ``field`` a key."""

    severity: str
    message: str
    rule: str
    number: int | str | None = None
    unit: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    task_id: str = ""
    field: str = ""
    value: str = ""
    extras: Extras = dataclasses.field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The rule's slug."""
        return self.rule.rpartition(" ")[2]

    @property
    def source_row(self) -> SourceRow | None:
        """The row that it is about; None where it is about no row."""
        return source_row(self.file, self.sheet, self.cell)


@dataclass(frozen=True, slots=True, repr=False)
class ChangeRecord(ShortRepr):
    """One row of 变更记录: a value of 总台账 that changed, or something the office should know was set aside.

    Attributes:
        outcome: one of :class:`rectify_xl.rounds.Outcome`, or what the office wrote.
        settled: of a decision: the units with the texts on which it was made, which are not asked again.
        digest: of a decision on a row: the beginning of the SHA-256 of its file.
    """

    task: str
    field: str
    old: str
    new: str
    source: str
    round_id: str
    extras: Extras = dataclasses.field(default_factory=dict)
    key: str = ""
    unit: str = ""
    outcome: str = ""
    settled: tuple[tuple[str, str], ...] = ()
    digest: str = ""

    @property
    def source_row(self) -> SourceRow | None:
        """The row of its source."""
        return row_of_cell(self.source.split("\n")[0])


@dataclass(frozen=True, slots=True, repr=False)
class AddedCells(ShortRepr):
    """What the office wrote beside one row of a list that is only another view of the tasks.

    Attributes:
        sheet: the key of the list.
        identity: what the row is about, see :mod:`rectify_xl.ledger.sheets.identity`.
        name: what the row is about, for a reader.
        extras: its cells in the columns that the office added.
    """

    sheet: str
    identity: tuple[str, ...]
    name: str
    extras: Extras


@dataclass(frozen=True, slots=True, repr=False)
class Round(ShortRepr):
    """One row of 历次: the figures of a round.

    Attributes:
        tasks, closed, overdue, due_soon, undated: all tasks, and those of each kind.
        not_reported: open tasks of which no lead unit has reported.
        changed: values that changed in 总台账.
        conflicts, pending: what waits for a decision. These four are None of a round that did not count them.
        turnout: how units reported, see :mod:`rectify_xl.collection.turnout`; ``again``: who reported something twice.
    """

    id: str
    as_of: date
    tasks: int
    closed: int
    overdue: int
    due_soon: int
    undated: int
    not_reported: int | None = None
    changed: int | None = None
    conflicts: int | None = None
    pending: int | None = None
    turnout: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    extras: Extras = dataclasses.field(default_factory=dict)

    @property
    def figures(self) -> tuple[int, int, int, int, int]:
        """In the order of 汇总."""
        return self.tasks, self.closed, self.overdue, self.due_soon, self.undated

    @property
    def key(self) -> str:
        """By what a round is known: its id, or its day where it has none."""
        return self.id or self.as_of.isoformat()
