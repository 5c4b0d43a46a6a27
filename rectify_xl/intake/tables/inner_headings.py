"""One field's heading over several columns: its number and its text, name and post, or one column for every month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.intake.tables.heading_names import Candidates, is_short, known_fields, plain_key
from rectify_xl.schema.conversion import blank_to_none

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema.schema import Schema

# Below a heading merged over several columns: its text (true), or only a number or a post beside it.
_INNER = {
    "序号": False, "编号": False, "条目": False, "职务": False, "职位": False, "内容": True, "具体内容": True, "姓名": True,
}  # fmt: skip
_PERIOD = re.compile(
    r"(?:20\d\d年)?(?:(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?|第?[一二三四]季度|[上下]半年)(?:底|末)?|[上本](?:个?月|季度|期)"
)
# A column for each of several months stands behind one whose heading is the field's own.
_BEHIND = 1000


def field_over(sheet: Sheet, row: int, column: int, key: str, schema: Schema) -> Candidates:
    """The field of a heading that is merged over this column and others: 整改措施 over 序号 and 内容, 整改进展 over 8月 and 9月.

    A number under the problem is the number of the task.
    """
    merge = sheet.merge_at(row - 1, column) if row > 1 and (key in _INNER or _PERIOD.fullmatch(key)) else None
    text = sheet.value(row - 1, column) if merge and merge.right > merge.left else None
    candidates = known_fields(text, schema) if isinstance(text, str) and is_short(text) else ()
    return () if any(name == "problem" for name, _ in candidates) else candidates


def is_content(key: str) -> bool:
    """Whether a heading below a field's own stands over the field's content."""
    return _INNER.get(key, True)


def latest_periods(
    sheet: Sheet, bottom: int, headings: dict[int, str], candidates: dict[int, Candidates], schema: Schema
) -> None:
    """Of one field's columns for several months (8月进展, 9月进展) the last filled one is the field; the others stand beside."""
    found: dict[str, list[int]] = {}
    for column, heading in headings.items():
        key = plain_key(heading)
        period = _PERIOD.match(key)
        fields = candidates[column] or (known_fields(key[period.end() :], schema) if period else ())
        if period and len(fields) == 1:
            found.setdefault(fields[0][0], []).append(column)
    for name, columns in found.items():
        below = (cells for row, cells in sheet.cells.items() if row > bottom)
        filled = {column for cells in below for column in columns if blank_to_none(cells.get(column)) is not None}
        latest = max(filled or columns, key=lambda column: (not plain_key(headings[column]).startswith("上"), column))
        candidates |= {column: ((name, _BEHIND),) if column == latest else () for column in columns}
