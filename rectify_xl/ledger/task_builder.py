"""The one builder of a task's record, for a merge and for a master that is read back.

It works from what 总台账 itself shows, so that both give the same record: of a task with several parts the ledger shows the
deadlines one per line, the day on which the whole is due and the day of the first part that is not done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.readings import KeyedOptions, read_deadline, read_leaders, read_units
from rectify_xl.collection.timing import (
    Timing,
    date_or_none,
    is_closed,
    most_pressing,
    timing,
)
from rectify_xl.collection.verdict import Verdict, judge_deadline
from rectify_xl.common.text_keys import number_key
from rectify_xl.common.unreadable import UNREADABLE, from_text
from rectify_xl.language.deadline import Deadline, effective_due
from rectify_xl.ledger.granting import EXTENDED, extended
from rectify_xl.ledger.parts_due import RecordedDue
from rectify_xl.ledger.records import TaskRecord
from rectify_xl.ledger.reports_by_source import ReportsBySource
from rectify_xl.ledger.roles import roster_name
from rectify_xl.schema.conversion import convert, shown, shown_in
from rectify_xl.tasks import UNSTATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.decision_records import ExtensionRecord
    from rectify_xl.ledger.records import Extras, ReportRecord
    from rectify_xl.schema.states import State
    from rectify_xl.tasks import PartValues

_RULES = {"immediate-rule": "immediate", "long-term-rule": "long_term"}  # reason of a due date -> the kind of deadline it is for
DISPUTED_DEADLINE = "disputed"  # the reason of a verdict: units disagree, and none of them leads


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """One line of a deadline cell; tasks with the same words share it, so that it is compared by identity."""

    deadline: Deadline
    verdict: Verdict
    due: date | None
    reason: str


class TaskBuilder:
    """Builds records of tasks, judged on ``as_of`` with the campaign's settings."""

    def __init__(
        self, campaign: Campaign, as_of: date, reports: Iterable[ReportRecord], extensions: Iterable[ExtensionRecord] = ()
    ) -> None:
        self._campaign = campaign
        self._as_of = as_of
        self._anchor = campaign.issued or as_of
        self._options = KeyedOptions(campaign.deadline_options)
        self._reports = ReportsBySource(reports)
        self._extended = extended(campaign, as_of, extensions)
        # Thousands of tasks share their deadlines and their lead units: each is judged once.
        self._leads: dict[Any, tuple[str, ...]] = {}
        self._known_lines: dict[str, _Line] = {}
        self._timings: dict[tuple[Any, ...], Timing] = {}

    def reported_key(self, source: str) -> str:
        """The key of the task that was reported at a source; nothing where no report has one."""
        return next((report.key for report in self._reports.named_in(source) if report.key), "")

    def build(
        self,
        values: Mapping[str, Any],
        *,
        source: str,
        disputed: frozenset[str] = frozenset(),
        written_units: str | None = None,
        recorded: RecordedDue | None = None,
        extras: Extras | None = None,
        key: str = "",
        parts: PartValues = (),
    ) -> TaskRecord:
        """The record of one task.

        Args:
            values: field key -> value as 总台账 shows it.
            source: the cells it was reported in, ``file!cell`` or ``file!sheet!cell`` one per line.
            disputed: fields on which units disagree.
            written_units: the unit cell as written, where it reads otherwise.
            recorded: what stands beside the deadline.
            extras: cells in columns of the office's own.
            key: the task's key.
            parts: what each row of a plan's list says of it.
        """
        values = dict(values)
        for field in disputed:
            # As it is read from a cell that holds the mark of a disputed value before it.
            known = self._campaign.schema[field]
            values[field] = convert(known, shown_in(known, values.get(field)) or None)
        reports = self._reports.on(key) or self._reports.named_in(source)
        recorded = recorded or RecordedDue()
        if recorded.reason.startswith(EXTENDED):
            recorded = RecordedDue()  # the register says anew what was granted
        granted = self._extended.get(key) or self._extended.get(f"#{number_key(shown(values.get('task_id')))}")
        several = bool(parts) or any(report.has_parts for report in reports)
        lines = self._lines(values, disputed, several=several)
        if not _is_of(lines, recorded):
            recorded = RecordedDue()
        due, reason = (granted.until, granted.reason) if granted else _due(lines, recorded)
        if recorded.due:
            lines = [_with_recorded_day(line, recorded.due) for line in lines]
        leaders = _leaders(values.get("leader"))
        state = self._campaign.schema.states.get(values.get("status"))
        return TaskRecord(
            values=values,
            disputed=disputed,
            state=state,
            subject=_subject(values, reports),
            written_units=written_units,
            lead=self._lead(values.get("lead_unit")),
            leaders=leaders,
            has_leader=bool(leaders) or any(_leaders(report.values.get("leader")) for report in reports),
            due=due,
            kinds=_kinds(lines) if values.get("deadline") is not None else (),
            reason=reason if due else "",
            timing=self._timing(
                self._open_state(values.get("status")) if several and not state else state,
                values.get("completed_on"),
                lines,
                due,
                recorded,
                is_extended=granted is not None,
            ),
            deadlines=tuple(line.verdict for line in lines),
            source=source,
            rows=tuple(row for report in reports for row in report.source_rows),
            extras=extras or {},
            key=key,
            parts=parts,
        )

    def _lines(self, values: Mapping[str, Any], disputed: frozenset[str], *, several: bool) -> list[_Line]:
        """The deadlines of a task's parts stand one per line; the cell of a task without parts is one deadline."""
        cell = values.get("deadline")
        if cell is None and "deadline" in disputed:
            return [_Line(self._read(None), Verdict("missing", reasons=(DISPUTED_DEADLINE,)), None, "")]
        written = [line for line in cell.split("\n") if line.strip()] if several and isinstance(cell, str) else [cell]
        return [self._line(None if line == UNSTATED else line, values) for line in written]

    def _line(self, written: Any, values: Mapping[str, Any]) -> _Line:  # noqa: ANN401 - a cell holds anything
        if type(written) is str and written in self._known_lines:
            return self._known_lines[written]
        value = from_text(written)
        reading = self._read(None if isinstance(value, UNREADABLE) else value)
        verdict = judge_deadline(value, reading, self._campaign, measures=values.get("measures"))
        rules = self._campaign.deadlines
        line = _Line(reading, verdict, *effective_due(reading, rules.immediate, rules.long_term))
        if type(written) is str and reading.problem != "empty":  # then the days in the measures count
            self._known_lines[written] = line
        return line

    def _read(self, value: Any) -> Deadline:  # noqa: ANN401
        return read_deadline(value, self._anchor, self._options)

    def _timing(
        self,
        state: State | None,
        completed_on: Any,  # noqa: ANN401 - a cell holds anything
        lines: list[_Line],
        due: date | None,
        recorded: RecordedDue,
        *,
        is_extended: bool = False,
    ) -> Timing:
        closed = all(is_closed(state, line.deadline, completed_on) for line in lines)

        def judged(deadline: Deadline, day: date | None) -> Timing:
            return timing(
                deadline, day, state=state, closed=closed, completed_on=date_or_none(completed_on), as_of=self._as_of,
                rules=self._campaign.deadlines,
            )  # fmt: skip

        if is_extended:
            return judged(self._read(None), due)
        if len(lines) == 1:
            key = lines[0], state, due, completed_on
            if key not in self._timings:
                self._timings[key] = judged(lines[0].deadline, due)
            return self._timings[key]
        if closed or (state and state.standing):
            return judged(self._read(None), due)
        timings = [judged(line.deadline, line.due) for line in _waiting(lines, recorded)]
        # Lines without a day count as long as none stands beside the cell.
        if due is None or not timings:
            timings.append(judged(self._read(None), due))
        return most_pressing(timings)

    def _open_state(self, cell: Any) -> State | None:  # noqa: ANN401 - a cell holds anything
        """Of the words of several parts one by which something is still to be done; None where no word says so."""
        found = (self._campaign.schema.states.get(line) for line in shown(cell).split("\n"))
        return next((state for state in found if state and not state.closed and not state.standing), None)

    def _lead(self, cell: Any) -> tuple[str, ...]:  # noqa: ANN401
        """Roster names; a name that the roster does not know stays as it is."""
        if cell not in self._leads:
            units = read_units(_readable(cell))
            names = (roster_name(self._campaign, name) for name in units.lead or units.responsible)
            self._leads[cell] = tuple(dict.fromkeys(names))
        return self._leads[cell]


def _with_recorded_day(line: _Line, due: date) -> _Line:
    """A deadline like 长期坚持 has the day that stands beside the cell, as it would by a rule of the campaign."""
    return replace(line, verdict=replace(line.verdict, due=due)) if line.verdict.kind == "undated" and not line.due else line


def _waiting(lines: list[_Line], recorded: RecordedDue) -> list[_Line]:
    """The lines with a day that still have to be done: those from the day of the first one on.

    A day beside the cell that is none of its lines' shows that somebody has changed the cell since: then all are to be done.
    """
    dated = [line for line in lines if line.due]
    if recorded.next_due:
        named = [line.due for line in dated if recorded.next_due in (line.due, *line.deadline.due)]
        first = min(filter(None, named), default=None)
        return [line for line in dated if line.due and (first is None or line.due >= first)]
    last = max((line.due for line in dated if line.due), default=None)
    if recorded.due is None:
        return dated if len(dated) == len(lines) else []
    return [line for line in dated if line.due == last] if recorded.due == last else dated


def _is_of(lines: list[_Line], recorded: RecordedDue) -> bool:
    """Whether what stands beside the deadline is of what stands in the cell; the office may have written another there since."""
    if recorded.reason == "written":
        return any(line.due for line in lines)
    rule, _, _ = recorded.reason.partition(":")
    return rule not in _RULES or _RULES[rule] in _kinds(lines)


def _due(lines: list[_Line], recorded: RecordedDue) -> tuple[date | None, str]:
    """As the cell reads; where part of it names no day, the day that stands beside it."""
    if any(line.due is None for line in lines):
        return recorded.due, recorded.reason
    last = max(lines, key=lambda line: str(line.due))
    return last.due, last.reason


def _kinds(lines: list[_Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for line in lines for kind in line.deadline.kinds))


def _leaders(cell: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(dict.fromkeys(leader.name for leader in read_leaders(_readable(cell)) if leader.name))


def _readable(cell: Any) -> Any:  # noqa: ANN401
    """None for the text of an unreadable cell."""
    value = from_text(cell)
    return None if isinstance(value, UNREADABLE) else value


def _subject(values: Mapping[str, Any], reports: Iterable[ReportRecord]) -> Any:  # noqa: ANN401
    own = values.get("problem") or values.get("measures")
    return own or next(filter(None, (report.values.get("problem") for report in reports)), None)
