"""Finds the headers of task tables and says which column is which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import column_letters
from rectify_xl.common.text_keys import heading_key
from rectify_xl.intake.tables.heading_names import (
    LONGEST_HEADING,
    Candidates,
    is_short,
    joined_fields,
    known_fields,
    nearest_field,
    on_one_line,
    plain_key,
)
from rectify_xl.intake.tables.inner_headings import field_over, is_content, latest_periods

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema.fields import Schema

_WIDEST = 200
_LEAST_FIELDS = 3
_MOST_HEADER_ROWS = 3

_BLANK = ("", None)
# What a line above a table says and the name of a group of columns does not.
_NO_GROUP = re.compile(r"[::\d]|单位$|清单|台[账帐]|.{16}")


@dataclass
class Header:
    """``columns``: field key -> column; ``headings``: column -> heading; ``open``: columns whose heading names several fields.

    ``shared``: column -> the other fields that its heading names besides the one it is read as (责任单位及责任人).
    ``split`` says that one field's heading is parted into 序号 and 内容 below it.
    ``top`` is its first row and ``row`` its last; ``repeats`` the rows below that only say it again.
    """

    row: int
    top: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    open: dict[int, tuple[str, ...]] = field(default_factory=dict)
    shared: dict[int, tuple[str, ...]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    duplicates: list[tuple[int, int]] = field(default_factory=list)
    repeats: set[int] = field(default_factory=set)
    split: bool = False

    @property
    def score(self) -> int:
        """How many fields were recognised."""
        return len(self.columns) + len(self.open)

    @property
    def width(self) -> int:
        """The last column that has a heading."""
        return max(self.headings, default=0)

    def other_name(self, sheet: Sheet, column: int) -> str:
        """The name of a column that is no field: its heading, with the column's letters where that is not enough."""
        shown = sheet.value(self.row, column)
        heading = self.headings.get(column) or (on_one_line(shown) if isinstance(shown, str) else "")
        alone = list(self.headings.values()).count(heading) == 1 and column in self.headings
        return heading if alone else f"{heading}（{column_letters(column)}列）"


def find_headers(sheet: Sheet, schema: Schema) -> list[Header]:
    """The headers of the sheet's task tables from top to bottom, those that only repeat the one above left out."""
    found: list[Header] = []
    done = 0
    for row in sorted(sheet.cells):
        if row <= done or not _names_a_field(sheet, row, schema):
            continue
        header = _header_at(sheet, row, schema)
        if found and _repeats(header, found[-1]):
            found[-1].repeats |= set(range(min(header.top, header.row - found[-1].row + found[-1].top), header.row + 1))
        elif _is_header(header, schema):
            found.append(header)
        else:
            continue
        done = header.row
    return found


def _names_a_field(sheet: Sheet, row: int, schema: Schema) -> bool:
    """Whether a row holds at least one known heading: the cheap question asked of every row."""
    return any(
        isinstance(text, str) and len(text) <= LONGEST_HEADING and known_fields(text, schema)
        for text in sheet.cells[row].values()
    )


def _header_at(sheet: Sheet, row: int, schema: Schema) -> Header:
    """The best reading of a header that begins in ``row`` and may go on for some rows."""
    best = read_header(sheet, row, row, schema)
    for bottom in range(row + 1, row + _MOST_HEADER_ROWS):
        if not sheet.cells.get(bottom) or not _all_headings(sheet, bottom, schema):
            break
        tops = range(row, bottom + 1) if _all_headings(sheet, row, schema) else (bottom,)
        readings = [read_header(sheet, top, bottom, schema) for top in reversed(tops)]
        best = max((best, *readings), key=lambda header: (header.score, header.split))
    # Headings merged downwards belong to the header as far as they reach.
    merges = [merge for column in (*best.columns.values(), *best.open) if (merge := sheet.merge_at(best.row, column))]
    best.row = max([best.row, *(merge.bottom for merge in merges)])
    best.top = min([best.top, *(merge.top for merge in merges)])
    if best.top > 1 and _only_groups(sheet, best):
        best.top -= 1
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
    known, texts = 0, [(column, text) for column, text in sheet.cells[row].items() if text not in _BLANK]
    for column, text in texts:
        if not isinstance(text, str) or not is_short(text):
            return False
        inner = field_over(sheet, row, column, plain_key(text), schema)
        known += bool(inner or _candidates(sheet, row, column, text, schema) or sheet.merge_at(row, column))
    return known * 2 > len(texts)


def _is_header(header: Header, schema: Schema) -> bool:
    named = {*header.columns, *(key for keys in header.open.values() for key in keys)}
    core = {key for group in schema.required_groups for key in group}
    return header.score >= _LEAST_FIELDS and bool(named & core)


def _repeats(header: Header, above: Header) -> bool:
    """Whether most headings stand where they stood in the header above, as they do at the top of a printed page."""
    same = sum(heading_key(above.headings.get(column, "")) == heading_key(text) for column, text in header.headings.items())
    # Another table may begin with the same columns and go on with others.
    moved = sum(above.columns.get(key) != column for key, column in header.columns.items() if column not in above.open)
    return header.score > 1 and same * 2 > len(header.headings) and not moved


def read_header(sheet: Sheet, top: int, bottom: int, schema: Schema) -> Header:
    """Match every heading of a header: per column the lowest text, with the group heading above it where there is one."""
    header = Header(bottom, top)
    candidates: dict[int, Candidates] = {}
    for column in range(1, min(sheet.last_column, _WIDEST) + 1):
        row, text = _lowest(sheet, top, bottom, column)
        if isinstance(text, str) and text.strip() and is_short(text) and sheet.anchor(row, column)[1] == column:
            header.headings[column] = on_one_line(text)
            candidates[column] = _candidates(sheet, sheet.anchor(row, column)[0], column, text, schema)
            header.split |= row > top and bool(field_over(sheet, row, column, plain_key(text), schema))
    latest_periods(sheet, bottom, header.headings, candidates, schema)
    _assign(header, candidates)
    _assign_fuzzy(header, candidates, schema)
    _assign_shared(header, candidates, schema)
    duplicates = {column for column, _ in header.duplicates}
    header.unknown = sorted(set(candidates) - set(header.columns.values()) - set(header.open) - duplicates)
    return header


def _lowest(sheet: Sheet, top: int, bottom: int, column: int) -> tuple[int, Any]:
    for row in range(bottom, top, -1):
        text = sheet.value(row, column)
        if text not in _BLANK:
            return row, text
    return top, sheet.value(top, column)


def _candidates(sheet: Sheet, row: int, column: int, text: str, schema: Schema) -> Candidates:
    """The fields a heading may stand for: by itself, or together with a group heading above it."""
    known = known_fields(text, schema)
    key = plain_key(text)
    if over := field_over(sheet, row, column, key, schema):
        return over if is_content(key) else ()
    for group_row in range(row - 1, max(0, row - _MOST_HEADER_ROWS), -1) if not known else ():
        group = _group(sheet, group_row, column)
        if isinstance(group, str) and group != text and is_short(group):
            above = plain_key(group)
            for joined in (above + key, key + above, key + above[-2:]):
                if joined in schema.headings:
                    return schema.headings[joined]
    return known


def _group(sheet: Sheet, row: int, column: int) -> Any:  # noqa: ANN401 - a cell holds anything
    """The group heading over a column: what stands there, else the next text to the left where nothing is merged."""
    for left in range(column, 0, -1):
        text = sheet.value(row, left)
        if text not in _BLANK:
            return text
    return None


def _assign(header: Header, candidates: dict[int, Candidates]) -> None:
    """Exact matches: per field the label wins, then alias order, then the column further left."""
    claims: dict[str, list[tuple[int, int]]] = {}
    for column, fields in candidates.items():
        if len(fields) > 1:
            header.open[column] = tuple(key for key, _ in fields)
        for key, rank in fields if len(fields) == 1 else ():
            claims.setdefault(key, []).append((rank, column))
    for key, found in claims.items():
        found.sort()
        header.columns[key] = found[0][1]
        first = heading_key(header.headings[found[0][1]])
        header.duplicates += [(column, found[0][1]) for _, column in found[1:] if heading_key(header.headings[column]) == first]


def _assign_fuzzy(header: Header, candidates: dict[int, Candidates], schema: Schema) -> None:
    """Headings close to a known one, for fields that no exact heading claimed."""
    for column, fields in candidates.items():
        if not fields:
            key = nearest_field(plain_key(header.headings[column]), schema)
            if key and key not in header.columns and not any(key in keys for keys in header.open.values()):
                header.columns[key] = column


def _assign_shared(header: Header, candidates: dict[int, Candidates], schema: Schema) -> None:
    """A heading that names two columns is read as one required column, that of the units before others.

    Which words of such a cell are the unit's and which the person's nobody can tell for sure: the other column is missing.
    """
    required = {key for group in schema.required_groups for key in group}
    taken = {*header.columns, *(key for keys in header.open.values() for key in keys)}
    for column in set(candidates) - set(header.columns.values()) - set(header.open):
        keys = joined_fields(header.headings[column], schema)
        free = sorted((required & set(keys)) - taken, key=lambda key: (schema[key].role != "units", keys.index(key)))
        if free:
            header.columns[free[0]] = column
            header.shared[column] = tuple(key for key in keys if key != free[0])
            taken.add(free[0])
