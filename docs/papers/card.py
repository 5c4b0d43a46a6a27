"""任务卡.docx and card.docx: one page for a unit or a leader. Names in {{ }} are explained in docs/papers.md."""

from __future__ import annotations

from papers.looks import CARD_WIDTH, card_page, card_parts
from papers.markup import Column, cell, frame, package, paragraph, row, say, table, tag
from papers.parts import CENTRE, columns
from rectify_xl.common.i18n import localise

_FIGURES = {
    "任务数": "Tasks", "已办结": "Closed", "逾期": "Overdue", "即将到期": "Due soon", "无明确时限": "No clear deadline",
}  # fmt: skip


def card(lang: str) -> bytes:
    """The package."""
    content = [
        paragraph(say(lang, "{{ 名称 }}整改任务卡", "Task card: {{ 名称 }}"), "Title"),
        paragraph(say(
            lang, "{% if 职务 %}{{ 职务 }}　{% endif %}{{ 活动名称 }}　截至{{ 截至日期 }}",
            "{% if 职务 %}{{ 职务 }}  {% endif %}{{ 活动名称 }}  as of {{ 截至日期 }}",
        ), "Subtitle"),
        _figures(lang),
        paragraph("{{ 请办标题 }}", "Heading1"),
        tag("for 事项 in 请办事项"),
        paragraph(say(lang, "{{ 事项.序号 }}.{{ 事项.内容 }}", "{{ 事项.序号 }}. {{ 事项.内容 }}"), "BodyText"),
        tag("endfor"),
        tag("if not 请办事项"),
        paragraph(say(lang, "没有需要催办的事项,请按计划推进。", "Nothing is urgent; please go on as planned."), "BodyText"),
        tag("endif"),
        tag("if 任务清单"),
        paragraph(say(lang, "任务清单", "Tasks"), "Heading1"),
        table(
            _tasks(lang), "任务 in 任务清单",
            description=localise(
                lang, "任务及其到期日、整改状态和预警,最急的在前",
                "Tasks with due dates, states and warnings, the most urgent first",
            ),
        ),
        paragraph(say(
            lang, "注:预警按{{ 截至日期 }}判断;问题全文和来源见总台账。",
            "Note: warnings are as of {{ 截至日期 }}; full texts and sources stand in the master workbook.",
        ), "TableNote"),
        tag("endif"),
        tag("if 历次变更"),
        paragraph(say(lang, "历次变更", "Round after round"), "Heading1"),
        table(
            _life(lang), "变更 in 历次变更",
            description=localise(
                lang, "各项任务最近几次变更的轮次、单位和内容", "What changed in the tasks, with round and unit",
            ),
        ),
        paragraph(say(
            lang, "注:每项任务只列最近几次变更,全部变更见总台账的“变更记录”。",
            "Note: the last changes of each task; all of them stand in Changes of the master workbook.",
        ), "TableNote"),
        tag("endif"),
        card_page(),
    ]  # fmt: skip
    return package(say(lang, "整改任务卡", "Task card"), "".join(content), card_parts(lang))


def _tasks(lang: str) -> tuple[Column, ...]:
    return columns(
        Column(say(lang, "编号", "No."), 700, "{{ 任务.编号 }}", CENTRE),
        Column(say(lang, "问题", "Problem"), 4006, "{{ 任务.问题 }}"),
        Column("{{ 对方 }}", 1700, "{{ 任务.对方 }}"),
        Column(say(lang, "到期日", "Due"), 1600, "{{ 任务.到期日 }}", CENTRE),
        Column(say(lang, "整改状态", "State"), 1000, "{{ 任务.状态 }}", CENTRE),
        Column(say(lang, "预警", "Warning"), 1200, "{{ 任务.情况 }}", CENTRE),
        whole=CARD_WIDTH,
    )


def _life(lang: str) -> tuple[Column, ...]:
    return columns(
        Column(say(lang, "编号", "No."), 700, "{{ 变更.编号 }}", CENTRE),
        Column(say(lang, "轮次", "Round"), 1200, "{{ 变更.轮次 }}", CENTRE),
        Column(say(lang, "单位", "Unit"), 2300, "{{ 变更.单位 }}"),
        Column(say(lang, "变更内容", "Change"), 6006, "{{ 变更.内容 }}"),
        whole=CARD_WIDTH,
    )


def _figures(lang: str) -> str:
    """The large figures, with their names above them."""
    widths = [CARD_WIDTH // len(_FIGURES)] * len(_FIGURES)
    widths[-1] += CARD_WIDTH - sum(widths)
    shown = [say(lang, zh, en) for zh, en in _FIGURES.items()]
    names = [cell(paragraph(name, "FigureName"), width, shade="EDEDED") for name, width in zip(shown, widths, strict=True)]
    figures = [cell(paragraph(f"{{{{ {name} }}}}", "Figure"), width) for name, width in zip(_FIGURES, widths, strict=True)]
    description = localise(lang, f"{'、'.join(shown)}的项数", f"Numbers of tasks: {', '.join(shown)}")
    return frame(widths, [row(names, properties="<w:tblHeader/>"), row(figures)], description=description)
