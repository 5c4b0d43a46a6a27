"""公示稿.docx and publicity.docx. Names in {{ }} are explained in docs/papers.md."""

from __future__ import annotations

from papers.looks import official_page, official_parts
from papers.markup import package, paragraph, say, tag
from papers.parts import body, signature

_SECTIONS = (
    ("问题", "问题", "Problem"), ("整改目标", "整改目标", "Target"), ("整改措施", "整改措施", "Measures"),
    ("整改时限", "整改时限", "Deadline"),
)  # fmt: skip


def publicity(lang: str) -> bytes:
    """The package."""
    content = [
        paragraph("{{ 标题 }}", "Title"),
        paragraph("", "BodyText"),
        body(say(
            lang,
            "按照{{ 活动名称 }}工作要求,{% if 编号 %}任务{{ 编号 }}{% else %}下列任务{% endif %}已完成整改"
            "{% if 验收日期 %},并于{{ 验收日期 }}通过验收{% endif %}。为接受社会监督,现将有关情况公示如下。",
            "{% if 编号 %}Task {{ 编号 }}{% else %}The following task{% endif %} of {{ 活动名称 }} has been completed"
            "{% if 验收日期 %} and was accepted on {{ 验收日期 }}{% endif %}. It is made public as follows.",
        )),
        _section(lang, 1, "问题", "问题", "Problem"),
        paragraph(say(lang, "二、整改实施单位", "2. Implementing unit"), "Heading1"),
        body(say(
            lang, "{{ 实施单位 }}{% if 配合单位 %}(配合单位:{{ 配合单位 }}){% endif %}。",
            "{{ 实施单位 }}{% if 配合单位 %} (with {{ 配合单位 }}){% endif %}.",
        )),
        *(_section(lang, number, *names) for number, names in enumerate(_SECTIONS[1:], 3)),
        _section(lang, 6, "整改情况", "整改完成情况", "What was done"),
        tag("if 完成日期"),
        body(say(lang, "完成日期:{{ 完成日期 }}。", "Completed on {{ 完成日期 }}.")),
        tag("endif"),
        paragraph(say(lang, "七、公示期", "7. Period"), "Heading1"),
        body(say(
            lang,
            "{{ 公示开始 }}至{{ 公示结束 }}{% if 公示天数 %},共{{ 公示天数 }}{% endif %}。"
            "{% if 公示媒介 %}公示媒介:{{ 公示媒介 }}。{% endif %}",
            "{{ 公示开始 }} to {{ 公示结束 }}{% if 公示天数 %}, {{ 公示天数 }}{% endif %}."
            "{% if 公示媒介 %} Published in: {{ 公示媒介 }}.{% endif %}",
        )),
        paragraph(say(lang, "八、意见反映", "8. Objections"), "Heading1"),
        paragraph(say(
            lang,
            "公示期间,单位和个人对以上整改情况有异议的,请在{{ 公示结束 }}前(含当日)以书面、来电等形式向{{ 受理单位 }}反映。"
            "联系电话:{{ 联系电话 }}。",
            "Objections may be raised in writing or by telephone until {{ 公示结束 }} (that day included) with {{ 受理单位 }},"
            " telephone {{ 联系电话 }}.",
        ), "BodyKept"),
        paragraph(say(lang, "特此公示。", "This notice is made public."), "BodyKept"),
        signature(),
        official_page(),
    ]  # fmt: skip
    return package(say(lang, "整改完成情况公示", "Public notice"), "".join(content), official_parts(lang))


def _section(lang: str, number: int, variable: str, zh: str, en: str) -> str:
    """A heading, and the lines of a text below it, each a paragraph."""
    return (
        paragraph(say(lang, f"{'一二三四五六七八'[number - 1]}、{zh}", f"{number}. {en}"), "Heading1")
        + tag(f"for 段 in {variable}")
        + body("{{ 段 }}")
        + tag("endfor")
    )
