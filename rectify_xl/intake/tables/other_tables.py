"""Tables below a list that are none of tasks: of people and their telephones, of figures about the tasks."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.lines import NUMBER_HEADINGS, WIDE

if TYPE_CHECKING:
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.intake.tables.lines import Line

_LONGEST_HEADING = 20
_OF_PEOPLE = frozenset({
    "单位", "部门", "科室", "单位名称", "姓名", "职务", "职称", "性别", "电话",
    "手机", "手机号", "手机号码", "联系电话", "联系方式", "办公电话", "邮箱",
})  # fmt: skip
# What a table of figures about the tasks counts by, and what it counts.
_COUNTED_BY = frozenset(
    {
        "单位",
        "部门",
        "县区",
        "区县",
        "县市区",
        "地区",
        "区域",
        "属地",
        "乡镇",
        "乡镇街道",
        "类别",
        "责任单位",
        "牵头单位",
        "单位名称",
    }
)
_FIGURES = re.compile(
    r".{0,8}(?:数量?|率|占比|比例|合计|总计|总数)|(?:已|未|正在?|其中:?)?(?:启动|完成|整改|销号|办结|验收|推进|长期坚持|反弹|逾期)(?:中|到位|的)?"
)
_SURE_FIGURES = re.compile(r".{0,8}(?:数量?|率|占比|比例|合计|总计|总数)")


def is_other_heading(line: Line, header: Header) -> bool:
    """Whether another table begins here, under headings that are none of a task list.

    序号, 姓名, 办公电话; 单位, 姓名, 电话; 单位, 任务数, 已完成, 完成率.
    """
    values = list(line.own.values())
    if len(values) < WIDE or not all(isinstance(value, str) and len(value) <= _LONGEST_HEADING for value in values):
        return False
    if sum(text_key(value) in _OF_PEOPLE for value in values) >= WIDE:
        return True
    if _heads_figures([unicodedata.normalize("NFKC", text_key(value)) for value in values]):
        return True
    number = header.columns.get("task_id")
    at = next(iter(line.own))
    return (number is None or at[1] == number) and text_key(values[0]) in NUMBER_HEADINGS


def _heads_figures(keys: list[str]) -> bool:
    """Whether texts head a table of how many tasks each unit has and how many are done."""
    by, *counts = keys[1:] if keys[0] in NUMBER_HEADINGS else keys
    return by in _COUNTED_BY and all(map(_FIGURES.fullmatch, counts)) and any(map(_SURE_FIGURES.fullmatch, counts))
