"""Problems on one sheet and their measures on another, joined by the number of the problem: parts of one task each.

The sheet of problems says nothing but what the problems are: who answers for them, and until when, stands with the measures,
each of which bears the number of its problem. Where a number leads nowhere, or twice, both sheets are read as they stand.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from rectify_xl.common.text_keys import number_key
from rectify_xl.intake.submission import RowKind, Section
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.intake.submission import Fault, Table, TaskRow

# All that a sheet of problems may say in fields. What is said of a task elsewhere would be lost.
_OF_PROBLEMS = frozenset({"task_id", "problem", "category", "target"})
_OF_MEASURES = frozenset({"task_id", "measures"})
_PROBLEM = "问题"


def with_problems(tables: tuple[Table, ...], faults: Iterable[Fault]) -> tuple[tuple[Table, ...], list[Fault]]:
    """The tables with the problems that another sheet describes, and the faults without those of a sheet of problems.

    Problems without a measure stay where they stand, and so do the faults of their sheet.
    """
    kept = list(faults)
    described = [(table, frozenset(map(_number, table.rows))) for table in tables if _is_of_problems(table)]
    referring = [(table, frozenset(map(_number, table.rows))) for table in tables if _is_of_measures(table)]
    pairs = [
        (problems, measures)
        for (problems, numbers), (measures, refer) in product(described, referring)
        if problems.sheet != measures.sheet and refer <= numbers
    ]
    if len(pairs) != 1:  # none, or nobody can say which
        return tables, kept
    ((problems, measures),) = pairs
    by_number = {_number(row): row for row in problems.rows}
    firsts: dict[str, int] = {}
    joined = [_joined(row, by_number[_number(row)], problems, firsts.setdefault(_number(row), row.row)) for row in measures.rows]
    left = tuple(row for row in problems.rows if _number(row) not in firsts)
    # The sheet of problems stays a table: its rows are accounted for, as the headings of their measures.
    taken = [row for row in problems.rows if _number(row) in firsts]
    sections = (Section(row.row, problems.cell(row, "problem"), shown(row.values.get("problem"))) for row in taken)
    found = {
        id(measures): replace(measures, rows=tuple(joined)),
        id(problems): replace(
            problems,
            rows=left,
            sections=(*problems.sections, *sections),
            kinds={**problems.kinds, **{row.row: RowKind.SECTION for row in taken}},
        ),
    }
    if not left:
        kept = [fault for fault in kept if fault.sheet != problems.sheet or fault.slug != "missing-column"]
    return tuple(found.get(id(table), table) for table in tables), kept


def _is_of_problems(table: Table) -> bool:
    """Whether a table says nothing but what the problems are, each under a number of its own."""
    if not table.rows or table.unread or any(row.hidden for row in table.rows):  # of hidden rows it is said that they are tasks
        return False
    said = {key for row in table.rows for key, value in row.values.items() if value is not None} | table.columns.keys()
    numbers = [_number(row) for row in table.rows]
    return {"task_id", "problem"} <= said <= _OF_PROBLEMS and all(numbers) and len(set(numbers)) == len(numbers)


def _is_of_measures(table: Table) -> bool:
    """Whether the rows of a table name a problem by its number and do not say what it is."""
    if (
        not table.rows
        or not table.columns.keys() >= _OF_MEASURES
        or any(row.values.get("problem") is not None for row in table.rows)
    ):
        return False
    # Plain numbers begin from 1 on every sheet; only a heading says that they are those of the problems.
    return _PROBLEM in table.headings["task_id"] or not any(_number(row).isdigit() for row in table.rows)


def _number(row: TaskRow) -> str:
    return number_key(shown(row.values.get("task_id")))


def _joined(row: TaskRow, problem: TaskRow, problems: Table, first: int) -> TaskRow:
    """A measure with its problem, whose cells stay those of the other sheet."""
    said = {
        key: problem.values[key] for key in _OF_PROBLEMS if row.values.get(key) is None and problem.values.get(key) is not None
    }
    part_of = first if first != row.row else None
    return replace(
        row,
        values={**row.values, **said},
        anchors={**row.anchors, **{key: problems.cell(problem, key) for key in said}},
        sheets=dict.fromkeys(said, problems.sheet),
        odd=(*row.odd, *(key for key in problem.odd if key in said)),
        extras={**problem.extras, **row.extras},
        part_of=part_of,
    )
