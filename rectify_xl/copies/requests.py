"""What a worker process is asked for: plain values, so that neither the report nor the campaign is sent to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from rectify_xl.common.findings import Severity
from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# A copy is the unit's own package edited, a new package with what the intake reads in the file, or a page that says why
# there is neither.
Mode = Literal["in-place", "rebuilt", "notice"]
CellValue = tuple[str, str, str]  # sheet, cell, value


@dataclass(frozen=True, slots=True, repr=False)
class Change(ShortRepr):
    """One cell of a corrected copy: what stood there, what stands there now, and the rules that asked for it."""

    file: str
    sheet: str
    cell: str
    field: str
    label: str
    task_id: str | None
    rules: tuple[str, ...]
    old: str
    new: Any
    safe: bool
    shown: str

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON-ready data."""
        return {
            "file": self.file, "sheet": self.sheet, "cell": self.cell, "field": self.field, "task_id": self.task_id,
            "rules": list(self.rules), "safe": self.safe, "old": self.old, "new": self.shown,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as a copy shows it; ``heading`` names the column that it is about."""

    severity: Severity
    message: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    task_id: str = ""
    heading: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the check says of one file, remarks in the order of the report; ``unit`` is empty where it was not recognised."""

    remarks: tuple[Remark, ...]
    as_of: date
    unit: str = ""
    campaign: str = ""
    resend_by: date | None = None

    @property
    def asks(self) -> bool:
        """Whether anything is to be corrected; what is mere information is not."""
        return any(remark.severity is not Severity.INFO for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a task table stands in its sheet; rows and columns are 1-based."""

    sheet: str
    header_row: int
    columns: tuple[int, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """A unit's file: where it is, its digest when it was checked, under which name it is reported, and its tables."""

    path: str
    digest: str
    name: str
    accepted: bool
    tables: tuple[TablePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class CellCheck:
    """Which of these cells hold just the text that was judged, so that it can be replaced. Answered by a frozenset."""

    original: Original
    mode: Mode
    lang: str
    cells: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class CopyRequest:
    """Write the copy of a file to ``goal``. Answered by the notes for its reader, or by :class:`NotWritten`.

    ``reason`` says why the mode is not the one that the file's format allows; ``annotation`` is absent for a copy that
    is only corrected; ``stamps`` are our document properties for the copy.
    """

    original: Original
    goal: str
    mode: Mode
    lang: str
    reason: str = ""
    changes: tuple[Change, ...] = ()
    annotation: Annotation | None = None
    stamps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Why no copy was written in the mode asked for, in the language of the request."""

    reason: str
