"""Where a row of the collection comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission, Table, TaskRow

TableKey = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row of the frame comes from; ``table_key`` is the list that it stands in, one key for all of its rows."""

    submission: Submission
    table: Table
    task: TaskRow
    table_key: TableKey

    @property
    def root(self) -> tuple[str, str, int, int]:
        """File, sheet and first row of the task that it is part of, and the first column of its list."""
        path, sheet, _, first_column = self.table_key
        return path, sheet, self.task.part_of or self.task.row, first_column


def table_key(submission: Submission, table: Table) -> TableKey:
    """File, sheet, header row and first column of a list: two may stand side by side."""
    return submission.path, table.sheet, table.header_row, table.first_column
