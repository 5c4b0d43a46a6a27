"""What the last round's master says, as far as this round's lists are compared with it.

Made of a :class:`~rectify_xl.ledger.master.Master` by ``ledger/base_view.py``; the rules and the comparison see nothing else.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_xl.common.text_keys import text_key
from rectify_xl.schema.conversion import shown_in

if TYPE_CHECKING:
    from datetime import date, datetime

    from rectify_xl.collection.extension_request import Request
    from rectify_xl.common.i18n import Text
    from rectify_xl.intake.submission import Submission
    from rectify_xl.schema.fields import Field

DIGEST = 16  # characters of a SHA-256 by which a file is known again

Values = Mapping[str, Any]  # field key -> value, as schema/conversion.py gives it


@dataclass(frozen=True, slots=True)
class BaseReport:
    """What one unit last reported on a task, one value per field.

    Attributes:
        unit: its name.
        values: what it said last on each field.
        round_id: the round of its last report.
        stated: the fields that it stated in that round; None where that is not known.
        written: when that list was written, as :class:`rectify_xl.tasks.Written` says it.
        parts: what each row said of a task of several, see :mod:`rectify_xl.tasks.part_values`.
    """

    unit: str
    values: Values
    round_id: str = ""
    stated: frozenset[str] | None = None
    written: tuple[date | None, datetime | None] = (None, None)
    parts: tuple[Mapping[str, str], ...] = ()

    def said_in(self, round_id: str, key: str) -> Any:  # noqa: ANN401 - a cell holds anything
        """What it said on a field in a round; None where it said nothing then."""
        said = self.is_of(round_id) and (self.stated is None or key in self.stated)
        return self.values.get(key) if said else None

    def is_of(self, round_id: str) -> bool:
        """Whether it was made in a round; of one without a name nobody knows."""
        return bool(round_id) and self.round_id == round_id


@dataclass(frozen=True, eq=False)
class BaseTask:
    """One task of the last master.

    Attributes:
        key: its key.
        values: what 总台账 shows now; the office works in it. A disputed value without a lead is None.
        reports: unit (roster name) -> its last report.
        lead: roster names of the lead units.
        cooperating: roster names of the cooperating units, collective ones (各县区) as their members.
        asked: who is asked to report on it: the units of both roles that are units, whoever has reported it where nobody leads;
            None for everyone with a role or a report.
        closed: whether it is struck off: nobody has to report on it any more.
        disputed: the fields that stand undecided in 冲突.
        parts: what each row of the plan's list says of it, where it takes several, see :mod:`rectify_xl.tasks.part_values`.
        part_leads: who leads each of these parts, where different units do; nothing where that is not known.
    """

    key: str
    values: Values
    reports: Mapping[str, BaseReport]
    lead: frozenset[str] = frozenset()
    cooperating: frozenset[str] = frozenset()
    asked: frozenset[str] | None = None
    closed: bool = False
    disputed: frozenset[str] = frozenset()
    parts: tuple[Mapping[str, str], ...] = ()
    part_leads: tuple[frozenset[str], ...] = ()

    @cached_property
    def part_measures(self) -> tuple[str, ...]:
        """The measure of each part that has a lead of its own, by which it is known in a list."""
        return tuple(text_key(part["measures"]) for part in self.parts) if self.part_leads else ()

    @property
    def units(self) -> frozenset[str]:
        """Everyone with a role in it, or who has reported on it."""
        return self.lead | self.cooperating | self.reports.keys()


class LeftDecision(NamedTuple):
    """A decision in the last master that was not applied.

    ``sheet``, ``place``, ``why``: its sheet, which row is meant, and why it was left; ``cell``: where it stands once the others
    are applied; ``saved_cell``: where it stands in the master as it was saved. Both are empty where that is not known.
    """

    sheet: str
    place: Text
    why: Text
    cell: str = ""
    saved_cell: str = ""


@dataclass(frozen=True)
class Base:
    """The last master.

    Attributes:
        tasks: in the order of the ledger.
        round_id: its round.
        from_list: whether it began from a plan's list: then every task of the campaign is in it, and no other row becomes one.
        planned: the marks of what that list said in the units' fields (rounds/row_marks.py); None where the base is the list.
        merged: the beginning of the SHA-256 of every file that was ever merged into it -> the last round in which a report
            that it went into was made; empty where that is not known.
        settled: (key, unit, field) -> texts on which the office has decided, or that wait for its decision already: they are
            not asked again.
        open: (key, field) of what stands in 冲突: of that nothing is decided.
        known_rows: the marks of rows that wait for the office, or on which it has decided (rounds/row_marks.py).
        waiting: (round, key, unit) of the tasks that a row may well be which waits for the office.
        came_up: the keys of tasks that came up in its round, in lists or by a decision.
        deadlines: key -> the deadline as it stood when the last master was written, where history keeps it.
        left: the decisions in it that could not be applied.
        accepted: of the files of another round that the office has taken the beginning of the SHA-256 -> the round for which
            they count.
        turnout: how units had reported in its round, see :mod:`rectify_xl.collection.turnout`.
        extensions: the requests for a later deadline, with the office's answers.
        due: key -> when the task is due, extensions included.
    """

    tasks: tuple[BaseTask, ...]
    round_id: str = ""
    from_list: bool = False
    planned: frozenset[str] | None = None
    merged: Mapping[str, str] = dataclasses.field(default_factory=dict)
    settled: Mapping[tuple[str, str, str], frozenset[str]] = dataclasses.field(default_factory=dict)
    open: frozenset[tuple[str, str]] = frozenset()
    known_rows: frozenset[str] = frozenset()
    waiting: frozenset[tuple[str, str, str]] = frozenset()
    came_up: frozenset[str] = frozenset()
    deadlines: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    left: tuple[LeftDecision, ...] = ()
    accepted: Mapping[str, str] = dataclasses.field(default_factory=dict)
    turnout: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    extensions: tuple[Request, ...] = ()
    due: Mapping[str, date] = dataclasses.field(default_factory=dict)

    def reported_in(self, round_id: str) -> frozenset[tuple[str, str]]:
        """(key, unit) of what was reported in a round; a late file makes another merge of the same one. Nothing without an id."""
        return frozenset(
            (task.key, unit) for task in self.tasks for unit, report in task.reports.items() if report.is_of(round_id)
        )

    def waiting_in(self, round_id: str) -> frozenset[tuple[str, str]]:
        """(key, unit) of the tasks that rows of a round may well be which wait; nothing without an id."""
        return frozenset((key, unit) for when, key, unit in self.waiting if round_id and when == round_id)

    def merged_before(self, submission: Submission) -> bool:
        """Whether this very file was merged already: it changes nothing."""
        return submission.sha256[:DIGEST] in self.merged

    def earlier_round(self, submission: Submission, round_id: str) -> str:
        """The earlier round in which this very file was merged; empty for a new one, and for one of this round merged again."""
        merged_in = self.merged.get(submission.sha256[:DIGEST], "")
        return merged_in if round_id and merged_in != round_id else ""

    def is_settled(self, key: str, unit: str, known: Field, value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
        """Whether the office has decided on this value of a unit in a field of a task, or is asked about it already."""
        texts = self.settled.get((key, unit, known.key))
        return texts is not None and text_key(shown_in(known, value)) in map(text_key, texts)

    def was_accepted(self, submission: Submission, round_id: str) -> bool:
        """Whether the office has taken a file for a round though it names another one."""
        return self.accepted.get(submission.sha256[:DIGEST]) == round_id

    @cached_property
    def by_key(self) -> Mapping[str, BaseTask]:
        """Its tasks by key."""
        return {task.key: task for task in self.tasks}
