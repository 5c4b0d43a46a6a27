"""Sheets that show how a list is filled in (填表示例, 样表), beside the list itself: what stands on them is no task."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.intake.submission import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.intake.submission import Table

_EXAMPLE = re.compile(r"示例|样例|范例|样表|例表|填[写报表]*样[式本]")
_MOST_TASKS = 3  # of an example; a unit may have gone on in it
_REASON = Text("的名称写明是示例", "is an example by its name")


def example_sheets(tables: Iterable[Table]) -> set[str]:
    """The names of the sheets that are examples by their name, where another sheet holds tasks."""
    tasks: Counter[str] = Counter()
    for table in tables:
        tasks[table.sheet] += len(table.rows)
    named = {name for name, count in tasks.items() if _EXAMPLE.search(name) and count <= _MOST_TASKS}
    return named if any(count for name, count in tasks.items() if name not in named) else set()


def example_fault(name: str) -> Fault:
    """What is said of such a sheet: it was not read, and why."""
    return Fault("extra-sheet", name, facts={"name": name, "reason": _REASON})
