"""通报.docx and bulletin.docx. Names in {{ }} are explained in docs/papers.md."""

from __future__ import annotations

from papers.looks import official_page, official_parts
from papers.markup import Column, package, paragraph, say, table, tag
from papers.parts import CENTRE, annex, body, columns, enclosures, signature
from rectify_xl.common.i18n import localise


def bulletin(lang: str) -> bytes:
    """The package."""
    content = [
        paragraph("{{ 标题 }}", "Title"),
        paragraph(say(
            lang, "({% if 期数 %}{{ 期数 }},{% endif %}截至{{ 截至日期 }})",
            "({% if 期数 %}{{ 期数 }}, {% endif %}as of {{ 截至日期 }})",
        ), "Subtitle"),
        paragraph(say(lang, "各有关单位:", "To all units concerned:"), "Addressee"),
        body(say(
            lang, "为推动各项整改任务按期完成,现将截至{{ 截至日期 }}的进展情况通报如下。",
            "So that all rectification tasks are completed in time, the progress as of {{ 截至日期 }} is made known as follows.",
        )),
        paragraph(say(lang, "一、总体情况", "1. Overview"), "Heading1"),
        body(say(
            lang,
            "{{ 活动名称 }}共有任务{{ 任务总数 }}项。截至{{ 截至日期 }},已办结{{ 已办结 }}项,办结率{{ 办结率 }};"
            "逾期{{ 逾期 }}项{{ 逾期存疑 }},{{ 提醒天数 }}天内到期{{ 即将到期 }}项,"
            "无明确时限{{ 无明确时限 }}项。按整改状态分:{{ 状态分布 }}。{{ 办结说明 }}"
            "{% if 进度分布 %}按序时进度分:{{ 进度分布 }}。"
            "{% if 进度滞后单位 %}未达到序时进度的任务:{{ 进度滞后单位 }}。{% endif %}{% endif %}"
            "{% if 上期 %}与上期({{ 上期.名称 }})相比,已办结{{ 上期.已办结 }},逾期{{ 上期.逾期 }}。{% endif %}",
            "{{ 活动名称 }} comprises {{ 任务总数 }} tasks. As of {{ 截至日期 }}, {{ 已办结 }} are closed ({{ 办结率 }}),"
            " {{ 逾期 }} are overdue{{ 逾期存疑 }}, {{ 即将到期 }} are due within {{ 提醒天数 }} days and {{ 无明确时限 }}"
            " have no clear deadline. By state: {{ 状态分布 }}.{{ 办结说明 }}"
            "{% if 进度分布 %} By pace: {{ 进度分布 }}."
            "{% if 进度滞后单位 %} Behind their plan: {{ 进度滞后单位 }}.{% endif %}{% endif %}"
            "{% if 上期 %} Compared with {{ 上期.名称 }}: closed {{ 上期.已办结 }}, overdue {{ 上期.逾期 }}.{% endif %}",
        )),
        paragraph(say(lang, "二、各单位任务完成情况", "2. Completion by unit"), "Heading1"),
        _standing(lang),
        paragraph(say(lang, "三、预警情况", "3. Warnings"), "Heading1"),
        tag("if 预警灯"),
        _lights(lang),
        tag("else"),
        _light(
            lang, "红色预警", say(lang, "(一)红色预警。", "(1) Red. "),
            say(lang, "逾期{{ 红色天数 }}天以上的任务", "Tasks overdue by {{ 红色天数 }} days or more"),
        ),
        _light(
            lang, "黄色预警", say(lang, "(二)黄色预警。", "(2) Yellow. "),
            say(lang, "其他逾期{{ 黄色天数 }}天以上的任务", "Other tasks overdue by {{ 黄色天数 }} days or more"),
        ),
        tag("if 预警说明"),
        body("{{ 预警说明 }}"),
        tag("endif"),
        tag("endif"),
        _soon(lang),
        _forecasts(lang),
        paragraph(say(lang, "四、报送情况", "4. Reporting"), "Heading1"),
        _reporting(lang),
        paragraph(say(lang, "五、需要完善的事项", "5. To be completed"), "Heading1"),
        _amending(
            lang, "时限不明", say(lang, "(一)整改时限不明确。", "(1) Deadline not clear. "),
            say(lang, "整改时限不明确", "without a clear deadline"), say(lang, "明确到年月日", "named with year, month and day"),
        ),
        _amending(
            lang, "缺责任领导", say(lang, "(二)缺责任领导。", "(2) No responsible leader. "),
            say(lang, "缺责任领导", "without a responsible leader"), say(lang, "明确一名责任领导", "given one leader"),
        ),
        paragraph(say(lang, "六、工作要求", "6. What is required"), "Heading1"),
        _demands(lang),
        paragraph(say(lang, "特此通报。", "This bulletin is for your action."), "BodyKept"),
        enclosures(lang),
        signature(),
        *_annexes(lang),
        official_page(),
    ]  # fmt: skip
    return package(say(lang, "整改进展情况通报", "Bulletin on the progress"), "".join(content), official_parts(lang))


def _ranking(lang: str, *, by_roster: bool = False) -> tuple[Column, ...]:
    """Ranked by points, or numbered in the roster's order with how each has reported."""
    first = (say(lang, "序号", "No."), "{{ 行.序号 }}") if by_roster else (say(lang, "名次", "Rank"), "{{ 行.名次 }}")
    last = (say(lang, "报送", "Reported"), "{{ 行.报送 }}") if by_roster else (say(lang, "得分", "Score"), "{{ 行.得分 }}")
    zh, en = (700, 3045, 800, 800, 1000, 700, 900, 900), (700, 2345, 900, 900, 1000, 1000, 900, 1100)
    columns_of = (
        first, (say(lang, "单位", "Unit"), "{{ 行.单位 }}"),
        (say(lang, "任务数", "Tasks"), "{{ 行.任务数 }}"), (say(lang, "已办结", "Closed"), "{{ 行.已办结 }}"),
        (say(lang, "办结率", "Closed %"), "{{ 行.办结率 }}"), (say(lang, "逾期", "Overdue"), "{{ 行.逾期 }}"),
        last, (say(lang, "预警", "Warning"), "{{ 行.预警 }}"),
    )  # fmt: skip
    widths = en if lang == "en" else zh
    return columns(*(
        Column(head, width, content, "TableText" if content == "{{ 行.单位 }}" else CENTRE)
        for (head, content), width in zip(columns_of, widths, strict=True)
    ))  # fmt: skip


def _alerts(lang: str) -> tuple[Column, ...]:
    light, problem, leader, due = (800, 2845, 1100, 1850) if lang == "en" else (600, 3245, 1000, 1750)
    return columns(
        Column(say(lang, "预警", "Warning"), light, "{{ 任务.预警 }}", CENTRE),
        Column(say(lang, "编号", "No."), 700, "{{ 任务.编号 }}", CENTRE),
        Column(say(lang, "问题", "Problem"), problem, "{{ 任务.问题 }}"),
        Column(say(lang, "牵头单位", "Lead unit"), 1550, "{{ 任务.牵头单位 }}"),
        Column(say(lang, "责任领导", "Leader"), leader, "{{ 任务.责任领导 }}", CENTRE),
        Column(say(lang, "到期日", "Due"), due, "{{ 任务.到期日 }}{{ 任务.分行 }}{{ 任务.情况 }}", CENTRE),
    )


def _amends(lang: str) -> tuple[Column, ...]:
    return columns(
        Column(say(lang, "编号", "No."), 700, "{{ 任务.编号 }}", CENTRE),
        Column(say(lang, "问题", "Problem"), 3345, "{{ 任务.问题 }}"),
        Column(say(lang, "牵头单位", "Lead unit"), 1700, "{{ 任务.牵头单位 }}"),
        Column(say(lang, "整改时限", "Deadline"), 1500, "{{ 任务.整改时限 }}"),
        Column(say(lang, "需要完善的内容", "To be completed"), 1600, "{{ 任务.需完善 }}"),
    )


def _standing(lang: str) -> str:
    return (
        tag("if 参加排名单位数")
        + body(say(
            lang,
            "对任务数不少于{{ 排名最少任务数 }}项的{{ 参加排名单位数 }}个单位按完成情况计分排名"
            "{% if 排名靠前 %},排名靠前的有{{ 排名靠前 }}{% endif %}"
            "{% if 排名靠后 %},排名靠后的有{{ 排名靠后 }}{% endif %}。各单位完成情况见附件{{ 排名附件.序号 }}。",
            "Units with at least {{ 排名最少任务数 }} tasks ({{ 参加排名单位数 }}) are ranked by what they have completed"
            "{% if 排名靠前 %}; first are {{ 排名靠前 }}{% endif %}"
            "{% if 排名靠后 %}; last are {{ 排名靠后 }}{% endif %}. See enclosure {{ 排名附件.序号 }} for every unit.",
        ))
        + tag("elif 按名册 and 排名附件")
        + body(say(
            lang,
            "各单位完成情况按单位名册的顺序列出,未报送的一并列出,见附件{{ 排名附件.序号 }}。",
            "Enclosure {{ 排名附件.序号 }} lists all units in the order of the roster, with those that have not reported.",
        ))
        + tag("elif 排名附件")
        + body(say(
            lang,
            "本期没有任务数不少于{{ 排名最少任务数 }}项的单位,不作排名。各单位完成情况见附件{{ 排名附件.序号 }}。",
            "No unit has {{ 排名最少任务数 }} tasks or more, so there is no ranking. See enclosure {{ 排名附件.序号 }} for every"
            " unit.",
        ))
        + tag("elif 任务总数")
        + body(say(
            lang, "各项任务均未写明牵头单位,本期不分单位统计。", "No task names a lead unit, so nothing is counted by unit.",
        ))
        + tag("else")
        + body(say(lang, "本期没有任务。", "There is no task."))
        + tag("endif")
        + tag("if 牵头单位待核实")
        + body(say(
            lang,
            "有{{ 牵头单位待核实.项数 }}项任务没有写明牵头单位或牵头单位名称有误({{ 牵头单位待核实.任务 }}),"
            "未计入各单位,请尽快核实。",
            "Tasks that name no lead unit or a wrong one: {{ 牵头单位待核实.项数 }} ({{ 牵头单位待核实.任务 }}); they count"
            " for no unit. Please check them soon.",
        ))
        + tag("endif")
    )  # fmt: skip


def _light(lang: str, variable: str, lead: str, tasks: str) -> str:
    """Units and tasks under one light."""
    count, units, where = f"{{{{ {variable}.项数 }}}}", f"{{{{ {variable}.单位数 }}}}", "{{ 任务附件.序号 }}"
    doubt, listed = f"{{{{ {variable}.存疑 }}}}", f"{{% if {variable}.单位 %}}"
    note = f"{{{{ {variable}.说明 }}}}"
    return (
        tag(f"if {variable}.项数 or {variable}.单位")
        + body(say(
            lang,
            f"{tasks}{count}项{doubt},列入{variable}的单位{units}个(见附件{where}{note}){listed}:{{% else %}}。{{% endif %}}",
            f"{tasks}: {count}{doubt}; units listed: {units} (see enclosure {where}{note}){listed}:{{% else %}}.{{% endif %}}",
        ), lead=lead)
        + tag(f"for 单位 in {variable}.单位")
        + _item(lang)
        + tag("endfor")
        + tag("else")
        + body(say(lang, "本期没有。", "None in this round."), lead=lead)
        + tag("endif")
    )  # fmt: skip


def _lights(lang: str) -> str:
    """Units and tasks under each light of the campaign's own conditions."""
    lead = say(lang, "({{ 灯.序号 }}){{ 灯.名称 }}预警。", "({{ 灯.序号 }}) {{ 灯.名称 }}. ")
    return (
        tag("for 灯 in 预警灯")
        + tag("if 灯.项数 or 灯.单位")
        + body(say(
            lang,
            "{{ 灯.条件 }}的任务{{ 灯.项数 }}项{{ 灯.存疑 }},列入{{ 灯.名称 }}预警的单位{{ 灯.单位数 }}个"
            "(见附件{{ 任务附件.序号 }}{{ 灯.说明 }}){% if 灯.单位 %}:{% else %}。{% endif %}",
            "Tasks {{ 灯.条件 }}: {{ 灯.项数 }}{{ 灯.存疑 }}; units listed: {{ 灯.单位数 }}"
            " (see enclosure {{ 任务附件.序号 }}{{ 灯.说明 }}){% if 灯.单位 %}:{% else %}.{% endif %}",
        ), lead=lead)
        + tag("for 单位 in 灯.单位")
        + _item(lang)
        + tag("endfor")
        + tag("else")
        + body(say(lang, "本期没有。", "None in this round."), lead=lead)
        + tag("endif")
        + tag("endfor")
    )  # fmt: skip


def _item(lang: str) -> str:
    return paragraph(say(
        lang, "{{ 单位.序号 }}.{{ 单位.名称 }}:{{ 单位.情况 }}{% if loop.last %}。{% else %};{% endif %}",
        "{{ 单位.序号 }}. {{ 单位.名称 }}: {{ 单位.情况 }}{% if loop.last %}.{% else %};{% endif %}",
    ), "Item")  # fmt: skip


def _forecasts(lang: str) -> str:
    """What the units themselves do not expect to be done in time; nothing where they say nothing of the kind."""
    return (
        tag("if 预判")
        + body(say(
            lang,
            "{{ 预判 }}:{{ 预判单位 }}。请逐项研究推进措施,确实不能按期完成的,在到期前按程序申请延期。",
            "Of the tasks not overdue, {{ 预判 }}: {{ 预判单位 }}. Please see what can be done, and apply for an extension before"
            " the day where that is impossible.",
        ), lead=say(lang, "({{ 预判序号 }})预计不能按期。", "({{ 预判序号 }}) Not expected in time. "))
        + tag("endif")
    )  # fmt: skip


def _soon(lang: str) -> str:
    lead = say(lang, "({{ 即将到期序号 }})即将到期。", "({{ 即将到期序号 }}) Due soon. ")
    return (
        tag("if 即将到期单位")
        + body(say(
            lang,
            "{{ 提醒天数 }}天内到期的任务{{ 即将到期 }}项{{ 即将到期分档 }}:{{ 即将到期单位 }}。"
            "请抓紧推进,确保按期完成。详见附件{{ 任务附件.序号 }}。",
            "Tasks due within {{ 提醒天数 }} days: {{ 即将到期 }}{{ 即将到期分档 }}, by unit {{ 即将到期单位 }}."
            " Please see that they are completed in time. Details in enclosure {{ 任务附件.序号 }}.",
        ), lead=lead)
        + tag("else")
        + body(say(
            lang, "{{ 提醒天数 }}天内没有到期的任务。", "No task is due within {{ 提醒天数 }} days.",
        ), lead=lead)
        + tag("endif")
    )  # fmt: skip


def _reporting(lang: str) -> str:
    return (
        tag("if 未报送")
        + body(say(
            lang,
            "截至{{ 截至日期 }},下列{{ 未报送数 }}个单位未报送整改进展情况,予以通报:{{ 未报送 }}。",
            "Units without a report on their progress as of {{ 截至日期 }}: {{ 未报送数 }} ({{ 未报送 }}).",
        ))
        + tag("endif")
        + tag("if 逾期报送")
        + body(say(
            lang,
            "下列{{ 逾期报送数 }}个单位{% if 报送截止 %}在{{ 报送截止 }}之后报送{% else %}逾期报送{% endif %}:{{ 逾期报送 }}。",
            "Units that reported {% if 报送截止 %}after {{ 报送截止 }}{% else %}late{% endif %}: {{ 逾期报送数 }}"
            " ({{ 逾期报送 }}).",
        ))
        + tag("endif")
        + tag("if not 未报送 and not 逾期报送")
        + body(say(
            lang,
            "{% if 有名册 %}应报送的单位均已按时报送。{% else %}本期未核对各单位报送情况。{% endif %}",
            "{% if 有名册 %}All units that had to report did so in time.{% else %}Reporting was not checked.{% endif %}",
        ))
        + tag("endif")
    )  # fmt: skip


def _amending(lang: str, variable: str, lead: str, title: str, wanted: str) -> str:
    """How many tasks are on a list, how many of them are closed, and whose the others are."""
    count, closed = f"{{{{ {variable}.项数 }}}}", f"{{{{ {variable}.已办结数 }}}}"
    left, units = f"{{{{ {variable}.待完善数 }}}}", f"{{{{ {variable}.单位 }}}}"
    enclosure, note = "{{ 完善附件.序号 }}", f"{{{{ {variable}.说明 }}}}"
    return (
        tag(f"if {variable}.待完善数")
        + body(say(
            lang,
            f"{title}的任务{count}项"
            f"{{% if {variable}.已办结数 %}},除已办结的{closed}项外,还有{left}项{{% endif %}}"
            f",需{wanted}:{units}。{note}详见附件{enclosure}。",
            f"Tasks {title}: {count}"
            f"{{% if {variable}.已办结数 %}}; closed {closed}, open {left}{{% endif %}}"
            f". To be {wanted}: {units}.{note} Details in enclosure {enclosure}.",
        ), lead=lead)
        + tag(f"elif {variable}.项数")
        + body(say(
            lang, f"{title}的任务{count}项,均已办结。{note}", f"Tasks {title}: {count}, all of them closed.{note}",
        ), lead=lead)
        + tag("else")
        + body(say(lang, "本期没有。", "None in this round."), lead=lead)
        + tag("endif")
    )  # fmt: skip


def _demands(lang: str) -> str:
    """The last paragraph stays with the signature, so that no page holds a signature alone."""
    return paragraph(say(
        lang,
        "请各有关单位对照通报情况抓好落实。"
        "{% if 须答复单位 %}{{ 须答复单位 }}的单位,于{{ 答复期限 }}前将办理情况书面报送{{ 落款 }}。{% endif %}"
        "{% if 逾期 %}有逾期任务的,逐项说明未完成的原因、采取的措施和完成日期。{% endif %}"
        "{% if 未报送 %}未报送的,{% if 重新报送期限 %}于{{ 重新报送期限 }}前{% else %}立即{% endif %}补报整改进展情况。"
        "{% endif %}"
        "{% if 完善附件 %}整改时限不明确、缺责任领导的,一并补报完成日期和责任领导。{% endif %}",
        "All units concerned are asked to act on this bulletin."
        "{% if 须答复单位 %} Units {{ 须答复单位 }} report to {{ 落款 }} in writing by {{ 答复期限 }}.{% endif %}"
        "{% if 逾期 %} Units with overdue tasks explain for each of them why it is not completed, what they do, and by which day"
        " it will be.{% endif %}"
        "{% if 未报送 %} Units that have not reported do so {% if 重新报送期限 %}by {{ 重新报送期限 }}{% else %}at once"
        "{% endif %}."
        "{% endif %}"
        "{% if 完善附件 %} Deadlines that are not clear and missing leaders are to be named as well.{% endif %}",
    ), "BodyKept")  # fmt: skip


def _annexes(lang: str) -> tuple[str, ...]:
    return (
        annex(
            lang, "排名附件",
            tag("if 按名册")
            + table(_ranking(lang, by_roster=True), "行 in 排名", description=localise(
                lang, "各单位任务数、已办结数、逾期数和报送情况", "Tasks, closed and overdue of every unit, and how it reported",
            ))
            + tag("else")
            + table(_ranking(lang), "行 in 排名", description=localise(
                lang, "各单位任务数、已办结数、逾期数、得分和名次", "Tasks, closed and overdue, score and rank of every unit",
            ))
            + tag("endif")
            + tag("for 说明 in 排名说明")
            + paragraph("{{ 说明 }}", "TableNote")
            + tag("endfor"),
        ),
        annex(
            lang, "任务附件",
            table(_alerts(lang), "任务 in 预警任务", description=localise(
                lang, "逾期和即将到期的任务,逾期最久的在前", "Tasks overdue or due soon, the longest overdue first",
            ))
            + tag("if 预警灯注")
            + paragraph("{{ 预警灯注 }}", "TableNote")
            + tag("else")
            + paragraph(say(
                lang,
                "注:红色为逾期{{ 红色天数 }}天以上,黄色为其他逾期{{ 黄色天数 }}天以上,蓝色为{{ 提醒天数 }}天内到期。",
                "Note: red is overdue by {{ 红色天数 }} days or more, yellow otherwise by {{ 黄色天数 }} days or more, blue is"
                " due within {{ 提醒天数 }} days.",
            ), "TableNote")
            + tag("endif"),
        ),
        annex(
            lang, "完善附件",
            table(_amends(lang), "任务 in 待完善任务", description=localise(
                lang, "整改时限不明确或缺责任领导的任务", "Tasks without a clear deadline or a responsible leader",
            ))
            + paragraph(say(
                lang, "注:“整改时限”一栏为台账原文;已办结的任务不再列出。",
                "Note: deadlines are as written in the ledger; closed tasks are left out.",
            ), "TableNote"),
        ),
    )  # fmt: skip
