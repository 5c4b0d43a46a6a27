"""A row of a unit's list, and the texts that name one in a master."""

from __future__ import annotations

from typing import NamedTuple

from rectify_xl.common.addresses import from_a1
from rectify_xl.common.short_repr import call_repr


class SourceRow(NamedTuple):
    """A row of a unit's list."""

    file: str
    sheet: str
    row: int

    def __repr__(self) -> str:
        return call_repr(type(self).__name__, self._asdict())


def source_row(file: str, sheet: str, cell: str) -> SourceRow | None:
    """The row of a cell in a unit's list; None where there is no such cell."""
    try:
        return SourceRow(file, sheet, from_a1(cell)[0])
    except ValueError:
        return None


def row_of_cell(source: str) -> SourceRow | None:
    """The row of a cell that is named as ``file!sheet!cell``; None where the office has written something else."""
    parts = source.rsplit("!", 2)
    return source_row(*parts) if len(parts) == len(SourceRow._fields) else None
