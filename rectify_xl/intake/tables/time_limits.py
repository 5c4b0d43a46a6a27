"""Time limits as tables write them: a cell that holds one, or a day, and a group of tasks that is named by theirs."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from rectify_xl.common.lazy_pattern import LazyPattern

_TIME_LIMIT = LazyPattern(r"\d.*(?:前|底|末|之前|以内)$|立行立改|立即整改|长期坚持|即知即改")
_DAY = LazyPattern(r"20\d\d\s*([-/.])\s*\d{1,2}\s*\1\s*\d{1,2}|20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]")
# 2026年9月底前完成的问题, 长期坚持类
_GROUP = LazyPattern(
    r"(?P<said>(?=\D*\d)[\d年月日号./季度上下半旬一二三四五六七八九十\s-]{2,18}(?:底前?|末前?|之?前|以前|内)(?:完成|整改|到位|办结|销号)*"
    r"|(?:立行立改|即知即改|立即整改|长期坚持))类?的?(?:整改)?(?:问题|任务|事项)?"
)


def limit_of_group(name: str) -> str:
    """The time limit by which a group of tasks is named; blank for any other name."""
    named = _GROUP.fullmatch(name)
    return named["said"] if named else ""


def is_limit(value: Any) -> bool:  # noqa: ANN401
    """Whether a cell holds a phrase of a time limit: 2027年3月底前, 立行立改."""
    return isinstance(value, str) and bool(_TIME_LIMIT.search(unicodedata.normalize("NFKC", value)))


def is_date(value: Any) -> bool:  # noqa: ANN401
    """Whether a cell holds a day, or a text that is nothing else."""
    return isinstance(value, date) or (
        isinstance(value, str) and bool(_DAY.fullmatch(unicodedata.normalize("NFKC", value).strip()))
    )
