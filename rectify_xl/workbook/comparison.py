"""Difference -> the bytes of ``diff -o DIFF.xlsx``: 汇总 with the counts, 差异明细 with one row per difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.ledger.master import Master
from rectify_xl.ledger.sheets.context import SheetContext, key_column
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.provenance.stamp import COMPARISON
from rectify_xl.workbook.lists import Setting, write_list
from rectify_xl.workbook.new_workbook import NewWorkbook
from rectify_xl.workbook.theme import AMBER, GREEN, NAVY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.difference import Difference


def comparison_package(difference: Difference, lang: str) -> NewWorkbook:
    """Both sheets, written."""
    context = SheetContext(Master(difference.campaign, difference.as_of), lang)
    setting = Setting(lang, difference.as_of, difference.campaign.name, context.overview_name)
    details = _details(difference, context)
    package = NewWorkbook(COMPARISON, difference.campaign, setting)
    overview = package.add_sheet(setting.overview, NAVY)
    paper = package.add_sheet(details.name, AMBER if difference else GREEN)
    write_list(overview, _overview(difference, context), setting, leads_to=details.name)
    write_list(paper, details, setting)
    return package


def _overview(difference: Difference, context: SheetContext) -> ListSheet:
    say = context.say
    columns = (Column(say("情况", "What"), width=24), Column(say("数量", "Count"), "number", 10))
    rows = (
        (say("新增的任务", "tasks added"), len(difference.added)),
        (say("不再有的任务", "tasks removed"), len(difference.removed)),
        (say("有变化的任务", "tasks changed"), difference.changed_tasks),
        (say("变化的数据", "values changed"), len(difference.changed)),
        (say("没有变化的任务", "tasks unchanged"), difference.unchanged),
    )
    return ListSheet(context.overview_name, context.title("台账比较", "Comparison of masters"), columns, rows, "")


def _details(difference: Difference, context: SheetContext) -> ListSheet:
    say = context.say
    columns = (
        Column(say("任务编号", "Task"), width=12), Column(say("情况", "What"), width=10), Column(say("字段", "Field"), width=14),
        Column(say("原值", "Old"), "long_text", 40), Column(say("新值", "New"), "long_text", 40), key_column(context),
    )  # fmt: skip
    empty = say("两份台账没有差异。", "The masters do not differ.")
    title = context.title("台账差异明细", "Differences between masters")
    return ListSheet(say("差异明细", "Differences"), title, columns, tuple(_rows(difference, context)), empty)


def _rows(difference: Difference, context: SheetContext) -> Iterator[tuple[Any, ...]]:
    say = context.say
    added, removed, changed = say("新增", "added"), say("减少", "removed"), say("变化", "changed")
    for task in difference.added:
        yield task.task_id or None, added, None, None, task.text or None, task.key
    for task in difference.removed:
        yield task.task_id or None, removed, None, task.text or None, None, task.key
    for value in difference.changed:
        yield value.task_id or None, changed, context.label(value.field), value.old or None, value.new or None, value.key
