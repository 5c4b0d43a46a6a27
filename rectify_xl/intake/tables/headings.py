"""Finds the headers of task tables on a sheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import heading_key, text_key
from rectify_xl.intake.tables.adjusted_limits import assign_adjusted_limits
from rectify_xl.intake.tables.answers import assign_answers
from rectify_xl.intake.tables.around import unit_of
from rectify_xl.intake.tables.composed import assign_composed, is_row_of_day_parts
from rectify_xl.intake.tables.facts_above import facts_above
from rectify_xl.intake.tables.heading_fields import BLANK, MOST_HEADER_ROWS, is_heading, read_header
from rectify_xl.intake.tables.heading_names import LONGEST_HEADING, is_short, known_fields, plain_key
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.intake.tables.inner_headings import field_over
from rectify_xl.intake.tables.periods import heading_text
from rectify_xl.intake.tables.person_and_phone import assign_phone
from rectify_xl.intake.tables.ticks import assign_ticks
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_LEAST_FIELDS = 3
_LEAST_GROUPS = 2
# What a line above a table says and the name of a group of columns does not.
_NO_GROUP = LazyPattern(r"[::\d]|单位$|清单|台[账帐]|.{16}")
CONTENT = frozenset({"problem", "measures"})
# How long a text must be to say something of a task, and how many rows below a header are looked at for one.
_LONG_TEXT = 6
_SHORT_TEXT = 2
_ROWS_SEEN = 60
_FIGURE = LazyPattern(r"[\d√✓○●×]")


def find_headers(sheet: Sheet, schema: Schema) -> list[Header]:
    """The headers of the sheet's task tables from top to bottom, those that only repeat the one above left out."""
    found: list[Header] = []
    done = 0
    for row in sorted(sheet.cells):
        if row <= done or not _names_a_field(sheet, row, schema):
            continue
        header = _header_at(sheet, row, schema)
        repeats = bool(found) and _repeats(sheet, header, found[-1], schema)
        between = range(done + 1, header.top)
        if repeats and not _of_another_unit(sheet, found[0].top, between) and not facts_above(sheet, between, header, schema):
            found[-1].repeats |= set(range(min(header.top, header.row - found[-1].row + found[-1].top), header.row + 1))
            found[-1].take_unknown(header)
        elif _is_header(sheet, header, schema):
            found.append(header)
        else:
            continue
        done = header.row
    return found


def _of_another_unit(sheet: Sheet, first: int, between: range) -> bool:
    """Whether the lines between a table and the same headings again name a unit that is to fill in what follows.

    On each printed page of one list the unit is the one named above its first headings (``first``), where one is named.
    """
    units = [unit_of(sheet, (row for row in rows if sheet.cells.get(row))) for rows in (range(1, first), between)]
    return all(units) and units[0] != units[1]


def _names_a_field(sheet: Sheet, row: int, schema: Schema) -> bool:
    """Whether a row holds a known heading, or two that name a field by their words: a cheap test, made for every row."""
    texts = [text for text in sheet.cells[row].values() if isinstance(text, str) and len(text) <= LONGEST_HEADING]
    if any(known_fields(text, schema) for text in texts):
        return True
    return sum(bool(fields_by_words(text, schema)) for text in texts) >= _LEAST_GROUPS


def _header_at(sheet: Sheet, row: int, schema: Schema) -> Header:
    """The best reading of a header that begins in ``row`` and may go on for some rows."""
    best = read_header(sheet, row, row, schema)
    for bottom in range(row + 1, row + MOST_HEADER_ROWS):
        if not sheet.cells.get(bottom) or not _all_headings(sheet, bottom, schema):
            break
        tops = range(row, bottom + 1) if _all_headings(sheet, row, schema) else (bottom,)
        readings = [read_header(sheet, top, bottom, schema) for top in reversed(tops)]
        best = max((best, *readings), key=lambda header: (header.score, header.split, header.twice))
    # Headings merged downwards belong to the header as far as they reach.
    merges = [merge for column in (*best.columns.values(), *best.open) if (merge := sheet.merge_at(best.row, column))]
    bottom = max([best.row, *(merge.bottom for merge in merges)])
    if bottom == best.row and _parts_others(sheet, best):
        bottom += 1
    below = range(best.row + 1, bottom + 1)
    if below and all(row in sheet.cells and (_all_headings(sheet, row, schema) or _parts_groups(sheet, row)) for row in below):
        # What stands below the other headings parts them: 责任, 措施, 时限 below 五落实.
        whole = read_header(sheet, best.top, bottom, schema)
        best = whole if whole.score >= best.score else best
    if is_row_of_day_parts(sheet, bottom + (bottom == best.row)):
        bottom += bottom == best.row
        best = read_header(sheet, best.top, bottom, schema)
    best.row = bottom
    best.top = min([best.top, *(merge.top for merge in merges)])
    if best.top > 1 and _only_groups(sheet, best):
        best.top -= 1
    assign_composed(sheet, best, schema)
    assign_adjusted_limits(best, schema)
    assign_phone(best, schema)
    assign_ticks(sheet, best, schema)
    assign_answers(best, schema)
    return best


def _only_groups(sheet: Sheet, header: Header) -> bool:
    """Whether the row above a header holds nothing but names of groups of its columns."""
    row = header.top - 1
    groups = []
    for column, text in sheet.cells.get(row, {}).items():
        merge = sheet.merge_at(row, column)
        if merge is None or merge.right == merge.left or not isinstance(text, str) or _NO_GROUP.search(text):
            return False
        groups.append(merge)
    # One text that begins where the table begins is a title, be it merged over part of the table only.
    return len(groups) > 1 or any(merge.left > min(header.headings) and merge.right <= header.width for merge in groups)


def _all_headings(sheet: Sheet, row: int, schema: Schema) -> bool:
    """Whether a row holds short texts only, most of them known headings (perhaps under a group) or merged groups."""
    known, texts = 0, [(column, text) for column, text in sheet.cells[row].items() if text not in BLANK]
    for column, value in texts:
        text = heading_text(value)
        if text is None or not is_short(text):
            return False
        inner = field_over(sheet, row, column, plain_key(text), schema)
        if isinstance(value, date) and not inner:
            return False
        named = inner or is_heading(sheet, row, column, text, schema) or sheet.merge_at(row, column)
        known += bool(named or _is_ticked_word(sheet, row, column, text, schema))
    return known * 2 > len(texts)


def _parts_groups(sheet: Sheet, row: int) -> bool:
    """Whether a row that headings reach down to parts the headings beside these: short texts, none but below a merged one."""
    texts = {column: text for column, text in sheet.cells.get(row, {}).items() if text not in BLANK}
    over = [merge for column in texts if (merge := sheet.merge_at(row - 1, column)) and merge.right > merge.left]
    return len(over) == len(texts) > 1 and all(isinstance(text, str) and is_short(text) for text in texts.values())


def _parts_others(sheet: Sheet, header: Header) -> bool:
    """Whether the row below a header parts headings that are no field (计划 and 到位 below 资金), while none is merged downwards.

    A figure, a sign or a longer text there may be the first task.
    """
    row = header.row + 1
    if not _parts_groups(sheet, row):
        return False
    texts = {column: text for column, text in sheet.cells[row].items() if text not in BLANK}
    fields = {*header.columns.values(), *header.open}
    if fields.intersection(sheet.anchor(header.row, column)[1] for column in texts):
        return False
    return all(len(text.strip()) <= _LONG_TEXT and not _FIGURE.search(text) for text in texts.values())


def _is_ticked_word(sheet: Sheet, row: int, column: int, text: str, schema: Schema) -> bool:
    """Whether a text is a state below a heading merged over several columns: 已完成 below 进展, which rows tick."""
    above = sheet.merge_at(row - 1, column) if row > 1 else None
    return STATUS in schema and above is not None and above.right > above.left and text_key(text) in schema[STATUS].choice_of


def _is_header(sheet: Sheet, header: Header, schema: Schema) -> bool:
    """Whether headings are those of a task list.

    Three known ones are, where one is required. So are a number and a content heading over rows of text, or three of any
    kind with a content heading. A table of units and figures is none, nor is one of names and telephone numbers.
    """
    groups = sum(any(key in header.fields for key in group) for group in schema.required_groups)
    content = [header.columns[key] for key in CONTENT if key in header.columns]
    open_content = [column for column, keys in header.open.items() if CONTENT.intersection(keys)]
    worded = _has_text(sheet, header, [*content, *open_content], _SHORT_TEXT)
    if header.known_score >= _LEAST_FIELDS and groups:
        return bool(content) or groups >= _LEAST_GROUPS or _has_text(sheet, header, header.unknown, _LONG_TEXT)
    if not has_only_texts(sheet, header) or header.score < _LEAST_GROUPS:
        return False
    if content and worded:
        return "task_id" in header.columns or header.score >= _LEAST_FIELDS
    return (
        not content and header.score > _LEAST_FIELDS and groups >= _LEAST_GROUPS
        and _has_text(sheet, header, header.unknown, _LONG_TEXT)
    )  # fmt: skip


def has_only_texts(sheet: Sheet, header: Header) -> bool:
    """Whether the rows of a header hold short texts and nothing else; a task has a number, a date or a sentence."""
    rows = (sheet.cells.get(row, {}) for row in range(header.top, header.row + 1))
    values = [value for cells in rows for value in cells.values() if value not in BLANK]
    return all((text := heading_text(value)) is not None and is_short(text) for value in values)


def _has_text(sheet: Sheet, header: Header, columns: Iterable[int], least: int) -> bool:
    """Whether one of the columns holds a text of at least ``least`` characters in one of the rows below."""
    columns = list(columns)
    rows = (sheet.cells[row] for row in range(header.row + 1, header.row + 1 + _ROWS_SEEN) if row in sheet.cells)
    values = (cells.get(column) for cells in rows for column in columns)
    return any(isinstance(value, str) and len(value.strip()) >= least for value in values)


def _repeats(sheet: Sheet, header: Header, above: Header, schema: Schema) -> bool:
    """Whether most headings stand where they stood in the header above, as they do at the top of a printed page."""
    same = sum(heading_key(above.headings.get(column, "")) == heading_key(text) for column, text in header.headings.items())
    # Another table may begin with the same columns and go on with others.
    moved = sum(above.columns.get(key) != column for key, column in header.columns.items() if column not in above.open)
    if header.score <= 1 or same * 2 <= len(header.headings) or moved:
        return False
    return not (_says_otherwise(header, above) and _is_header(sheet, header, schema))


def _says_otherwise(header: Header, above: Header) -> bool:
    """Whether a heading names another thing where the header above has a field: 存在困难 where 完成情况 stood.

    A heading above that names several (完成时间) has none of them yet: 目前进展 in its place is none of them.
    """
    theirs, own = _named(above), _named(header)
    return any(
        column in theirs
        and heading_key(above.headings.get(column, "")) != heading_key(text)
        and theirs[column].isdisjoint(own.get(column, ()))
        for column, text in header.headings.items()
    )


def _named(header: Header) -> dict[int, set[str]]:
    """Column -> the fields that its heading has or may have; of columns that are ticked none."""
    fields = {column: {key} for key, column in header.columns.items() if key not in header.ticks}
    return fields | {column: set(keys) for column, keys in header.open.items()}
