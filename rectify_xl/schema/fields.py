"""Field: the one description of a column, read from schemas/*.yaml by ``loading``; see docs/add-a-column.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.common.text_keys import text_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.schema.states import State

Kind = Literal["text", "long_text", "number", "percent", "date", "choice"]
Owner = Literal["office", "unit"]
Role = Literal["", "leader", "units", "deadline", "status"]
Grain = Literal["task", "unit"]
STATUS = "status"
PACE = "pace"
# What a unit writes anew in every round. These cells are sent out empty, so that one that holds something was filled in,
# whatever a file claims to have been sent out with.
DISPATCHED_EMPTY = frozenset({"progress", "percent", PACE, "forecast"})
# Beside a column of a frame: what its cells hold that is no value of it.
AS_WRITTEN = "_as_written"
# What a unit reports of its work beside the status: where any of it is filled in, the status should be.
REPORTED_WITH_STATUS = ("progress", "percent", "completed_on", "evidence")
# Excel's own limit for a cell, and more than any name takes.
_LONGEST_TEXT, _LONGEST_NAME = 32767, 1000


@dataclass(frozen=True, eq=False, repr=False)
class Field(ShortRepr):
    """One column: how it is headed, what it may hold and who owns it."""

    key: str
    label: Mapping[str, str]
    kind: Kind
    aliases: tuple[str, ...] = ()
    owner: Owner = "unit"
    grain: Grain = "task"
    role: Role = ""
    required: str = ""
    choices: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    width: float = 12
    hint: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def choice_of(self) -> dict[str, str]:
        """Comparison key of every allowed value and synonym -> the value."""
        known = {text_key(choice): choice for choice in self.choices}
        return known | {text_key(wording): meant for wording, meant in self.synonyms.items()}

    @property
    def is_text(self) -> bool:
        """Whether the column holds words (and not numbers, dates or choices)."""
        return self.kind in ("text", "long_text")

    @property
    def longest(self) -> int:
        """The most characters that a text of this column may have."""
        return _LONGEST_TEXT if self.kind == "long_text" else _LONGEST_NAME
