"""未报送 and 冲突: who did not report, and where reports disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger.sheets.tables import Column, ListSheet

if TYPE_CHECKING:
    from rectify_xl.ledger.view import View

_SIDE = 3  # unit, value, source


def not_reported(view: View) -> ListSheet:
    """未报送: roster units without a submission, and late ones."""
    columns = (
        Column(view.say("单位", "Unit"), width=24), Column(view.say("情况", "State"), width=16),
        Column(view.say("涉及任务", "Tasks"), width=24), Column(view.say("联络员", "Liaison"), width=12),
        Column(view.say("电话", "Phone"), width=16), Column(view.say("文件", "File"), width=26),
        Column(view.say("填报日期", "Filled in on"), "date", 12),
    )  # fmt: skip
    empty = (
        view.say("应报送的单位都已按时报送。", "Every unit has reported in time.")
        if view.contents.campaign.units
        else view.say("没有单位名册（units.csv），无法判断谁未报送。", "No roster (units.csv): who is missing is unknown.")
    )
    rows = view.contents.records["not_reported"]
    return ListSheet(view.say("未报送", "Not submitted"), view.title("未报送单位", "Units not reported"), columns, rows, empty)


def conflicts(view: View) -> ListSheet:
    """冲突: values that disagree, side by side, with their sources; one row per field."""
    rows = view.contents.records["conflicts"]
    sides = (len(rows[0]) - 2) // _SIDE if rows else 2
    columns = [Column(view.label("task_id"), width=10), Column(view.say("字段", "Field"), width=12)]
    for number in range(1, sides + 1):
        columns += [
            Column(view.say(f"单位{number}", f"Unit {number}"), width=18),
            Column(view.say(f"内容{number}", f"Value {number}"), "long_text", 32),
            Column(view.say(f"来源{number}", f"Source {number}"), width=26),
        ]
    title = view.title("各单位填报不一致的内容", "Values that disagree")
    empty = view.say("各单位填报没有不一致。", "No disagreement.")
    return ListSheet(view.say("冲突", "Conflicts"), title, tuple(columns), rows, empty)
