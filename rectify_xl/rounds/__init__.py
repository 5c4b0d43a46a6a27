"""This round's lists against the last master: which task each row is, what it states, and what becomes of every value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.rounds.model import (
    Added,
    Comparison,
    FieldOutcome,
    KeyChange,
    NewReport,
    Outcome,
    Unmatched,
    UnmatchedReason,
    is_closing,
    may_be,
)
from rectify_xl.rounds.row_marks import VALUE_MARK, planned_marks, row_mark, value_mark
from rectify_xl.rounds.statements import stated_cells

if TYPE_CHECKING:
    from rectify_xl.collection.collection import Collection

__all__ = [
    "VALUE_MARK", "Added", "Comparison", "FieldOutcome", "KeyChange", "NewReport", "Outcome", "Unmatched", "UnmatchedReason",
    "comparison_of", "is_closing", "may_be", "planned_marks", "row_mark", "stated_cells", "value_mark",
]  # fmt: skip


def comparison_of(collection: Collection) -> Comparison:
    """What becomes of every row and value of a collection that has a base, once per collection; nothing where it has none."""
    return collection.once(_compare)


def _compare(collection: Collection) -> Comparison:
    if collection.base is None:
        return Comparison()
    from rectify_xl.rounds.comparison import compare  # noqa: PLC0415 - no list without a base needs it

    return compare(collection, collection.base)
