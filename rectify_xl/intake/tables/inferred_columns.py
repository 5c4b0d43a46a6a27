"""Fields that no heading names, looked for among the columns whose headings say nothing.

A column is taken where its content is unmistakable.
"""

from __future__ import annotations

import re
from datetime import date
from operator import or_
from statistics import fmean
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.contents import Content, share
from rectify_xl.intake.tables.heading_names import is_beside, plain_key
from rectify_xl.intake.tables.inner_headings import is_begin
from rectify_xl.intake.tables.lines import has_words, is_task_number
from rectify_xl.intake.tables.periods import in_order, period_of
from rectify_xl.intake.tables.time_limits import is_date, is_limit

if TYPE_CHECKING:
    from rectify_xl.intake.tables.header import Header

_MOSTLY = 0.8
_ALWAYS = 0.9
_LONG_TEXT = 6
_CLEARLY_LONGER = 1.5
_BARE = frozenset({"单位", "部门", "科室", "单位名称", "部门名称"})
# Whatever stands below such a heading is a body, be its name ever so short (ICU, 一分厂).
_BODIES = LazyPattern(r"(?:部门|[科处股]室|车间|班组|项目部)(?:名称)?|(?:单位|机构|企业|公司|学校|医院)名称")
_YES_OR_NO = frozenset({"是", "否", "有", "无", "合格", "不合格", "y", "n", "yes", "no", "√", "×"})
_ACTUAL = LazyPattern(r"实际(?:完成|进展|推进)?(?:情况)?|完成情况|进展(?:情况)?")
_REPORTED = LazyPattern(r"^(?!\s*(?:拟|计划|将|力争|确保|争取))(?:.*已(?!定|知)|.*正在|.*\d\s*[%％])", re.DOTALL)
_LEAST_PERIODS = 2
_SHARE = LazyPattern(r"\s*[约近达到超过完成已]*\s*[\d.]{1,6}\s*[%％]\s*")
_WEIGHT = LazyPattern(r"权重|占比|比重|分值|[得扣失]分|分数|金额|资金|费用|面积|折扣|税率|单价|数量|年[份龄]")


def infer_missing(content: Content, header: Header) -> None:
    """Look for fields that no heading names among the columns whose heading says nothing."""
    if not content.tasks:
        return
    _infer_number(content, header)
    _infer_progress(content, header)
    tests = {
        "deadline": _is_limit_column,
        "lead_unit": _is_unit_column,
        "status": lambda content, _, column: is_status_column(content, column),
        "percent": _is_percent_column,
    }
    for key, test in tests.items():
        if key in content.schema and key not in header.columns:
            fitting = [column for column in header.unknown if _may_be_field(header, column) and test(content, header, column)]
            if len(fitting) == 1:
                take(header, key, fitting[0])
    if "problem" in content.schema and not {"problem", "measures"} & header.columns.keys():
        longest = _longest_texts(content, header)
        if longest:
            take(header, "problem", longest)


def take(header: Header, key: str, column: int) -> None:
    """Read a column as a field that its heading does not name."""
    header.columns[key] = column
    header.read_as[column] = key
    if column in header.unknown:
        header.unknown.remove(column)


def _may_be_field(header: Header, column: int) -> bool:
    return not is_beside(plain_key(header.headings.get(column, "")))


def _infer_number(content: Content, header: Header) -> None:
    """The first column, where its heading says nothing and it numbers the tasks."""
    first = min(header.columns.values(), default=1)
    if "task_id" not in content.schema or "task_id" in header.columns:
        return
    # A column without a heading stands right before the first that has one.
    for column in range(min(header.left, max(1, first - 1)), first):
        values = [value for value in content.column(column) if value is not None]
        if _WEIGHT.search(header.headings.get(column, "")):
            continue
        numbered = share(map(is_task_number, values)) >= _MOSTLY and len(set(map(str, values))) == len(values)
        if len(values) >= _MOSTLY * len(content.tasks) and numbered and not any(isinstance(value, date) for value in values):
            take(header, "task_id", column)
            return


def _infer_progress(content: Content, header: Header) -> None:
    """Of columns for several months (8月, 9月, or 实际 below each) the last filled one, where it tells what has been done.

    A plan by months (11月完成招标) names what is to be done, and is none.
    """
    if "progress" not in content.schema or "progress" in header.columns:
        return
    months = {column: key for column in header.unknown if (key := _period_key(header, column))}
    filled = [column for column in in_order(months) if content.filled(column)]
    if len(months) < _LEAST_PERIODS or not filled:
        return
    values = content.filled(filled[-1])
    reported = sum(isinstance(value, str) and bool(_REPORTED.search(value)) for value in values)
    if 2 * reported >= len(values) and all(isinstance(value, str) for value in values):
        header.unknown = [column for column in header.unknown if column not in months]  # they are kept beside it
        take(header, "progress", filled[-1])


def _period_key(header: Header, column: int) -> str:
    """The key of the heading of a column for a period, or of the period merged over 实际; blank for any other."""
    key = plain_key(header.headings.get(column, ""))
    name = plain_key(header.groups.get(column, "")) if _ACTUAL.fullmatch(key) else key
    period = period_of(name)
    return name if period and not period.rest else ""


def _is_limit_column(content: Content, header: Header, column: int) -> bool:
    """Dates for all tasks, or phrases of a time limit, where no other column of the kind is left to be confused with it."""
    values = content.column(column)
    filled = [value for value in values if value is not None]
    if is_begin(plain_key(header.headings.get(column, ""))):
        return False
    if filled and sum(map(is_limit, filled)) >= _MOSTLY * len(filled):
        return True
    dates = [other for other in header.unknown if other != column and share(map(is_date, content.filled(other))) >= _MOSTLY]
    return not dates and share(value is not None for value in values) >= _ALWAYS and share(map(is_date, filled)) >= _MOSTLY


def _is_unit_column(content: Content, header: Header, column: int) -> bool:
    values = content.filled(column)
    known = [value for value in values if isinstance(value, str) and text_key(value) in content.units]
    # 单位 alone may head metres and tons as well: what is no name of the roster has to be an organisation in every row.
    key = plain_key(header.headings.get(column, ""))
    if _BODIES.fullmatch(key) and all(map(has_words, values)):
        return len(values) >= _MOSTLY * len(content.tasks)
    bare = key in _BARE and all(map(content.is_unit, values))
    return bool(known or bare) and len(values) >= _MOSTLY * len(content.tasks) and share(map(content.is_unit, values)) >= _MOSTLY


def is_status_column(content: Content, column: int) -> bool:
    """States in so many words; 是 and 否 answer whatever question the heading asks."""
    values = content.filled(column)
    field = content.schema["status"]
    fits = [field.choice_of.get(text_key(str(value))) is not None and text_key(str(value)) not in _YES_OR_NO for value in values]
    return bool(values) and all(fits)


def _is_percent_column(content: Content, header: Header, column: int) -> bool:
    values = content.filled(column)
    if _WEIGHT.search(header.headings.get(column, "")):
        return False
    signed = [isinstance(value, str) and bool(_SHARE.fullmatch(value)) for value in values]
    parts = [isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1 for value in values]
    certain = any(signed) or any(isinstance(value, float) and 0 < value < 1 for value in values)
    return certain and all(map(or_, signed, parts))


def _longest_texts(content: Content, header: Header) -> int | None:
    """The one column of sentences: nearly always filled, with another text in every row, and clearly longer than the others."""
    lengths: dict[int, float] = {}
    for column in header.unknown:
        texts = [value for value in content.filled(column) if isinstance(value, str)]
        if len(texts) < _MOSTLY * len(content.tasks) or not _may_be_field(header, column):
            continue
        if len(set(texts)) >= _MOSTLY * len(texts) and not share(map(content.is_unit, texts)) >= _MOSTLY:
            lengths[column] = fmean(map(len, texts))
    ordered = sorted(lengths, key=lambda column: -lengths[column])
    if not ordered or lengths[ordered[0]] < _LONG_TEXT:
        return None
    alone = len(ordered) == 1 or lengths[ordered[0]] >= _CLEARLY_LONGER * lengths[ordered[1]]
    return ordered[0] if alone else None
