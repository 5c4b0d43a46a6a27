"""Tables below a list that are none of tasks: of people and their telephones, of figures about the tasks."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.lines import NUMBER_HEADINGS, WIDE
from rectify_xl.language.leaders.names import is_name
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.intake.tables.lines import Line
    from rectify_xl.schema.schema import Schema

_LONGEST_HEADING = 20
_OF_PEOPLE = frozenset({
    "单位", "部门", "科室", "单位名称", "姓名", "职务", "职称", "性别", "电话",
    "手机", "手机号", "手机号码", "联系电话", "联系方式", "办公电话", "邮箱",
})  # fmt: skip
_BESIDE_PEOPLE = (
    _OF_PEOPLE | NUMBER_HEADINGS | {"备注", "分工", "职责", "地址", "传真", "微信", "工作单位", "单位及职务", "工作单位及职务"}
)
# What a table of figures about the tasks counts by, and what it counts.
_COUNTED_BY = frozenset({
    "单位", "部门", "县区", "区县", "县市区", "地区", "区域", "属地", "乡镇", "乡镇街道", "类别", "责任单位",
    "牵头单位", "单位名称",
})  # fmt: skip
_FIGURES = LazyPattern(r".{0,8}(?:数量?|率|占比|比例|合计|总计|总数)")
_STATES = LazyPattern(r"(?:已|未|正在?|其中:?)?(?:启动|完成|整改|销号|办结|验收|推进|逾期)(?:中|到位|的)?")


def people_rows(lines: list[Line]) -> set[int]:
    """The rows of tables below a list that say nothing but who can be reached, heading included: a note for the office.

    Every heading is one of such a table, and every row names a person and fills no other column; a row that says more ends it.
    """
    found: set[int] = set()
    for at, line in enumerate(lines):
        if len(line.own) < WIDE or not any(isinstance(value, str) and value.strip()[:1] == "姓" for value in line.own.values()):
            continue  # as nearly all rows
        if not any(isinstance(value, str) and "姓" in value for value in line.own.values()):
            continue  # as nearly all rows are
        heads = {place[1]: text_key(value) for place, value in line.own.items() if isinstance(value, str)}
        names = [column for column, key in heads.items() if key == "姓名"]
        if len(names) != 1 or len(heads) < max(WIDE, len(line.own)) or not _BESIDE_PEOPLE.issuperset(heads.values()):
            continue
        last = line.row
        for below in lines[at + 1 :]:
            name = below.own.get((below.row, names[0]))
            fits = below.row == last + 1 and isinstance(name, str) and is_name("".join(name.split()))
            if not fits or not heads.keys() >= {column for _, column in below.own}:
                break
            last = below.row
        found |= set(range(line.row, last + 1)) if last > line.row else set()
    return found


def is_other_heading(line: Line, header: Header, schema: Schema) -> bool:
    """Whether another table begins here, under headings that are none of a task list.

    序号, 姓名, 办公电话; 单位, 姓名, 电话; 单位, 任务数, 已完成, 完成率.
    """
    values = list(line.own.values())
    if len(values) < WIDE or not all(isinstance(value, str) and len(value) <= _LONGEST_HEADING for value in values):
        return False
    if sum(text_key(value) in _OF_PEOPLE for value in values) >= WIDE:
        return True
    if _heads_figures([unicodedata.normalize("NFKC", text_key(value)) for value in values], schema):
        return True
    number = header.columns.get("task_id")
    at = next(iter(line.own))
    return (number is None or at[1] == number) and text_key(values[0]) in NUMBER_HEADINGS


def _heads_figures(keys: list[str], schema: Schema) -> bool:
    """Whether texts head a table of how many tasks each unit has and how many are in which state."""
    by, *counts = keys[1:] if keys[0] in NUMBER_HEADINGS else keys
    states = schema[STATUS].choice_of if STATUS in schema else {}
    figures = [bool(_FIGURES.fullmatch(key)) for key in counts]
    others = (key for key, is_figure in zip(counts, figures, strict=True) if not is_figure)
    return by in _COUNTED_BY and any(figures) and all(key in states or _STATES.fullmatch(key) for key in others)
