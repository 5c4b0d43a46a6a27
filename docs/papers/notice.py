"""督办函.docx and letter.docx. Names in {{ }} are explained in docs/papers.md."""

from __future__ import annotations

from papers.looks import official_page, official_parts
from papers.markup import Column, package, paragraph, say, table, tag
from papers.parts import CENTRE, body, columns, signature


def notice(lang: str) -> bytes:
    """The package."""
    content = [
        paragraph("{{ 标题 }}", "Title"),
        paragraph(say(lang, "{{ 单位 }}:", "To {{ 单位 }}:"), "Addressee"),
        body(say(
            lang,
            "截至{{ 截至日期 }},"
            "{% if 任务数 %}{{ 活动名称 }}任务中由你单位牵头的共{{ 任务数 }}项,已办结{{ 已办结 }}项。{% endif %}"
            "经梳理,下列事项需抓紧办理,现函告如下。",
            "As of {{ 截至日期 }}"
            "{% if 任务数 %} your unit leads {{ 任务数 }} of the tasks of {{ 活动名称 }} and has closed {{ 已办结 }}.{% else %}:"
            "{% endif %}"
            " The following matters need to be dealt with without delay.",
        )),
        _section(
            lang,
            "逾期",
            say(lang, "逾期任务", "Overdue tasks"),
            say(
                lang,
                "下列{{ 逾期.项数 }}项任务已过整改时限{{ 逾期.存疑 }},尚未办结。请逐项查明原因,采取有力措施限期完成。",
                "Tasks past their deadline and not closed: {{ 逾期.项数 }}{{ 逾期.存疑 }}. Please find out why for each of them"
                " and complete it by a fixed day.",
            ),
            _dated(lang, say(lang, "逾期天数", "Days late")),
        ),
        _section(
            lang,
            "即将到期",
            say(lang, "即将到期任务", "Tasks due soon"),
            say(
                lang,
                "下列{{ 即将到期.项数 }}项任务将在{{ 提醒天数 }}天内到期{{ 即将到期.分档 }}。请抓紧推进,确保按期完成。",
                "Tasks due within {{ 提醒天数 }} days: {{ 即将到期.项数 }}{{ 即将到期.分档 }}."
                " Please see that they are completed in time.",
            ),
            _dated(lang, say(lang, "剩余天数", "Days left")),
        ),
        _section(
            lang,
            "预警",
            say(lang, "需要预警的任务", "Tasks warned of"),
            say(
                lang,
                "下列{{ 预警.项数 }}项任务没有逾期,但出现表中所列情况。请逐项研究推进措施;"
                "确实不能按期完成的,在到期前按程序申请延期。",
                "Not overdue, but warned of for the reasons in the table: {{ 预警.项数 }}. Please see what can be done;"
                " where they cannot be completed in time, apply for an extension before the day.",
            ),
            _warned(lang),
        ),
        _section(
            lang,
            "时限不明",
            say(lang, "整改时限不明确的任务", "Tasks without a clear deadline"),
            say(
                lang,
                "下列{{ 时限不明.项数 }}项任务的整改时限不明确,到期无法核对。请写明完成日期,具体到年月日。",
                "Tasks whose deadline is not clear and cannot be checked: {{ 时限不明.项数 }}. Please name the day of completion"
                " with year, month and day.",
            ),
            _amends(lang),
        ),
        _section(
            lang,
            "缺责任领导",
            say(lang, "缺责任领导的任务", "Tasks without a responsible leader"),
            say(
                lang,
                "下列{{ 缺责任领导.项数 }}项任务没有写明责任领导。请每项任务明确一名责任领导,写明姓名和职务。",
                "Tasks that name no responsible leader: {{ 缺责任领导.项数 }}. Please name one leader for each, with the post.",
            ),
            _amends(lang),
        ),
        _reporting(lang),
        paragraph(say(
            lang, "请于{{ 答复期限 }}前将上述事项的办理情况书面回复{{ 落款 }}。",
            "Please report in writing on these matters to {{ 落款 }} by {{ 答复期限 }}.",
        ), "BodyKept"),
        paragraph(say(lang, "特此函告。", "This letter is for your action."), "BodyKept"),
        signature(),
        official_page(),
    ]  # fmt: skip
    return package(say(lang, "整改督办函", "Reminder letter"), "".join(content), official_parts(lang))


def _amends(lang: str) -> tuple[Column, ...]:
    return columns(
        Column(say(lang, "编号", "No."), 800, "{{ 任务.编号 }}", CENTRE),
        Column(say(lang, "问题", "Problem"), 4645, "{{ 任务.问题 }}"),
        Column(say(lang, "整改时限", "Deadline"), 1800, "{{ 任务.整改时限 }}"),
        Column(say(lang, "责任领导", "Leader"), 1600, "{{ 任务.责任领导原文 }}"),
    )


def _dated(lang: str, days: str) -> tuple[Column, ...]:
    return columns(
        Column(say(lang, "编号", "No."), 800, "{{ 任务.编号 }}", CENTRE),
        Column(say(lang, "问题", "Problem"), 3895, "{{ 任务.问题 }}"),
        Column(say(lang, "责任领导", "Leader"), 1300, "{{ 任务.责任领导 }}", CENTRE),
        Column(say(lang, "到期日", "Due"), 1450, "{{ 任务.到期日 }}", CENTRE),
        Column(days, 1400, "{{ 任务.天数 }}{{ 任务.另注 }}", CENTRE),
    )


def _warned(lang: str) -> tuple[Column, ...]:
    return columns(
        Column(say(lang, "编号", "No."), 800, "{{ 任务.编号 }}", CENTRE),
        Column(say(lang, "问题", "Problem"), 3495, "{{ 任务.问题 }}"),
        Column(say(lang, "责任领导", "Leader"), 1300, "{{ 任务.责任领导 }}", CENTRE),
        Column(say(lang, "到期日", "Due"), 1450, "{{ 任务.到期日 }}", CENTRE),
        Column(say(lang, "情况", "Why"), 1800, "{{ 任务.情况 }}"),
    )


def _section(lang: str, variable: str, title: str, text: str, shown: tuple[Column, ...]) -> str:
    """A numbered section with a table, where there is anything to report."""
    number = say(lang, f"{{{{ {variable}.序号 }}}}、", f"{{{{ {variable}.序号 }}}}. ")
    return (
        tag(f"if {variable}")
        + paragraph(f"{number}{title}", "Heading1")
        + paragraph(text, "BodyKept")
        + table(shown, f"任务 in {variable}.任务", description=title)
        + tag("endif")
    )


def _reporting(lang: str) -> str:
    return (
        tag("if 报送")
        + paragraph(say(lang, "{{ 报送.序号 }}、报送情况", "{{ 报送.序号 }}. Reporting"), "Heading1")
        + tag("if 报送.未报送")
        + body(say(
            lang,
            "截至{{ 截至日期 }},尚未收到你单位{{ 本期 }}整改进展情况"
            "{% if 报送截止 %}(报送截止日期为{{ 报送截止 }}){% endif %}。"
            "请{% if 重新报送期限 %}在{{ 重新报送期限 }}前{% else %}立即{% endif %}报送。",
            "As of {{ 截至日期 }} no report of your unit on the progress of {{ 本期 }} has come in"
            "{% if 报送截止 %} (it was due on {{ 报送截止 }}){% endif %}."
            " Please report {% if 重新报送期限 %}by {{ 重新报送期限 }}{% else %}at once{% endif %}.",
        ))
        + tag("else")
        + body(say(
            lang,
            "你单位{{ 本期 }}整改进展情况{% if 报送.日期 %}于{{ 报送.日期 }}填报,{% endif %}"
            "晚于报送截止日期{{ 报送截止 }}。请今后按时报送。",
            "The report of your unit on the progress of {{ 本期 }}{% if 报送.日期 %}, filled in on {{ 报送.日期 }},{% endif %}"
            " came after the due date, {{ 报送截止 }}. Please report in time from now on.",
        ))
        + tag("endif")
        + tag("endif")
    )  # fmt: skip
