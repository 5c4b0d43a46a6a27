"""A card below the rows of a list (存在问题 | …, 整改措施 | …, 责任单位 | …): none of its rows is a task of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.intake.tables.card_headings import LONGEST_LABEL
from rectify_xl.intake.tables.heading_words import named_fields
from rectify_xl.intake.tables.lines import PAIR, tells_how

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.intake.tables.lines import Line
    from rectify_xl.schema.schema import Schema

_LEAST_FIELDS = 3
_CONTENT = frozenset({"problem", "measures"})


def rows_of_cards(lines: Iterable[Line], schema: Schema) -> set[int]:
    """The rows that follow each other without a gap and each begin with the name of another field, one of them the content."""
    found: set[int] = set()
    run: dict[str, Line] = {}
    last = 0
    for line in lines:
        key = _named(line, schema)
        if not key or key in run or line.row != last + 1:
            found |= _rows_of(run)
            run = {}
        if key:
            run[key] = line
        last = line.row
    return found | _rows_of(run)


def _named(line: Line, schema: Schema) -> str:
    """The field that a row is about: the first of its few cells names it, with a colon or a value behind it."""
    text = line.first[: LONGEST_LABEL + 1]
    label, colon, _ = text.partition(":")
    if len(label) < PAIR or len(label) > LONGEST_LABEL or label.isdigit() or len(line.own) > PAIR * PAIR:
        return ""
    keys = named_fields(label, schema) if colon or len(line.own) > 1 else ()
    return keys[0] if keys else ""


def _rows_of(run: dict[str, Line]) -> set[int]:
    if len(run) < _LEAST_FIELDS or not _CONTENT & run.keys():
        return set()
    texts = [text for line in run.values() for text in line.texts()[1:] or [line.first.partition(":")[2]]]
    guide = 2 * sum(map(tells_how, texts)) > len(texts)  # 整改措施：逐条填写 is a note on the list
    return set() if guide else {line.row for line in run.values()}
