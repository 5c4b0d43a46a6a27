"""Which columns a rule speaks about, in whatever schema a campaign uses: ``FIELDS`` of a rule module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rectify_xl.schema.fields import Field, Kind, Role
    from rectify_xl.schema.schema import Schema


@dataclass(frozen=True, slots=True)
class FieldSelector:
    """A column is selected by its key, its role or its kind, or because it is required.

    ``any_text`` and ``any_cell`` mean every column: what a cell says as a text, or whatever stands in it. A selector that
    selects nothing belongs to a rule about a file, a list or a unit.
    """

    keys: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    kinds: tuple[Kind, ...] = ()
    required: bool = False
    besides: tuple[str, ...] = ()
    any_text: bool = False
    any_cell: bool = False

    def selects(self, known: Field) -> bool:
        """Whether the rule speaks about the column."""
        if known.key in self.besides:
            return False
        return (
            self.is_general
            or known.key in self.keys
            or known.role in self.roles
            or known.kind in self.kinds
            or (self.required and bool(known.required))
        )

    def of(self, schema: Schema) -> tuple[str, ...]:
        """The keys of the selected columns, in the schema's order."""
        return tuple(known.key for known in schema.fields if self.selects(known))

    @property
    def is_general(self) -> bool:
        """Whether every column is meant, so that the rule belongs to none in particular."""
        return self.any_text or self.any_cell

    @property
    def is_empty(self) -> bool:
        """Whether no column is meant."""
        return self == NO_FIELD


def fields(
    *keys: str, roles: tuple[Role, ...] = (), kinds: tuple[Kind, ...] = (), required: bool = False, besides: tuple[str, ...] = ()
) -> FieldSelector:
    """The columns with these keys, roles or kinds, and the required ones where ``required``; never those ``besides``."""
    return FieldSelector(keys, roles, kinds, required, besides)


#: The rule is about a file, a list, a unit or the campaign.
NO_FIELD = FieldSelector()
#: The rule reads the words of every column.
ANY_TEXT = FieldSelector(any_text=True)
#: The rule looks at every cell, whatever stands in it.
ANY_CELL = FieldSelector(any_cell=True)
