"""Whether a cell holds a time limit in words, or a day: what tells a column of deadlines whose heading does not."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

_TIME_LIMIT = re.compile(r"\d.*(?:前|底|末|之前|以内)$|立行立改|立即整改|长期坚持|即知即改")
_DAY = re.compile(r"20\d\d\s*([-/.])\s*\d{1,2}\s*\1\s*\d{1,2}|20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]")


def is_limit(value: Any) -> bool:  # noqa: ANN401
    """Whether a cell holds a phrase of a time limit: 2027年3月底前, 立行立改."""
    return isinstance(value, str) and bool(_TIME_LIMIT.search(unicodedata.normalize("NFKC", value)))


def is_date(value: Any) -> bool:  # noqa: ANN401
    """Whether a cell holds a day, or a text that is nothing else."""
    return isinstance(value, date) or (
        isinstance(value, str) and bool(_DAY.fullmatch(unicodedata.normalize("NFKC", value).strip()))
    )
