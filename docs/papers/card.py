"""任务卡.docx: one page for a unit or a leader. Names in {{ }} are explained in docs/papers.md."""

from __future__ import annotations

from papers.looks import CARD_WIDTH, card_page, card_parts
from papers.markup import Column, cell, frame, package, paragraph, row, table, tag
from papers.parts import CENTRE, columns

_FIGURES = ("任务数", "已办结", "逾期", "即将到期", "无明确时限")
_TASKS = columns(
    Column("编号", 700, "{{ 任务.编号 }}", CENTRE),
    Column("问题", 4006, "{{ 任务.问题 }}"),
    Column("{{ 对方 }}", 1700, "{{ 任务.对方 }}"),
    Column("到期日", 1600, "{{ 任务.到期日 }}", CENTRE),
    Column("整改状态", 1000, "{{ 任务.状态 }}", CENTRE),
    Column("预警", 1200, "{{ 任务.情况 }}", CENTRE),
    whole=CARD_WIDTH,
)


def card() -> bytes:
    """The package."""
    content = [
        paragraph("{{ 名称 }}整改任务卡", "Title"),
        paragraph("{% if 职务 %}{{ 职务 }}　{% endif %}{{ 活动名称 }}　截至{{ 截至日期 }}", "Subtitle"),
        _figures(),
        paragraph("{{ 请办标题 }}", "Heading1"),
        tag("for 事项 in 请办事项"),
        paragraph("{{ 事项.序号 }}.{{ 事项.内容 }}", "BodyText"),
        tag("endfor"),
        tag("if not 请办事项"),
        paragraph("没有需要催办的事项,请按计划推进。", "BodyText"),
        tag("endif"),
        tag("if 任务清单"),
        paragraph("任务清单", "Heading1"),
        table(_TASKS, "任务 in 任务清单", description="任务及其到期日、整改状态和预警,最急的在前"),
        paragraph("注:预警按{{ 截至日期 }}判断;问题全文和来源见总台账。", "TableNote"),
        tag("endif"),
        card_page(),
    ]
    return package("整改任务卡", "".join(content), card_parts())


def _figures() -> str:
    """The large figures, with their names above them."""
    widths = [CARD_WIDTH // len(_FIGURES)] * len(_FIGURES)
    widths[-1] += CARD_WIDTH - sum(widths)
    names = [cell(paragraph(name, "FigureName"), width, shade="EDEDED") for name, width in zip(_FIGURES, widths, strict=True)]
    figures = [cell(paragraph(f"{{{{ {name} }}}}", "Figure"), width) for name, width in zip(_FIGURES, widths, strict=True)]
    description = f"{'、'.join(_FIGURES)}的项数"
    return frame(widths, [row(names, properties="<w:tblHeader/>"), row(figures)], description=description)
