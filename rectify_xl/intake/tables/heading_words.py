"""What an unknown heading names by its words: 隐患内容 is a problem, 整改措施与要求 are measures, 限时时间 is a deadline.

Chinese headings end in what they name, so each pattern is a modifier, a noun and perhaps a word such as 内容 or 情况 behind
it. Headings of other trades and English action logs are meant; known headings are the schema's own and come first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.heading_names import is_beside, known_fields, plain_key, qualified_fields
from rectify_xl.language.text import clean_text

if TYPE_CHECKING:
    from rectify_xl.schema.schema import Schema

_LONGEST = 16
_SET_DOWN = LazyPattern(r"(?:落实|明确|定)(.{2,6})|(.{2,6})(?:落实|到位)")
_SEPARATORS = LazyPattern(r"以及|[及和与或、/+&]")

_DONE = (
    r"(?:整改|整治|治理|处置|处理|化解)?"
    r"(?:完成|整改|整治|办结|解决|化解|销号|销项|关闭|闭环|结束|修复|到位|结案|处理|治理|落实)(?:整改|整治|治理|到位|完毕)?"
)
_DAY = r"(?:时间|日期|日)"
_WHEN = r"(?:时间|日期|时限|期限|节点|日)"
_BODY = (
    r"(?:单位|部门|科室|处室|股室|机构|车间|班组|项目部|街道|乡镇|镇街|社区|主体|团队|小组|企业|公司|学校|医院|村居?)(?:名称)?"
)
_NAME = r"(?:名称|主题|标题|点位?|项目?)"
_ABOUT = r"(?:具体|详细|基本|简要)?(?:内容|描述|情况|表述|说明|详情|现象|概述|概况|摘要|要点|事实|表现|记录|原文|简述|明细|清单)"
_THING = (
    r"(?:问题|隐患|违法(?:行为)?|缺陷|不足|短板|漏洞|故障|不符合|不合格|违章|违规|薄弱环节|风险|异常|差距|事项|需求|诉求"
    r"|[扣失丢]分[项点]|[堵痛难卡]点|弱项)"
)

_ITEM = r"(?:问题|隐患|任务|缺陷|事项|风险|整改|违章|不符合项?|工单|诉求|事件|案件|信访件|举报件|线索)"
_WORK = r"(?:整改|整治|治理|处理|处置|解决|化解|闭环|关闭|销号|修复|完成|落实|办理|实施|执行|推进|工作)"
_PLANNED = r"(?:计划|拟|预计|预期|要求|应|限定|规定|目标|承诺|约定|预定|最[迟晚]|任务)"
_NUMBERED = (
    r"(?:问题|任务|隐患|清单|事项|缺陷|台[账帐]|整改|项目|总|[省市县区本]级?|督察|反馈|交办单?|工单|案件|流水|自然|行|条目?|顺)"
)
_ANSWERS = r"(?:责任|认领|负责|整改|整治|治理|化解|处置|牵头|包保|包联|包案|落实|承办|经办|处理|跟进|执行|实施|分管|主办)"
_CARRIES = (
    r"(?:责任|认领|包[保联抓案干]|牵头|主责|主办|承办|承担|承接|办理|调处|执行|实施|负责"
    r"|整改|整治|治理|化解|落实|处理|处置|属事)"
)
_MEND = r"(?:整改|整治|解决|处[理置]|修改|改进|完善|优化|防范|纠正|治理)"
# Whose unit it is: 市直牵头单位, 县区责任单位, 属地责任单位.
_LEVEL = r"(?:[省市州盟县旗区乡镇]{1,3}[级直属]?|本级|属地|具体|主要)"
# Who is in charge is called a leader in many ways (领衔市领导, 挂图作战领导); who signs or looks at a paper is not in charge.
_IN_CHARGE = r"(?!.*(?:签|批|阅|报|送|查|是否|陪同|参[加会]|出席|现场|涉|违|反馈|所属|上级)).{0,8}领导(?:姓名|及职务)?"
# Time limits of the paper and not of the work: 延期时限, 反馈时限.
_NOT_OF_WORK = r"(?!.*(?:延[期长]|反馈|[回答]复|签收|响应|送达|处罚|复议|保存|追溯|实际))"
# What has a head who answers for it: 机构负责人, 项目负责人.
_RUN = r"单位|部门|科室|处室|机构|企业|公司|项目|车间|班组|学校|医院|村|社区|乡镇|镇街|街道|场所"
_TASKS_OF = r"重点|主要|整改|年度|目标|工作|攻坚|专项|整治|治理|提升|改革|具体|单位|部门|分解|承担|阶段|细化"
_NEVER_PROBLEM = r"(?!是否|有无|已|未|无|不|共(?!性)|其[他它]|注意|说明)"

# Field keys in order of preference; several are decided by the column's content. The first pattern that fits counts.
_WORDS: tuple[tuple[str, str], ...] = (
    ("task_id", rf"{_NUMBERED}*(?:序号|编号|编码|顺号|no|id|#)|项[次号]|条目号?|行号|序列号?"),
    ("task_id", r"(?:对应|所属|关联|相关)的?(?:问题|任务|隐患)的?(?:序号|编号|号)"),
    # Both in one column: 责任单位及配合单位, 牵头、配合单位. Its cells say who leads.
    ("lead_unit", rf"(?:牵头|主责|主办)(?:{_BODY})?(?:以?及|[和与、/])?(?:配合|协办|协同)(?:责任)?{_BODY}"),
    ("lead_unit", rf"(?:责任|承办|整改)(?:{_BODY}(?:以?及|[和与、/])?|以?及|[和与、/])(?:配合|协办|协同)(?:责任)?{_BODY}"),
    ("remark", r"备注.*|附注|其[他它](?:说明|情况)"),
    ("phone", rf"(?:牵头|责任|主责|主办|承办|整改|填报)?{_BODY}(?:联系)?(?:电话|手机)(?:号码?)?"),
    ("phone", r"(?:.{0,4}(?:联系人|联络员|填报人|经办人))?(?:联系|办公|手机|移动|固定)*(?:电话|手机)(?:号码?)?"),
    ("phone", r"联系(?:方式|电话).*"),
    ("contact", r".{0,8}?(?:联系人|联络(?:员|人))(?:姓名)?"),
    ("evidence", r"(?:整改|完成)?(?:佐证|印证|证明|支撑)(?:材料|资料|附件|文件|照片)?(?:名称|清单|目录)?|整改证据"),
    ("percent", r".{0,6}?(?:完成率|整改率|完成度|百分比|完成比例|达成率)"),
    ("acceptance_unit", rf"(?:牵头|整改)?(?:验收销号|销号验收|验收|复核|核查)(?:责任|牵头)?{_BODY}"),
    ("accepted_by", r"(?:验收|复查|复验|验证|核验)(?:责任)?(?:人员?|者)(?:姓名|签[字名])?"),
    ("pace", r"(?:是否)?已?(?:达到?|完成|符合|满足|按照?)(?:序时|时序)(?:进度|要求|节点)(?:要求|推进|完成|情况)*"),
    ("coop_units", rf".{{0,4}}?(?:配合|协办|协同|参与|协助|联办|会办)(?:责任|整改)?{_BODY}"),
    ("lead_unit", rf"{_LEVEL}?{_ITEM}?{_CARRIES}(?:责任|整改|落实)?{_BODY}"),
    ("lead_unit", rf"监[管督]责任{_BODY}|(?:行业)?主管{_BODY}"),
    ("lead_unit", r"(?:责任|任务|工作|职责|整改)(?:责任|任务)?分工"),
    # Below 责任分工: who leads and who helps.
    ("lead_unit leader", r"(?:责任|任务|工作|职责|整改)(?:责任|任务)?(?:分工|主体|清单|体系|落实)(?:牵头|主办|主责)"),
    ("coop_units", r"(?:责任|任务|工作|职责|整改)(?:责任|任务)?(?:分工|主体|清单|体系|落实)(?:配合|协办|协同|协助)"),
    ("lead_unit", rf"(?:所属|所在)?属地{_BODY}"),
    ("lead_unit", rf"(?:受检|被检|被查|被(?:检查|抽查|督查|督察|督办|督导|交办|巡查|巡察|审计))(?:责任)?{_BODY}"),
    ("leader", rf"{_ITEM}?(?:第一)?{_ANSWERS}(?:责任|负责|整改|落实)?(?:领导|人员?|者|同志|干部)(?:姓名|及职务|签字|签名)?"),
    ("leader", rf"{_ANSWERS}?(?:责任|总|[省市县区镇乡村]级?)*(?:河|湖|林|田|路|街|楼|段|片|库|塘|渠|点|链|所)长(?:姓名)?"),
    ("leader", rf"{_ANSWERS}的?(?:常务)?副?(?:[省市州盟县旗区镇乡村局厅处科股室部校园院厂场所站队]长|主任|书记|经理)(?:姓名)?"),
    ("leader", _IN_CHARGE),
    ("leader", rf"(?:{_RUN})?(?:第一|主要|直接|现场|安全|工作|具体)?负责人(?:姓名|及职务)?"),
    ("leader", r"(?![违被追问失]).{1,6}责任人(?:姓名|及职务)?"),
    ("leader", r"(?:科室?|处室?|[部室校园院厂站局])(?:主任|长)(?:姓名)?"),
    # 五落实: 责任, 措施, 资金, 时限, 预案. Who answers is seen below it.
    ("lead_unit leader", r"(?:落实|明确|定)?(?:主体)?责任(?:落实|到位)?"),
    ("status", rf"(?:{_ITEM}|{_WORK}|当前|目前|现)*状态|是否(?:已经?|按[期时])?{_DONE}|{_WORK}(?:与否|否)"),
    # Of petitions what was done is told in one column: beside measures of their own it is the progress.
    ("measures progress", r"(?:调查)?(?:处理|查处|处置)[和及与]?(?:整改|整治)(?:落实)?情况"),
    ("status progress", r"(?:整改|处理|处置|办理|整治|治理|化解|解决|落实|跟踪|追踪)(?:结果|结论)"),
    ("status progress", r"(?:整改|问题|隐患)?(?:复查|复核|复验|验收)(?:结果|结论|情况)"),
    # A 时限 is what was planned, whatever it limits: 闭环时限 and 销号时限 are no days of something that was done.
    ("closed_on", rf"(?:实际|最终|已)(?:完成)?销号{_DAY}"),
    ("completed_on", rf"(?:实际|已|最终){_DONE}{_DAY}|(?:关闭|闭环|办结|结案|销项){_DAY}"),
    ("accepted_on", rf"(?:验收|复核验收|复查|复验|验证|核验)(?:通过|合格)?{_DAY}"),
    ("closed_on", rf"(?:实际|最终)?(?:整改|问题|任务|验收|交账)+销号{_DAY}"),
    ("deadline",
     rf"(?:{_ITEM}|{_WORK})?(?:完成)?(?:限时|限期|时限|期限|截止|限[改办结])(?:要求|{_DONE})?{_WHEN}?(?:要求|清单)?"),
    ("deadline", rf"{_NOT_OF_WORK}.{{1,4}}时限(?:要求)?"),
    ("deadline", rf"{_PLANNED}+的?(?:{_DONE})?的?{_WHEN}|(?:整改|完成|计划|进度|任务)?时间节点|到期(?:日期?|时间)"),
    ("deadline", rf"{_DONE}的?{_WHEN}要求|(?:整改|治理|计划|工作|任务|实施|推进)*(?:起[止讫](?:时间|日期|时限|年月)?|时间安排)"),
    ("deadline completed_on", rf"(?:整改|{_DONE})的?{_WHEN}"),
    ("progress status percent completed_on",
     rf"(?:截[至止])?(?:问题|隐患|任务|目前|本[月期周]|最新|{_BODY})?{_WORK}(?:整改|落实|完成|推进|到位)?(?:情况|状况|进展|进度|现状)(?:说明|描述|反馈|汇报|及成效)?"),
    ("percent progress", r"(?:总体|整体|累计|任务|完成)+进度"),
    ("progress", r"(?!.*(?:序时|时序|资金|投资)).{0,6}?(?:进展(?:情况|状况)?|进度(?:情况|状况))(?:说明|描述)?"),
    ("progress", rf"(?!落实){_WORK}(?:情况|结果)?(?:反馈|回复)|已(?:开展|完成)的?工作|整改后的?(?:情况|状况|现状)"),
    ("progress", r"(?:工作|整改|任务|整治|治理)*(?:开展|推进|进行|落实|实施)(?:工作)?情况(?:说明|描述)?"),
    ("progress", r"(?:整改|整治|治理|工作|阶段性?|取得的?|目前|当前|初步|主要)*(?:成效|效果|成果)(?:评价|评估|说明|描述)?"),
    ("category", r"(?:问题|所属|涉及|整改|工作|重点)?(?:领域|条线)"),
    ("category", r"(?:问题)?一级(?:分类|类别|目录)"),
    ("category", rf"(?:{_ITEM}|所属|信访|诉求|投诉|举报|矛盾|纠纷|污染|违法|违规|违法违规)?(?:类[别型]|分类|种类|大类|专业类别)"),
    ("target", r"(?:整改|工作|任务|预期|治理|完成|办结|总体|总)*(?:目标|效果|成效)(?:要求|任务)?|(?:整改|达到|完成)标准"),
    # 问题清单、任务清单、责任清单、时限清单 are the columns of one list.
    ("problem measures", r"任务清单"),
    # What is to be mended, or how: beside a column of problems it is how.
    ("problem measures", r"(?:整改|整治|治理)(?:任务)?内容"),
    ("measures", r"(?:审计|检查|督[察查]|巡察|巡视|核查|专家|工作)建议"),
    ("lead_unit", r"责任清单"),
    ("measures", rf"具体(?:工作|做法)|{_MEND}行动(?:计划|措施|方案)?"),
    ("measures", rf".{{0,8}}?(?:措施|举措|对策)(?:{_ABOUT}|要求|建议|计划)?"),
    ("measures", rf".{{0,8}}?{_MEND}(?:要求|意见|建议|方案|办法|做法|方法|计划|方式|思路)(?:{_ABOUT})?"),
    # How things stand: beside a problem how far its work is, else the problem.
    ("problem progress", r"(?:目前|当前)?(?:的)?(?:现状|状况)(?:描述|说明)?"),
    ("problem", rf"{_NEVER_PROBLEM}.{{0,10}}?{_THING}(?:项|点)?的?(?:(?:现状|状况)?{_ABOUT}|现状|状况)"),
    ("problem", rf"{_NEVER_PROBLEM}.{{0,10}}?{_THING}{_NAME}?"),
    ("problem progress", r"反馈(?:情况|内容)"),
    ("problem", r"(?:审计|检查|督[察查导]|巡[察视查]|核查|评估|排查|稽核|内审|抽查|暗访)(?:主要)?发现"),
    ("problem", rf"{_ITEM}描述|整改前的?(?:情况|状况|现状)"),
    ("problem", r"(?:检查|排查|巡查|督查|抽查|暗访)?(?:发现|存在)的?(?:情况|现象|内容)(?:描述|说明)?|(?:情况|事件|详细)描述"),
    ("problem", r".{0,4}?(?:举报|投诉|信访|反映|来[信电访])的?(?:问题|主要|具体|事项)*(?:内容|情况|问题|事项|摘要|概述)"),
    ("problem measures", rf".{{0,4}}?(?:任务|工作)(?:事项|要点|要求|{_ABOUT}|{_NAME})"),
    ("problem measures",
     r"(?:审议|评议|评审|督导|代表|委员|检察|司法|监察|(?:现场)?检查|监管)(?:意见|建议|意见建议)(?:内容|事项|要点|摘要|原文)?"),
    ("problem measures", r"建议(?:内容|事项)"),
    ("problem", r"(?:功能|业务)要求"),
    ("problem measures", rf"(?:{_TASKS_OF})*任务|(?:重点|主要|年度)工作"),
)  # fmt: skip
_PATTERNS = tuple((tuple(keys.split()), LazyPattern(pattern)) for keys, pattern in _WORDS)
_LATIN = r"[A-Za-z#%][A-Za-z#%.&'\- ]*"
_CHINESE = r"[\u4e00-\u9fff][^A-Za-z]*"
_TWO_LANGUAGES = LazyPattern(
    rf"\s*(?:(?P<en>{_LATIN})[\s(:]+(?P<zh>{_CHINESE})|(?P<zh2>{_CHINESE}?)[\s(:]+(?P<en2>{_LATIN}))[\s)]*"
)
# Words that name something of a thing and not the thing: 问题 Level is no problem.
_COUNTS = LazyPattern(
    r"\b(?:id|no|code|type|level|count|qty|quantity|amount|priority|severity|source|rating|class)\b\.?\s*$", re.IGNORECASE
)
# 存在问题及下一步打算 tells what hinders the work, and not what the task is about.
_WHAT_COMES_NEXT = LazyPattern(r"(?:下一?步|后续|今后).*(?:打算|计划|安排|工作|建议|考虑)|困难")
_BESIDE_PROBLEM = LazyPattern(r"责任|涉及|整改后|答复|回复|解决|是否|落实")
_ENGLISH: dict[str, str] = {
    "task_id": "no id # ref reference number key issue-key ticket ticket-id ticket-no case-no case-id item "
               "serial-no sl-no sr-no seq sn item-no action-no action-id issue-no issue-id task-id task-no finding-no",
    "problem": "issue issues finding findings observation observations problem problems nonconformity defect hazard "
               "nonconformance description issue-description problem-description finding-description task task-description "
               "hazard-description deficiency",
    "measures": "action actions action-item action-items action-required required-action corrective-action "
                "corrective-actions measure measures rectification-measures recommendation recommendations mitigation "
                "remedial-action action-plan agreed-action",
    "leader": "leader leaders leader-name responsible-person person-responsible assigned-to assignee person-in-charge action-by "
              "action-officer lead-officer pic dri responsible-owner responsible-name responsible-official handler in-charge",
    "leader lead_unit": "owner action-owner owners responsible responsibility responsible-party accountable action-party lead",
    "lead_unit": "department dept responsible-dept resp-dept responsible-team owner-dept "
                 "responsible-unit responsible-department lead-agency lead-department division agency "
                 "owner-department responsible-office",
    "coop_units": "cooperating-unit coop-unit coop-units supporting-unit supporting-units support supporting-agency co-owner",
    "target": "target objective goal expected-outcome expected-result",
    "deadline": "due due-date deadline target-date due-by complete-by target-completion-date planned-completion planned-date "
                "deadline-date date-due completion-due target-completion planned-completion-date",
    "completed_on": "date-closed closed-date close-date closed-on date-completed completed-on completed-date actual-completion "
                    "actual-completion-date closure-date date-of-completion",
    "deadline completed_on": "completion-date finish-date end-date",
    "status": "status state current-status action-status open-closed",
    "progress": "progress update updates latest-update progress-update status-update progress-notes current-progress",
    "percent": "percent-complete %-complete %-completed complete-% %-done progress-% completion-% %-completion completion-rate "
               "completion-percentage percent percentage percentage-complete",
    "category": "category type issue-type finding-type",
    "evidence": "evidence supporting-evidence supporting-documents",
    "remark": "comment comments remark remarks note notes",
    "contact": "contact contact-person",
    "phone": "phone tel telephone contact-number mobile",
}  # fmt: skip
_ENGLISH_KEYS = {words.replace("-", ""): tuple(keys.split()) for keys, listed in _ENGLISH.items() for words in listed.split()}


def named_fields(text: str, schema: Schema) -> tuple[str, ...]:
    """The fields that a heading is a known name of, else those that it may name by its words."""
    return tuple(key for key, _ in known_fields(text, schema)) or fields_by_words(text, schema)


@lru_cache(maxsize=16384)
def fields_by_words(text: str, schema: Schema) -> tuple[str, ...]:
    """The fields that a heading may name by its words, in order of preference; several are decided by content."""
    cleaned = unicodedata.normalize("NFKC", clean_text(text).cleaned)
    parts = [part for part in _SEPARATORS.split(cleaned) if plain_key(part)]
    joint = _joint_fields(parts, schema) if len(parts) > 1 else ()
    key = plain_key(cleaned)
    return (
        joint
        or _named_by(key, schema)
        or _named_twice(cleaned, schema)
        or _set_down(key, schema)
        or (() if is_beside(key) else qualified_fields(key, schema))
    )


def _set_down(key: str, schema: Schema) -> tuple[str, ...]:
    """The fields of 落实措施, 资金落实, 定时限: that something is to be set down does not change what it is."""
    match = _SET_DOWN.fullmatch(key)
    return _fields_of(match[1] or match[2], schema) if match else ()


def _named_twice(cleaned: str, schema: Schema) -> tuple[str, ...]:
    """The fields of a heading that says the same in two languages (No. 序号, 整改措施 Action)."""
    match = _TWO_LANGUAGES.fullmatch(cleaned)
    if match is None:
        return ()
    english, chinese = match["en"] or match["en2"], match["zh"] or match["zh2"]
    translated = _ENGLISH_KEYS.get(plain_key(english).replace("/", ""), ())
    named = _fields_of(chinese, schema)
    both = tuple(key for key in named if key in translated)
    # Who is meant by an owner is said by the Chinese word; of a problem and its measures either may be called a task.
    agreed = translated or not _COUNTS.search(english)
    return both or (named[:1] if agreed and named else ())


def _named_by(key: str, schema: Schema) -> tuple[str, ...]:
    english = _ENGLISH_KEYS.get(key.replace("/", ""))
    if english:
        return tuple(name for name in english if name in schema)
    if not key or len(key) > _LONGEST or is_beside(key):
        return ()
    for keys, pattern in _PATTERNS:
        if pattern.fullmatch(key) and not (keys == ("problem",) and _BESIDE_PROBLEM.search(key)):
            return tuple(name for name in keys if name in schema)
    return ()


def _joint_fields(parts: list[str], schema: Schema) -> tuple[str, ...]:
    """The field of a heading of several parts that are all one thing (问题或功能要求), or whose first part says what it is."""
    named = [_fields_of(part, schema) for part in parts]
    first = named[0]
    if not first or (first[0] == "problem" and any(map(_WHAT_COMES_NEXT.search, parts[1:]))):
        return ()
    # 责任单位/人员 names a unit and a person; which of them stands below it is seen there.
    people = re.fullmatch(r"(?:责任|负责|经办)?(?:人员?|者|领导)(?:姓名)?", plain_key(parts[1]))
    if "lead_unit" in first and people and "leader" in schema:
        return ("lead_unit", "leader")
    if "leader" in first and "lead_unit" not in first and re.fullmatch(_BODY, plain_key(parts[1])) and "lead_unit" in schema:
        return ("lead_unit", "leader")
    # Another part that names a field of its own makes two columns in one, unless both are words for one thing.
    others = {name for keys in named[1:] for name in keys[:1]}
    if "progress" in first and others == {"evidence"}:  # 完成情况及佐证: what was done, and what shows it
        return ("progress",)
    # 整改进展/完成情况 is one thing twice, whatever else the less certain of both may be.
    both = tuple(key for key in first if all(key in keys for keys in named[1:]))
    if "progress" in both:
        return both
    alike = {"problem", "measures"} if first[0] in ("problem", "measures") else {first[0]}
    kept = first if first == ("problem", "measures") else first[:1]
    return kept if others <= alike else ()


def _fields_of(part: str, schema: Schema) -> tuple[str, ...]:
    known = tuple(key for key, _ in known_fields(part, schema))
    named = _named_by(plain_key(part), schema)
    # 整改内容 is known as a problem, and says by its words that it may be what is done about one.
    return named if known == named[:1] else known or named
