"""This round's lists against the last master: which task each row is, what it states, and what becomes of every value."""

from __future__ import annotations

from rectify_xl.rounds.comparison import comparison_of
from rectify_xl.rounds.model import (
    Added,
    Comparison,
    FieldOutcome,
    KeyChange,
    NewReport,
    Outcome,
    Unmatched,
    UnmatchedReason,
)
from rectify_xl.rounds.row_marks import VALUE_MARK, planned_marks, row_mark, value_mark
from rectify_xl.rounds.statements import stated_cells
from rectify_xl.rounds.three_ways import is_closing

__all__ = [
    "VALUE_MARK", "Added", "Comparison", "FieldOutcome", "KeyChange", "NewReport", "Outcome", "Unmatched", "UnmatchedReason",
    "comparison_of", "is_closing", "planned_marks", "row_mark", "stated_cells", "value_mark",
]  # fmt: skip
