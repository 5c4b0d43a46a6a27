"""A list that says there is nothing to report: 本期零报告, 无整改任务, Nothing to report, or 无 alone under the headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.language.text import clean_text
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.tables.header import Header

_WHEN_AND_WHO = (
    r"(?:(?:截至|截止)?(?:\d{4}年)?\d{1,2}月(?:份|底|末|\d{1,2}日)?|第?[一二三四]季度|[本我](?:期|月|周|轮|次|季度|年度|单位|部门|级"
    r"|局|委|办|厅|院|县|市|区|乡|镇|街道)|目前|暂时?|经|自查|排查|梳理|核查|现|均)"
)
_WHAT = (
    r"(?:整改|相关|有关|新增|涉及|牵头|承担|负责|需要?|应|可|填报|报送|报告|上报|反馈|督察|的|任务|问题|事项|内容|情况|进展"
    r"|变化)"
)
_NOTHING = r"(?:无需|无|没有|未发现|不涉及|未涉及)"
_ZERO = r"[零0](?:报告|报送|申报|填报|上报)"
_SO = r"(?:特此|特|故|现|按|予以|实行|进行|作为?|为|系|属于?)"
# Possessive, since no two of the lists begin with the same character: otherwise 无需 repeated is tried in 2^n ways.
_STATED = LazyPattern(
    rf"(?=.*(?:{_NOTHING}|{_ZERO})){_WHEN_AND_WHO}*+(?:{_NOTHING}{_WHAT}*+{_WHEN_AND_WHO}*+)*+(?:{_SO}*+{_ZERO})?"
)
_LONGEST = 60
# In front of it may stand the unit's name: 市水务局本期零报告; a negation would make it a fault that is reported.
_ENDS = LazyPattern(rf"[^未不没]{{0,24}}{_ZERO}")
_AT_THE_END = LazyPattern(rf"[^未不没]*{_ZERO}[\d年月日份]*")
_IN_ENGLISH = LazyPattern(r"(?:nothing|notasks?)toreport|(?:nil|zero)report")
# What a row may say beside it: its number and who reports.
_BESIDE = frozenset({"task_id", "lead_unit", "coop_units", "contact", "phone"})


def is_zero(text: str) -> bool:
    """Whether a text says that there is nothing to report and nothing else; 无 alone does, a dash does not."""
    key = text_key(clean_text(text).cleaned)
    return 0 < len(key) <= _LONGEST and any(pattern.fullmatch(key) for pattern in (_STATED, _ENDS, _IN_ENGLISH))


def ends_in_zero(text: str) -> bool:
    """Whether a title or a file's name says so at its end: …整改清单(零报告)."""
    return bool(_AT_THE_END.fullmatch(text_key(clean_text(text).cleaned)))


def stated_zero(sheet: Sheet, header: Header, rows: Iterable[int]) -> tuple[int, int] | None:
    """The cell in which the rows below a header say that there is nothing to report; None where they say anything else."""
    beside = {column for key, column in header.columns.items() if key in _BESIDE}
    said: list[tuple[bool, int, int]] = []
    for row in rows:
        for column, value in sorted(sheet.cells[row].items()):
            text = _said(value)
            if not text or sheet.anchor(row, column) != (row, column):
                continue
            zero = is_zero(text)
            if not zero and column not in beside:
                return None
            said += [(text == "无", row, column)] if zero else []
    # 零报告 in words is pointed at rather than the 无 beside it.
    return min(said)[1:] if said else None


def _said(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    return text_key(shown(value))
