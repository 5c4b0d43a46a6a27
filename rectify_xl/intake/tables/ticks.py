"""A field whose values are columns: below 完成情况 stand 已完成, 整改中 and 未完成, and every row ticks one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.header import Ticks
from rectify_xl.intake.tables.heading_names import is_short, known_fields, on_one_line, plain_key
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.schema.conversion import blank_to_none, shown
from rectify_xl.schema.fields import STATUS
from rectify_xl.schema.ticked_words import BOX_SIGNS, TICK_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_TICK = LazyPattern(rf"[{TICK_SIGNS}]+|[vVyY]|是|对|有|1|yes|true", re.IGNORECASE)
_NO_TICK = LazyPattern(rf"[{BOX_SIGNS}×✗✘✕xX\-—–/\\]+|[nN]|否|无|0|no|false|\(\s*\)|（\s*）", re.IGNORECASE)
# Of units ● leads and ○ cooperates, unless every cell has a sign: then ○ is a box that is not ticked.
_HOLLOW = LazyPattern(r"[○◇☆△]")
_YES_OR_NO = frozenset({"是", "否", "有", "无", "y", "n", "yes", "no"})
# What every task says in words of its own.
_OWN_WORDS = frozenset({"task_id", "problem"})
_NUMBER = LazyPattern(r"\d")
_LEAST = 2
# How many of the filled cells may hold words instead of a tick.
_MOSTLY = 0.6


def assign_ticks(sheet: Sheet, header: Header, schema: Schema) -> None:
    """Make one field of each group of columns that are ticked; the row of the ticked words belongs to the header then."""
    taken: list[tuple[str, str, dict[int, str]]] = []
    for row in (header.row, header.row + 1):
        found = [
            (key, group, words)
            for group, words in _groups(sheet, header, row, schema)
            if (key := _field_of(group, words, schema))
            and _are_ticked(sheet, row, words)
            and not _are_counted(sheet, row, words, header.columns.get("task_id"))
        ]
        of_words = {column for _, _, words in found for column in words}
        if found and (row == header.row or set(_texts(sheet, row)) == of_words == set(_filled(sheet, row))):
            header.row, taken = row, found
            break
    for key, group, words in taken:
        other = header.columns.get(key)
        if other is None or other in words:
            lost = {name for name, column in header.columns.items() if column in words} - {key}
            _take(header, key, group, Ticks(words, schema[key].role == "units" and _has_second_role(sheet, header.row, words)))
            _find_again(header, lost, schema)


def _find_again(header: Header, lost: set[str], schema: Schema) -> None:
    """Give a field whose heading turned out to stand over ticks (进展) another column that names it (进展说明)."""
    for key in lost:
        others = [column for column in header.unknown if fields_by_words(header.headings[column], schema)[:1] == (key,)]
        if others:
            header.columns[key] = others[0]
            header.by_words.add(others[0])
            header.unknown.remove(others[0])


def ticked(sheet: Sheet, row: int, ticks: Ticks) -> tuple[str | None, int | None]:
    """What a row ticks, and the first column that it ticks; two ticks are two words, and one with a note keeps the note."""
    said, second, first = [], [], None
    for column, word in ticks.words.items():
        text = shown(blank_to_none(sheet.value(row, column))).strip()
        if ticks.has_second_role and _HOLLOW.fullmatch(text):
            second.append(word)
            first = first or column
        elif text and not _NO_TICK.fullmatch(text):
            first = first or column
            said.append(word if _TICK.fullmatch(text) else f"{word}（{text.strip(TICK_SIGNS + '()（） ')}）")
    roles = [f"{'、'.join(said)}牵头" if said and second else "、".join(said), f"{'、'.join(second)}配合" if second else ""]
    return "，".join(filter(None, roles)) or None, first


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    cells = sheet.cells.get(row, {})
    return {column: text for column, text in sorted(cells.items()) if isinstance(text, str) and text.strip() and is_short(text)}


def _filled(sheet: Sheet, row: int) -> Iterator[int]:
    return (column for column, value in sheet.cells.get(row, {}).items() if value not in ("", None))


def _groups(sheet: Sheet, header: Header, row: int, schema: Schema) -> Iterator[tuple[str, dict[int, str]]]:
    """Columns of a row with the heading above them, or, where none is, states that stand side by side."""
    states = schema[STATUS].choice_of if STATUS in schema else {}
    found: dict[tuple[str, int], dict[int, str]] = {}
    alone = 0
    before = -1
    for column, text in _texts(sheet, row).items():
        merge = sheet.merge_at(row, column)
        if merge is not None and (merge.right > merge.left or merge.top < row):
            continue
        over, at = _over(sheet, row, column) if row > header.top else ("", 0)
        if not over and text_key(text) not in states:
            continue
        if not over and column != before + 1:
            alone = column
        found.setdefault((over, at if over else -alone), {})[column] = on_one_line(text)
        before = column
    for (group, _), words in found.items():
        # 说明 beside states says something of them in words.
        several = sum(text_key(word) in states for word in words.values()) >= _LEAST
        beside = {at for at, word in words.items() if several and text_key(word) not in states and known_fields(word, schema)}
        if len(words) - len(beside) >= _LEAST:
            yield group, {at: word for at, word in words.items() if at not in beside}


def _over(sheet: Sheet, row: int, column: int) -> tuple[str, int]:
    """The heading above a column, and where it stands: merged over several, or the next to the left where nothing is merged."""
    for left in range(column, 0, -1):
        text = sheet.value(row - 1, left)
        if text not in ("", None):
            merge = sheet.merge_at(row - 1, left)
            reaches = merge is None or merge.right >= column
            return (on_one_line(text), left if merge is None else merge.left) if isinstance(text, str) and reaches else ("", 0)
    return "", 0


def _field_of(group: str, words: dict[int, str], schema: Schema) -> str | None:
    """The field whose values the words are: one of choices that the heading names, else the status, else one of texts."""
    named = [key for key, _ in known_fields(group, schema)] or list(fields_by_words(group, schema)) if group else []
    for key in [*(name for name in named if schema[name].choice_of), *([STATUS] if STATUS in schema else [])]:
        known = [text_key(word) for word in words.values() if schema[key].choice_of.get(text_key(word))]
        # 是 and 否 answer what the heading above them asks, and say nothing by themselves.
        worded = key in named or not _YES_OR_NO.issuperset(known)
        if worded and len(set(known)) >= _LEAST and len(known) * 2 > len(words):
            return key
    is_free = not any(known_fields(word, schema) for word in words.values())
    return next((key for key in named if is_free and schema[key].is_text and key not in _OWN_WORDS), None)


def _are_ticked(sheet: Sheet, row: int, words: dict[int, str]) -> bool:
    """Whether ticks stand below the words and hardly anything else; the words again head a page, figures are sums."""
    ticks = others = 0
    for below, cells in sheet.cells.items():
        for column in words.keys() & cells.keys() if below > row else ():
            value: Any = blank_to_none(cells[column])
            text = shown(value).strip()
            ticks += bool(_TICK.fullmatch(text))
            said = bool(text) and not _TICK.fullmatch(text) and not _NO_TICK.fullmatch(text)
            others += said and not isinstance(value, int | float) and plain_key(text) != plain_key(words[column])
    return ticks > 0 and ticks >= _MOSTLY * (ticks + others)


def _are_counted(sheet: Sheet, row: int, words: dict[int, str], numbers: int | None) -> bool:
    """Whether numbered rows hold figures below the words: how many problems of a unit are done, and how many are not."""
    rows = [
        cells for below, cells in sheet.cells.items() if below > row and numbers and _NUMBER.search(shown(cells.get(numbers)))
    ]
    figures = [value for cells in rows for at in words if isinstance(value := cells.get(at), int | float)]
    return any(not isinstance(value, bool) and value not in (0, 1) for value in figures)


def _has_second_role(sheet: Sheet, row: int, words: dict[int, str]) -> bool:
    """Whether rows that have hollow signs have blank cells as well: a hollow sign says something then."""
    rows = [[shown(cells.get(column)).strip() for column in words] for below, cells in sheet.cells.items() if below > row]
    return any("" in texts and any(map(_HOLLOW.fullmatch, texts)) for texts in rows)


def _take(header: Header, key: str, group: str, ticks: Ticks) -> None:
    first = min(ticks.words)
    header.give(key, first, ticks.words)
    header.headings |= ticks.words
    if group:
        header.headings[first] = group
    else:
        header.read_as[first] = key
    header.ticks[key] = ticks
