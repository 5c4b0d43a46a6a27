"""Finds the header of a task table and says which column is which field."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.text_keys import heading_key

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema import Schema

# Titles, subtitles and notes stand above a header, but not a whole page of them.
_DEEPEST_HEADER = 60
_WIDEST = 200
_LEAST_FIELDS = 3
_LONGEST_HEADING = 40
_LEAST_FUZZY = 4
# Words that qualify a heading without changing what it names.
_QUALIFIERS = ("具体", "主要", "本单位", "拟定", "拟", "督察", "本次", "目前", "相关", "有关", "市级", "县级", "区级", "省级")


@dataclass
class Header:
    """``columns``: field key -> column; ``headings``: column -> heading; ``open``: columns whose heading names several fields."""

    row: int
    columns: dict[str, int] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    open: dict[int, tuple[str, ...]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    duplicates: list[tuple[int, int]] = field(default_factory=list)

    @property
    def score(self) -> int:
        """How many fields were recognised."""
        return len(self.columns) + len(self.open)


def find_header(sheet: Sheet, schema: Schema) -> Header | None:
    """The header of the sheet's task table: the row among the first that names most fields; None if no row does."""
    best: Header | None = None
    rows = [row for row in sorted(sheet.cells) if sheet.cells[row]][:_DEEPEST_HEADER]
    for row in rows:
        header = read_header(sheet, row, schema)
        if _is_header(header, schema) and (best is None or header.score > best.score):
            best = header
    if best is not None:
        best.row = _last_row_of(sheet, best)
    return best


def _is_header(header: Header, schema: Schema) -> bool:
    named = {*header.columns, *(key for keys in header.open.values() for key in keys)}
    core = {key for group in schema.required_groups for key in group}
    return header.score >= _LEAST_FIELDS and bool(named & core)


def _last_row_of(sheet: Sheet, header: Header) -> int:
    """Headings merged downwards belong to the header as far as they reach."""
    merges = (sheet.merge_at(header.row, column) for column in (*header.columns.values(), *header.open))
    return max([header.row, *(merge.bottom for merge in merges if merge)])


def read_header(sheet: Sheet, row: int, schema: Schema) -> Header:
    """Match every heading of one row, with the group heading above it where there is one."""
    header = Header(row)
    homes: dict[int, tuple[tuple[str, int], ...]] = {}
    for column in range(1, min(sheet.last_column, _WIDEST) + 1):
        text = sheet.value(row, column)
        if isinstance(text, str) and text.strip() and len(text) <= _LONGEST_HEADING and _is_first(sheet, row, column):
            header.headings[column] = " ".join(text.split())
            homes[column] = _homes(sheet, row, column, text, schema)
    _assign(header, homes)
    _assign_fuzzy(header, homes, schema)
    header.unknown = sorted(set(homes) - set(header.columns.values()) - set(header.open) - {new for new, _ in header.duplicates})
    return header


def _is_first(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a heading is not the continuation of one merged across columns."""
    return sheet.anchor(row, column)[1] == column


def _homes(sheet: Sheet, row: int, column: int, text: str, schema: Schema) -> tuple[tuple[str, int], ...]:
    """The fields a heading may stand for: by itself, or together with the group heading above it."""
    key = heading_key(text).casefold()
    if key in schema.headings:
        return schema.headings[key]
    above = sheet.value(row - 1, column) if row > 1 else None
    if isinstance(above, str) and above != text and len(above) <= _LONGEST_HEADING:
        group = heading_key(above).casefold()
        for joined in (group + key, key + group, key + group[-2:]):
            if joined in schema.headings:
                return schema.headings[joined]
    return ()


def _assign(header: Header, homes: dict[int, tuple[tuple[str, int], ...]]) -> None:
    """Exact matches: per field the label wins, then alias order, then the column further left."""
    claims: dict[str, list[tuple[int, int]]] = {}
    for column, fields in homes.items():
        if len(fields) > 1:
            header.open[column] = tuple(key for key, _ in fields)
        for key, rank in fields if len(fields) == 1 else ():
            claims.setdefault(key, []).append((rank, column))
    for key, found in claims.items():
        found.sort()
        header.columns[key] = found[0][1]
        first = heading_key(header.headings[found[0][1]])
        header.duplicates += [(column, found[0][1]) for _, column in found[1:] if heading_key(header.headings[column]) == first]


def _assign_fuzzy(header: Header, homes: dict[int, tuple[tuple[str, int], ...]], schema: Schema) -> None:
    """Headings close to a known one, for fields that no exact heading claimed."""
    for column, fields in homes.items():
        if not fields:
            key = _nearest_field(heading_key(header.headings[column]).casefold(), schema)
            if key and key not in header.columns and not any(key in keys for keys in header.open.values()):
                header.columns[key] = column


@lru_cache(maxsize=4096)
def _nearest_field(heading: str, schema: Schema) -> str | None:
    """The one field whose heading differs by a qualifier or by one character; None when none or several do.

    A heading is never taken for a field because it contains one: 责任单位及责任人 is neither.
    """
    bare = _unqualified(heading)
    if bare != heading and len(schema.headings.get(bare, ())) == 1:
        return schema.headings[bare][0][0]
    if len(heading) < _LEAST_FUZZY:
        return None
    near = {
        fields[0][0]
        for known, fields in schema.headings.items()
        if len(fields) == 1 and len(known) >= _LEAST_FUZZY and _one_apart(heading, known)
    }
    return near.pop() if len(near) == 1 else None


def _unqualified(heading: str) -> str:
    for word in _QUALIFIERS:
        if heading.startswith(word) and len(heading) > len(word) + 1:
            return heading[len(word) :]
    return heading


def _one_apart(left: str, right: str) -> bool:
    if abs(len(left) - len(right)) > 1 or (left[0] != right[0] and left[-1] != right[-1]):
        return False
    same = sum(block.size for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks())
    return max(len(left), len(right)) - same <= 1
