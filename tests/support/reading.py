"""Reading in tests: a sheet or a file -> its task table, and what stands in its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import from_a1
from rectify_xl.intake.files import read_file
from rectify_xl.intake.tables.tables import read_tables
from rectify_xl.schema.loading import load_schema
from tests.support.workbooks import layout

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rectify_xl.intake.submission import Submission, Table
    from tests.support.workbooks import Layout, Rows

SCHEMA = load_schema()


def read(path: Path) -> Submission:
    """Read one file under its own name."""
    return read_file(path, path.name, SCHEMA)


def tables_of(rows: Rows | Layout, merges: Iterable[str] = (), **options: Any) -> list[Table]:
    """The task tables of a sheet in memory."""
    made = layout(rows, merges, **options) if isinstance(rows, list | tuple) else rows
    return [found.table for found in read_tables(made.in_memory, SCHEMA)]


def table_of(rows: Rows | Layout, merges: Iterable[str] = (), **options: Any) -> Table:
    """The one task table of a sheet in memory."""
    (table,) = tables_of(rows, merges, **options)
    return table


def column(table: Table, key: str) -> list[Any]:
    """The values of one field, task by task."""
    return [task.values.get(key) for task in table.rows]


def numbers(table: Table) -> list[int]:
    """The row numbers of the tasks."""
    return [task.row for task in table.rows]


def check_cells(made: Layout, table: Table) -> None:
    """Every value of every task is the one that stands in the cell named for it."""
    for task in table.rows:
        for key in table.columns:
            value = task.values.get(key)
            held = made.cells.get(from_a1(table.cell(task, key)))
            if value is not None:
                assert value == (held.strip() if isinstance(held, str) else held), (task.row, key, table.cell(task, key))


def slugs(submission: Submission) -> list[str]:
    """The slugs of a submission's faults."""
    return [fault.slug for fault in submission.faults]
