"""填报说明: how to fill in each column, and what the rules that will judge the list report about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.rules import chosen
from rectify_xl.template.rule_notes import Note, notes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.schema.fields import Field
    from rectify_xl.template.form import Template

# A column is judged by the family of its role, ...
_FAMILIES = {"leader": "L", "deadline": "D"}
# ... by the checks of its kind, ...
_KINDS: Mapping[str, tuple[str, ...]] = {
    "choice": ("not-allowed",),
    "percent": ("wrong-type", "out-of-range"),
    "number": ("wrong-type",),
    "date": ("wrong-type", "text-date"),
}
# ... and by rules about this one field.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "task_id": ("duplicate-task",),
    "problem": ("required-missing",),
    "measures": ("required-missing",),
    "target": ("unverifiable-target",),
    "lead_unit": (
        "missing-unit", "no-lead-unit", "unknown-unit", "former-unit-name", "alias-unit-name", "collective-unit",
        "measure-number-out-of-range",
    ),
    "coop_units": ("unit-in-both-roles", "unknown-unit", "former-unit-name", "alias-unit-name", "collective-unit"),
    "acceptance_unit": ("unknown-unit", "former-unit-name", "alias-unit-name", "collective-unit"),
    "status": ("overdue", "due-soon"),
    "progress": ("empty-progress", "vague-progress"),
    "percent": ("status-percent-mismatch",),
    "completed_on": ("done-without-date", "completed-in-future", "completed-before-issue"),
    "evidence": ("done-without-evidence",),
    "accepted_on": ("closed-without-acceptance", "date-order"),
    "publicity_end": ("publicity-too-short",),
}  # fmt: skip
TEXT_RULES = (
    "text-too-long", "control-characters", "untrimmed-text", "polluted-text", "garbled-text", "censored-text",
    "formula-like-text",
)  # fmt: skip
WHOLE_LIST_RULES = (
    "wrong-template", "missing-column", "duplicate-column", "hidden-rows", "hidden-sheet", "formula-error", "uncached-formula",
    "rounded-number", "external-links", "encrypted-file", "empty-submission",
)  # fmt: skip


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
    locked = any(template.is_fixed(row, known) for row in template.filled for known in template.schema.fields)
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
    say = template.say
    columns = [
        Entry(known.label[template.lang], owner_words(template, known.owner), _required(template, known), _how(template, known),
              _notes(template, slugs_of(known)))
        for known in template.schema.fields
    ]  # fmt: skip
    texts = _notes(template, TEXT_RULES)
    whole = _notes(template, WHOLE_LIST_RULES)
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


def slugs_of(known: Field) -> tuple[str, ...]:
    """The rules that judge one column; ``D`` stands for all of family D."""
    family = (_FAMILIES[known.role],) if known.role in _FAMILIES else ()
    return (*family, *_FIELDS.get(known.key, ()), *_KINDS.get(known.kind, ()))


def _notes(template: Template, names: tuple[str, ...]) -> tuple[Note, ...]:
    """The notes of the named rules that the campaign lets speak, in the order of ``names``."""
    rules = chosen(template.campaign.rules.select, template.campaign.rules.ignore)
    named = (rule for name in names for rule in rules if rule.slug == name or rule.code[0] == name)
    return notes(named, template.campaign, template.lang)


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
