"""One task of the last master: what the ledger shows, what its units said last and say now, and what of it is the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.readings import read_units, says_who_leads
from rectify_xl.rounds.composing import composed, has_lines, lines_by_unit, split_lines
from rectify_xl.rounds.led_parts import led_parts
from rectify_xl.rounds.model import NewReport
from rectify_xl.rounds.parts import parts_of_report, values_of_list
from rectify_xl.rounds.plan_parts import says_parts_of
from rectify_xl.rounds.row_marks import value_mark
from rectify_xl.rounds.task_index import claimed_key
from rectify_xl.schema.conversion import shown_in
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import HOW_FAR, OF_OWN_SHARE, meaning_of, roster_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.collection.base import Base, BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rounds.led_parts import LedParts
    from rectify_xl.rounds.statements import Stated, Statements
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported


@dataclass(frozen=True)
class TaskValues:
    """A task of the base with what its units state this round: unit -> its statements, and the rows that make them."""

    collection: Collection
    base: Base
    task: BaseTask
    statements: Mapping[str, Statements]
    rows: Mapping[str, tuple[Reported, ...]]

    @cached_property
    def reports(self) -> tuple[NewReport, ...]:
        """Each unit's report: what it said last with what it states now laid over it."""
        found, plan = [], self.task.part_measures
        for unit, said in self.statements.items():
            last = self.last(unit)
            # Of what nobody states, as of cells that are as they were dispatched, the row with the task's own key knows best.
            rows = self.rows[unit]
            if len(rows) > 1:
                rows = tuple(sorted(rows, key=lambda one: (claimed_key(one) == self.task.key, one.source)))
            values: dict[str, Any] = {}
            for reported in rows:
                listed = values_of_list(reported, self.task.reports.get(unit), plan)
                values |= {key: value for key, value in listed.items() if value is not None and key not in said.torn}
            values |= {key: value for key, value in last.items() if value is not None}
            values |= {key: stated.value for key, stated in said.stated.items()}
            if said.number is not None:
                values["task_id"] = said.number
            each = {key: one.parts for key, one in said.stated.items()}
            parts = parts_of_report(rows[-1], self.task.reports.get(unit), each, plan)
            words = self._words(unit, said)
            new = NewReport(self.task, unit, values, frozenset(said.stated), self.rows[unit], said.touched, words, parts)
            found.append(new)
        return tuple(found)

    def _words(self, unit: str, said: Statements) -> dict[str, str]:
        """The unit's own words for what it states, of all its lists that say so."""
        found: dict[str, dict[str, None]] = {}
        for reported in self.rows[unit]:
            for key, word in reported.words.items():
                if key in said.stated and reported.values[key] == said.stated[key].value:
                    found.setdefault(key, {})[word] = None
        return {key: "\n".join(words) for key, words in found.items()}

    @cached_property
    def now(self) -> Mapping[str, Mapping[str, Any]]:
        """Unit -> its report as it stands after this round."""
        said = {new.unit: new.values for new in self.reports if new.touched}
        return {unit: self.last(unit) for unit in self.task.reports} | said

    @cached_property
    def led_before(self) -> LedParts | None:
        """What the units said last of the parts that they lead, where different ones do."""
        return led_parts(
            self.collection, self.task, {unit: (last.values, last.parts) for unit, last in self.task.reports.items()}
        )

    @cached_property
    def led_now(self) -> LedParts | None:
        """The same after this round."""
        now = {new.unit: (new.values, new.parts) for new in self.reports if new.touched}
        last = {unit: (last.values, last.parts) for unit, last in self.task.reports.items() if unit not in now}
        return led_parts(self.collection, self.task, last | now) if self.led_before else None

    @cached_property
    def reporting(self) -> tuple[str, ...]:
        """The units that have reported on the task, now or before; a row that came back as it was dispatched is no report."""
        return tuple(dict.fromkeys((*self.task.reports, *(unit for unit, said in self.statements.items() if said.touched))))

    def last(self, unit: str) -> Mapping[str, Any]:
        """What a unit said last; nothing where it never has."""
        return self.task.reports[unit].values if unit in self.task.reports else {}

    def ours(self, known: Field) -> Any:  # noqa: ANN401 - a cell holds anything
        """What the ledger shows now."""
        return self.task.values.get(known.key)

    def own_line(self, known: Field) -> Any:  # noqa: ANN401
        """Ours; of a text that stands under the name of the only unit that reports, the text."""
        ours = self.ours(known)
        if known.grain != "unit" or not isinstance(ours, str) or not has_lines(ours):
            return ours
        said = {unit: shown_in(known, self.last(unit).get(known.key)) for unit in self.reporting}
        lines = split_lines(ours, said, lambda name: roster_name(self.collection, name))
        return lines[self.reporting[0]] if lines and [*lines] == [*self.reporting] else ours

    def ledger_lines(self, known: Field) -> dict[str, str] | None:
        """The lines of the ledger's cell by unit; None where the office has written something else there."""
        ours = self.ours(known)
        if ours is None:
            return {}
        if self.is_of_plan(known):
            return {}
        said = {unit: shown_in(known, self.last(unit).get(known.key)) for unit in self.task.reports}
        return lines_by_unit(shown_in(known, ours), said, lambda name: roster_name(self.collection, name))

    def composed_now(self, known: Field) -> Any:  # noqa: ANN401
        """What all units together say after this round."""
        if self.led_now and known.grain != "unit":
            return self.led_now.composed(known)
        return composed(self.collection, known, self.now, self.task.lead)

    def said_this_round(self, known: Field, but: Mapping[str, Any]) -> dict[str, Any]:
        """What other units have said in this very round, in a merge before."""
        now = self.collection.campaign.round_id
        said = {
            unit: report.said_in(now, known.key)
            for unit, report in self.task.reports.items()
            if unit not in but and (known.key not in OF_OWN_SHARE or self.counts(known, unit))
        }
        return {unit: value for unit, value in said.items() if value is not None}

    def last_said(self, known: Field) -> dict[str, Any]:
        """What the units said last, of those that lead the task alone where any of them does."""
        said = {unit: self.last(unit).get(known.key) for unit in self.task.reports}
        said = {unit: value for unit, value in said.items() if value is not None}
        return {unit: value for unit, value in said.items() if unit in self.task.lead} or said

    def is_of_plan(self, known: Field) -> bool:
        """Whether the ledger still says what the plan's own list said: no unit has said anything of it, nor the office."""
        if not self.base.from_list or any(report.values.get(known.key) is not None for report in self.task.reports.values()):
            return False
        planned = self.base.planned
        return planned is None or value_mark(self.task.key, known, self.ours(known)) in planned

    def is_as_reported(self, known: Field, unit: str) -> bool:
        """Whether the office has left a value as the units reported it last, all of them together or this one.

        A value that it has emptied it has changed.
        """
        ours = self.means(known, self.own_line(known))
        if self.led_now and self.led_before and known.grain != "unit":
            last = self.led_before.composed(known)
        else:
            last = composed(self.collection, known, {unit: self.last(unit) for unit in self.task.reports}, self.task.lead)
        said = (self.means(known, last), self.means(known, self.last(unit).get(known.key)))
        return ours in said or self.is_of_plan(known) or self.is_withheld(known, unit)

    def is_withheld(self, known: Field, unit: str) -> bool:
        """Whether the ledger shows nothing of what a unit said because it was open how far the task is; nobody has emptied it."""
        status = self.collection.campaign.schema.by_key.get(STATUS)
        if status is None or known is status or known.key not in HOW_FAR or self.ours(known) is not None:
            return False
        is_open = STATUS in self.task.disputed and self.ours(status) is None
        return is_open and self.last(unit).get(known.key) is not None

    def is_settled(self, known: Field, unit: str, stated: Stated) -> bool:
        """Whether the office has decided on what a unit states, or is asked about it already."""
        return any(self.is_decided(known, unit, value) for value in (stated.value, stated.said(known.key)))

    def is_decided(self, known: Field, unit: str, value: Any) -> bool:  # noqa: ANN401
        """Whether the office has decided on this value of a unit, or is asked about it already."""
        return self.base.is_settled(self.task.key, unit, known, value)

    def counts(self, known: Field, unit: str) -> bool:
        """Whether a unit speaks for the task as a whole: not where another unit leads it and has said how far it is."""
        if known.key not in HOW_FAR or unit in self.task.lead:
            return True
        leading = self.task.lead & self.now.keys()
        return not any(self.now[lead].get(key) is not None for lead in leading for key in HOW_FAR)

    def is_own_share(self, known: Field, unit: str) -> bool:
        """Whether a unit tells how far its own share of a task is, of which those that lead the task say nothing."""
        return not self.counts(known, unit) and all(
            self.now[lead].get(known.key) is None for lead in self.task.lead & self.now.keys()
        )

    def is_same(self, known: Field, stated: Stated, ours: Any) -> bool:  # noqa: ANN401
        """Whether a unit states what ``ours`` says, however worded."""
        if ours is None:
            return False
        if type(stated.value) is type(ours) and stated.value == ours and known.key != "lead_unit":
            return True  # as nearly all are: nothing to be read for that; in one cell roles of two columns may stand
        if known.role == "units" and known.key in ("lead_unit", "coop_units"):
            is_same = self._same_units(known.key, stated)
        else:
            is_same = bool(self.means(known, stated.value) == self.means(known, ours))
        is_same = is_same or self._is_due_day(known, stated, ours)
        return is_same or says_parts_of(self.collection, self.task, stated.reported, known)

    def _is_due_day(self, known: Field, stated: Stated, ours: Any) -> bool:  # noqa: ANN401
        """Whether a deadline is the day on which the ledger has the task due; after an extension its first words stay there."""
        if known.role != "deadline" or (isinstance(ours, str) and "\n" in ours):
            return False
        reading = self.collection.read_deadline(stated.value)
        return not reading.problem and reading.due == (self.base.due.get(self.task.key),)

    def _same_units(self, key: str, stated: Stated) -> bool:
        """The cell may name both roles (甲局牵头，乙局配合), and no role at all."""
        collection, task = self.collection, self.task
        units = [collection.units[position] for position in stated.reported.positions]

        def names(*roles: str) -> frozenset[str]:
            return frozenset(roster_name(collection, name) for one in units for role in roles for name in getattr(one, role))

        if key == "coop_units":
            named = frozenset(roster_name(collection, name) for name in read_units(stated.value).names)
            expanded = {member.name for name in named for member in collection.match(name).members}
            return named == task.cooperating or (bool(expanded) and (named | expanded) >= task.cooperating)
        lead, others = names("lead") or names("responsible"), names("cooperating")
        if others and not lead:
            return others <= task.cooperating  # 乙局配合: a unit that writes its own role says nothing of who leads
        if lead == task.lead or lead | others == task.lead | task.cooperating:
            return True
        # 责任单位 of a unit's own table: that it answers for the task denies nobody the lead.
        own = frozenset({roster_name(collection, stated.reported.unit)})
        heading = stated.reported.place.table.headings.get(key, "")
        return lead == own <= task.lead | task.cooperating and not others and bool(heading) and not says_who_leads(heading)

    def means(self, known: Field, value: Any) -> Any:  # noqa: ANN401
        """What a value says, however it is worded."""
        return meaning_of(self.collection, known, value)
