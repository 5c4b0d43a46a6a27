"""Problems on one sheet and their measures on another, joined by the number of the problem: parts of one task each.

The sheet of problems says nothing but what the problems are: who answers for them, and until when, stands with the measures,
each of which bears the number of its problem. Where a number leads nowhere, or twice, both sheets are read as they stand.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
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
    pairs = [pair for pair in permutations(tables, 2) if _belong_together(*pair)]
    if len(pairs) != 1:  # none, or nobody can say which
        return tables, kept
    ((problems, measures),) = pairs
    described = {_number(row): row for row in problems.rows}
    firsts: dict[str, int] = {}
    joined = [_joined(row, described[_number(row)], problems, firsts.setdefault(_number(row), row.row)) for row in measures.rows]
    left = tuple(row for row in problems.rows if _number(row) not in firsts)
    # The sheet of problems stays a table: its rows are accounted for, as the headings of their measures.
    taken = [row for row in problems.rows if _number(row) in firsts]
    sections = (Section(row.row, problems.cell(row, "problem"), shown(row.values["problem"])) for row in taken)
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


def _belong_together(problems: Table, measures: Table) -> bool:
    """Whether one table describes the problems, each under a number of its own, to which all rows of another refer."""
    if problems.sheet == measures.sheet or not problems.rows or not measures.rows or problems.unread:
        return False
    said = {key for row in problems.rows for key, value in row.values.items() if value is not None} | problems.columns.keys()
    if not {"task_id", "problem"} <= said <= _OF_PROBLEMS or not measures.columns.keys() >= _OF_MEASURES:
        return False
    # The numbers of a row merged over several are those of its task already.
    numbers = [_number(row) for row in problems.rows]
    refer = [_number(row) for row in measures.rows]
    named = _PROBLEM in measures.headings["task_id"]
    return (
        all(row.values.get("problem") is None for row in measures.rows)
        and not any(row.hidden for row in problems.rows)  # that is said of tasks
        and all(numbers)
        and len(set(numbers)) == len(numbers)
        and set(refer) <= set(numbers)
        # Plain numbers begin from 1 on every sheet; only a heading says that they are those of the problems.
        and (named or not any(number.isdigit() for number in refer))
    )


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
