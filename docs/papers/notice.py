"""督办函.docx. Names in {{ }} are explained in docs/papers.md."""

from __future__ import annotations

from papers.looks import official_page, official_parts
from papers.markup import Column, package, paragraph, table, tag
from papers.parts import CENTRE, body, columns, signature

_AMENDS = columns(
    Column("编号", 800, "{{ 任务.编号 }}", CENTRE),
    Column("问题", 4645, "{{ 任务.问题 }}"),
    Column("整改时限", 1800, "{{ 任务.整改时限 }}"),
    Column("责任领导", 1600, "{{ 任务.责任领导原文 }}"),
)


def notice() -> bytes:
    """The package."""
    content = [
        paragraph("{{ 标题 }}", "Title"),
        paragraph("{{ 单位 }}:", "Addressee"),
        body(
            "截至{{ 截至日期 }},"
            "{% if 任务数 %}{{ 活动名称 }}任务中由你单位牵头的共{{ 任务数 }}项,已办结{{ 已办结 }}项。{% endif %}"
            "经梳理,下列事项需抓紧办理,现函告如下。"
        ),
        _section(
            "逾期",
            "逾期任务",
            "下列{{ 逾期.项数 }}项任务已过整改时限,尚未办结。请逐项查明原因,采取有力措施限期完成;确实不能完成的,按程序申请延期。",
            _dated("逾期天数"),
        ),
        _section(
            "即将到期",
            "即将到期任务",
            "下列{{ 即将到期.项数 }}项任务将在{{ 提醒天数 }}天内到期。请抓紧推进,确保按期完成。",
            _dated("剩余天数"),
        ),
        _section(
            "时限不明",
            "整改时限不明确的任务",
            "下列{{ 时限不明.项数 }}项任务的整改时限不明确,到期无法核对。请写明完成日期,具体到年月日。",
            _AMENDS,
        ),
        _section(
            "缺责任领导",
            "缺责任领导的任务",
            "下列{{ 缺责任领导.项数 }}项任务没有写明责任领导。请每项任务明确一名责任领导,写明姓名和职务。",
            _AMENDS,
        ),
        _reporting(),
        paragraph("请于{{ 答复期限 }}前将上述事项的办理情况书面回复{{ 落款 }}。", "BodyKept"),
        paragraph("特此函告。", "BodyKept"),
        signature(),
        official_page(),
    ]
    return package("整改督办函", "".join(content), official_parts())


def _dated(days: str) -> tuple[Column, ...]:
    return columns(
        Column("编号", 800, "{{ 任务.编号 }}", CENTRE),
        Column("问题", 4195, "{{ 任务.问题 }}"),
        Column("责任领导", 1300, "{{ 任务.责任领导 }}", CENTRE),
        Column("到期日", 1450, "{{ 任务.到期日 }}", CENTRE),
        Column(days, 1100, "{{ 任务.天数 }}", CENTRE),
    )


def _section(variable: str, title: str, text: str, shown: tuple[Column, ...]) -> str:
    """A numbered section with a table, where there is anything to tell."""
    return (
        tag(f"if {variable}")
        + paragraph(f"{{{{ {variable}.序号 }}}}、{title}", "Heading1")
        + paragraph(text, "BodyKept")
        + table(shown, f"任务 in {variable}.任务", description=title)
        + tag("endif")
    )


def _reporting() -> str:
    return (
        tag("if 报送")
        + paragraph("{{ 报送.序号 }}、报送情况", "Heading1")
        + tag("if 报送.未报送")
        + body(
            "截至{{ 截至日期 }},尚未收到你单位{{ 本期 }}整改进展情况"
            "{% if 报送截止 %}(报送截止日期为{{ 报送截止 }}){% endif %}。请立即报送。"
        )
        + tag("else")
        + body(
            "你单位{{ 本期 }}整改进展情况{% if 报送.日期 %}于{{ 报送.日期 }}填报,{% endif %}"
            "晚于报送截止日期{{ 报送截止 }}。请今后按时报送。"
        )
        + tag("endif")
        + tag("endif")
    )
