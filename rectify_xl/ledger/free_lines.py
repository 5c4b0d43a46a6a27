"""Lines that the office typed into a list of ours: a note, a total, who made the list. They are no rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.provenance.carried import key_number
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEAST_ROW = 7  # filled cells; no line below a list has as many
_SAY_A_TASK = frozenset({"problem", "measures"})


def bears_key(cells: Mapping[str, Any]) -> bool:
    """Whether a row says of which task it is."""
    return key_number(shown(cells.get("key"))) > 0


def is_free_line(cells: Mapping[str, Any], *, grows: bool = False) -> bool:
    """Whether a row is no row of the list, by its cells in our columns (by key, None where blank).

    What bears the key of a task is a row; a single cell is none, but in a list that ``grows`` where it is the words of a task
    that somebody has begun to add.
    """
    if bears_key(cells):
        return False
    filled = {key: value for key, value in cells.items() if value is not None}
    if len(filled) >= _LEAST_ROW:
        return False
    if len(filled) == 1:
        return not (grows and filled.keys() & _SAY_A_TASK)
    # In most masters every row bears a key.
    from rectify_xl.intake.tables.header import Header  # noqa: PLC0415
    from rectify_xl.intake.tables.lines import Line, is_task_number, is_total  # noqa: PLC0415
    from rectify_xl.intake.tables.signatures import is_footer  # noqa: PLC0415

    own = {(1, at): value for at, value in enumerate(filled.values(), 1)}
    places = {key: at for at, key in enumerate(filled, 1)}
    number = places.get("task_id")
    has_number = number is not None and is_task_number(filled["task_id"])
    line = Line(1, filled, own, (1, number) if number and has_number else None)
    return is_footer(line) or is_total(line, Header(1, columns=places))
