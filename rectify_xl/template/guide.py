"""填报说明: how to fill in each column, and what the rules that will judge the list report about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.common.findings import Severity
from rectify_xl.rules.selection import check_choice, chosen

if TYPE_CHECKING:
    from rectify_xl.rules import FieldSelector
    from rectify_xl.schema.fields import Field
    from rectify_xl.template.form import Template


@dataclass(frozen=True, slots=True)
class Note:
    """What one rule will report: its title, how much it weighs, a wrong and a right example."""

    slug: str
    title: str
    severity: Severity
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the instructions: a column, or what holds for several."""

    label: str
    owner: str
    required: str
    how: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Tip:
    """One sentence at the top; ``sample`` names the look that it explains, if any, shown with ``sample_text``."""

    text: str
    sample: Literal["", "office", "unit", "fixed", "red", "required"] = ""
    sample_text: str = ""


def tips(template: Template) -> tuple[Tip, ...]:
    """What to know before beginning."""
    say = template.say
    locked = any(template.is_fixed(row, known) for row in template.filled for known in template.columns)
    found = (
        Tip(say("每项任务填一行；同一任务分几行写的，续行的编号和问题留空。",
                "One row per task; where a task goes on over more rows, leave number and problem blank there.")),
        Tip(say("蓝色列由整改办确定：已经下发的不要改动，没有下发的照整改方案填写；有疑问请与整改办联系。",
                "Blue columns are the office's: leave what is filled in, copy the rest from the plan, ask when in doubt."),
            "office", say("整改办", "office")),
        Tip(say("绿色列由填报单位填写。", "Green columns are for the reporting unit."), "unit", say("填报单位", "unit")),
        Tip(say("红字的列名为必填。", "Headings in red are required."), "required", say("必填", "required")),
        Tip(say("填写时变红的单元格：漏填了必填内容，或者时限含糊、到期无法核对。",
                "A cell that turns red while you type: something required is missing, or the deadline is vague."),
            "red", say("变红", "red")),
        Tip(say("灰色单元格是整改办下发的内容，已锁定。", "Grey cells were filled in by the office and are locked."),
            "fixed", say("锁定", "locked")) if locked else None,
        Tip(say("点选单元格会显示填写提示；有下拉箭头的可以直接选择，单位、责任领导也可以自己写。",
                "Select a cell to see its hint; where there is a dropdown choose from it, units and leaders may also be typed.")),
        Tip(say("工作表的保护没有密码，只为防止误改表头；确需调整时用“审阅-撤销工作表保护”。",
                "The sheet's protection has no password and only guards the headings; Review - Unprotect Sheet takes it off.")),
        Tip(say("不要改列名，不要删列，不要合并单元格；用 Excel、WPS 或 LibreOffice 都可以，"
            "存为 .xlsx、.xls、.et、.ods 均能读取。",
                "Do not rename or delete columns, do not merge cells; use Excel, WPS or LibreOffice and save as .xlsx, .xls, "
                ".et or .ods.")),
    )  # fmt: skip
    return tuple(tip for tip in found if tip)


def entries(template: Template) -> tuple[Entry, ...]:
    """The columns in order, then what holds for all texts and for the whole list."""
    say, notes = template.say, _notes(template)
    columns = [
        Entry(known.label[template.lang], owner_words(template, known.owner), _required(template, known), _how(template, known),
              _about(known, notes))
        for known in template.columns if not template.is_hidden(known)
    ]  # fmt: skip
    texts = tuple(note for fields, note in notes if fields.any_text)
    whole = tuple(note for fields, note in notes if fields.any_cell or fields.is_empty)
    every = say("所有文字", "All texts"), say("整张表", "The whole list")
    how = say("从其他文件粘贴时用“只保留文本”。", "When pasting from elsewhere, paste text only.")
    returned = say("报送前打开看一遍，再发给整改办。", "Look through it once more before sending it.")
    rest = (Entry(every[0], "", "", how, texts), Entry(every[1], "", "", returned, whole))
    return (*columns, *(entry for entry in rest if entry.notes))


def owner_words(template: Template, owner: str) -> str:
    """Who fills in a column, as the template says it."""
    return (
        template.say("由整改办确定", "Set by the office") if owner == "office" else template.say("由填报单位填写", "By the unit")
    )


def _notes(template: Template) -> list[tuple[FieldSelector, Note]]:
    """What may be reported to a unit that fills in the list, in the order of the rules, and about which columns.

    Left out are remarks for the office, rules that compare lists with each other, and rules for which the campaign gives
    nothing to compare with.
    """
    choice, found = template.campaign.rules, []
    check_choice(choice)
    for rule in chosen(choice.select, choice.ignore):
        severity = rule.level_under(choice.severity)
        if rule.scope == "list" and severity is not Severity.INFO and rule.applies(template.campaign):
            parts = rule.documentation(template.lang)
            note = Note(rule.slug, parts.title, severity, "\n".join(parts.wrong), "\n".join(parts.right))
            found.append((rule.fields, note))
    return found


def _about(known: Field, notes: list[tuple[FieldSelector, Note]]) -> tuple[Note, ...]:
    """The notes on one column: those on this very field first, then those on all columns of its role, then of its kind."""
    own = [(fields, note) for fields, note in notes if fields.selects(known) and not fields.is_general]
    own.sort(key=lambda found: (known.key not in found[0].keys, known.role not in found[0].roles))
    return tuple(note for _, note in own)


def _required(template: Template, known: Field) -> str:
    if not known.required:
        return ""
    if known.required == "true":
        return template.say("必填", "required")
    others = [other.label[template.lang] for other in template.schema.fields if other.required == known.required]
    return template.say(f"{'、'.join(others)}至少填一项", f"one of {', '.join(others)}")


def _how(template: Template, known: Field) -> str:
    """The column's hint, with its choices where they are fixed."""
    parts = [known.hint[template.lang]] if known.hint.get(template.lang) else []
    if known.choices:
        parts.append(template.say("可选：", "One of: ") + "、".join(known.choices))
    return "\n".join(parts)
