"""Hypothesis: lists under the headings of other offices and trades, with whatever stands around and between their rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from rectify_xl.intake.grid import Merge
from tests.support.workbooks import Layout

CONTENT = ("隐患内容", "检查发现事项", "问题或功能要求", "存在问题", "改进要求", "问题描述", "事项", "Issue", "Finding")
NUMBERS = ("序号", "编号", "问题No.", "No.", "隐患编号", "#")
ABOVE = ("某厂隐患排查台账", "单位:某厂  日期:2026年3月", "请各班组于周五前反馈。", "")
OTHERS = (
    "整改措施与要求", "修改要求", "责任单位/人员", "责任科室", "责任人", "限时时间", "整改期限", "完成情况", "完成日期",
    "是否关闭", "隐患状态", "提出人", "所属区域", "意见确认", "厂家答复", "模块", "备注", "验收人", "处置阶段",
    "Action", "Owner", "Due date", "Status",
)  # fmt: skip
STYLES = ("{}", "{}.", "({})", "A-{:02}", "1-{}", "2.{}", "隐患{}")
BETWEEN = ("", "以下为第二批", "一、临边防护", "注:下列各项由班组自查", "小计", "东片区")
BELOW = (
    ("填表人:柳青禾", "", "审核人:方竹"),
    ("汇总", 3),
    ("合计", None, "3项"),
    ("说明:每周五更新",),
    ("序号", "姓名", "科室", "分机"),
    (1, "苏晴", "安监科办公室", "8612"),
    (None, None, None, "老王口头补充一处"),
    (None, "续表"),
    ("2026年11月20日",),
    (77, "交接时漏登记的一处隐患"),
)


@dataclass
class Foreign:
    """A foreign list while it is drawn."""

    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    row: int = 0
    left: int = 1
    width: int = 1

    def line(self, values: tuple[Any, ...] | list[Any], *, merged: bool = False) -> None:
        """One row of values."""
        self.row += 1
        for offset, value in enumerate(values):
            if value not in (None, ""):
                self.cells[self.row, self.left + offset] = value
        if merged and self.width > 1:
            self.merges.append(Merge(self.row, self.left, self.row, self.left + self.width - 1))

    def layout(self, sheet: str = "清单") -> Layout:
        """The list as a sheet."""
        return Layout(self.cells, tuple(self.merges), sheet=sheet)


def _value(heading: str, count: int, draw: st.DrawFn) -> Any:
    if draw(st.integers(0, 4)) == 0:
        return None
    if "日期" in heading or "时间" in heading or "期限" in heading or heading == "Due date":
        return date(2026, 3, 1) + timedelta(days=count) if draw(st.booleans()) else "2026年12月底前"
    if heading in ("隐患状态", "是否关闭", "Status"):
        return draw(st.sampled_from(["整改中", "已完成", "是", "否"]))
    if heading in ("责任单位/人员", "责任科室", "Owner"):
        return draw(st.sampled_from(["市园林管护所", "安监科", "John Smith"]))
    return draw(st.sampled_from([f"第{count}处事项的说明文字", "柯甲", "已答复", 12.5]))


@st.composite
def foreign_lists(draw: st.DrawFn) -> Foreign:
    """A list with a number column, a column of content, others, and lines above, between and below."""
    made = Foreign(left=draw(st.integers(1, 3)), row=draw(st.integers(0, 2)))
    others = draw(st.lists(st.sampled_from(OTHERS), unique=True, min_size=0, max_size=6))
    numbered = draw(st.integers(0, 5)) > 0
    headings = [*([draw(st.sampled_from(NUMBERS))] if numbered else []), draw(st.sampled_from(CONTENT)), *others]
    made.width = len(headings)
    for line in draw(st.lists(st.sampled_from(ABOVE), max_size=3)):
        made.line([line], merged=draw(st.booleans()) and bool(line))
    bands = draw(st.booleans()) and len(headings) > 4
    if bands:
        made.line([*[None] * 2, "整改情况一栏"])
        made.merges.append(Merge(made.row, made.left + 2, made.row, made.left + 3))
    made.line(headings)
    style = draw(st.sampled_from(STYLES))
    for count in range(1, draw(st.integers(2, 7))):
        between = draw(st.sampled_from(["", "", "", *BETWEEN]))
        if between:
            made.line([between], merged=draw(st.booleans()))
        made.row += draw(st.integers(0, 3)) == 3
        content = f"第{count}处临边护栏缺失,未设警示" if draw(st.integers(0, 5)) else None
        number: Any = count if style == "{}" else style.format(count)
        others_here = [_value(heading, count, draw) for heading in others]
        made.line([*([number] if numbered else []), content, *others_here])
    for line in draw(st.lists(st.sampled_from(BELOW), max_size=5)):
        made.row += draw(st.integers(0, 1))
        made.line(line)
    return made
