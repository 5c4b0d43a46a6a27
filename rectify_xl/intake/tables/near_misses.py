"""What a sheet without a task table comes nearest to, and what it lacks, so that a refusal names the right place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.intake.refusal import Refused
from rectify_xl.intake.submission import Fault
from rectify_xl.intake.tables.heading_fields import read_header
from rectify_xl.intake.tables.heading_names import is_short, known_fields
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.intake.tables.headings import has_only_texts
from rectify_xl.intake.tables.lines import has_words, is_task_number
from rectify_xl.intake.tables.two_lines import is_stacked

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema.schema import Schema

_NO_HEADINGS = Text("里没有任务清单的表头", "has no task list")
_ROWS_SEEN = 200
_COLUMNS_SEEN = 4
_MOST_SEEN = 8
_LONGEST_SEEN = 20
_LEAST = 2
_LONG_TEXT = 6
_LEAST_UPRIGHT = 3
_SAYS_OF_TASKS = frozenset({"problem", "measures", "target", "deadline", "progress", "status"})


@dataclass(frozen=True)
class NearMiss:
    """The row of a sheet that comes nearest to the headings of a list.

    ``lacks`` are the field keys of which it would have to have one more; ``upright`` says that the headings stand below each
    other and the tasks beside them, ``stacked`` that two rows of them head two rows of each task; ``rows`` is how many rows of
    text stand below.
    """

    sheet: str
    row: int
    headings: tuple[str, ...]
    fields: frozenset[str]
    lacks: tuple[str, ...]
    rows: int
    upright: bool = False
    stacked: bool = False

    @property
    def is_list(self) -> bool:
        """Whether somebody keeps tasks here: headings of what is said of a task, and text below them."""
        return self.upright or (self.rows >= _LEAST and bool(self.fields & _SAYS_OF_TASKS))


def no_table(sheets: list[Sheet], schema: Schema) -> Refused:
    """The refusal of a workbook without a task table, with the sheet and the row that come nearest to one."""
    near = [found for sheet in sheets for found in [_nearest(sheet, schema)] if found and len(found.fields) >= _LEAST]
    facts: dict[str, object] = {"seen": "、".join(_first_texts(sheets))}
    if near:
        best = max(near, key=lambda found: (found.is_list, len(found.fields), found.rows))
        facts |= _facts(best, schema)
    return Refused("no-task-table", **facts)


def sheet_fault(sheet: Sheet, schema: Schema) -> Fault:
    """What is said of a sheet that was not read: nothing much of notes, more of one that somebody keeps tasks on."""
    near = _nearest(sheet, schema)
    if near and near.is_list:
        return Fault("sheet-not-read", sheet.name, facts={"name": sheet.name, **_facts(near, schema)})
    return Fault("extra-sheet", sheet.name, facts={"name": sheet.name, "reason": _NO_HEADINGS})


def _facts(near: NearMiss, schema: Schema) -> dict[str, object]:
    return {
        "near_sheet": near.sheet,
        "near_row": near.row,
        "headings": "、".join(near.headings[:_MOST_SEEN]),
        "lacks": tuple(dict(schema[key].label) for key in near.lacks),
        "upright": near.upright,
        "stacked": near.stacked,
    }


def _nearest(sheet: Sheet, schema: Schema) -> NearMiss | None:
    rows = sorted(sheet.cells)[:_ROWS_SEEN]
    upright = _upright(sheet, schema)
    if upright and not any(is_stacked(sheet, row, schema) for row in rows):
        return upright
    best: NearMiss | None = None
    for row in rows:
        if not any(isinstance(text, str) and _fields_of(text, schema) for text in sheet.cells[row].values()):
            continue
        header = read_header(sheet, row, row, schema)
        if len(header.headings) < _LEAST or not has_only_texts(sheet, header):
            continue
        fields = frozenset(header.fields)
        if best is None or len(fields) > len(best.fields):
            texts = [text for _, text in sorted(header.headings.items())]
            worded, stacked = _rows_of_text(sheet, row), is_stacked(sheet, row, schema)
            best = NearMiss(sheet.name, row, tuple(texts), fields, _lacking(fields, schema), worded, stacked=stacked)
    return best


def _lacking(fields: frozenset[str], schema: Schema) -> tuple[str, ...]:
    """What would make a list of it: a column of problems or measures, else a number."""
    content = tuple(key for key in ("problem", "measures") if key in schema)
    if not fields & set(content):
        return content
    return ("task_id",) if "task_id" in schema and "task_id" not in fields else ()


def _fields_of(text: str, schema: Schema) -> set[str]:
    return {key for key, _ in known_fields(text, schema)} or set(fields_by_words(text, schema)) if is_short(text) else set()


def _rows_of_text(sheet: Sheet, header_row: int) -> int:
    rows = (sheet.cells[row].values() for row in sorted(sheet.cells) if row > header_row)
    return sum(any(has_words(value) and len(str(value)) >= _LONG_TEXT for value in values) for values in rows)


def _upright(sheet: Sheet, schema: Schema) -> NearMiss | None:
    """A list turned on its side: headings in one column, and beside 序号 nothing but numbers, or beside each the same cells."""
    rows = sorted(sheet.cells)[:_ROWS_SEEN]
    for column in range(1, _COLUMNS_SEEN + 1):
        texts = {row: text for row in rows if isinstance(text := sheet.cells[row].get(column), str) and is_short(text)}
        named = {row: _fields_of(text, schema) for row, text in texts.items()}
        fields = frozenset(key for keys in named.values() for key in keys)
        numbers = next((row for row, keys in named.items() if "task_id" in keys), None)
        if sum(map(bool, named.values())) < _LEAST_UPRIGHT or not fields & _SAYS_OF_TASKS:
            continue
        headings = tuple(texts[row].strip() for row, keys in named.items() if keys)
        if numbers is None:
            if found := _several_beside(sheet, column, [row for row, keys in named.items() if keys]):
                return NearMiss(sheet.name, found, headings, fields, (), len(headings), upright=True)
            continue
        beside = [value for at, value in sheet.cells[numbers].items() if at > column]
        if beside and all(map(is_task_number, beside)):
            return NearMiss(sheet.name, numbers, headings, fields, (), len(beside), upright=True)
    return None


def _several_beside(sheet: Sheet, column: int, rows: list[int]) -> int | None:
    """The first of at least four headings below each other beside each of which the same two or more cells hold a value."""
    beside = [{at for at, value in sheet.cells[row].items() if at > column and value not in ("", None)} for row in rows]
    same = set.intersection(*beside) if len(rows) > _LEAST_UPRIGHT else set[int]()
    return rows[0] if len(same) >= _LEAST and not any(len(one) > len(same) + 1 for one in beside) else None


def _first_texts(sheets: list[Sheet]) -> list[str]:
    """The first short texts of a workbook without a task table, each once, so that the message shows what was seen."""
    texts: dict[str, None] = {}
    for sheet in sheets:
        for row in sorted(sheet.cells):
            values = (value.strip() for value in sheet.cells[row].values() if isinstance(value, str))
            texts |= dict.fromkeys(value for value in values if 0 < len(value) <= _LONGEST_SEEN)
            if len(texts) >= _MOST_SEEN:
                return list(texts)[:_MOST_SEEN]
    return list(texts)
