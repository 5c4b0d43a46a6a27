"""What a column's dtype can hold, found out without pandas.

Nearly every list is plainly in order, and pandas with pandera is most of what one costs to judge: a run loads them only
where a row is in doubt, and puts those rows alone before the schema's checks.
"""

from __future__ import annotations

from datetime import date, datetime
from math import isfinite
from types import NoneType
from typing import TYPE_CHECKING, Any

from rectify_xl.common.unreadable import UNREADABLE
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rectify_xl.schema.fields import Field


def as_text(value: Any) -> str | None:  # noqa: ANN401 - a cell holds anything
    """A converted value as a column of strings holds it; None for what is no value at all."""
    if type(value) is str:  # as nearly all are
        return value
    return None if value is None or isinstance(value, UNREADABLE) else shown(value)


def is_value(known: Field, value: Any) -> bool:  # noqa: ANN401
    """Whether a column of numbers, days or choices holds ``value`` as it is; else its text stands beside the column."""
    return value is None or _IS_VALUE[known.kind](known, value)


def cells_in_doubt(fields: Sequence[Field], columns: Mapping[str, Sequence[Any]]) -> tuple[tuple[Field, ...], list[int]]:
    """The fields and the positions of the rows with a value that a check of the schema might refuse, in order.

    All that pandera would refuse is among them: what it says of the other columns and rows is known to be nothing.
    """
    found = {
        known.key: [at for at, value in enumerate(columns[known.key]) if value is not None and not _is_in_order(known, value)]
        for known in fields
        if not _are_short_texts(known, columns[known.key])
    }
    return tuple(known for known in fields if found.get(known.key)), sorted({at for rows in found.values() for at in rows})


def _are_short_texts(known: Field, column: Sequence[Any]) -> bool:
    """Whether a column is blank, or of words none of which is too long; its kinds and its longest show it of most columns."""
    if set(map(type, column)) - {str, NoneType}:
        return False
    longest = max(map(len, filter(None, column)), default=0)
    return longest == 0 or (known.is_text and longest <= known.longest)


def _is_in_order(known: Field, value: Any) -> bool:  # noqa: ANN401
    if known.is_text:
        return len(as_text(value) or "") <= known.longest
    if not is_value(known, value):
        return as_text(value) is None
    return known.kind != "percent" or 0 <= value <= 1


def _is_number(_: Field, value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_day(_: Field, value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_choice(known: Field, value: Any) -> bool:  # noqa: ANN401
    return value in known.choices


_IS_VALUE: Mapping[str, Callable[[Field, Any], bool]] = {
    "number": _is_number, "percent": _is_number, "date": _is_day, "choice": _is_choice,
}  # fmt: skip
