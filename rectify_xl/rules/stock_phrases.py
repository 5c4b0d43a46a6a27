"""Stock phrases of reports: which clauses say nothing that could be checked."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BREAKS = LazyPattern(r"[,。;:!?、…·\s]+")
_PIECE = LazyPattern(r"[^,，。;；!！?？、\s]+")  # what holds none of them before it is folded either
_NUMBERING = LazyPattern(r"^(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\)?[.、)]|[-*●■◆])")

# Each word is an atomic group, the longest spelling first: long runs of stock words must not be tried in every division.
_WHO = (
    r"(?>(?:我|本)(?:市|县|区|局|委|办|单位|部门|乡|镇)|市|县|区|局|单位|部门|各(?:相关|有关)?(?:单位|部门)|相关(?:单位|部门|工作|任务)"
    r"|全(?:市|县|区|局|体)|(?:该|此|本)项?(?:工作|任务|问题|整改)|各项(?:整改)?(?:工作|任务|措施)|有关工作"
    r"|整改(?:工作|任务|措施|落实)?|工作|任务|问题|措施|主要领导|领导|党组|项目|(?:思想|行动|政治|工作)上)"
)
_WHEN = (
    r"(?>目前|现已|现|已经|已|正在|正|仍在|一直|始终|将|下一步|下步|今后|下阶段|继续|进一步|严格"
    r"|第一时间|按照?(?:整改)?(?:要求|计划|方案|序时进度|时间节点|时序)(?:要求)?|根据(?:整改)?(?:要求|方案)(?:要求)?)"
)
_HOW = (
    r"(?>高度|积极|有序|稳步|扎实|全力|大力|加快|深入|认真|切实|抓紧|统筹|全面|着力|强力|有力|有效|逐步|持续|不断"
    r"|及时|迅速|正常|顺利|亲自|逐项|逐一|逐条|对照)"
)
_WHAT = (
    r"(?>重视|推进|开展|进行|整改|落实|实施|部署|安排|研究|组织|抓好|跟进|推动|办理|加强|强化|加大|对接|协调|沟通|协商)"
    r"(?:相关|有关|各项|整改|此项|该项)*+"
    r"(?:工作|任务|落实|措施|领导|组织领导|责任|力度|监管|推进|落地)*+(?:见效|到位|顺利|良好)?(?:之?中|着)?"
)
_DONE = (
    r"(?:进展(?:顺利|良好|正常|较好)|(?:取得|初见|已见)了?(?:阶段性|明显|显著|初步|良好|积极|一定)*+(?:成效|进展|成果|效果)"
    r"|(?:达到|符合)(?:序时)?进度(?:要求)?|压实(?:工作|主体)?责任|明确(?:工作)?责任(?:分工)?|提高(?:政治站位|认识|思想认识)"
    r"|多次(?:召开|组织)?(?:专题|专门)?会?议?(?:研究|安排|部署|调度|推进)+|(?:预计|确保|力争)(?:能够?)?(?:按[期时]|如期)?(?:整改)?(?:完成|到位|见效)(?:整改|任务)?"
    r"|强化措施|狠抓落实|常抓不懈|长期坚持|立行立改|推进中|整改中|进行中|落实中)"
)
_EMPTY_CLAUSE = LazyPattern(rf"(?:{_WHO}|{_WHEN}|{_HOW}|的|在)*?(?:{_WHAT}|{_HOW}{_WHO}|{_DONE})")
_LONGEST_CLAUSE = 60

_DEGREE = r"(?:进一步|持续|不断|明显|显著|有效|逐步|切实|稳步|大幅|全面|大力|整体|较大|较大幅度|有所|得到|实现|更加)"
_CHANGE = r"(?:改善|提升|提高|加强|增强|好转|优化|强化|完善|推进|向好|规范|重视|改进|转变|转好|深化|促进|健全)"
_OPEN_TARGET = LazyPattern(
    rf".{{0,16}}?{_DEGREE}+(?:得到|有效|明显)*{_CHANGE}(?!率).{{0,14}}"
    r"|(?:切实)?(?:加强|强化|提高|提升|改善|促进|完善|推动|推进).{2,16}"
)
#: A word or figure by which a target can be checked.
_CHECKABLE = LazyPattern(
    r"\d|[一二三四五六七八九十百千两]{1,4}(?:个|项|座|处|家|条|台|吨|公里|米|亩|类|级|成|倍|次|户)|[ⅠⅡⅢⅣⅤ]|百分之|全部|全覆盖|清零|为零|零|杜绝|消除|取缔|关停|拆除|搬迁"
    r"|完成|建成|建立|制定|出台|印发|达标|达到|合格|整改到位|处置到位|到位|销号|解决|淘汰|关闭|清理|修复|恢复|通过|验收|投运|投用|稳定(?:达标|运行)|不低于|不超过|以上|以下|"
    r"确保|占比|比重|实现.{0,6}(?:化|联网|接入)|每[年月季周日]|率"
)


def clauses(text: str) -> Iterator[str]:
    """The clauses of a text without numbering and punctuation, each folded when it is asked for: the first may tell enough."""
    for piece in _PIECE.finditer(text):
        folded = unicodedata.normalize("NFKC", piece[0])
        parts = (_NUMBERING.sub("", part).strip("\"'“”‘’()") for part in _BREAKS.split(folded))
        yield from (part for part in parts if part and not part.isdigit())


def says_nothing(text: str, also: Iterable[str] = ()) -> bool:
    """Whether a progress text holds stock phrases and nothing else; those in ``also`` count besides the known ones."""
    others = {clause for phrase in also for clause in clauses(phrase)}
    are_empty = (
        clause in others or (len(clause) <= _LONGEST_CLAUSE and _EMPTY_CLAUSE.fullmatch(clause) is not None)
        for clause in clauses(text)
    )
    return next(are_empty, False) and all(are_empty)


def cannot_be_checked(text: str) -> bool:
    """Whether a target speaks of improving and strengthening only, without a figure or a result."""
    found = list(clauses(text))
    if not found or _CHECKABLE.search(unicodedata.normalize("NFKC", text)):
        return False
    return all(_OPEN_TARGET.fullmatch(clause) for clause in found)
