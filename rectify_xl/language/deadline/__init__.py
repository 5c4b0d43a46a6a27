"""Parse the deadlines (整改时限) of Chinese official documents.

Standard library only; importing it compiles no regular expression and reads no file.
"""

from __future__ import annotations

from rectify_xl.language.deadline.damaged_dates import repair_deadline
from rectify_xl.language.deadline.model import KIND_LABELS, KINDS, Deadline, DeadlineOptions, effective_due
from rectify_xl.language.deadline.parse import parse_deadline
from rectify_xl.language.deadline.reasons import reason_code, reason_text

__all__ = [
    "KINDS",
    "KIND_LABELS",
    "Deadline",
    "DeadlineOptions",
    "effective_due",
    "parse_deadline",
    "reason_code",
    "reason_text",
    "repair_deadline",
]
