"""What a column holds, where its heading does not settle which field it is.

Headings that name two things (进度, 整改完成时间, 完成情况, 责任单位/人员) are decided by what stands below them. A field that
no heading names is looked for after that, see :mod:`rectify_xl.intake.tables.inferred_columns`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.contents import Content, share
from rectify_xl.intake.tables.heading_names import known_fields, plain_key
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.intake.tables.inferred_columns import infer_missing, is_status_column, take
from rectify_xl.intake.tables.time_limits import is_limit
from rectify_xl.intake.tables.unit_and_person import part_column
from rectify_xl.intake.tables.wide_headings import decide_wide
from rectify_xl.schema.conversion import convert
from rectify_xl.schema.fields import PACE, STATUS

if TYPE_CHECKING:
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_MOSTLY = 0.8
_ALWAYS = 0.9
_ACTUAL = LazyPattern(r"实际|已|actual", re.IGNORECASE)
_DAY_OF_A_YEAR = LazyPattern(r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]")
_SHARE = LazyPattern(
    r"^\s*[约近达到超过完成已]*\s*(?:[\d.]{1,6}\s*[%％]|[一二三四五六七八九]成|\d{1,3}\s*/\s*\d{1,3}\s*$)[左右多余半以上]*\s*$"
)
_PLANS = frozenset({"计划", "目标", "安排"})
_ACTS = frozenset({"实际", "完成", "执行"})
_ASKS_WHETHER = LazyPattern(r"完成|办结|销号|闭环")
_YES, _NO = frozenset("√✓✔☑"), frozenset("×✗✘✕xX")
_WAY = LazyPattern(r"(?:立行立改|即知即改|立即|限[期时]|长期|持续|分阶段|阶段性?|分步|集中|专项)(?:类|整改|坚持|推进|整治|治理)*")


def decide_columns(content: Content, header: Header) -> bool:
    """Decide what the headings left open; True when the header has become another."""
    before = dict(header.columns), dict(header.parted), dict(header.composed)
    decide_wide(content, header)
    _decide_states(content, header)
    _decide_signs(content, header)
    _decide_open(content, header)
    _decide_shared(content, header)
    _decide_pace(content, header)
    _decide_limit(content, header)
    _decide_category(content, header)
    infer_missing(content, header)
    return (header.columns, header.parted, header.composed) != before


def _decide_states(content: Content, header: Header) -> None:
    """办结情况 over nothing but states is the status where another column may tell the progress (整改落实进度)."""
    progress = header.columns.get("progress")
    if progress is None or STATUS not in content.schema or STATUS in header.columns:
        return
    named = {column: fields_by_words(header.headings[column], content.schema) for column in header.open}
    others = [column for column, keys in sorted(named.items()) if keys[:1] == ("progress",)]
    if others and is_status_column(content, progress):
        header.columns |= {STATUS: progress, "progress": others[0]}
        del header.open[others[0]]


def _decide_signs(content: Content, header: Header) -> None:
    """完成情况 over nothing but √ and × says whether it is done: that is the state, and is said to be read so."""
    known = content.schema[STATUS].choice_of if STATUS in content.schema else {}
    for column, keys in sorted(header.open.items()):
        asked = _ASKS_WHETHER.search(plain_key(header.headings[column]))
        signs = {value.strip() if isinstance(value, str) else "" for value in content.filled(column)}
        if STATUS in header.columns or STATUS not in keys or asked is None or not signs & _YES or not signs <= _YES | _NO:
            continue
        said = {sign: f"{'已' if sign in _YES else '未'}{asked[0]}" for sign in signs}
        if all(text_key(word) in known for word in said.values()):
            del header.open[column]
            header.answers[column] = said
            take(header, STATUS, column)


def _decide_open(content: Content, header: Header) -> None:
    for column, keys in sorted(header.open.items()):
        free = [key for key in keys if key not in header.columns]
        if "lead_unit" in free and _names_both(content, header, column) and _part_units_and_people(content, header, column):
            continue
        key = _best_fit(content, header, column, free)
        if key:
            header.columns[key] = column
        else:
            header.unknown.append(column)
            header.by_words.discard(column)
    header.open.clear()


def _best_fit(content: Content, header: Header, column: int, keys: list[str]) -> str | None:
    """The field that the values fit: numbers, dates and choices where nearly all are such, else the first text field."""
    schema, heading, sample = content.schema, header.headings[column], content.column(column)
    filled = [value for value in sample if value is not None]
    if {"lead_unit", "leader"} >= set(keys) and len(keys) > 1:
        return "lead_unit" if filled and share(map(content.is_unit, filled)) >= _MOSTLY else "leader"
    if _is_second_status(content, header, column):
        return None
    special = [key for key in keys if not schema[key].is_text]
    plain = [key for key in keys if schema[key].is_text]
    for key in special:
        fits = sum(_fits(schema, key, value) for value in filled)
        if filled and fits >= _MOSTLY * len(filled):
            limit = next((other for other in plain if schema[other].role == "deadline"), None)
            if limit and schema[key].kind == "date" and _is_plan(content, header, sample):
                return limit
            return key
        if not plain and len(special) == 1 and (fits or not filled or _is_first_name(heading, key, schema)):
            return key
    return plain[0] if plain else None


def _is_second_status(content: Content, header: Header, column: int) -> bool:
    """Whether a heading that may name the status (销号情况) stands over nothing but states beside it: that tells no progress."""
    if STATUS not in header.columns or column not in header.by_words:
        return False
    named = fields_by_words(header.headings[column], content.schema)
    return STATUS in named and is_status_column(content, column)


def _is_first_name(heading: str, key: str, schema: Schema) -> bool:
    """Whether a heading is the label of a field or the first of its other names: it is that field's whatever it holds."""
    return any(name == key and rank <= 1 for name, rank in known_fields(heading, schema))


def _is_plan(content: Content, header: Header, sample: list[Any]) -> bool:
    """Whether dates are time limits: those are given for every task, the day of completion only for those that are done."""
    status = content.states(header) if STATUS in header.columns else []
    schema = content.schema
    if not status and content.are_done(header):
        return False
    closed = [convert(schema["status"], state) in schema.states.closed for state in status]
    if any(closed):
        dated_open = [value is not None for value, done in zip(sample, closed, strict=True) if not done]
        return share(dated_open) >= _MOSTLY
    if any(state is not None for state in status):  # all are open
        return True
    return share(value is not None for value in sample) >= _ALWAYS


def _is_open(content: Content, header: Header) -> bool:
    """Whether tasks have a state, and some of them one that is not closed."""
    states = [convert(content.schema[STATUS], state) for state in content.states(header) if state is not None]
    return any(state in content.schema[STATUS].choices and state not in content.schema.states.closed for state in states)


def _decide_shared(content: Content, header: Header) -> None:
    """责任单位及责任人 over nothing but units is the unit's column, and the leader's is plainly missing.

    Where every cell names its unit and its person so that they can be told apart, it is the column of both.
    """
    for column, keys in list(header.shared.items()):
        if "leader" in keys and header.columns.get("lead_unit") == column and _part_units_and_people(content, header, column):
            del header.shared[column]
            continue
        filled = [value for value in content.column(column) if value is not None]
        if filled and header.columns.get("lead_unit") == column and all(map(content.is_unit, filled)):
            del header.shared[column]


def _names_both(content: Content, header: Header, column: int) -> bool:
    """Whether a heading names a unit and a person, be one of the two found in another column."""
    return set(fields_by_words(header.headings[column], content.schema)) == {"lead_unit", "leader"}


def _part_units_and_people(content: Content, header: Header, column: int) -> bool:
    """Take the units of a column that names people as well; these are the leaders where no other column has them."""
    filled = [value for value in content.column(column) if value is not None]
    if not all(isinstance(value, str) for value in filled):
        return False
    parted = part_column(filled, content.units)
    if parted is None:
        return False
    header.parted = parted
    header.columns = {"leader": column, **header.columns, "lead_unit": column}
    return True


def _decide_pace(content: Content, header: Header) -> None:
    """序时进度 over 已完成 and 达到序时进度, in a list without a status, is its status; the pace is read from it as well."""
    column = header.columns.get(PACE)
    if column and STATUS in content.schema and STATUS not in header.columns and is_status_column(content, column):
        del header.columns[PACE]
        take(header, STATUS, column)


def _decide_limit(content: Content, header: Header) -> None:
    """办结时间 is the limit where nothing else is: over 2027年3月底前, or over days given for what is not done yet."""
    column = header.columns.get("completed_on")
    filled = [] if column is None or "deadline" in header.columns else content.filled(column)
    if column is None or "deadline" not in content.schema or _ACTUAL.search(header.headings[column]) or not filled:
        return
    phrases = sum(map(is_limit, filled)) >= _MOSTLY * len(filled)
    if phrases or (STATUS in header.columns and _is_open(content, header) and _is_plan(content, header, content.column(column))):
        del header.columns["completed_on"]
        take(header, "deadline", column)


def _decide_category(content: Content, header: Header) -> None:
    """整改类型 over 立行立改 and 长期坚持 says how a task is mended, and 类别 over 计划 and 实际 which of two rows this is."""
    column = header.columns.get("category")
    filled = content.filled(column) if column else []
    words = [text_key(value) if isinstance(value, str) else "" for value in filled]
    ways = [bool(_WAY.fullmatch(word)) or is_limit(value) for word, value in zip(words, filled, strict=True)]
    paired = _PLANS.intersection(words) and _ACTS.intersection(words) and set(words) <= _PLANS | _ACTS
    if filled and column is not None and (paired or (column in header.by_words and all(ways))):
        del header.columns["category"]
        header.by_words.discard(column)
        header.unknown.append(column)


def _fits(schema: Schema, key: str, value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    known = schema[key]
    converted = convert(known, value)
    if known.kind == "date":  # a day without its year is reported, and meant as a day all the same
        return isinstance(converted, date) or (isinstance(value, str) and bool(_DAY_OF_A_YEAR.fullmatch(value.strip())))
    if known.kind == "percent" and isinstance(value, str) and _SHARE.search(value):
        return True  # 约80% is reported, and meant as a share all the same
    if known.kind in ("percent", "number"):
        return isinstance(converted, int | float) and not isinstance(converted, bool)
    return converted in known.choices
