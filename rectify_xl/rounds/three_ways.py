"""What becomes of each value of one task that its units state, field by field."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.rounds.composing import agreed, agreements, has_lines, join_lines
from rectify_xl.rounds.model import FieldOutcome, Outcome, is_closing
from rectify_xl.rounds.task_values import TaskValues
from rectify_xl.schema.conversion import shown_in
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import OF_OWN_SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.rounds.led_parts import LedParts
    from rectify_xl.rounds.statements import Stated
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported


class TaskComparison(TaskValues):
    """What becomes of every value of a task."""

    def outcomes(self) -> Iterator[FieldOutcome]:
        """What becomes of every value that is stated or was emptied, field by field."""
        mentioned = {key for said in self.statements.values() for keys in (said.stated, said.blank, said.torn) for key in keys}
        # The only unit that has ever reported on the task, as of most tasks.
        alone = self.reporting[0] if len(self.reporting) == 1 == len(self.statements) else ""
        stated = self.statements[alone].stated if alone in self.statements else {}
        last, now = self.last(alone), self.task.values
        for known in self.collection.campaign.schema.fields:
            key = known.key
            if key not in mentioned:
                continue
            one, ours = stated.get(key), now.get(key)
            if one and _is_word_for_word(known, one.value, ours):
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
            stating = {unit: stated for unit, stated in stating.items() if self.counts(known, unit)}
        if self._is_said_already(known, stating):
            for unit, stated in stating.items():
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
        elif known.owner == "office":
            yield from self._of_office(known, stating)
        elif known.grain == "unit" and len(self.reporting) > 1:
            yield from self._lines(known, stating)
        elif known.grain != "unit" and self.led_now and self.led_before:
            yield from self._of_led_parts(known, stating, self.led_now, self.led_before)
        else:
            yield from self._of_units(known, stating)

    def _is_said_already(self, known: Field, stating: Mapping[str, Stated]) -> bool:
        """Whether the ledger says all that is stated, and no other unit has ever said anything: as of most values."""
        if known.owner == "office":
            ours = self.ours(known)
        elif len(self.reporting) == 1:
            ours = self.own_line(known)
        else:
            return not stating
        return all(self.is_same(known, stated, ours) for stated in stating.values())

    def _of_office(self, known: Field, stating: Mapping[str, Stated]) -> Iterator[FieldOutcome]:
        """Ours where it is filled in: a unit may propose another value. Where nobody had filled it in, theirs."""
        ours = self.ours(known)
        free = ours is None and known.key not in self.task.disputed and not is_closing(known.key)
        says = {unit: stated.value for unit, stated in stating.items()}
        together = free and len(agreements(self.collection, known, says)) <= 1
        for unit, stated in stating.items():
            if self.is_same(known, stated, ours) or self.is_settled(known, unit, stated):
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
        ours, together = self.own_line(known), self.composed_now(known)
        said_now = self._said_now(known, stating)
        at_odds = len(agreements(self.collection, known, said_now)) > 1
        for unit, stated in stating.items():
            settled = self.is_settled(known, unit, stated)
            own_share = not at_odds and self.is_own_share(known, unit)
            counts = self.counts(known, unit) or (own_share and not self.is_of_plan(known))
            agrees = not at_odds and (together is None or self.is_same(known, stated, together))
            withheld = not at_odds and self.is_withheld(known, unit) and not self._status_is_reported
            is_open = known.key in self.task.disputed
            if withheld or (settled and is_open) or (own_share and ours is None and not is_open):
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
            elif not at_odds and (self.is_same(known, stated, ours) or (not counts and self.is_same(known, stated, together))):
                # The ledger says so, or the lead says so itself.
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
            elif agrees and counts and self.is_as_reported(known, unit):
                yield self._outcome(known, unit, Outcome.REPORTED, stated, value=stated.value if together is None else together)
            elif settled:
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
            else:
                others = {} if agrees and counts else said_now if at_odds else self.last_said(known) | said_now
                sides = self._sides(known.key, stating if others else {unit: stated}, others)
                shown_value = together if ours is None and at_odds else ours
                yield self._outcome(known, unit, Outcome.CONFLICT, stated, value=shown_value, sides=sides)

    def _said_now(self, known: Field, stating: Mapping[str, Stated]) -> dict[str, Any]:
        """What units have said in this round; where nothing is open, what was decided on contradicts no news."""
        said = {unit: stated.value for unit, stated in stating.items()} | self.said_this_round(known, but=stating)
        if known.key in self.task.disputed:
            return said
        return {unit: value for unit, value in said.items() if not self.is_decided(known, unit, value)}

    def _of_led_parts(
        self, known: Field, stating: Mapping[str, Stated], now: LedParts, before: LedParts
    ) -> Iterator[FieldOutcome]:
        """One value for the task, of each part the word of its lead: who speaks of other parts contradicts nobody."""
        ours, is_open = self.ours(known), known.key in self.task.disputed
        disputes = now.disputes(known, self._said_now(known, stating).keys(), before)
        # Of a part in dispute the ledger keeps what it shows; where it shows nothing yet, the lead's word stands there, marked.
        together = (now if ours is None else now.without_news(disputes, before)).composed(known)
        is_same, is_agreed = self.means(known, ours) == self.means(known, together), now.agree(known)
        for unit, stated in stating.items():
            others, settled = disputes.get(unit, frozenset()), self.is_settled(known, unit, stated)
            withheld = self.is_withheld(known, unit) and not self._status_is_reported
            if not others and is_same:
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)._replace(answered=is_agreed)
            elif (settled and is_open) or (withheld and not others):
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
            elif not others and self.is_as_reported(known, unit):
                yield self._outcome(known, unit, Outcome.REPORTED, stated, value=together)._replace(answered=is_agreed)
            elif settled:
                yield self._outcome(known, unit, Outcome.UNCHANGED, stated)
            else:
                speaking = {one: said for one, said in stating.items() if one == unit or one in others}
                last = {one: self.now[one].get(known.key) for one in sorted(others)}
                sides = self._sides(known.key, speaking, last)
                shown_value = together if ours is None and others else ours
                yield self._outcome(known, unit, Outcome.CONFLICT, stated, value=shown_value, sides=sides)

    @cached_property
    def _status_is_reported(self) -> bool:
        """Whether this round's lists tell how far the task is."""
        status = self.collection.campaign.schema[STATUS]
        return any(one.outcome is Outcome.REPORTED for one in self._of_field(status))

    def _lines(self, known: Field, stating: Mapping[str, Stated]) -> Iterator[FieldOutcome]:
        """Each unit's own text under its name: one unit's line never disturbs another's."""
        ours = self.ours(known)
        lines = self.ledger_lines(known)
        found: list[tuple[str, Stated, Outcome]] = []
        for unit, stated in stating.items():
            theirs, last = self.means(known, stated.value), self.means(known, self.last(unit).get(known.key))
            mine = self.means(known, ours if lines is None else lines.get(unit))
            settled = self.is_settled(known, unit, stated)
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

    def _torn(self, known: Field, unit: str, said: tuple[Stated, ...]) -> Iterator[FieldOutcome]:
        """The unit's own files differ: a conflict; of what is the office's each is a proposal of its own."""
        ours = self.ours(known)
        if all(self.is_settled(known, unit, one) for one in said):
            yield self._outcome(known, unit, Outcome.UNCHANGED, said[-1])
            return
        if known.owner == "office" and (ours is not None or is_closing(known.key)) and known.key not in self.task.disputed:
            for one in said:
                same = self.is_same(known, one, ours) or self.is_settled(known, unit, one)
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
        ours = self.ours(known)
        row = stated.reported if stated else reported
        shows_theirs = outcome in (Outcome.REPORTED, Outcome.FILLED, Outcome.CONFLICT)
        return FieldOutcome(
            self.task.key, unit, known.key, outcome,
            last=self.last(unit).get(known.key), ours=ours, theirs=stated.value if stated else None,
            value=value if shows_theirs else ours, reported=row, sides=sides,
        )  # fmt: skip


def _is_word_for_word(known: Field, value: Any, ours: Any) -> bool:  # noqa: ANN401 - cells hold anything
    """Whether a value is that of the ledger as it stands, as most are; what has to be read for that is left open."""
    is_equal = type(value) is type(ours) and value == ours and known.role != "units"
    return is_equal and not (known.grain == "unit" and isinstance(ours, str) and has_lines(ours))
