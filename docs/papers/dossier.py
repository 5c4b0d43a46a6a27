"""验收销号表.docx and dossier.docx. Names in {{ }} are explained in docs/papers.md."""

from __future__ import annotations

from papers.looks import TEXT_WIDTH, official_page, official_parts
from papers.markup import Column, cell, frame, only_where, package, paragraph, row, say, table, tag
from papers.parts import CENTRE, columns
from rectify_xl.common.i18n import localise

# A name and a value, and once more: one that is short shares its line, so that the whole form stays on a page.
_NAME = 1300
_WIDTHS = (_NAME, TEXT_WIDTH // 2 - _NAME, _NAME, TEXT_WIDTH - TEXT_WIDTH // 2 - _NAME)
_DUE = "{{ 整改时限 }}{% if 到期日 %}(到期日 {{ 到期日 }}){% endif %}{{ 延期 }}"
_ROWS = (
    (("任务编号", "No.", "{{ 编号 }}"), ("整改状态", "State", "{{ 状态 }}")),
    (("问题", "Problem", "*问题"),),
    (("牵头单位", "Lead unit", "{{ 牵头单位 }}"), ("配合单位", "With", "{{ 配合单位 }}")),
    (("责任领导", "Leader", "{{ 责任领导 }}"), ("验收单位", "Accepted by", "{{ 验收单位 }}")),
    (("整改目标", "Target", "*整改目标"),),
    (("整改措施", "Measures", "*整改措施"),),
    (("整改时限", "Deadline", _DUE), ("完成日期", "Completed on", "{{ 完成日期 }}")),
    (("完成情况", "What was done", "*整改情况"),),
    (("反弹", "Came back", "?反弹"),),
)  # fmt: skip


def dossier(lang: str) -> bytes:
    """The package."""
    content = [
        paragraph("{{ 标题 }}", "FormTitle"),
        paragraph(say(lang, "(截至{{ 截至日期 }})", "(as of {{ 截至日期 }})"), "Subtitle"),
        _task(lang),
        paragraph(say(lang, "一、销号材料", "1. Materials"), "Heading1"),
        table(_materials(lang), "项 in 材料", description=localise(
            lang, "应有的销号材料,有或缺,在哪里", "The materials, there or missing, and where",
        )),
        tag("if 其他文件"),
        paragraph(say(lang, "其他文件:{{ 其他文件 }}。", "Other files: {{ 其他文件 }}."), "TableNote"),
        tag("endif"),
        paragraph(say(lang, "二、验收销号", "2. Acceptance and strike-off"), "Heading1"),
        table(_steps(lang), "步 in 步骤", description=localise(
            lang, "各步骤的日期、经办人、结论和签字", "Day, person, conclusion and signature of every step",
        ), height=500),
        official_page(),
    ]  # fmt: skip
    return package(say(lang, "验收销号表", "Acceptance and strike-off"), "".join(content), official_parts(lang))


def _task(lang: str) -> str:
    rows = []
    for at, pairs in enumerate(_ROWS):
        cells = []
        for zh, en, text in pairs:
            value = _lines(text[1:]) if text[0] in "*?" else paragraph(_deadline(lang, text), "TableText")
            cells.append(cell(paragraph(say(lang, zh, en), "TableHead", alone=True), _NAME, shade="EDEDED"))
            cells.append(cell(value, _WIDTHS[1]) if len(pairs) > 1 else cell(value, sum(_WIDTHS[1:]), span=3))
        one = row(cells, properties="<w:tblHeader/>" if at == 0 else "", splits=len(pairs) == 1)
        rows += only_where(text[1:], _WIDTHS, one) if text.startswith("?") else [one]
    return frame(_WIDTHS, rows, description=localise(lang, "任务的内容", "The task"))


def _deadline(lang: str, text: str) -> str:
    return say(lang, text, text.replace("(到期日 ", " (due "))


def _lines(variable: str) -> str:
    """The lines of a text as paragraphs of one cell."""
    return (
        paragraph(f"{{%p for 行 in {variable} %}}", "TableText") + paragraph("{{ 行 }}", "TableText")
        + paragraph("{%p endfor %}", "TableText") + paragraph(f"{{%p if not {variable} %}}", "TableText")
        + paragraph("", "TableText") + paragraph("{%p endif %}", "TableText")
    )  # fmt: skip


def _materials(lang: str) -> tuple[Column, ...]:
    return columns(
        Column(say(lang, "序号", "No."), 700, "{{ 项.序号 }}", CENTRE),
        Column(say(lang, "材料", "Material"), 2400, "{{ 项.名称 }}"),
        Column(say(lang, "有", "There"), 900, "{{ 项.有 }}", CENTRE),
        Column(say(lang, "缺", "Missing"), 1100, "{{ 项.缺 }}", CENTRE),
        Column(say(lang, "所在", "Where"), 3745, "{{ 项.所在 }}"),
    )


def _steps(lang: str) -> tuple[Column, ...]:
    return columns(
        Column(say(lang, "步骤", "Step"), 1300, "{{ 步.名称 }}", CENTRE),
        Column(say(lang, "日期", "Day"), 2450, "{{ 步.日期 }}", CENTRE),
        Column(say(lang, "经办人", "Person"), 1595, "{{ 步.人 }}", CENTRE),
        Column(say(lang, "结论", "Conclusion"), 1800, ""),
        Column(say(lang, "签字(盖章)", "Signature (seal)"), 1700, ""),
    )
