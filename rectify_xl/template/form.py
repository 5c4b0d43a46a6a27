"""What stands in a template: title, columns, rows filled in beforehand, choices of the dropdowns, stamp."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from rectify_xl.common.i18n import localise
from rectify_xl.provenance.stamp import template_stamp
from rectify_xl.schema.conversion import blank_to_none

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.schema.fields import Field, Owner
    from rectify_xl.schema.schema import Schema

# What a dropdown does with a value that is not in it: refuse it, ask whether it is meant, or take it.
OtherValues = Literal["refuse", "ask", "take"]


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one column's dropdown; the few of an ``inline`` one stand in the dropdown itself, as those of a state do."""

    values: tuple[str, ...]
    others: OtherValues = "take"
    inline: bool = False


@dataclass(frozen=True)
class Template:
    """A task-list workbook to be filled in; see :func:`rectify_xl.template.make_template`."""

    campaign: Campaign
    made_on: date
    unit: str = ""
    filled: tuple[Mapping[str, Any], ...] = ()
    blank_rows: int = 0
    lang: str = "zh"

    @property
    def schema(self) -> Schema:
        """The columns."""
        return self.campaign.schema

    @property
    def columns(self) -> tuple[Field, ...]:
        """What the list's columns hold, in order."""
        return self.schema.fields

    def is_hidden(self, known: Field) -> bool:  # noqa: ARG002 - a dispatched workbook has such a column
        """Whether a column is for the program alone."""
        return False

    @property
    def stamp(self) -> dict[str, str]:
        """What the workbook says of itself when it comes back."""
        return template_stamp(self.campaign, self.unit)

    def say(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return localise(self.lang, zh, en)

    @property
    def title(self) -> str:
        """The list's title: 某市……整改 + 整改任务清单, without saying 整改 twice."""
        name, label = " ".join(self.campaign.name.split()), self.schema.label[self.lang]
        if not name or self.lang != "zh":
            return f"{name}: {label}" if name else label
        shared = next((size for size in range(len(label) - 1, 0, -1) if name.endswith(label[:size])), 0)
        return name + label[shared:]

    @property
    def note(self) -> str:
        """The line beside unit and date."""
        round_id, due = self.campaign.round_id, self.campaign.round_due
        parts = [self.say(f"轮次 {round_id}", f"Round {round_id}")] if round_id else []
        parts += [self.say(f"报送截止 {due}", f"due on {due}")] if due else []
        parts.append(self.say("红字的列必填，填法见“填报说明”", "headings in red are required; see the sheet How to fill in"))
        return " · ".join(parts)

    def is_fixed(self, row: Mapping[str, Any], known: Field) -> bool:
        """Whether a cell is the office's and filled, so that the unit may not change it."""
        return known.owner == "office" and blank_to_none(row.get(known.key)) is not None

    @property
    def groups(self) -> tuple[tuple[Owner, int], ...]:
        """Runs of neighbouring columns of one owner, with their lengths."""
        return tuple((owner, len(list(run))) for owner, run in groupby(known.owner for known in self.columns))

    @cached_property
    def choices(self) -> dict[str, Choices]:
        """Field key -> its dropdown, for the columns that have one."""
        found = {known.key: self._choices(known) for known in self.columns}
        return {key: choices for key, choices in found.items() if choices.values}

    def _choices(self, known: Field) -> Choices:
        if known.kind == "choice":
            return Choices(known.choices, "refuse")
        if known.role == "units":
            # 甲局牵头,乙局配合 is no entry of any list, and right.
            return Choices(self.units)
        if known.role == "leader":
            people = (f"{leader.name} {leader.title}".strip() for leader in self.campaign.leaders)
            return Choices(tuple(dict.fromkeys(people)), "ask")
        if known.key == "category":
            given = (blank_to_none(row.get(known.key)) for row in self.filled)
            return Choices(tuple(dict.fromkeys(str(value) for value in given if value is not None)))
        return Choices(())

    @property
    def units(self) -> tuple[str, ...]:
        """The names of the roster."""
        return tuple(unit.name for unit in self.campaign.units)
