"""A time limit that was put off stands in a column of its own: 原整改时限 and 调整后整改时限, or 延期至 behind 整改时限.

The adjusted limit counts in a row that has one, the first limit in every other; both stay to be seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.heading_words import named_fields

if TYPE_CHECKING:
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_PUT_OFF = "(?:调整|延期|延长|顺延|变更|推迟|修订)"
_ADJUSTED = LazyPattern(rf"{_PUT_OFF}(?:之?后|为|至|到)的?|{_PUT_OFF}的?(?=.*限)|延至|^[现新]定?(?=.*(?:限|时间))|[现新]$")
_ALONE = LazyPattern(rf"{_PUT_OFF}(?:之?后|为|至|到)|延至")  # they may say no more
_FIRST = LazyPattern(r"^(?:原定?|最初|初始|方案)|原定?$")
# A request, its reason and its papers are no limit; a day that was asked for is not granted yet.
_ELSE = LazyPattern(r"申请|拟|建议|预计|原因|理由|依据|情况|说明|文号|次数|批准|审批|是否|天数|时长|内容|措施")
_BARE = ("时限", "期限", "时间", "日期")


def assign_adjusted_limits(header: Header, schema: Schema) -> None:
    """Give the deadline the column of the adjusted limits, and the column of the first ones where that is blank."""
    key = next((known.key for known in schema.fields if known.role == "deadline"), "")
    own = header.columns.get(key)
    if own is None or key in header.composed:
        return
    limits = [column for column in header.unknown if _is_limit(header, column, key, schema)]
    adjusted = [column for column in (own, *limits) if _is_adjusted(header, column)]
    first = [column for column in limits if _FIRST.search(_heading(header, column))] if own in adjusted else [own]
    if len(adjusted) == len(first) == 1:  # of several nobody can tell which counts
        header.give(key, adjusted[0], (adjusted[0], first[0]))
        header.read_as[adjusted[0]] = key
        header.otherwise[key] = first[0]


def _heading(header: Header, column: int) -> str:
    """A heading without brackets: 整改时限(现) is 整改时限现."""
    return re.sub(r"[()（）\s]", "", header.headings[column])


def _is_adjusted(header: Header, column: int) -> bool:
    heading = _heading(header, column)
    return bool(_ADJUSTED.search(heading)) and not _ELSE.search(heading) and not _FIRST.search(heading)


def _is_limit(header: Header, column: int, key: str, schema: Schema) -> bool:
    """Whether a heading, or with it the group above it, names a limit once the words that tell the two apart are left out."""
    heading = _heading(header, column)
    bare = _FIRST.sub("", _ADJUSTED.sub("", heading))
    names = (bare, header.groups.get(column, "")) if not bare or bare in _BARE else (bare,)
    return bool(_ALONE.fullmatch(heading)) or bare in _BARE or any(name and key in named_fields(name, schema) for name in names)
