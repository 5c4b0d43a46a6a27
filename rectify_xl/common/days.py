"""Days as people write them in options, settings and arguments; deadlines in cells are read in ``language/deadline``."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.lazy_pattern import LazyPattern

FIRST_YEAR, LAST_YEAR = 1990, 2999
_WRITTEN = tuple(
    LazyPattern(pattern, re.ASCII)
    for pattern in (r"(\d{4})-(\d{1,2})-(\d{1,2})", r"(\d{4})/(\d{1,2})/(\d{1,2})", r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
                    r"(\d{4})(\d{2})(\d{2})", r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?")
)  # fmt: skip


def parse_day(text: str) -> date:
    """The day that a text names: ``2026-11-28``, ``2026/11/28``, ``2026.11.28``, ``20261128`` or ``2026年11月28日``.

    Full-width digits and spaces around the parts do not matter.

    Raises:
        RectifyError: the text names no day, one that the calendar does not have, or a year outside 1990 to 2999.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    match = next(filter(None, (pattern.fullmatch(folded) for pattern in _WRITTEN)), None)
    if not match:
        raise RectifyError(
            f"“{text}”不是日期，请写成 2026年8月31日、2026/8/31 或 2026-08-31 的样子",
            f"“{text}” is no day; write it as 2026-08-31, 2026/8/31 or 2026年8月31日",
        )
    year, month, day = map(int, match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RectifyError(
            f"{text}: 年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间",
            f"{text}: the year must lie between {FIRST_YEAR} and {LAST_YEAR}",
        )
    try:
        return date(year, month, day)
    except ValueError as error:
        raise RectifyError(f"没有 {text} 这一天", f"there is no such day as {text}") from error
