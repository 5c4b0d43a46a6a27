"""Findings: one judgement of one rule, its severity, and the correction it may offer."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import cell_order
from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """How much a finding weighs; the order is the order of the summary."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITY_LABELS: Mapping[str, Mapping[str, str]] = {
    "error": {"zh": "错误", "en": "error"},
    "warning": {"zh": "提醒", "en": "warning"},
    "info": {"zh": "提示", "en": "info"},
}


def family_of(code: str) -> str:
    """The letters of a rule's code: V203 -> V."""
    return code.rstrip("0123456789")


@dataclass(frozen=True, slots=True, repr=False)
class Fix(ShortRepr):
    """A correction that a rule offers: ``value`` replaces what stands in the finding's cell."""

    value: Any
    safe: bool


@dataclass(frozen=True, slots=True, repr=False)
class Finding(ShortRepr):
    """One judgement of one rule, at a cell, a file, a unit or the campaign."""

    code: str
    slug: str
    severity: Severity
    message: str
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    field: str | None = None
    task_id: str | None = None
    value: str | None = None
    unit: str | None = None
    fix: Fix | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def family(self) -> str:
        """The family of its rule: the letters of the code."""
        return family_of(self.code)

    def to_dict(self) -> dict[str, Any]:
        """The shape of docs/json-output.md; ``unit`` is present only where there is one."""
        shown: dict[str, Any] = {
            "code": self.code,
            "slug": self.slug,
            "severity": str(self.severity),
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "field": self.field,
            "task_id": self.task_id,
            "value": self.value,
            "message": self.message,
            "fix": None if self.fix is None else {"safe": self.fix.safe, "value": str(self.fix.value)},
        }
        if self.unit:
            shown["unit"] = self.unit
        return shown

    @property
    def order(self) -> tuple[str, str, tuple[int, int], str]:
        """File, sheet, row, column, code: the order of every report. Campaign-level findings come last."""
        return (self.file or "\uffff", self.sheet or "", cell_order(self.cell), self.code)
