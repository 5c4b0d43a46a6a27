"""通报.docx. Names in {{ }} are explained in docs/papers.md."""

from __future__ import annotations

from papers.looks import official_page, official_parts
from papers.markup import Column, package, paragraph, table, tag
from papers.parts import CENTRE, annex, body, columns, enclosures, signature

_RANKING = columns(
    Column("名次", 700, "{{ 行.名次 }}", CENTRE),
    Column("单位", 3045, "{{ 行.单位 }}"),
    Column("任务数", 800, "{{ 行.任务数 }}", CENTRE),
    Column("已办结", 800, "{{ 行.已办结 }}", CENTRE),
    Column("办结率", 1000, "{{ 行.办结率 }}", CENTRE),
    Column("逾期", 700, "{{ 行.逾期 }}", CENTRE),
    Column("得分", 900, "{{ 行.得分 }}", CENTRE),
    Column("预警", 900, "{{ 行.预警 }}", CENTRE),
)
_ALERTS = columns(
    Column("预警", 600, "{{ 任务.预警 }}", CENTRE),
    Column("编号", 700, "{{ 任务.编号 }}", CENTRE),
    Column("问题", 3545, "{{ 任务.问题 }}"),
    Column("牵头单位", 1550, "{{ 任务.牵头单位 }}"),
    Column("责任领导", 1000, "{{ 任务.责任领导 }}", CENTRE),
    Column("到期日", 1450, "{{ 任务.到期日 }}{{ 任务.分行 }}{{ 任务.情况 }}", CENTRE),
)
_AMENDS = columns(
    Column("编号", 700, "{{ 任务.编号 }}", CENTRE),
    Column("问题", 3345, "{{ 任务.问题 }}"),
    Column("牵头单位", 1700, "{{ 任务.牵头单位 }}"),
    Column("整改时限", 1500, "{{ 任务.整改时限 }}"),
    Column("需要完善的内容", 1600, "{{ 任务.需完善 }}"),
)


def bulletin() -> bytes:
    """The package."""
    content = [
        paragraph("{{ 标题 }}", "Title"),
        paragraph("({% if 期数 %}{{ 期数 }},{% endif %}截至{{ 截至日期 }})", "Subtitle"),
        paragraph("各有关单位:", "Addressee"),
        body("为推动各项整改任务按期完成,现将截至{{ 截至日期 }}的进展情况通报如下。"),
        paragraph("一、总体情况", "Heading1"),
        body(
            "{{ 活动名称 }}共有任务{{ 任务总数 }}项。截至{{ 截至日期 }},已办结{{ 已办结 }}项,办结率{{ 办结率 }};逾期{{ 逾期 }}项,"
            "{{ 提醒天数 }}天内到期{{ 即将到期 }}项,无明确时限{{ 无明确时限 }}项。按整改状态分:{{ 状态分布 }}。"
            "{% if 上期 %}与上期({{ 上期.名称 }})相比,已办结{{ 上期.已办结 }},逾期{{ 上期.逾期 }}。{% endif %}"
        ),
        paragraph("二、各单位任务完成情况", "Heading1"),
        _standing(),
        paragraph("三、预警情况", "Heading1"),
        _light("(一)红色预警。", "红色预警", "逾期{{ 红色天数 }}天以上的任务"),
        _light("(二)黄色预警。", "黄色预警", "其他逾期{{ 黄色天数 }}天以上的任务"),
        _soon(),
        paragraph("四、报送情况", "Heading1"),
        _reporting(),
        paragraph("五、需要完善的事项", "Heading1"),
        _amending("(一)整改时限不明确。", "时限不明", "整改时限不明确", "明确到年月日"),
        _amending("(二)缺责任领导。", "缺责任领导", "缺责任领导", "明确一名责任领导"),
        paragraph("六、工作要求", "Heading1"),
        _demands(),
        paragraph("特此通报。", "BodyKept"),
        enclosures(),
        signature(),
        *_annexes(),
        official_page(),
    ]
    return package("整改进展情况通报", "".join(content), official_parts())


def _standing() -> str:
    return (
        tag("if 参加排名单位数")
        + body(
            "对任务数不少于{{ 排名最少任务数 }}项的{{ 参加排名单位数 }}个单位按完成情况计分排名"
            "{% if 排名靠前 %},排名靠前的有{{ 排名靠前 }}{% endif %}"
            "{% if 排名靠后 %},排名靠后的有{{ 排名靠后 }}{% endif %}。各单位完成情况见附件{{ 排名附件.序号 }}。"
        )
        + tag("elif 排名附件")
        + body("本期没有任务数不少于{{ 排名最少任务数 }}项的单位,不作排名。各单位完成情况见附件{{ 排名附件.序号 }}。")
        + tag("else")
        + body("各项任务均未写明牵头单位,本期不分单位统计。")
        + tag("endif")
        + tag("if 牵头单位待核实")
        + body(
            "有{{ 牵头单位待核实.项数 }}项任务没有写明牵头单位或牵头单位名称有误({{ 牵头单位待核实.任务 }}),"
            "未计入各单位,请尽快核实。"
        )
        + tag("endif")
    )


def _light(lead: str, variable: str, tasks: str) -> str:
    """Units and tasks under one light."""
    return (
        tag(f"if {variable}.项数 or {variable}.单位")
        + body(
            f"{tasks}{{{{ {variable}.项数 }}}}项,列入{variable}的单位{{{{ {variable}.单位数 }}}}个"
            f"(见附件{{{{ 任务附件.序号 }}}}){{% if {variable}.单位 %}}:{{% else %}}。{{% endif %}}",
            lead=lead,
        )
        + tag(f"for 单位 in {variable}.单位")
        + paragraph("{{ 单位.序号 }}.{{ 单位.名称 }}:{{ 单位.情况 }}{% if loop.last %}。{% else %};{% endif %}", "Item")
        + tag("endfor")
        + tag("else")
        + body("本期没有。", lead=lead)
        + tag("endif")
    )


def _soon() -> str:
    return (
        tag("if 即将到期单位")
        + body(
            "{{ 提醒天数 }}天内到期的任务{{ 即将到期 }}项:{{ 即将到期单位 }}。"
            "请抓紧推进,确保按期完成。详见附件{{ 任务附件.序号 }}。",
            lead="(三)即将到期。",
        )
        + tag("else")
        + body("{{ 提醒天数 }}天内没有到期的任务。", lead="(三)即将到期。")
        + tag("endif")
    )


def _reporting() -> str:
    return (
        tag("if 未报送")
        + body("截至{{ 截至日期 }},下列{{ 未报送数 }}个单位未报送整改进展情况,予以通报:{{ 未报送 }}。")
        + tag("endif")
        + tag("if 逾期报送")
        + body(
            "下列{{ 逾期报送数 }}个单位{% if 报送截止 %}在{{ 报送截止 }}之后报送{% else %}逾期报送{% endif %}:{{ 逾期报送 }}。"
        )
        + tag("endif")
        + tag("if not 未报送 and not 逾期报送")
        + body("{% if 有名册 %}应报送的单位均已按时报送。{% else %}本期未核对各单位报送情况。{% endif %}")
        + tag("endif")
    )


def _amending(lead: str, variable: str, title: str, wanted: str) -> str:
    """How many tasks are on a list, how many of them are closed, and whose the others are."""
    return (
        tag(f"if {variable}.待完善数")
        + body(
            f"{title}的任务{{{{ {variable}.项数 }}}}项"
            f"{{% if {variable}.已办结数 %}},除已办结的{{{{ {variable}.已办结数 }}}}项外,"
            f"还有{{{{ {variable}.待完善数 }}}}项{{% endif %}}"
            f",需{wanted}:{{{{ {variable}.单位 }}}}。详见附件{{{{ 完善附件.序号 }}}}。",
            lead=lead,
        )
        + tag(f"elif {variable}.项数")
        + body(f"{title}的任务{{{{ {variable}.项数 }}}}项,均已办结。", lead=lead)
        + tag("else")
        + body("本期没有。", lead=lead)
        + tag("endif")
    )


def _demands() -> str:
    """The last paragraph stays with the signature, so that no page holds a signature alone."""
    return paragraph(
        "请各有关单位对照通报情况抓好落实,于{{ 答复期限 }}前将办理情况书面报送{{ 落款 }}。"
        "{% if 逾期 %}有逾期任务的,逐项说明未完成的原因、采取的措施和完成日期,确实不能按期完成的按程序申请延期。{% endif %}"
        "{% if 未报送 %}未报送的,立即补报整改进展情况。{% endif %}"
        "{% if 完善附件 %}整改时限不明确、缺责任领导的,一并补报完成日期和责任领导。{% endif %}",
        "BodyKept",
    )


def _annexes() -> tuple[str, ...]:
    return (
        annex(
            "排名附件",
            table(_RANKING, "行 in 排名", description="各单位任务数、已办结数、逾期数、得分和名次")
            + tag("for 说明 in 排名说明")
            + paragraph("{{ 说明 }}", "TableNote")
            + tag("endfor"),
        ),
        annex(
            "任务附件",
            table(_ALERTS, "任务 in 预警任务", description="逾期和即将到期的任务,逾期最久的在前")
            + paragraph(
                "注:红色为逾期{{ 红色天数 }}天以上,黄色为其他逾期{{ 黄色天数 }}天以上,蓝色为{{ 提醒天数 }}天内到期。",
                "TableNote",
            ),
        ),
        annex(
            "完善附件",
            table(_AMENDS, "任务 in 待完善任务", description="整改时限不明确或缺责任领导的任务")
            + paragraph("注:“整改时限”一栏为台账原文;已办结的任务不再列出。", "TableNote"),
        ),
    )
