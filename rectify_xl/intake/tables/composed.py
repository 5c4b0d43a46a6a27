"""A field that is written in several columns: a day in 年, 月 and 日, measures in 整改措施1 and 整改措施2, a name and its post.

Its value is what these columns say together; it stands at the first of them, that of a name at the name.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.header import Composed
from rectify_xl.intake.tables.heading_fields import group_over
from rectify_xl.intake.tables.heading_names import known_fields
from rectify_xl.intake.tables.heading_words import named_fields
from rectify_xl.language.deadline.numerals import number
from rectify_xl.schema.conversion import blank_to_none, shown

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.schema import Schema

_LEAST = 2
_PART = LazyPattern(r"(?P<name>\D*?)[(]?(?P<part>[年月日])份?[)]?")
_RUNS = ("年月日", "年月", "月日")
_NUMBERED = LazyPattern(r"(?P<name>.*?)[(]?(?P<number>[一二三四五六七八九]|[1-9])[)]?")
# What is told in several columns of which each adds to the others, and what stands between; of two limits each is another.
ADDED = {"measures": "\n", "target": "\n", "evidence": "\n", "coop_units": "、", "lead_unit": "、", "leader": "、"}
_POST = LazyPattern(r"(?:责任|牵头|分管|包[抓保案联])?(?:领导|人)?(?:职务|职位)(?:职称|职级|名称)?")
_SHORT_YEAR = LazyPattern(r"\d\d")
_DAY = LazyPattern(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")


def assign_composed(sheet: Sheet, header: Header, schema: Schema) -> None:
    """Make one field of the columns that are written side by side for it."""
    for name, columns, parts in _days(sheet, header):
        keys = [key for key in _named(name, schema) if schema[key].role == "deadline" or schema[key].kind == "date"]
        key = _free(header, keys, columns)
        if key:
            _take(header, key, Composed(columns, parts=parts, as_date=schema[key].kind == "date"), name)
    for name, columns in _numbered(header):
        keys = [key for key in _named(name, schema)[:1] if key in ADDED or _limits_measures(header, schema[key], columns)]
        if key := _free(header, keys, columns):
            _take(header, key, Composed(columns, ADDED.get(key, "\n")), name)
    for columns in _blocks_of_measures(header):
        first = columns[0]
        key = next((name for name, column in header.columns.items() if column == first), "")
        if key in ADDED or (key and (key == "progress" or schema[key].role == "deadline")):
            _take(header, key, Composed(columns, ADDED.get(key, "\n")), header.headings[first])
    _take_post(header, schema)


def is_row_of_day_parts(sheet: Sheet, row: int) -> bool:
    """Whether a row holds nothing but 年, 月 and 日, as it does below a heading that is parted into them."""
    texts = [text for text in sheet.cells.get(row, {}).values() if text not in ("", None)]
    parts = [match["part"] for text in texts if isinstance(text, str) and (match := _part(text)) and not match["name"]]
    return len(parts) == len(texts) >= _LEAST and "月" in parts


def composed_value(sheet: Sheet, row: int, composed: Composed) -> Any:  # noqa: ANN401 - a cell holds anything
    """What the columns of a field say together in one row; a cell that is merged over several of them says it once."""
    said: dict[tuple[int, int], tuple[Any, str]] = {}
    for column, part in zip(composed.columns, composed.parts.ljust(len(composed.columns)), strict=True):
        value = blank_to_none(sheet.value(row, column))
        if value is not None:
            said.setdefault(sheet.anchor(row, column), (value, part.strip()))
    if len(said) < _LEAST:
        return next((value for value, _ in said.values()), None)
    if composed.parts:
        return _day([(shown(value).strip(), part) for value, part in said.values()], as_date=composed.as_date)
    texts = list(dict.fromkeys(shown(value).strip() for value, _ in said.values()))
    return _name_and_post(*texts) if composed.between == " " and len(texts) == _LEAST else composed.between.join(texts)


def _part(text: str) -> re.Match[str] | None:
    return _PART.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))


def _named(name: str, schema: Schema) -> tuple[str, ...]:
    """The fields that the common heading of several columns names; 完成 before 年份 and 月份 is 完成时间."""
    return named_fields(name, schema) or tuple(key for key, _ in known_fields(f"{name}时间", schema))


def _free(header: Header, keys: list[str], columns: tuple[int, ...]) -> str | None:
    """The first of the fields that no other column has."""
    return next((key for key in keys if header.columns.get(key) in (None, *columns)), None)


def _days(sheet: Sheet, header: Header) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Columns side by side for the year, the month and perhaps the day of one thing, by what they are headed with."""
    found: list[tuple[int, str, str]] = []
    for column, heading in sorted(header.headings.items()):
        match = _part(heading)
        name = match and (match["name"] or header.groups.get(column) or group_over(sheet, header.row - 1, column))
        if match and isinstance(name, str):
            found.append((column, name, match["part"]))
    for (name, _), group in groupby(enumerate(found), lambda item: (item[1][1], item[1][0] - item[0])):
        run = [entry for _, entry in group]
        parts = "".join(part for *_, part in run)
        if parts in _RUNS:
            yield name, tuple(column for column, *_ in run), parts


def _numbered(header: Header) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Columns that are headed with one name and the numbers 1, 2, 3 behind it, as they stand from left to right."""
    found: dict[str, list[tuple[int, int]]] = {}
    for column, heading in sorted(header.headings.items()):
        match = _NUMBERED.fullmatch("".join(unicodedata.normalize("NFKC", heading).split()))
        name = match and (match["name"] or header.groups.get(column))
        if match and name:
            found.setdefault(name, []).append((number(match["number"]), column))
    for name, entries in found.items():
        if len(entries) >= _LEAST and [at for at, _ in entries] == list(range(1, len(entries) + 1)):
            yield name, tuple(column for _, column in entries)


def _limits_measures(header: Header, known: Field, columns: tuple[int, ...]) -> bool:
    """Whether each of several limits stands behind a measure of its own and before the next one: 措施一, 时限一, 措施二."""
    measures = header.composed["measures"].columns if "measures" in header.composed else ()
    ends = (*measures[1:], header.width + 1)
    return (
        known.role == "deadline"
        and len(measures) == len(columns)
        and all(measure < limit < end for measure, limit, end in zip(measures, columns, ends, strict=True))
    )


def _blocks_of_measures(header: Header) -> list[tuple[int, ...]]:
    """Each heading of a block that stands there again, right beside itself and in the same order: 措施, 时限, 措施, 时限."""
    first = header.columns.get("measures", 0)
    names = {column: text_key(heading) for column, heading in header.headings.items()}
    starts = [column for column in sorted(names) if column >= first > 0 and names[column] == names[first]]
    if len(starts) < _LEAST:
        return []
    width = starts[1] - first
    block = [names.get(column) for column in range(first, starts[1])]
    if any([names.get(start + at) for at in range(width)] != block for start in starts) or None in block:
        return []
    return [tuple(start + at for start in starts) for at in range(width)]


def _take(header: Header, key: str, composed: Composed, name: str) -> None:
    first = composed.columns[0]
    header.give(key, first, composed.columns)
    header.headings[first] = name
    header.composed[key] = composed


def _take_post(header: Header, schema: Schema) -> None:
    """The post that stands in a column of its own behind the leader's name, or before it under one heading."""
    key = next((known.key for known in schema.fields if known.role == "leader"), "")
    at = header.columns.get(key)
    if at is None or key in header.composed or key in header.ticks or at in header.shared:
        return
    posts = [column for column in (at + 1, at - 1) if _POST.fullmatch(header.headings.get(column, ""))]
    taken = {*header.columns.values(), *header.open}
    for column in posts:
        group = header.groups.get(column)
        if column not in taken and group == header.groups.get(at) and (column > at or group):
            header.give(key, at, (at, column))
            header.composed[key] = Composed((at, column), " ")
            return


def _name_and_post(name: str, post: str) -> str:
    """A name with its post, line by line where both have as many; a post that stands behind the name as well is said once."""
    if post in name:
        return name
    names, posts = ([line.strip() for line in text.splitlines() if line.strip()] for text in (name, post))
    if len(names) == len(posts) > 1:
        return "\n".join(f"{one} {other}" for one, other in zip(names, posts, strict=True))
    return f"{name} {post}"


def _day(said: list[tuple[str, str]], *, as_date: bool) -> Any:  # noqa: ANN401 - a day, or what stands in its place
    """A day from its parts: figures get the sign of their column, words (长期坚持, 12月底) stay as they are."""
    text = ""
    for value, part in said:
        year = f"20{value}" if part == "年" and _SHORT_YEAR.fullmatch(value) else value
        text += f"{year}{part}" if value.isdecimal() else value
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if as_date and match else text
    except ValueError:  # no such day: said as it is written
        return text
