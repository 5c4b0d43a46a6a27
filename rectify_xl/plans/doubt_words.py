"""The sentences of everything that an import reports, each with what to do."""

from __future__ import annotations

from rectify_xl.common.findings import Severity
from rectify_xl.common.i18n import Text
from rectify_xl.plans.model import Doubt, Place

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
# Code -> severity and sentence; {0}, {1} … are the details.
_WORDS: dict[str, tuple[Severity, str, str]] = {
    # of the document
    "no_tasks_declared": (
        _E, "文件写明有 {0} 项任务，但正文里一项也没有读到，没有生成清单；任务清单多半在附件里，请导入附件",
        "{0} tasks are declared, none of which stands in the document, so no list was made; import the attachment"),
    "no_tasks": (
        _E, "没有读到任务：没有“整改目标”“责任单位”“整改时限”等栏目，也没有任务表；叙述性的文字不会猜成任务",
        "no tasks: neither labels (整改目标, 责任单位, 整改时限) nor a task table; prose is never guessed into tasks"),
    "attachment_absent": (_W, "附件《{0}》不在这份文件里", "the attachment “{0}” is not in this file"),
    "count_mismatch": (
        _E, "文件写明 {0} 项，读到 {1} 项；请对照原文补齐或核对", "{0} are declared, {1} were found; compare with the document"),
    "category_count_mismatch": (
        _E, "“{0}”写明 {1} 项，读到 {2} 项", "“{0}” declares {1}, {2} were found"),
    "list_truncated": (_E, "清单到第 {0} 项中断，后面的内容缺失", "the list breaks off at task {0}"),
    "number_gap": (_W, "编号 {0} 缺失", "number {0} is missing"),
    "duplicate_number": (_W, "编号 {0} 出现了 {1} 次", "number {0} stands at {1} tasks"),
    "numbers_absent": (_I, "任务没有编号，已按先后编为 1 到 {0}", "tasks have no numbers; they were numbered 1 to {0}"),
    "traditional_script": (
        _I, "全文或部分文字是繁体，已转为简体，共 {0} 处；原文保留", "Traditional script, read as Simplified {0} times; kept"),
    "pinyin_artefact": (_I, "文字后夹有拼音，已去掉 {0} 处；原文保留", "pinyin between characters, left out at {0} places; kept"),
    "mojibake": (_W, "有 {0} 处乱码，已恢复 {1} 处，其余无法恢复，按原样保留：{2}",
                 "{0} places in a wrong character set, {1} restored, the others stand as they are: {2}"),
    "question_mark_artefact": (_I, "行尾多出的“?”已去掉 {0} 处", "question marks at line ends, left out at {0} places"),
    "invisible_characters": (_I, "看不见的字符已处理 {0} 处", "invisible characters, at {0} places"),
    "censored_text": (_W, "有 {0} 处文字被“*”等代替，无法恢复", "words were replaced by * at {0} places and cannot be restored"),
    "lost_year": (_W, "“{0}”一处似乎丢了年份，没有猜测", "a year seems to be lost at “{0}”; nothing was guessed"),
    "advertising": (_W, "有 {0} 处像广告的文字：{1}", "advertising at {0} places: {1}"),
    "web_wrapper": (_I, "网页的菜单、链接等 {0} 处没有当作正文", "{0} texts of the page around the document were left out"),
    "running_heads": (_I, "页眉、页脚和页码 {0} 处没有当作正文", "{0} running heads and page numbers were left out"),
    "text_boxes": (_W, "有 {0} 个文本框，框里的文字没有读入任务，请核对：{1}", "{0} text boxes, whose words are in no task: {1}"),
    "notes": (_I, "有 {0} 条脚注或尾注，没有读入任务：{1}", "{0} footnotes or endnotes, which are in no task: {1}"),
    "title_absent": (_W, "没有读到标题，没有猜测", "no title was found, nor guessed"),
    "issuer_absent": (_I, "没有读到印发单位", "no issuer was found"),
    "issue_date_absent": (_I, "没有读到印发日期；“3个月内”等期限无法推算", "no date of issue was found"),
    "leader_absent": (_I, "文件提到责任领导，但任务中没有这一栏", "the plan speaks of leaders, the tasks name none"),
    "measures_beside": (
        _W, "正文另有 {0} 条带责任单位的措施，不在任务里，没有列入",
            "{0} measures of the text with units are in no task; left out"),
    "tables_unread": (_W, "有 {0} 张表没有读成任务", "{0} tables were not read as tasks"),
    # of a task
    "missing_number": (_W, "原文没有编号，编号是推断的", "the document prints no number; this one is inferred"),
    "header_merged_into_previous_deadline": (
        _W, "问题描述接在上一项的末尾，已拆开，请核对：{0}", "the problem was split off the end of the task above: {0}"),
    "deadline_line_overrun": (_W, "整改时限后面接着下一项的文字，已拆开：{0}", "another task's words followed the deadline: {0}"),
    "line_overrun": (_W, "最后一栏后面接着下一项的文字，已拆开：{0}", "another task's words followed the last field: {0}"),
    "missing_header": (_E, "没有读到问题描述", "no problem was found"),
    "missing_problem": (_W, "没有读到问题描述或措施", "neither a problem nor measures were found"),
    "missing_measures": (_W, "没有读到整改措施", "no measures were found"),
    "missing_deadline": (_W, "没有读到整改时限", "no deadline was found"),
    "missing_units": (_W, "没有读到责任单位", "no unit was found"),
    "already_done": (_I, "整改时限栏写的是完成状态“{0}”", "the deadline is a state: “{0}”"),
    "polluted_text": (_W, "单位名称混入广告，没有改动，请改为正确名称：{0}", "advertising in a unit's name, left as it is: {0}"),
    "no_lead_marker": (_I, "没有写明谁牵头", "nobody is named as leading"),
    "prefix_elided": (_I, "单位简写，应为：{0}", "shortened names, in full: {0}"),
    "unplaced_text": (_W, "没有归入任何一栏的文字：{0}", "text that belongs to no field: {0}"),
    "truncated": (_E, "只有问题描述，后面的内容缺失", "nothing but the problem is there"),
    "sub_issue": (_I, "属于“{0}”的分项", "a part of “{0}”"),
    "unread_units": (_W, "责任单位栏里没有读成单位的文字：{0}", "text among the units that names none: {0}"),
}  # fmt: skip


def make_doubt(code: str, *details: object, task: str = "", place: Place | None = None, text: str = "") -> Doubt:
    """A doubt in words."""
    severity, zh, en = _WORDS[code]
    return Doubt(code, severity, Text(zh.format(*details), en.format(*details)), task, place, text)
