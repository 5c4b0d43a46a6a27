"""What stands in the columns of a table's tasks, for those who decide by it which field a column is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.unit_and_person import ORGANISATION
from rectify_xl.schema.conversion import blank_to_none
from rectify_xl.schema.fields import STATUS
from rectify_xl.schema.named_states import state_of_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import TaskRow
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_TITLE_ROWS = 3  # above the headings: a title, the unit, a date
_NAMES = LazyPattern(r"[、,，;；/\n\s]+|牵头|配合|及|和|与")


@dataclass(frozen=True)
class Content:
    """The columns of a table's tasks. ``units`` are the comparison keys of the names that the campaign's units go by."""

    sheet: Sheet
    tasks: list[TaskRow]
    schema: Schema
    units: frozenset[str]

    def column(self, column: int) -> list[Any]:
        """The values of a column, one per task, None where blank."""
        return [blank_to_none(self.sheet.value(task.row, column)) for task in self.tasks]

    def filled(self, column: int) -> list[Any]:
        """The values of a column that are not blank."""
        return [value for value in self.column(column) if value is not None]

    def states(self, header: Header) -> list[Any]:
        """The values of the status column, one per task; of one that is ticked the words above the ticks."""
        if STATUS in header.ticks:
            return [task.values.get(STATUS) for task in self.tasks]
        return self.column(header.columns[STATUS])

    def are_done(self, header: Header) -> bool:
        """Whether the title of the list, or the name of its sheet, says that the work of all its tasks is done."""
        if STATUS not in self.schema:
            return False
        above = (self.sheet.cells.get(header.top - up, {}) for up in range(1, _TITLE_ROWS + 1))
        titles = [text for row in above for text in list(row.values())[:1] if isinstance(text, str)]
        return state_of_list(self.schema[STATUS], *titles, self.sheet.name) is not None

    def is_unit(self, value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
        """Whether a cell names units and nothing else."""
        names = [name for name in _NAMES.split(value) if name] if isinstance(value, str) else []
        return bool(names) and all(text_key(name) in self.units or ORGANISATION.fullmatch(name) for name in names)


def share(answers: Iterable[bool]) -> float:
    """Which part of the answers is yes; none of no answers."""
    found = list(answers)
    return sum(found) / len(found) if found else 0.0
