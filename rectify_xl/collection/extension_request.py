"""One request for a later deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.common.text_keys import text_key
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, repr=False)
class Request(ShortRepr):
    """One request.

    ``old_deadline``: as it stood when it was asked; ``new_deadline``: as written, ``until``: the day that it means;
    ``granted``: the office's answer, None while there is none, with who gave it and when;
    ``file``, ``sheet``, ``cells``: where it stands in a list.
    """

    key: str
    task_id: str
    unit: str
    asked_on: date | None
    old_deadline: Any
    new_deadline: Any
    until: date | None
    reason: str
    granted: bool | None = None
    approved_by: str = ""
    approved_on: date | None = None
    file: str = ""
    sheet: str = ""
    row: int = 0
    cells: Mapping[str, str] | None = None

    @property
    def same_as(self) -> tuple[str, ...]:
        """By what a request that is sent in once more is known."""
        return self.key or self.task_id, self.unit, text_key(shown(self.new_deadline))
