"""A task whose parts different units lead: what its units say of each part, and what that comes to together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.rounds.composing import agreements, composed
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import by_part, meaning_of, value_of_parts

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf
    from collections.abc import Iterator, Mapping

    from rectify_xl.collection.base import BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import PartValues


@dataclass(frozen=True)
class LedParts:
    """``said``: unit -> the part of the plan -> what the unit says of it; ``leads``: who leads each part."""

    collection: Collection
    leads: tuple[frozenset[str], ...]
    said: Mapping[str, Mapping[int, Mapping[str, Any]]]

    def composed(self, known: Field) -> Any:  # noqa: ANN401 - a cell holds anything
        """The value of the task: of each part what its lead says, or all that report on it agree on."""
        schema = self.collection.campaign.schema
        states = [self._of_part(schema[STATUS], at) for at in range(len(self.leads))] if STATUS in schema else []
        done = bool(states) and all(state in schema.states.closed for state in states)
        return value_of_parts(schema, known, [self._of_part(known, at) for at in range(len(self.leads))], done=done)

    def disputes(self, known: Field, units: AnyOf[str], before: LedParts) -> Mapping[str, frozenset[str]]:
        """Those of some units whose news of a part contradict what another says of the same part -> all that speak of it.

        A cooperating unit's last word contradicts no news of the lead.
        """
        found: dict[str, frozenset[str]] = {}
        for at in range(len(self.leads)):
            every = self._words(known, at)
            now = {unit: word for unit, word in every.items() if unit in units}
            last = before._words(known, at)
            if all(self._means(known, word) == self._means(known, last.get(unit)) for unit, word in now.items()):
                continue
            is_the_word = {self._means(known, self._of_part(known, at))} == agreements(self.collection, known, now)
            if not is_the_word and len(agreements(self.collection, known, every)) > 1:
                found |= {unit: found.get(unit, frozenset()) | every.keys() for unit in now}
        return found

    def agree(self, known: Field) -> bool:
        """Whether all that speak of a part say the same of it."""
        return all(len(agreements(self.collection, known, self._words(known, at))) <= 1 for at in range(len(self.leads)))

    def without_news(self, units: AnyOf[str], before: LedParts) -> LedParts:
        """The same as long as what some units say now is not settled."""
        return replace(self, said={**self.said, **{unit: before.said.get(unit, {}) for unit in units}})

    def _words(self, known: Field, at: int) -> Mapping[str, Any]:
        return {unit: rows[known.key] for unit, rows in self._reports(at) if rows[known.key] is not None}

    def _means(self, known: Field, value: Any) -> Any:  # noqa: ANN401
        return meaning_of(self.collection, known, value)

    def _of_part(self, known: Field, at: int) -> Any:  # noqa: ANN401
        reports = dict(self._reports(at))
        return composed(self.collection, known, reports, self.leads[at]) if reports else None

    def _reports(self, at: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return ((unit, parts[at]) for unit, parts in self.said.items() if at in parts)


def led_parts(
    collection: Collection, task: BaseTask, reports: Mapping[str, tuple[Mapping[str, Any], PartValues]]
) -> LedParts | None:
    """The parts of a task with what its units say of them; None where one unit leads all, or nobody knows of which a report is.

    Args:
        collection: how values are compared.
        task: the task.
        reports: unit -> its values and what each of its rows says.
    """
    if not task.part_leads:
        return None
    fields, said = collection.campaign.schema.fields, {}
    for unit, (values, parts) in reports.items():
        rows = by_part(fields, task.part_measures, values, parts)
        if rows is None:
            return None
        said[unit] = rows
    return LedParts(collection, task.part_leads, said)
