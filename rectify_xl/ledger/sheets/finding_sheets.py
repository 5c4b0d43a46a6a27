"""问题清单 and 变更记录."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger.sheets.tables import Column, ListSheet

if TYPE_CHECKING:
    from rectify_xl.ledger.view import View


def findings(view: View) -> ListSheet:
    """问题清单: every finding with its place and words."""
    columns = (
        Column(view.say("序号", "No."), "number", 7), Column(view.say("级别", "Severity"), "severity", 8),
        Column(view.say("单位", "Unit"), width=18), Column(view.say("文件", "File"), width=28),
        Column(view.say("工作表", "Sheet"), width=12), Column(view.say("单元格", "Cell"), width=8),
        Column(view.label("task_id"), width=9), Column(view.say("字段", "Field"), width=11),
        Column(view.say("问题与处理办法", "Message"), "long_text", 60), Column(view.say("原值", "Value"), "long_text", 24),
        Column(view.say("规则", "Rule"), width=24),
    )  # fmt: skip
    rows = view.contents.records["findings"]
    empty = view.say("没有发现问题。", "No findings.")
    title = view.title("校验问题清单", "Findings")
    return ListSheet(view.say("问题清单", "Findings"), title, columns, rows, empty, dated=view.checked)


def changes(view: View) -> ListSheet:
    """变更记录: the place of a comparison with the last master, which is not made yet."""
    columns = tuple(
        Column(view.say(zh, en), width=width)
        for zh, en, width in (
            ("任务编号", "Task", 10),
            ("字段", "Field", 12),
            ("原值", "Old", 30),
            ("新值", "New", 30),
            ("来源", "Source", 26),
            ("轮次", "Round", 10),
        )
    )
    empty = view.say("本次为首次汇总，没有可对比的上期台账。", "First master: there is no earlier one to compare with.")
    if view.contents.history:
        empty = view.say(
            f"历次数字已沿用到“{view.home}”；本版尚不能与上期台账逐项对比。",
            f"The figures of past rounds are carried on in {view.home}; this version does not compare task by task yet.",
        )
    return ListSheet(
        view.say("变更记录", "Changes"), view.title("变更记录", "Changes"), columns, view.contents.records["changes"], empty
    )
