"""What becomes of each value of one task: what its units said last, what the ledger says now, and what they state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.readings import read_units
from rectify_xl.common.text_keys import text_key
from rectify_xl.rounds.composing import agreed, agreements, composed, has_lines, join_lines, split_lines
from rectify_xl.rounds.model import FieldOutcome, NewReport, Outcome, is_closing
from rectify_xl.rounds.parts import parts_of_report, values_of_list
from rectify_xl.rounds.row_marks import value_mark
from rectify_xl.rounds.task_index import claimed_key
from rectify_xl.schema.conversion import shown, shown_in
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import HOW_FAR, OF_OWN_SHARE, meaning_of, roster_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.collection.base import Base, BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rounds.statements import Stated, Statements
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported


@dataclass(frozen=True)
class TaskComparison:
    """One task of the base with what its units state this round."""

    collection: Collection
    base: Base
    task: BaseTask
    statements: Mapping[str, Statements]
    rows: Mapping[str, tuple[Reported, ...]]

    @cached_property
    def reports(self) -> tuple[NewReport, ...]:
        """Each unit's report: what it said last with what it states now laid over it."""
        found = []
        for unit, said in self.statements.items():
            last = self._last(unit)
            # Of what nobody states, as of cells that are as they were dispatched, the row with the task's own key knows best.
            rows = self.rows[unit]
            if len(rows) > 1:
                rows = tuple(sorted(rows, key=lambda one: (claimed_key(one) == self.task.key, one.source)))
            values: dict[str, Any] = {}
            for reported in rows:
                listed = values_of_list(reported, self.task.reports.get(unit))
                values |= {key: value for key, value in listed.items() if value is not None and key not in said.torn}
            values |= {key: value for key, value in last.items() if value is not None}
            values |= {key: stated.value for key, stated in said.stated.items()}
            if said.number is not None:
                values["task_id"] = said.number
            parts = parts_of_report(rows[-1], self.task.reports.get(unit), {key: one.parts for key, one in said.stated.items()})
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

    def outcomes(self) -> Iterator[FieldOutcome]:
        """What becomes of every value that is stated or was emptied, field by field."""
        mentioned = {key for said in self.statements.values() for keys in (said.stated, said.blank, said.torn) for key in keys}
        # The only unit that has ever reported on the task, as of most tasks.
        alone = self._reporting[0] if len(self._reporting) == 1 == len(self.statements) else ""
        stated = self.statements[alone].stated if alone in self.statements else {}
        last, now = self._last(alone), self.task.values
        for known in self.collection.campaign.schema.fields:
            key = known.key
            if key not in mentioned:
                continue
            one, ours = stated.get(key), now.get(key)
            if one and _is_the_same(known, one.value, ours):
                yield FieldOutcome(
                    self.task.key, alone, key, Outcome.UNCHANGED, last.get(key), ours, one.value, ours, one.reported
                )
            else:
                yield from self._of_field(known)

    def _of_field(self, known: Field) -> Iterator[FieldOutcome]:
        stating = {unit: said.stated[known.key] for unit, said in self.statements.items() if known.key in said.stated}
        for unit, said in self.statements.items():
            if known.key in said.blank:
                yield self._outcome(known, unit, Outcome.BLANKED, None, said.blank[known.key])
            if known.key in said.torn:
                yield from self._torn(known, unit, said.torn[known.key])
        if known.key in OF_OWN_SHARE:
            stating = {unit: stated for unit, stated in stating.items() if self._counts(known, unit)}
        if self._is_said_already(known, stating):
            for unit, stated in stating.items():
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
        elif known.owner == "office":
            yield from self._of_office(known, stating)
        elif known.grain == "unit" and len(self._reporting) > 1:
            yield from self._lines(known, stating)
        else:
            yield from self._of_units(known, stating)

    def _is_said_already(self, known: Field, stating: Mapping[str, Stated]) -> bool:
        """Whether the ledger says all that is stated, and no other unit has ever said anything: as of most values."""
        if known.owner == "office":
            ours = self._ours(known)
        elif len(self._reporting) == 1:
            ours = self._own_line(known)
        else:
            return not stating
        return all(self._is_same(known, stated, ours) for stated in stating.values())

    @cached_property
    def _now(self) -> Mapping[str, Mapping[str, Any]]:
        """Unit -> its report as it stands after this round."""
        said = {new.unit: new.values for new in self.reports if new.touched}
        return {unit: self._last(unit) for unit in self.task.reports} | said

    @cached_property
    def _reporting(self) -> tuple[str, ...]:
        """The units that have reported on the task, now or before; a row that came back as it was dispatched is no report."""
        return tuple(dict.fromkeys((*self.task.reports, *(unit for unit, said in self.statements.items() if said.touched))))

    def _is_of_plan(self, known: Field) -> bool:
        """Whether the ledger still says what the plan's own list said: no unit has said anything of it, nor the office."""
        if not self.base.from_list or any(report.values.get(known.key) is not None for report in self.task.reports.values()):
            return False
        planned = self.base.planned
        return planned is None or value_mark(self.task.key, known, self._ours(known)) in planned

    def _last(self, unit: str) -> Mapping[str, Any]:
        return self.task.reports[unit].values if unit in self.task.reports else {}

    def _ours(self, known: Field) -> Any:  # noqa: ANN401 - a cell holds anything
        return self.task.values.get(known.key)

    def _of_office(self, known: Field, stating: Mapping[str, Stated]) -> Iterator[FieldOutcome]:
        """Ours where it is filled in: a unit may propose another value. Where nobody had filled it in, theirs."""
        ours = self._ours(known)
        free = ours is None and known.key not in self.task.disputed and not is_closing(known.key)
        says = {unit: stated.value for unit, stated in stating.items()}
        together = free and len(agreements(self.collection, known, says)) <= 1
        for unit, stated in stating.items():
            if self._is_same(known, stated, ours) or self._is_settled(known, unit, stated):
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
            elif together:
                yield self._outcome(known, unit, Outcome.FILLED, stated, value=stated.value)
            elif free or known.key in self.task.disputed:
                leading = {unit: value for unit, value in says.items() if unit in self.task.lead}
                yield self._outcome(
                    known,
                    unit,
                    Outcome.CONFLICT,
                    stated,
                    value=agreed(self.collection, known, leading),
                    sides=self._sides(known.key, stating),
                )
            else:
                yield self._outcome(known, unit, Outcome.REFUSED, stated)

    def _of_units(self, known: Field, stating: Mapping[str, Stated]) -> Iterator[FieldOutcome]:
        """One value for the task: that of its only reporting unit, or the one on which the units of this round agree."""
        ours, together = self._own_line(known), self._composed_now(known)
        said_now = {unit: stated.value for unit, stated in stating.items()} | self._said_this_round(known, but=stating)
        if known.key not in self.task.disputed:  # what was decided on contradicts no news
            said_now = {unit: value for unit, value in said_now.items() if not self._is_decided(known, unit, value)}
        at_odds = len(agreements(self.collection, known, said_now)) > 1
        for unit, stated in stating.items():
            settled = self._is_settled(known, unit, stated)
            counts = self._counts(known, unit)
            agrees = not at_odds and (together is None or self._is_same(known, stated, together))
            withheld = not at_odds and self._is_withheld(known, unit) and not self._status_is_told
            if withheld or (settled and known.key in self.task.disputed):
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
            elif not at_odds and (self._is_same(known, stated, ours) or (not counts and self._is_same(known, stated, together))):
                # The ledger says so, or the lead says so itself.
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
            elif agrees and counts and self._is_as_reported(known, unit):
                yield self._outcome(known, unit, Outcome.REPORTED, stated, value=stated.value if together is None else together)
            elif settled:
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
            else:
                others = {} if agrees and counts else said_now if at_odds else self._last_said(known) | said_now
                sides = self._sides(known.key, stating if others else {unit: stated}, others)
                shown_value = together if ours is None and at_odds else ours
                yield self._outcome(known, unit, Outcome.CONFLICT, stated, value=shown_value, sides=sides)

    def _is_as_reported(self, known: Field, unit: str) -> bool:
        """Whether the office has left a value as the units reported it last, all of them together or this one.

        A value that it has emptied it has changed.
        """
        ours = self._means(known, self._own_line(known))
        last = composed(self.collection, known, {unit: self._last(unit) for unit in self.task.reports}, self.task.lead)
        said = (self._means(known, last), self._means(known, self._last(unit).get(known.key)))
        return ours in said or self._is_of_plan(known) or self._is_withheld(known, unit)

    def _is_withheld(self, known: Field, unit: str) -> bool:
        """Whether the ledger shows nothing of what a unit said because it was open how far the task is; nobody has emptied it."""
        status = self.collection.campaign.schema.by_key.get(STATUS)
        if status is None or known is status or known.key not in HOW_FAR or self._ours(known) is not None:
            return False
        is_open = STATUS in self.task.disputed and self._ours(status) is None
        return is_open and self._last(unit).get(known.key) is not None

    @cached_property
    def _status_is_told(self) -> bool:
        """Whether this round's lists tell how far the task is."""
        status = self.collection.campaign.schema[STATUS]
        return any(one.outcome is Outcome.REPORTED for one in self._of_field(status))

    def _lines(self, known: Field, stating: Mapping[str, Stated]) -> Iterator[FieldOutcome]:
        """Each unit's own text under its name: one unit's line never disturbs another's."""
        ours = self._ours(known)
        lines = self._ledger_lines(known)
        found: list[tuple[str, Stated, Outcome]] = []
        for unit, stated in stating.items():
            theirs, last = self._means(known, stated.value), self._means(known, self._last(unit).get(known.key))
            mine = self._means(known, ours if lines is None else lines.get(unit))
            settled = self._is_settled(known, unit, stated)
            if theirs == mine or (settled and known.key in self.task.disputed):
                outcome = Outcome.UNCHANGED
            elif lines is not None and mine == last:
                outcome = Outcome.REPORTED
                lines = {**(lines or {}), unit: shown_in(known, stated.value)}
            else:
                outcome = Outcome.UNCHANGED if settled else Outcome.CONFLICT
            found.append((unit, stated, outcome))
        value = join_lines(lines) if lines else ours
        for unit, stated, outcome in found:
            yield self._outcome(known, unit, outcome, stated, value=value if outcome is Outcome.REPORTED else ours)

    def _ledger_lines(self, known: Field) -> dict[str, str] | None:
        """The lines of the ledger's cell by unit; None where the office has written something else there."""
        ours = self._ours(known)
        if ours is None:
            return {}
        if self._is_of_plan(known):
            return {}
        said = {unit: shown_in(known, self._last(unit).get(known.key)) for unit in self.task.reports}
        lines = split_lines(shown(ours), said, lambda name: roster_name(self.collection, name))
        alone = next(iter(said), "") if len(said) == 1 else ""
        return {alone: shown_in(known, ours)} if alone and alone not in (lines or {}) else lines

    def _own_line(self, known: Field) -> Any:  # noqa: ANN401
        """Ours; of a text that stands under the name of the only unit that reports, the text."""
        ours = self._ours(known)
        if known.grain != "unit" or not isinstance(ours, str) or not has_lines(ours):
            return ours
        said = {unit: shown_in(known, self._last(unit).get(known.key)) for unit in self._reporting}
        lines = split_lines(ours, said, lambda name: roster_name(self.collection, name))
        return lines[self._reporting[0]] if lines and [*lines] == [*self._reporting] else ours

    def _composed_now(self, known: Field) -> Any:  # noqa: ANN401
        return composed(self.collection, known, self._now, self.task.lead)

    def _said_this_round(self, known: Field, but: Mapping[str, Any]) -> dict[str, Any]:
        """What other units have said in this very round, in a merge before."""
        now = self.collection.campaign.round_id
        said = {
            unit: report.said_in(now, known.key)
            for unit, report in self.task.reports.items()
            if unit not in but and (known.key not in OF_OWN_SHARE or self._counts(known, unit))
        }
        return {unit: value for unit, value in said.items() if value is not None}

    def _last_said(self, known: Field) -> dict[str, Any]:
        """What the units said last, of those that lead the task alone where any of them does."""
        said = {unit: self._last(unit).get(known.key) for unit in self.task.reports}
        said = {unit: value for unit, value in said.items() if value is not None}
        return {unit: value for unit, value in said.items() if unit in self.task.lead} or said

    def _counts(self, known: Field, unit: str) -> bool:
        """Whether a unit speaks for the task as a whole: not where another unit leads it and has said how far it is."""
        if known.key not in HOW_FAR or unit in self.task.lead:
            return True
        leading = self.task.lead & self._now.keys()
        return not any(self._now[lead].get(key) is not None for lead in leading for key in HOW_FAR)

    def _means(self, known: Field, value: Any) -> Any:  # noqa: ANN401
        return meaning_of(self.collection, known, value)

    def _is_same(self, known: Field, stated: Stated, ours: Any) -> bool:  # noqa: ANN401
        if ours is None:
            return False
        if known.role == "units" and known.key in ("lead_unit", "coop_units"):
            return self._same_units(known.key, stated)
        if type(stated.value) is type(ours) and stated.value == ours:  # as nearly all are: nothing to be read for that
            return True
        return bool(self._means(known, stated.value) == self._means(known, ours))

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
        lead = names("lead") or names("responsible")
        return lead == task.lead or lead | names("cooperating") == task.lead | task.cooperating

    def _is_settled(self, known: Field, unit: str, stated: Stated) -> bool:
        """Whether the office has decided on this very value, or is asked about it already."""
        return any(self._is_decided(known, unit, value) for value in (stated.value, stated.said(known.key)))

    def _is_decided(self, known: Field, unit: str, value: Any) -> bool:  # noqa: ANN401
        texts = self.base.settled.get((self.task.key, unit, known.key))
        return texts is not None and text_key(shown_in(known, value)) in map(text_key, texts)

    def _torn(self, known: Field, unit: str, said: tuple[Stated, ...]) -> Iterator[FieldOutcome]:
        """The unit's own files differ: a conflict; of what is the office's each is a proposal of its own."""
        ours = self._ours(known)
        if all(self._is_settled(known, unit, one) for one in said):
            yield self._outcome(known, unit, Outcome.UNCHANGED, said[-1])
            return
        if known.owner == "office" and (ours is not None or is_closing(known.key)) and known.key not in self.task.disputed:
            for one in said:
                same = self._is_same(known, one, ours) or self._is_settled(known, unit, one)
                yield self._outcome(known, unit, Outcome.UNCHANGED if same else Outcome.REFUSED, one)
            return
        sides = tuple((unit, one.said(known.key), one.reported.address(known.key)) for one in said)
        if known.key in self.statements[unit].before:
            sides = ((unit, self.statements[unit].before[known.key], ""), *sides)
        yield self._outcome(known, unit, Outcome.CONFLICT, said[-1], value=ours, sides=sides)

    def _sides(
        self, key: str, stating: Mapping[str, Stated], said: Mapping[str, Any] | None = None
    ) -> tuple[tuple[str, Any, str], ...]:
        """All that say something: those that state it now with its cell, those of before with what they said."""
        now = tuple((unit, stated.said(key), stated.reported.address(key)) for unit, stated in stating.items())
        return (*now, *((unit, value, "") for unit, value in (said or {}).items() if unit not in stating))

    def _outcome(
        self,
        known: Field,
        unit: str,
        outcome: Outcome,
        stated: Stated | None,
        reported: Reported | None = None,
        *,
        value: Any = None,  # noqa: ANN401
        sides: tuple[tuple[str, Any, str], ...] = (),
    ) -> FieldOutcome:
        ours = self._ours(known)
        row = stated.reported if stated else reported
        shows_theirs = outcome in (Outcome.REPORTED, Outcome.FILLED, Outcome.CONFLICT)
        return FieldOutcome(
            self.task.key, unit, known.key, outcome,
            last=self._last(unit).get(known.key), ours=ours, theirs=stated.value if stated else None,
            value=value if shows_theirs else ours, reported=row, sides=sides,
        )  # fmt: skip


def _is_the_same(known: Field, value: Any, ours: Any) -> bool:  # noqa: ANN401 - cells hold anything
    """Whether a value is that of the ledger as it stands, as most are; what has to be read for that is left open."""
    is_equal = type(value) is type(ours) and value == ours and known.role != "units"
    return is_equal and not (known.grain == "unit" and isinstance(ours, str) and has_lines(ours))
