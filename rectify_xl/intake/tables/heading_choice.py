"""Which column is which field: known headings, then nearly known ones, then those that say it by their words.

Where several columns could be one field, the order in which they are taken stands here and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.heading_names import joined_fields, nearest_field, plain_key
from rectify_xl.intake.tables.heading_words import fields_by_words, named_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.tables.header import Header
    from rectify_xl.intake.tables.heading_names import Candidates
    from rectify_xl.schema.schema import Schema

_LEADS = LazyPattern(r"牵头|主办|主责")
_PLACE_ONLY = LazyPattern(r"^(?!.*责任).*属地")  # where it is, and who answers only where no other column says
_OVERSEES = LazyPattern(r"监[管督]责任|主管(?!领导|负责)")
_GUIDES = LazyPattern(r"督导领导")
_LAST, _IN_DOUBT = 8, 9  # who guides or oversees the work answers for it only where nobody else is named, and that is said
_NAMES_ONLY = LazyPattern(r"(?:名称|主题|标题|点位?|项)\s*$")
_DEMANDS = LazyPattern(r"(?:要求|需求|意见|建议)\s*$")
_LEADER = "领导"
_HEADS = LazyPattern(r"领导|第一责任人|总责任人")
_TOLD = "说明"
_LEAST_SEVERAL = 2
# Beside a column of the lead unit, a column with such a heading holds the other units of the task.
_ANSWERS_TOO = LazyPattern(r"(?:[市县旗区镇乡]{1,3}[级直属]?)?(?:整改)?责任(?:单位|部门|科室|乡镇|镇街|街道|县区|区县|县市区)")


def assign_fields(
    header: Header, candidates: dict[int, Candidates], words: dict[int, tuple[str, ...]], hidden: set[int], schema: Schema
) -> None:
    """Give every field of a header its column.

    Args:
        header: with its headings and groups; gets columns, duplicates, and what its content has to decide.
        candidates: column -> the fields that its heading is a known name of.
        words: column -> the fields that an unknown heading may name by its words.
        hidden: columns that nobody sees: the visible one of two counts.
        schema: the fields.
    """
    _assign(header, candidates, words, hidden)
    _assign_fuzzy(header, candidates, words, schema)
    _assign_second_role(header, schema)
    _assign_shared(header, candidates, schema)
    _prefer_leader(header, words, schema)
    _assign_by_words(header, words | _second_readings(header, candidates, schema), schema)
    _assign_second_role(header, schema)
    _assign_told(header, schema)


def _assign(header: Header, candidates: dict[int, Candidates], words: Mapping[int, tuple[str, ...]], hidden: set[int]) -> None:
    """Exact matches: per field what is visible wins, then the label, then alias order, then the column further left.

    存在问题 behind the progress tells what hinders the work where another column says what is to be mended, be it by the
    words of its heading alone (重点任务).
    """
    claims: dict[str, list[tuple[bool, bool, int, int]]] = {}
    for column, fields in candidates.items():
        if len(fields) > 1:
            header.open[column] = tuple(key for key, _ in fields)
        for key, rank in fields if len(fields) == 1 else ():
            behind = _is_behind(key, column, candidates, words)
            if not (behind and any(at < column and "problem" in names for at, names in words.items())):
                claims.setdefault(key, []).append((column in hidden, behind, rank, column))
    for key, found in claims.items():
        found.sort()
        # 序号 right before the measures numbers these where another number stands further left (问题编号).
        at = found[0][-1]
        if key == "task_id" and _names(candidates, at + 1, "measures"):
            found.sort(key=lambda claim: (claim[0], claim[-1] >= at))
        header.columns[key] = counts = found[0][-1]
        # 领导 below 县级 and again below 乡级 are two columns: the group above makes them two headings, as does a note
        # in brackets: 整改时限(方案) and 整改时限(本单位).
        first = text_key(header.headings[counts])
        below = header.groups.get(counts)
        twice = [
            column
            for *_, column in found[1:]
            if text_key(header.headings[column]) == first and header.groups.get(column) == below
        ]
        # A second 序号 right before the measures numbers these.
        inner = {column for column in twice if key == "task_id" and _names(candidates, column + 1, "measures")}
        header.duplicates += [(column, counts) for column in twice if column not in inner]


def _names(candidates: Mapping[int, Candidates], column: int, key: str) -> bool:
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
    if lead is None or not _LEADS.search(header.headings[lead]) or "coop_units" not in schema or "coop_units" in header.columns:
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
            claims.setdefault(keys[0], []).append((_choice_of(keys[0], header.headings[column]), column))
    wanted = claims.get("measures", [])
    if len(wanted) > 1 and "problem" in schema and "problem" not in header.columns | claims:
        # 改进要求 beside 解决方案 says what is wanted, and not what is done.
        demands = [entry for entry in wanted if _DEMANDS.search(header.headings[entry[1]])]
        if len(demands) == 1:
            wanted.remove(demands[0])
            claims["problem"] = demands
    if min(claims.get("leader", [()]))[:1] == (_IN_DOUBT,) and min(claims.get("lead_unit", [()]))[:1] != (_IN_DOUBT,):
        del claims["leader"]  # who oversees for another body than the one that answers
    for key, found in claims.items():
        choice, column = min(found)
        header.columns[key] = column
        header.by_words.add(column)
        if choice >= _LAST:
            header.read_as[column] = key


def _assign_told(header: Header, schema: Schema) -> None:
    """说明 beside 状态 below 整改情况 tells the progress where no other column does, and is no remark."""
    if "progress" not in schema or "progress" in header.fields:
        return
    remark = header.columns.get("remark", 0)
    group = header.groups.get(header.columns.get("status", 0), "")
    if not group or "progress" not in named_fields(group, schema):
        return
    for column in sorted(header.groups.keys() - ({*header.columns.values()} - {remark}) - header.open.keys()):
        if header.groups[column] == group and plain_key(header.headings[column]) == _TOLD:
            header.columns["progress"] = column
            if column == remark:
                del header.columns["remark"]
            return


def _second_readings(header: Header, candidates: dict[int, Candidates], schema: Schema) -> dict[int, tuple[str, ...]]:
    """What else a known heading may name whose field another column has: 整改内容 beside 存在问题 says what is done."""
    lost = {column for column, fields in candidates.items() if fields} - set(header.columns.values()) - set(header.open)
    lost -= {column for column, _ in header.duplicates}
    found = {column: fields_by_words(header.headings[column], schema) for column in lost}
    return {column: keys for column, keys in found.items() if len(keys) > 1 and keys[0] in header.columns}


def _prefer_leader(header: Header, words: dict[int, tuple[str, ...]], schema: Schema) -> None:
    """Where leaders are asked for, 包村领导 and 第一责任人 go before 责任人, however well known that heading is."""
    answers = header.headings[header.columns["leader"]] if "leader" in header.columns else _LEADER
    if _LEADER in answers or _LEADER not in schema["leader"].label["zh"] or answers in schema.own_headings:
        return
    named = {column: header.headings[column] for column, keys in sorted(words.items()) if keys == ("leader",)}
    leaders = [column for column, heading in named.items() if _HEADS.search(heading) and _choice_of("leader", heading) < _LAST]
    if leaders:
        first = min(leaders, key=lambda column: (_LEADER not in named[column], column))
        header.columns["leader"] = first
        header.by_words.add(first)


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


def _choice_of(key: str, heading: str) -> int:
    """In which order columns with the words of the same field are taken: the lowest first."""
    if _OVERSEES.search(heading):
        return _IN_DOUBT
    if key == "lead_unit":
        return 0 if _LEADS.search(heading) else 2 if _PLACE_ONLY.search(heading) else 1
    if _GUIDES.search(heading):
        return _LAST
    return int(bool(_NAMES_ONLY.search(heading)) or (key == "measures" and bool(_DEMANDS.search(heading))))


def _is_behind(key: str, column: int, candidates: Mapping[int, Candidates], words: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether a problem stands right of the progress: there it is what hinders the work."""
    return key == "problem" and (
        any(other < column and _names(candidates, other, "progress") for other in candidates)
        or any(other < column and names[:1] == ("progress",) for other, names in words.items())
    )
