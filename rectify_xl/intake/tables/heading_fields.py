"""The headings of a header -> its fields: known headings exactly, then nearly, then by their words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import heading_key
from rectify_xl.intake.tables.header import Header
from rectify_xl.intake.tables.heading_choice import DEMANDS, IN_DOUBT, LAST, LEADS, choice_of, is_behind
from rectify_xl.intake.tables.heading_names import (
    Candidates,
    is_short,
    joined_fields,
    known_fields,
    nearest_field,
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
_LEADER = "领导"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FIGURE = re.compile(r"\d")
_LEAST_SEVERAL = 2
_LEAST_TWICE = 3  # columns that are headed twice: fewer are a sum, or the name of a group
_ANSWERS_TOO = re.compile(r"(?:[市县旗区镇乡]{1,3}[级直属]?)?(?:整改)?责任(?:单位|部门|科室|乡镇|镇街|街道|县区|区县|县市区)")


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
    _assign(header, candidates, sheet.hidden_columns)
    _assign_fuzzy(header, candidates, words, schema)
    _assign_second_role(header, schema)
    _assign_shared(header, candidates, schema)
    _prefer_leader(header, words, schema)
    words |= _second_readings(header, candidates, schema)
    _assign_by_words(header, words, schema)
    _assign_second_role(header, schema)
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
    for above in _groups_over(sheet, row, column, text) if not found else ():
        found = found or fields_by_words(above + plain_key(text), schema) or fields_by_words(above[:2] + plain_key(text), schema)
    return found


def _groups_over(sheet: Sheet, row: int, column: int, text: str) -> Iterator[str]:
    """The keys of the group headings above a heading, the nearest first."""
    for group_row in range(row - 1, max(0, row - MOST_HEADER_ROWS), -1):
        group = _group(sheet, group_row, column)
        if isinstance(group, str) and group != text and is_short(group):
            yield plain_key(group)


def _merged_over(sheet: Sheet, row: int, column: int) -> str:
    """The text merged over a heading and others beside it, the nearest above; blank where there is none."""
    for above in range(row - 1, max(0, row - MOST_HEADER_ROWS), -1):
        merge, text = sheet.merge_at(above, column), sheet.value(above, column)
        if merge and merge.right > merge.left and isinstance(text, str) and is_short(text):
            return on_one_line(text)
    return ""


def _group(sheet: Sheet, row: int, column: int) -> Any:  # noqa: ANN401 - a cell holds anything
    """The group heading over a column: what stands there, else the next text to the left where nothing is merged."""
    for left in range(column, 0, -1):
        text = sheet.value(row, left)
        if text not in BLANK:
            return text
    return None


def _assign(header: Header, candidates: dict[int, Candidates], hidden: set[int]) -> None:
    """Exact matches: per field what is visible wins, then the label, then alias order, then the column further left.

    存在问题 behind the progress tells what hinders the work where another column says what is to be mended.
    """
    claims: dict[str, list[tuple[bool, bool, int, int]]] = {}
    for column, fields in candidates.items():
        if len(fields) > 1:
            header.open[column] = tuple(key for key, _ in fields)
        for key, rank in fields if len(fields) == 1 else ():
            claims.setdefault(key, []).append((column in hidden, is_behind(key, column, candidates), rank, column))
    for key, found in claims.items():
        found.sort()
        # 序号 right before the measures numbers these where another number stands further left (问题编号).
        at = found[0][-1]
        if key == "task_id" and _names(candidates, at + 1, "measures"):
            found.sort(key=lambda claim: (claim[0], claim[-1] >= at))
        header.columns[key] = counts = found[0][-1]
        first = heading_key(header.headings[counts])
        # 领导 below 县级 and again below 乡级 are two columns: the group above makes them two headings.
        below = header.groups.get(counts)
        twice = [
            column
            for *_, column in found[1:]
            if heading_key(header.headings[column]) == first and header.groups.get(column) == below
        ]
        # A second 序号 right before the measures numbers these.
        inner = {column for column in twice if key == "task_id" and _names(candidates, column + 1, "measures")}
        header.duplicates += [(column, counts) for column in twice if column not in inner]


def _names(candidates: dict[int, Candidates], column: int, key: str) -> bool:
    return any(name == key for name, _ in candidates.get(column, ()))


def _assign_fuzzy(header: Header, candidates: dict[int, Candidates], words: dict[int, tuple[str, ...]], schema: Schema) -> None:
    """Headings close to a known one, for fields that no exact heading claimed; of several by its words its content decides."""
    for column, fields in candidates.items():
        if not fields and len(words.get(column, ())) < _LEAST_SEVERAL:
            key = nearest_field(plain_key(header.headings[column]), schema)
            if key and key not in header.columns and not any(key in keys for keys in header.open.values()):
                header.columns[key] = column


def _assign_second_role(header: Header, schema: Schema) -> None:
    """Beside 牵头单位, 责任单位 holds the others that answer for the task: the second role, which has no heading of its own."""
    lead = header.columns.get("lead_unit")
    if lead is None or not LEADS.search(header.headings[lead]) or "coop_units" not in schema or "coop_units" in header.columns:
        return
    twice = {column for column, _ in header.duplicates}
    free = set(header.headings) - set(header.columns.values()) - set(header.open) - twice
    second = [column for column in sorted(free) if _ANSWERS_TOO.fullmatch(plain_key(header.headings[column]))]
    if len(second) == 1:
        header.columns["coop_units"] = second[0]
        header.read_as[second[0]] = "coop_units"


def _assign_by_words(header: Header, words: dict[int, tuple[str, ...]], schema: Schema) -> None:
    """Headings that say by their words which field they are, for fields that no known heading claimed.

    Where they may name several, their content decides. Of two columns that could be one field, what describes it goes
    before what only names it (隐患描述 before 隐患名称), who leads before who answers, what is done before what is asked
    (整改措施及结果 before 整改要求), then the column further left.
    """
    taken = {*header.columns.values(), *header.open}
    free = {column: [key for key in keys if key not in header.columns] for column, keys in words.items() if column not in taken}
    claims: dict[str, list[tuple[int, int]]] = {}
    for column, keys in free.items():
        if len(words[column]) > 1 and keys:
            header.open[column] = tuple(keys)
            header.by_words.add(column)
        elif keys:
            claims.setdefault(keys[0], []).append((choice_of(keys[0], header.headings[column]), column))
    wanted = claims.get("measures", [])
    if len(wanted) > 1 and "problem" in schema and "problem" not in header.columns | claims:
        # 改进要求 beside 解决方案 says what is wanted, and not what is done.
        demands = [entry for entry in wanted if DEMANDS.search(header.headings[entry[1]])]
        if len(demands) == 1:
            wanted.remove(demands[0])
            claims["problem"] = demands
    if min(claims.get("leader", [()]))[:1] == (IN_DOUBT,) and min(claims.get("lead_unit", [()]))[:1] != (IN_DOUBT,):
        del claims["leader"]  # who oversees for another body than the one that answers
    for key, found in claims.items():
        choice, column = min(found)
        header.columns[key] = column
        header.by_words.add(column)
        if choice >= LAST:
            header.read_as[column] = key


def _second_readings(header: Header, candidates: dict[int, Candidates], schema: Schema) -> dict[int, tuple[str, ...]]:
    """What else a known heading may name whose field another column has: 整改内容 beside 存在问题 says what is done."""
    lost = {column for column, fields in candidates.items() if fields} - set(header.columns.values()) - set(header.open)
    lost -= {column for column, _ in header.duplicates}
    found = {column: fields_by_words(header.headings[column], schema) for column in lost}
    return {column: keys for column, keys in found.items() if len(keys) > 1 and keys[0] in header.columns}


def _prefer_leader(header: Header, words: dict[int, tuple[str, ...]], schema: Schema) -> None:
    """Where leaders are asked for, 包村领导 goes before 责任人, however well known that heading is."""
    answers = header.headings[header.columns["leader"]] if "leader" in header.columns else _LEADER
    if _LEADER in answers or _LEADER not in schema["leader"].label["zh"] or answers in schema.own_headings:
        return
    named = {column: header.headings[column] for column, keys in sorted(words.items()) if keys == ("leader",)}
    leaders = [column for column, heading in named.items() if _LEADER in heading and choice_of("leader", heading) < LAST]
    if leaders:
        header.columns["leader"] = leaders[0]
        header.by_words.add(leaders[0])


def _assign_shared(header: Header, candidates: dict[int, Candidates], schema: Schema) -> None:
    """A heading that names two columns is read as one required column, that of the units before others.

    Which words of such a cell are the unit's and which the person's nobody can tell for sure: the other column is missing.
    """
    required = {"coop_units", *(key for group in schema.required_groups for key in group)}
    taken = {*header.columns, *(key for keys in header.open.values() for key in keys)}
    for column in set(candidates) - set(header.columns.values()) - set(header.open):
        keys = joined_fields(header.headings[column], schema)
        free = sorted((required & set(keys)) - taken, key=lambda key: (schema[key].role != "units", keys.index(key)))
        if free:
            header.columns[free[0]] = column
            header.shared[column] = tuple(key for key in keys if key != free[0])
            taken.add(free[0])
