"""序时进度 where a list has no column for it, or left the cell blank: read from the words of status and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.language.pace import Pace, read_pace
from rectify_xl.schema.fields import PACE, STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.schema.schema import Schema

# The words by which a schema's choices are found.
_SAID: dict[Pace, str] = {"ahead": "超序时进度", "on": "达到序时进度", "behind": "未达到序时进度"}
_DERIVED_FROM = (STATUS, "progress")


def derive_pace(schema: Schema, rows: Sequence[Mapping[str, Any]], column: list[Any]) -> Mapping[tuple[int, str], str]:
    """Fill the blanks of the column of the pace by what the rows say elsewhere.

    Args:
        schema: of the rows.
        rows: field key -> raw value.
        column: converted values of the pace, one per row; filled in place.

    Returns:
        (position, field key of the pace) -> the field whose cell says it.
    """
    derived: dict[tuple[int, str], str] = {}
    keys = [key for key in _DERIVED_FROM if key in schema]
    read: dict[tuple[str, bool], Pace | None] = {}  # each distinct text once; let go of with the last row
    for position, row in enumerate(rows):
        for key in keys if column[position] is None else ():
            text = row.get(key)
            said = None
            if isinstance(text, str):
                if (text, key == STATUS) not in read:
                    read[text, key == STATUS] = read_pace(text, is_status=key == STATUS)
                said = read[text, key == STATUS]
            choice = schema[PACE].choice_of.get(_SAID[said]) if said else None
            if choice:
                column[position], derived[position, PACE] = choice, key
                break
    return derived
