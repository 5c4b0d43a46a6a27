"""The headings in a row of a card, each with its value: beside it (责任单位 | 市水利局), or behind a colon in its own cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.heading_names import is_short, known_fields
from rectify_xl.intake.tables.heading_words import named_fields
from rectify_xl.intake.tables.lines import PAIR, WIDE, Line
from rectify_xl.intake.tables.signatures import is_footer
from rectify_xl.schema.conversion import convert, shown
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema.schema import Schema

LONGEST_LABEL = 12

# Labels in one cell stand on lines of their own or far apart: 责任单位：市水利局　　责任领导：林知远 副局长.
_BREAKS = LazyPattern(r"\n|[ \t\u3000]{2,}(?=[^\s:：]{2,12}[:：])")
_LABELLED = LazyPattern(
    r"\s*(?:(?:[\d一二三四五六七八九十]{1,2}[、.．]|[(（][\d一二三四五六七八九十]{1,2}[)）])\s*)?([^:：\s]{2,12})\s*[:：](.*)",
    re.DOTALL,
)
_SIGNED = LazyPattern(r"[填审制报签]|经办")  # 填表人：, 审核人： are said of the paper

Cell = tuple[int, int]


class Pair(NamedTuple):
    """A heading with its value: the fields that it may name, the most likely first (none for another heading)."""

    keys: tuple[str, ...]
    label: str
    cell: Cell  # where the value stands
    value: Any
    is_inside: bool = False  # the heading stands in the cell of its value


def pairs_of(sheet: Sheet, own: list[Cell], schema: Schema) -> list[Pair] | None:
    """The headings of a row with their values.

    None where headings stand side by side, and where a heading has several values: that is a list turned on its side.
    """
    in_cells = [_pairs_in_cell(sheet, cell, schema) for cell in own]
    inside = [pair for pairs in in_cells for pair in pairs]
    if any(pair.keys for pair in inside):
        return inside if all(in_cells) else None
    beside = _pairs_beside(sheet, own, schema)
    if beside is None or any(pair.keys for pair in beside):
        return beside
    if own and _is_signed(sheet, own):
        return []
    return inside if inside and all(in_cells) else beside


def _is_signed(sheet: Sheet, own: list[Cell]) -> bool:
    """Whether a row says behind a colon who filled in or checked the paper (填表人：白芷)."""
    named = _LABELLED.fullmatch(shown(sheet.value(*own[0])))
    return bool(named and named[2].strip()) and is_footer(Line(own[0][0], {}, {at: sheet.value(*at) for at in own}))


def _pairs_in_cell(sheet: Sheet, cell: Cell, schema: Schema) -> list[Pair]:
    """The headings that stand in one cell with their values behind colons; none where it begins with anything else."""
    text = sheet.value(*cell)
    if not isinstance(text, str) or not _LABELLED.match(text):  # as nearly all texts
        return []
    found: list[Pair] = []
    for part in _BREAKS.split(text.strip()):
        match = _LABELLED.fullmatch(part)
        keys = named_fields(match[1], schema) if match else ()
        if match and keys and (match[2].strip() or found) and not _SIGNED.match(match[1]):
            found.append(Pair(_in_order(keys, match[2], schema), match[1], cell, match[2].strip(), is_inside=True))
        elif found:
            last = found[-1]  # a line more of the value above
            found[-1] = last._replace(value=f"{last.value}\n{part.strip()}".strip())
        elif match and match[2].strip() and not _SIGNED.match(match[1]):
            found.append(Pair((), match[1], cell, match[2].strip(), is_inside=True))
        else:
            return []
    return found


def _pairs_beside(sheet: Sheet, own: list[Cell], schema: Schema) -> list[Pair] | None:
    fields = {cell: field_of(sheet, cell, schema) for cell in own}
    if _is_heading_and_text(sheet, own, schema):
        fields[own[1]] = ()
    groups = [cell for cell in own[:1] if _is_over_rows(sheet, cell) or (len(own) >= WIDE and _heads_groups(sheet, cell, schema))]
    if any(fields[cell] and fields.get((cell[0], right_of(sheet, cell))) for cell in own if cell not in groups):
        return None
    found: list[Pair] = []
    at = 0
    while at < len(own):
        cell = own[at]
        place = cell[0], right_of(sheet, cell)
        follows = at + 1 < len(own) and own[at + 1] == place
        label = label_of(sheet.value(*cell))
        if cell in groups and follows and fields[place]:
            at += 1  # 基本情况 beside several headings: a group of them
            continue
        value = sheet.value(*place)
        if fields[cell]:
            found.append(Pair(_in_order(fields[cell], value, schema), label, place, value))
        elif follows and 0 < len(label) <= LONGEST_LABEL and not fields[place]:
            found.append(Pair((), label, place, value))
        elif any(fields.values()):
            return None
        at += 2 if follows else 1
    return found


def _is_heading_and_text(sheet: Sheet, own: list[Cell], schema: Schema) -> bool:
    """Whether a row is a heading and one text beside it that is worded as a heading may be (整改要求 | 限期整改到位).

    It is none where the heading before it is a known one, or where the cell is drawn for a text: merged over columns.
    """
    if len(own) != PAIR or own[1] != (own[0][0], right_of(sheet, own[0])):
        return False
    heading, text = (label_of(sheet.value(*cell)) for cell in own)
    drawn = sheet.merge_at(*own[1])
    is_certain = bool(known_fields(heading, schema)) or (drawn is not None and drawn.right > drawn.left)
    return is_certain and not known_fields(text, schema)


def _heads_groups(sheet: Sheet, cell: Cell, schema: Schema) -> bool:
    """Whether a cell stands in a column of groups, of which others are merged over several headings: 整改结果 over one."""
    tops = (merge.top for merge in sheet.merges if merge.left == merge.right == cell[1] and merge.bottom > merge.top)
    return any(field_of(sheet, (top, cell[1] + 1), schema) for top in tops)


def _is_over_rows(sheet: Sheet, cell: Cell) -> bool:
    merge = sheet.merge_at(*cell)
    return merge is not None and merge.bottom > merge.top


def label_of(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A heading without the colon behind it."""
    return value.strip().rstrip(":：").strip() if isinstance(value, str) else ""


def right_of(sheet: Sheet, cell: Cell) -> int:
    """The column right of a cell, or of the range that it is merged over."""
    merge = sheet.merge_at(*cell)
    return (merge.right if merge else cell[1]) + 1


def field_of(sheet: Sheet, cell: Cell, schema: Schema) -> tuple[str, ...]:
    """The fields that a cell may be the heading of."""
    text = sheet.value(*cell)
    return named_fields(label_of(text), schema) if isinstance(text, str) and is_short(text) else ()


def _in_order(keys: tuple[str, ...], value: Any, schema: Schema) -> tuple[str, ...]:  # noqa: ANN401 - a cell holds anything
    """The fields that a heading may name, the one first that its value is of."""
    if STATUS in keys and convert(schema[STATUS], value) in schema[STATUS].choices:
        first = STATUS
    else:
        first = next((key for key in keys if schema[key].is_text), keys[0])
    return (first, *(key for key in keys if key != first))
