"""One field's heading over several columns: its number and its text, name and post, or one column for every month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.heading_names import Candidates, is_short, known_fields, plain_key
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.intake.tables.periods import heading_text, in_order, period_of
from rectify_xl.schema.conversion import blank_to_none, shown

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema.schema import Schema

# Below a heading merged over several columns: its text (true), or only a number or a post beside it.
_INNER = {
    "序号": False, "编号": False, "条目": False, "职务": False, "职位": False, "内容": True, "具体内容": True, "姓名": True,
}  # fmt: skip
# Below 整改时限 or 公示时间: when it begins, or would have ended, which limits nothing any more, and when it ends.
_BEGINS = LazyPattern(r"(?:(?:开始|起始|启动|起|始)(?:时间|日期|日|于)?|原定?|(?:调整|延期|变更)之?前)")
_ENDS = LazyPattern(r"(?:(?:结束|完成|截止|终止|止|终|至)(?:时间|日期|日|时限|期限)?|现定?|(?:调整|延期|变更)(?:之?后|为|至))")
_EVERY_MONTH = LazyPattern(
    r"^\s*(?:20\d\d\s*年度?)?\s*(?:[各每逐分按历]个?(?:月份?|季度|期|次)|月度|季度|\d{1,2}\s*[-—~至]\s*\d{1,2}\s*月份?)?的?"
)
_YEAR = LazyPattern(r"\s*(?P<year>20\d\d)\s*(?:年度?)?\s*")
# A column for each of several months stands behind one whose heading is the field's own.
_BEHIND = 1000


def field_over(sheet: Sheet, row: int, column: int, key: str, schema: Schema) -> Candidates:
    """The field of a heading that is merged over this column and others: 整改措施 over 序号 and 内容, 整改进展 over 8月 and 9月.

    A number under the problem is the number of the task.
    """
    if is_begin(key) or is_end(key):
        return _limit_over(sheet, row, column, schema)
    period = period_of(key)
    if row <= 1 or (key not in _INNER and (period is None or (period.rest and not known_fields(period.rest, schema)))):
        return ()
    if period and _year_over(sheet, row, column):
        row -= 1  # what the months tell of stands above their years
    merge = sheet.merge_at(row - 1, column)
    text = sheet.value(row - 1, column) if merge and merge.right > merge.left else None
    if merge is None and period:
        text = _group_of_periods(sheet, row, column)
    candidates = _fields_of_group(text, schema) if isinstance(text, str) and is_short(text) else ()
    return () if any(name == "problem" for name, _ in candidates) else candidates


def is_begin(key: str) -> bool:
    """Whether a heading says when something begins."""
    return bool(_BEGINS.fullmatch(key))


def is_end(key: str) -> bool:
    """Whether a heading says when something ends."""
    return bool(_ENDS.fullmatch(key))


def _limit_over(sheet: Sheet, row: int, column: int, schema: Schema) -> Candidates:
    """The time limit that is parted into its beginning and its end; nothing where another heading stands above them."""
    merge = sheet.merge_at(row - 1, column) if row > 1 else None
    left, right = (merge.left, merge.right) if merge else (column, column)
    if left == right:  # not merged: the group's name stands above the beginning, and nothing above the end
        left = column - 1 if row > 1 and sheet.value(row - 1, column) in (None, "") else column
        right = left + 1
        if sheet.value(row - 1, right) not in (None, ""):
            return ()
    keys = [plain_key(text) if isinstance(text := sheet.value(row, at), str) else "" for at in range(left, right + 1)]
    text = sheet.value(row - 1, left)
    if not (any(map(is_begin, keys)) and any(map(is_end, keys)) and isinstance(text, str) and is_short(text)):
        return ()
    candidates = known_fields(text, schema) or tuple((key, _BEHIND) for key in fields_by_words(text, schema))
    dates = all(schema[name].role == "deadline" or schema[name].kind == "date" for name, _ in candidates)
    return candidates if dates and any(schema[name].role == "deadline" for name, _ in candidates) else ()


def _fields_of_group(text: str, schema: Schema) -> Candidates:
    """What a heading over several columns names: 2026年各月整改进展 is 整改进展."""
    return known_fields(text, schema) or known_fields(_EVERY_MONTH.sub("", text), schema)


def _group_of_periods(sheet: Sheet, row: int, column: int) -> Any:  # noqa: ANN401 - a cell holds anything
    """The text above the first of several columns for months, where it is not merged over them all."""
    for left in range(column, 0, -1):
        text = heading_text(sheet.value(row, left))
        period = period_of(plain_key(text)) if text else None
        if period is None:
            return None
        above = sheet.value(row - 1, left)
        if above is not None and above != "":
            wide = left < column or _is_period(sheet, row, column + 1)
            return above if wide and sheet.merge_at(row - 1, left) is None else None
    return None


def _is_period(sheet: Sheet, row: int, column: int) -> bool:
    text = heading_text(sheet.value(row, column))
    return bool(text and period_of(plain_key(text)) and sheet.value(row - 1, column) in (None, ""))


def _year_over(sheet: Sheet, row: int, column: int) -> str:
    """The year alone that stands above a heading, or is merged over it and others: 2025年 above 11月 and 12月."""
    text = sheet.value(row - 1, column) if row > 1 else None
    match = _YEAR.fullmatch(shown(text)) if text is not None else None
    return f"{match['year']}年" if match else ""


def _period_over(sheet: Sheet, bottom: int, column: int, heading: str, leftmost: int) -> str:
    """The period in the row above that is merged over this column and others; nothing where the heading names one itself.

    A day that is merged from the first column on is the date of the list, and no group of its columns.
    """
    merge = sheet.merge_at(bottom - 1, column) if bottom > 1 else None
    if merge is None or merge.right == merge.left or merge.bottom >= bottom or period_of(plain_key(heading)):
        return ""
    if merge.left <= leftmost:
        return ""
    text = heading_text(sheet.value(bottom - 1, column))
    key = plain_key(text) if text and is_short(text) else ""
    period = period_of(key)
    return key if period and not period.rest else ""


def is_content(key: str) -> bool:
    """Whether a heading below a field's own stands over the field's content."""
    return _INNER.get(key, not is_begin(key))


def latest_periods(
    sheet: Sheet, bottom: int, headings: dict[int, str], candidates: dict[int, Candidates], schema: Schema
) -> set[int]:
    """Of one field's columns for several months (8月进展, 9月进展) the last filled one is the field.

    The others, which are returned, stand beside it: they are what was reported before.
    """
    found: dict[str, list[int]] = {}
    earlier: set[int] = set()
    named = {column: plain_key(heading) for column, heading in headings.items()}
    leftmost = min(headings, default=0)
    for column, heading in headings.items():
        over = _period_over(sheet, bottom, column, heading, leftmost)
        if over:
            # What stands under 一季度 was said then: 进展 of the last quarter is the progress, its 存在问题 is no task.
            named[column] = over + plain_key(heading)
        period = period_of(named[column])
        if period and not period.year and (year := _year_over(sheet, bottom, column)):
            # Of 12月 and 1月 below their years the later is that of the later year, in whatever order they stand.
            named[column] = year + named[column]
        fields = candidates[column] or (known_fields(period.rest, schema) if period else ())
        if over and any(key in ("problem", "task_id") for key, _ in fields):
            earlier.add(column)
            continue
        if period and len(fields) == 1:
            found.setdefault(fields[0][0], []).append(column)
    for name, columns in found.items():
        below = (cells for row, cells in sheet.cells.items() if row > bottom)
        filled = {column for cells in below for column in columns if blank_to_none(cells.get(column)) is not None}
        ordered = in_order({column: named[column] for column in columns})
        latest = next((column for column in reversed(ordered) if column in filled), ordered[-1])
        candidates |= {column: ((name, _BEHIND),) if column == latest else () for column in columns}
        earlier |= set(columns) - {latest}
    return earlier
