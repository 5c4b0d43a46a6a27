"""Sheets beside the list that hold nothing of a task's own: examples, guides to filling in, figures, choices of dropdowns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.submission import Fault
from rectify_xl.intake.tables.lines import has_words
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import Table

_EXAMPLE = LazyPattern(r"示例|样例|范例|样表|例表|填[写报表]*样[式本]")
_GUIDE = LazyPattern(
    r"(?:填[写报表]|使用|字段|列名|指标|表格|操作).{0,4}(?:说明|要求|须知|指南|指引|解释)|(?:填写|填报)?(?:须知|说明)"
)
_NUMBER = LazyPattern(r"\s*[(（]?[A-Za-z]{0,3}[-—]?\d+(?:[-.]\d+)*[)）]?[.、]?\s*")
_MOST = 2 / 3  # of the columns of a list
_MOST_TASKS = 3  # of an example; a unit may have gone on in it
_CONTENT = frozenset({"problem", "measures"})
# What is said of a task that another sheet describes under the same number.
_SAYS_OF_TASKS = frozenset({"target", "deadline", "status", "progress", "completed_on", "evidence"})
_DESCRIBES = _CONTENT | {"target", "progress"}
_IS_EXAMPLE = Text("的名称写明是示例", "is an example by its name")
_IS_GUIDE = Text("的名称写明是填写说明", "is a guide to filling in by its name")
_NAMES_NO_TASK = Text(
    "没有问题、措施、进展这样的列，看来是统计表或供选用的名单",
    "has no column of problems, measures or progress: figures, or choices",
)


def sheets_without_tasks(tables: Iterable[Table]) -> dict[str, Text]:
    """The names of the sheets that hold no tasks, and why, where another sheet holds some."""
    by_sheet: dict[str, list[Table]] = {}
    for table in tables:
        by_sheet.setdefault(table.sheet, []).append(table)
    counts = Counter({name: sum(len(table.rows) for table in found) for name, found in by_sheet.items()})
    found: dict[str, Text] = {}
    for name, listed in by_sheet.items():
        if counts[name] <= _MOST_TASKS and _EXAMPLE.search(name):
            found[name] = _IS_EXAMPLE
        elif counts[name] <= _MOST_TASKS and _GUIDE.fullmatch(name.strip()):
            found[name] = _IS_GUIDE
        elif not any(map(_says_something, listed)):
            found[name] = _NAMES_NO_TASK
    described = any(
        _CONTENT & table.columns.keys() and table.rows for name in by_sheet.keys() - found.keys() for table in by_sheet[name]
    )
    others = any(count for name, count in counts.items() if name not in found)
    return {name: why for name, why in found.items() if (described if why is _NAMES_NO_TASK else others)}


def _says_something(table: Table) -> bool:
    """Whether a table describes tasks, or says of numbered ones how far they are."""
    keys = table.columns.keys() | {key for task in table.rows for key, value in task.values.items() if value is not None}
    numbered = "task_id" in table.columns and _SAYS_OF_TASKS & keys
    return bool(_DESCRIBES & keys or numbered or table.upright)


def goes_on(sheet: Sheet, tables: Iterable[Table]) -> bool:
    """Whether a list on another sheet goes on here without its headings: below a title every row stands as its tasks do."""
    rows = [cells for _, cells in sorted(sheet.cells.items()) if sum(bool(shown(value)) for value in cells.values()) > 1]
    is_example = bool(_EXAMPLE.search(sheet.name))
    return bool(rows) and not is_example and any(all(_stands_as_a_task(cells, table) for cells in rows) for table in tables)


def _stands_as_a_task(cells: Mapping[int, Any], table: Table) -> bool:
    """Whether a number and words stand where a list has its numbers and problems or measures, and most columns are filled."""
    worded = [cells.get(table.columns[key]) for key in _CONTENT & table.columns.keys()]
    number = shown(cells.get(table.columns["task_id"])) if "task_id" in table.columns else ""
    filled = [column for column in table.columns.values() if shown(cells.get(column))]
    return bool(_NUMBER.fullmatch(number)) and any(map(has_words, worded)) and _MOST * len(table.columns) <= len(filled)


def sheet_without_tasks(name: str, reason: Text) -> Fault:
    """What is said of such a sheet: it was not read, and why."""
    return Fault("extra-sheet", name, facts={"name": name, "reason": reason})
