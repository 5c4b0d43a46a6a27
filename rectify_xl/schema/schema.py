"""Schema: the columns of one kind of list, read from schemas/*.yaml by ``loading``.

Header matching, conversion of values, the pandera schema, the columns of the master and the data
dictionary are all derived from it; see docs/add-a-column.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.common.text_keys import heading_key
from rectify_xl.schema.fields import PACE, STATUS
from rectify_xl.schema.states import States

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandera.pandas import DataFrameSchema

    from rectify_xl.schema.fields import Field, Role


@dataclass(frozen=True, eq=False, repr=False)
class Schema(ShortRepr):
    """The columns of one kind of list, in the order they are shown.

    ``own_headings``: headings that the office has assigned to a field (``headings:`` of campaign.yaml); they go before all
    others.
    """

    name: str
    version: int
    label: Mapping[str, str]
    fields: tuple[Field, ...]
    own_headings: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, key: object) -> bool:
        return key in self.by_key

    def __getitem__(self, key: str) -> Field:
        return self.by_key[key]

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """Field key -> Field."""
        return {known.key: known for known in self.fields}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The field keys in order."""
        return tuple(self.by_key)

    @cached_property
    def choices(self) -> tuple[Field, ...]:
        """The fields of which a value is one of a few words."""
        return tuple(known for known in self.fields if known.kind == "choice")

    @property
    def paces(self) -> tuple[str, ...]:
        """The choices of 序时进度, the first of them behind the plan; nothing where there is no such field."""
        choices = self[PACE].choices if PACE in self else ()
        return choices if len(choices) > 1 else ()

    @cached_property
    def states(self) -> States:
        """What the words of the status column mean; no states where the schema has no such column."""
        return States(self.by_key[STATUS].states if STATUS in self else ())

    @cached_property
    def headings(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """Heading key -> the fields it may head with the rank of preference (0 is the label itself)."""
        found: dict[str, list[tuple[str, int]]] = {}
        for known in self.fields:
            for rank, heading in enumerate((known.label["zh"], known.label["en"], *known.aliases)):
                candidates = found.setdefault(heading_key(heading).casefold(), [])
                if known.key not in (key for key, _ in candidates):
                    candidates.append((known.key, max(0, rank - 1)))
        own = {heading_key(heading).casefold(): ((key, -1),) for heading, key in self.own_headings.items()}
        return {heading: tuple(candidates) for heading, candidates in found.items()} | own

    @cached_property
    def required_groups(self) -> tuple[tuple[str, ...], ...]:
        """Groups of columns of which a list must have one member each."""
        groups: dict[str, list[str]] = {}
        for known in self.fields:
            if known.required:
                groups.setdefault(known.required if known.required != "true" else known.key, []).append(known.key)
        return tuple(tuple(group) for group in groups.values())

    def to_pandera(self) -> DataFrameSchema:
        """The columns as a pandera ``DataFrameSchema``: the one that checks the columns in a run.

        It holds for :meth:`rectify_xl.Report.rows_frame`, and for any frame with the same columns and dtypes.
        """
        from rectify_xl.schema.columns import pandera_schema  # noqa: PLC0415 - most commands need no pandas

        return pandera_schema(self.fields, self.name, self.label["zh"])

    def with_role(self, role: Role) -> tuple[str, ...]:
        """Keys of the fields that play ``role``."""
        return tuple(known.key for known in self.fields if known.role == role)
