"""Plan -> the bytes of ``import -o TASKS.xlsx``: the task list with keys, 存疑, 出处 and 方案信息."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.settings import Campaign
from rectify_xl.common.findings import SEVERITY_LABELS
from rectify_xl.ledger.master import Master
from rectify_xl.ledger.sheets.context import SheetContext, key_column
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.plans.listing import COLUMNS, campaign_name, list_rows
from rectify_xl.provenance.stamp import DOUBTS_SHEET, LAST_KEY, ORIGINS_SHEET, PLAN, PLAN_SHEET, SCHEMA, SCHEMA_VERSION
from rectify_xl.workbook.lists import Setting, write_list
from rectify_xl.workbook.new_workbook import NewWorkbook
from rectify_xl.workbook.theme import AMBER, GREEN, MUTED, NAVY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.plans.model import Doubt, Plan

# The same plan gives the same bytes on every day; a plan without a date has that of no campaign.
_NO_DAY = date(2000, 1, 1)
_FIELDS = {
    "leaders": "leader", "lead_units": "lead_unit", "resp_units": "lead_unit", "deadline_text": "deadline",
}  # fmt: skip


def plan_campaign(plan: Plan) -> Campaign:
    """What of a campaign is known from its plan."""
    facts = plan.facts
    issued = date.fromisoformat(facts.issue_date) if facts.issue_date else None
    return Campaign(name=campaign_name(plan), issuer="、".join(facts.issuer), issued=issued)


def plan_package(plan: Plan, campaign: Campaign, lang: str) -> NewWorkbook:
    """All sheets, written. ``campaign`` gives schema, name and issuer."""
    issued = plan.facts.issue_date
    day = date.fromisoformat(issued) if issued else _NO_DAY
    context = SheetContext(Master(campaign, day), lang)
    tasks = _tasks(plan, context)
    setting = Setting(lang, day, campaign.name, PLAN_SHEET[lang])
    stamp = {
        SCHEMA: campaign.schema.name, SCHEMA_VERSION: str(campaign.schema.version), LAST_KEY: str(len(plan.tasks)),
    }  # fmt: skip
    package = NewWorkbook(PLAN, campaign, setting, stamp)
    doubts = _doubts(plan, context)
    contents = (
        (tasks, NAVY), (doubts, AMBER if doubts.rows else GREEN), (_origins(plan, context), MUTED),
        (_facts(plan, context), GREEN),
    )  # fmt: skip
    sheets = [package.add_sheet(content.name, colour) for content, colour in contents]
    for sheet, (content, _) in zip(sheets, contents, strict=True):
        write_list(sheet, content, setting, leads_to=doubts.name if content in (tasks, contents[-1][0]) else tasks.name)
    return package


def _dated(plan: Plan, context: SheetContext) -> str:
    day = plan.facts.issue_date
    source = context.say(f"来自 {plan.facts.file}", f"from {plan.facts.file}")
    return f"{source}，{context.say(f'{day} 印发', f'issued {day}')}" if day else source


def _tasks(plan: Plan, context: SheetContext) -> ListSheet:
    schema = context.schema
    keys = [key for key in COLUMNS if key in schema]
    columns = (*(context.column(schema[key]) for key in keys), key_column(context))
    listed = list_rows(plan)
    rows = tuple((*(row[key] or None for key in keys), row["key"]) for row in listed)
    label = schema.label[context.lang]
    empty = context.say("没有读到任务。", "No tasks were found.")
    note = context.say("由方案导入，请对照“存疑”一表核对", "imported from the plan; compare with the sheet of doubts")
    if len(listed) > len(plan.tasks):
        tasks = len(plan.tasks)
        note += context.say(
            f"；任务{tasks}项，各条措施由不同单位牵头的，一条一行",
            f"; {tasks} tasks, a row per measure where different units lead them",
        )
    return ListSheet(label[:31], context.title(label, label), columns, rows, empty, note, dated=_dated(plan, context))


def _doubts(plan: Plan, context: SheetContext) -> ListSheet:
    say = context.say
    columns = (
        Column(say("涉及任务", "Concerns"), width=12), Column(say("程度", "Weight"), "severity", 8),
        Column(say("存疑之处", "In doubt"), "long_text", 60), Column(say("文件原话", "In the document"), "long_text", 50),
        Column(say("所在段落", "Paragraph"), "number", 10), Column(say("所在页", "Page"), "number", 8),
    )  # fmt: skip
    rows = tuple(_doubt_row(doubt, context) for doubt in plan.all_doubts)
    cleaned = tuple(_substitution_rows(plan, context))
    return ListSheet(
        DOUBTS_SHEET[context.lang], context.title("导入存疑", "In doubt after the import"), columns, (*rows, *cleaned),
        say("没有存疑之处。", "Nothing is in doubt."), dated=_dated(plan, context),
    )  # fmt: skip


def _doubt_row(doubt: Doubt, context: SheetContext) -> tuple[Any, ...]:
    place = doubt.place
    weight = SEVERITY_LABELS[doubt.severity][context.lang]
    return (
        doubt.task or None, weight, doubt.message.in_language(context.lang), doubt.text or None,
        place.paragraph if place else None, place.page if place else None,
    )  # fmt: skip


_MOST_SUBSTITUTIONS = 2000


def _substitution_rows(plan: Plan, context: SheetContext) -> Iterator[tuple[Any, ...]]:
    """What of a damaged copy was read otherwise, stretch by stretch."""
    weight = SEVERITY_LABELS["info"][context.lang]
    for one in plan.substitutions[:_MOST_SUBSTITUTIONS]:
        if one.replacement is None:
            said = context.say("按原样保留", "left as it is")
        elif one.replacement:
            said = context.say(f"读作“{one.replacement}”", f"read as “{one.replacement}”")
        else:
            said = context.say("略去", "left out")
        yield None, weight, said, one.found, one.place.paragraph, one.place.page


def _origins(plan: Plan, context: SheetContext) -> ListSheet:
    say = context.say
    columns = (
        Column(say("涉及任务", "Concerns"), width=12), Column(say("栏目", "Field"), width=14),
        Column(say("所在段落", "Paragraph"), "number", 10),
        Column(say("所在页", "Page"), "number", 8), Column(say("起始字符", "First character"), "number", 10),
        Column(say("结束字符", "End"), "number", 10),
    )  # fmt: skip
    rows = tuple(
        (task.no or None, context.label(_FIELDS.get(key, key)), place.paragraph, place.page, place.start, place.end)
        for task in plan.tasks
        for key, place in task.places.items()
    )
    title = context.title("各栏在方案中的位置", "Where each field stands in the plan")
    empty = say("没有位置信息。", "Nothing is known.")
    return ListSheet(ORIGINS_SHEET[context.lang], title, columns, rows, empty, dated=_dated(plan, context))


def _facts(plan: Plan, context: SheetContext) -> ListSheet:
    say, facts = context.say, plan.facts
    columns = (Column(say("事项", "What"), width=16), Column(say("方案所写", "As the plan says"), "long_text", 80))
    declared = "" if facts.declared_tasks is None else f"{facts.declared_tasks}（{facts.declared_text}）"
    attachments = "\n".join(
        title + ("" if present else say("（不在这份文件里）", " (not in this file)")) for title, present in facts.attachments
    )
    rules = "\n".join(f"{rule.kind}: {rule.due}  {rule.sentence}" for rule in facts.deadline_rules)
    pairs = (
        (say("标题", "Title"), facts.title), (say("印发单位", "Issuer"), "、".join(facts.issuer)),
        (say("文号", "Document no."), facts.doc_no), (say("印发日期", "Issued"), facts.issue_date),
        (say("督察组", "Inspection"), facts.inspector), (say("督察时间", "Period"), facts.inspection_period_text),
        (say("反馈日期", "Feedback"), facts.feedback_date_text), (say("写明的任务数", "Declared tasks"), declared),
        (say("读到的任务数", "Found tasks"), str(len(plan.tasks))), (say("附件", "Attachments"), attachments),
        (say("方案的时限规定", "Rules for deadlines"), rules),
    )  # fmt: skip
    rows = tuple((name, value or None) for name, value in pairs)
    return ListSheet(
        PLAN_SHEET[context.lang], context.title("方案信息", "The plan"), columns, rows, "", dated=_dated(plan, context)
    )
