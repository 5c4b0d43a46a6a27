"""The cells of a header -> its headings, each with the group above it and the fields that it may stand for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.header import Header
from rectify_xl.intake.tables.heading_choice import assign_fields
from rectify_xl.intake.tables.heading_names import (
    Candidates,
    is_short,
    known_fields,
    on_one_line,
    plain_key,
)
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.intake.tables.inner_headings import field_over, is_begin, is_content, is_end, latest_periods
from rectify_xl.intake.tables.periods import heading_text
from rectify_xl.provenance.carried import carried_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema.schema import Schema

WIDEST = 200
MOST_HEADER_ROWS = 3
BLANK = ("", None)
_HAN = LazyPattern(r"[\u4e00-\u9fff]")
_FIGURE = LazyPattern(r"\d")
_LEVEL = LazyPattern(r"(?:[省市州盟区县旗乡镇村]|县区|区县|市直|乡镇|镇街|街道)级?(?:层面)?")
_LEAST_TWICE = 3  # columns that are headed twice: fewer are a sum, or the name of a group


def read_header(sheet: Sheet, top: int, bottom: int, schema: Schema) -> Header:
    """Match every heading of a header: per column the lowest text, with the group heading above it where there is one."""
    header = Header(bottom, top)
    candidates: dict[int, Candidates] = {}
    words: dict[int, tuple[str, ...]] = {}
    for column in range(1, min(sheet.last_column, WIDEST) + 1):
        row, text = _lowest(sheet, top, bottom, column)
        if isinstance(text, date) and row > 1 and field_over(sheet, row, column, plain_key(heading_text(text) or ""), schema):
            text = heading_text(text)
        if row > top and _is_translation(sheet, row, schema):
            above = sheet.cells[row - 1].get(column)
            if isinstance(above, str) and is_short(above) and is_heading(sheet, row - 1, column, above, schema):
                row, text, header.twice = row - 1, above, True
        if isinstance(text, str) and (carried := carried_column(text)):
            header.carried[column] = carried
        elif isinstance(text, str) and text.strip() and is_short(text) and sheet.anchor(row, column)[1] == column:
            header.headings[column] = on_one_line(text)
            own_row = sheet.anchor(row, column)[0]
            if group := _merged_over(sheet, own_row, column):
                header.groups[column] = group
            candidates[column] = _candidates(sheet, own_row, column, text, schema)
            if not candidates[column]:
                words[column] = _by_words(sheet, own_row, column, text, schema)
            header.split |= row > top and bool(field_over(sheet, row, column, plain_key(text), schema))
    earlier = latest_periods(sheet, bottom, header.headings, candidates, schema)
    candidates = {column: fields for column, fields in candidates.items() if column not in earlier}
    assign_fields(header, candidates, words, sheet.hidden_columns, schema)
    duplicates = {column for column, _ in header.duplicates}
    header.unknown = sorted(set(candidates) - set(header.columns.values()) - set(header.open) - duplicates)
    return header


def _is_translation(sheet: Sheet, row: int, schema: Schema) -> bool:
    """Whether a row says in another language what the row above it heads: most columns once more, nothing else, nothing merged.

    A row of tasks must never be taken for one: there is no figure in it, and half of it are headings that are known.
    """
    above, own = ({at: text for at, text in sheet.cells.get(one, {}).items() if text not in BLANK} for one in (row - 1, row))
    if not (own.keys() <= above.keys() and 2 * len(own) > len(above) and len(own) >= _LEAST_TWICE):
        return False
    texts = [text for text in own.values() if isinstance(text, str) and is_short(text) and not _FIGURE.search(text)]
    if len(texts) < len(own) or any(sheet.merge_at(one, at) for at in own for one in (row - 1, row)):
        return False
    if bool(_HAN.search("".join(texts))) == bool(_HAN.search("".join(map(str, above.values())))):
        return False
    return 2 * sum(is_heading(sheet, row, at, text, schema) for at, text in own.items()) >= len(own)


def _lowest(sheet: Sheet, top: int, bottom: int, column: int) -> tuple[int, Any]:
    for row in range(bottom, top, -1):
        text = sheet.value(row, column)
        if text not in BLANK:
            return row, text
    return top, sheet.value(top, column)


def _candidates(sheet: Sheet, row: int, column: int, text: str, schema: Schema) -> Candidates:
    """The fields a heading may stand for: by itself, or together with a group heading above it."""
    known = known_fields(text, schema)
    key = plain_key(text)
    if over := field_over(sheet, row, column, key, schema):
        return over if is_content(key) else ()
    # Below 公示时间 and 公示情况 alike, 起 and 止 are 公示开始 and 公示结束.
    edges = [edge for names, edge in ((is_begin, "开始"), (is_end, "结束")) if names(key)]
    for above in _groups_over(sheet, row, column, text) if not known or edges else ():
        joint = [] if known else [above + key, key + above, key + above[-2:]]
        for joined in (*joint, *(above[:2] + edge for edge in edges)):
            if joined in schema.headings:
                return schema.headings[joined]
    return known


def is_heading(sheet: Sheet, row: int, column: int, text: str, schema: Schema) -> bool:
    """Whether a text may head a column, by itself or together with the group above it."""
    return bool(_candidates(sheet, row, column, text, schema) or _by_words(sheet, row, column, text, schema))


def _by_words(sheet: Sheet, row: int, column: int, text: str, schema: Schema) -> tuple[str, ...]:
    """The fields that the words of a heading may name, by themselves or with the group above it (隐患情况 over 内容)."""
    if row > 1 and field_over(sheet, row, column, plain_key(text), schema):
        return ()
    found = fields_by_words(text, schema)
    if not found and _LEVEL.fullmatch(plain_key(text)):  # 市级, 县级 and 乡镇 below 责任单位: 市级责任单位
        found = next((keys for above in _groups_over(sheet, row, column, text)
                      if (keys := fields_by_words(plain_key(text) + above, schema))), ())  # fmt: skip
    for above in _groups_over(sheet, row, column, text) if not found else ():
        found = found or fields_by_words(above + plain_key(text), schema) or fields_by_words(above[:2] + plain_key(text), schema)
    return found


def _groups_over(sheet: Sheet, row: int, column: int, text: str) -> Iterator[str]:
    """The keys of the group headings above a heading, the nearest first."""
    for group_row in range(row - 1, max(0, row - MOST_HEADER_ROWS), -1):
        group = group_over(sheet, group_row, column)
        if isinstance(group, str) and group != text and is_short(group):
            yield plain_key(group)


def _merged_over(sheet: Sheet, row: int, column: int) -> str:
    """The text merged over a heading and others beside it, the nearest above; blank where there is none."""
    for above in range(row - 1, max(0, row - MOST_HEADER_ROWS), -1):
        merge, text = sheet.merge_at(above, column), sheet.value(above, column)
        if merge and merge.right > merge.left and isinstance(text, str) and is_short(text):
            return on_one_line(text)
    return ""


def group_over(sheet: Sheet, row: int, column: int) -> Any:  # noqa: ANN401 - a cell holds anything
    """The group heading over a column: what stands there, else the next text to the left where nothing is merged."""
    for left in range(column, 0, -1):
        text = sheet.value(row, left)
        if text not in BLANK:
            return text
    return None
