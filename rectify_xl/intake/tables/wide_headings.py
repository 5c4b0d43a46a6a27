"""A heading that is merged over several columns without others below it: which of them holds what it names.

It stands with the first of them, where often nothing but a number is: 整改措施 over 1 and the measure, 序号 over 一 and 1, 2, 3.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.composed import ADDED
from rectify_xl.intake.tables.header import Composed
from rectify_xl.intake.tables.lines import has_words
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from rectify_xl.intake.tables.contents import Content
    from rectify_xl.intake.tables.header import Header

_MARK = LazyPattern(r"[(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[-.]\d{1,3})*[)、.]*")


def decide_wide(content: Content, header: Header) -> None:
    """Take the column that holds the text, or that numbers every task, for the first one below such a heading."""
    for key, column in list(header.columns.items()):
        merge = content.sheet.merge_at(header.row, column)
        if merge is None or merge.right == merge.left or merge.left != column or key in header.ticks:
            continue
        others = [other for other in range(column + 1, merge.right + 1) if other not in header.headings]
        better = _numbering(content, header, others) if key == "task_id" else _worded(content, column, others)
        if not better and ADDED.get(key) == "\n":
            _take_all(content, header, key, [column, *others])
        if better:
            header.columns[key] = better
            header.headings[better] = header.headings[column]
            header.unknown.append(column)


def _take_all(content: Content, header: Header, key: str, columns: list[int]) -> None:
    """Texts in several columns below one heading are what it names, together; cells merged over them are one."""
    sheet, tasks = content.sheet, content.tasks
    held = [column for column in columns if any(sheet.anchor(task.row, column)[1] == column for task in tasks)]
    values = [value for column in held for value in content.filled(column)]
    if len(held) > 1 and values and not any(map(_is_mark, values)) and all(map(has_words, values)):
        header.composed[key] = Composed(tuple(held), ADDED[key])


def _worded(content: Content, first: int, others: list[int]) -> int | None:
    """The one column of texts behind a column of nothing but numbers."""
    if not all(map(_is_mark, content.filled(first))):
        return None
    worded = [column for column in others if any(has_words(value) and not _is_mark(value) for value in content.filled(column))]
    return worded[0] if len(worded) == 1 else None


def _numbering(content: Content, header: Header, others: list[int]) -> int | None:
    """The column that numbers every task, behind one that numbers groups of them; under one problem are its measures."""
    groups = set(map(shown, content.filled(header.columns["task_id"])))
    said = header.columns.get("problem") or header.columns.get("measures")
    if not groups or len(groups) == len(content.tasks) or said is None:
        return None
    if len(set(map(shown, content.filled(said)))) < len(content.tasks):
        return None
    every = [column for column in others if _is_numbered(list(map(shown, content.filled(column))), len(content.tasks))]
    return every[0] if len(every) == 1 else None


def _is_numbered(values: list[str], tasks: int) -> bool:
    return len(values) == len(set(values)) == tasks and all(map(_is_mark, values))


def _is_mark(value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    return bool(_MARK.fullmatch(unicodedata.normalize("NFKC", shown(value)).strip()))
