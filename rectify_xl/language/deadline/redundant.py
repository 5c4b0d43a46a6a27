"""Drop the dates that another date of the phrase makes redundant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.language.deadline.state import Found, Node
    from rectify_xl.language.deadline.tokens import Token

_RESTATED: Final = HanPattern(r"[,(]*(?:即|也就是|截?[至止]到?|到)?[(]*")
_MOVED: Final = HanPattern(r"(?<!可)(?<!可以)(?<!予以)(?:调整|变更|提前|延期|推迟|延长|顺延|展期|延后|推后|延|改)(?:至|为|到)$")
#: 2026年6月底(申请延期至9月底): a day that is only asked for, and what grants it
_ASKED: Final = HanPattern(r"(?:申请|请求|请示|提请|报请|建议|拟)(?![^0-9]*(?:批准|同意|获批|批复))[^0-9]{0,8}$")
_GRANTED: Final = HanPattern(r"前?[,;(](?:现?已|业?经)[^,;。()未不]{0,10}(?:批准|同意|获批|批复)")
#: 2026年6月底(原2026年3月底)
_FORMER: Final = HanPattern(r"\(原(?:定|为|计划|时限)?:?$")
#: 完成日期:2024年3月5日 beside 已完成 is no deadline; 完成时间 may be one
_COMPLETED_ON: Final = HanPattern("(?:(?:完成|办结|销号)日期|(?:实际完成|销号)时间):?$")
_DONE_ON: Final = HanPattern(r"[(,:]?(?:于|在|完成时间|时间|:)*")
_MISSED: Final = HanPattern(
    r"(?:(?:应当?|须|需|要求|计划|原定)[^,。;0-9]{1,8}[而却但])?"
    r"(?:仍|尚)?未(?!来)[^,。;0-9]{1,10}的(?=[^,。;])"
)
#: what only says when something was found or asked for: 2026年3月10日会议明确, 2025年12月底前新增问题, 2025年底前已完成一半
_TOLD: Final = HanPattern(
    r",?已经?(?=完成|整改|办结|销号|建成|拆除|清理)|的?(?:新增|遗留|存量|欠账)"
    r"|(?<![前内])[^,。;0-9前底末内]{0,10}?(?:会议|专题会|常务会|调度会|督办|交办|约谈|发函|批复|批准|同意|曝光|举报|投诉|发现|督察|巡视|巡察"
    r"|(?:反馈|通报)(?=的|问题|意见|,))"
)
#: 原2026年6月底,现2026年9月底
_WAS: Final = HanPattern(r"(?:^|[,。;(])原来?(?:定|计划|要求|整改|完成|时限|期限|时间)*(?:于|为|在|是|:)*$")
_NOW: Final = HanPattern(r"[,。;(]现(?![场有存状行役])")
_BRACKET: Final = HanPattern(r"\((?:含|即|截至|截止|不含)$")
_EXTENDED: Final = HanPattern("(?:(?!已)[^0-9]{0,4})?(?:延期|延长|展期|顺延)(?=[0-9一二两三四五六七八九十半])")
#: a day of a month, and not only a month
_DAY: Final = HanPattern(r"[日号]|[0-9][./-][0-9]{1,2}(?![0-9])")
#: days in which a bracket still speaks of the holiday before it
_NEAR: Final = 31
_LEAD: Final = 20
_CLAUSE_ENDS: Final = {"", ",", "。", ";", ")"}
_QUALIFIED_LONG: Final = HanPattern("(?:可|能|能够|可以)长期")


def drop_redundant(text: str, groups: dict[str, list[Token]], found: Found, anchor: date | None) -> None:
    """Drop starts, restatements, missed dates and service periods, once all dates of the phrase are known."""
    if found.nodes and "done" in groups:
        _drop_completed(text, groups["done"], found)
    if len(found.nodes) > 1:
        _drop_starts(found)
        _drop_restated(text, found)
        _drop_moved(text, found)
        _drop_missed(text, found)
        _drop_told(text, found, anchor)
        _drop_service_periods(found)
    if len(found.nodes) > 1:
        for node in found.nodes:
            if "yearless-past" in node.reasons:
                node.reasons.remove("yearless-past")
                node.others.clear()
    if found.nodes:
        _note_extension(text, groups, found)
    if not found.nodes and any(_QUALIFIED_LONG.match(token.text) for token in groups.get("block", ())):
        found.reasons.append("qualified-long-term")


def _drop_starts(found: Found) -> None:
    """开工 is no deadline where a 完工 follows; the date of the start stays another reading."""
    ends = [node for node in found.nodes if not node.start]
    starts = [node for node in found.nodes if node.start and ends and node.due <= ends[-1].due]
    if not starts:
        return
    last = ends[-1]
    last.others.extend(node.due for node in starts)
    last.reasons.append("start-milestone")
    found.nodes[:] = [node for node in found.nodes if node not in starts]


def _drop_restated(text: str, found: Found) -> None:
    """2020年底(12月31日)前 and 60日内,即9月20日前 name one day twice."""
    kept: list[Node] = []
    for node in found.nodes:
        holiday = kept and kept[-1].token.end == node.token.start and node.token.match["holiday"]
        if holiday or (
            kept and kept[-1].due == node.due and _BRACKET.search(text, max(0, node.token.start - 4), node.token.start)
        ):
            continue
        if kept and _RESTATED.fullmatch(text, kept[-1].token.end, node.token.start):
            between = text[kept[-1].token.end : node.token.start]
            if ("(" in between and (kept[-1].due == node.due or _narrows(text, kept[-1], node))) or (
                kept[-1].duration and between
            ):
                kept.pop()
        kept.append(node)
    found.nodes[:] = kept


def _narrows(text: str, node: Node, bracketed: Node) -> bool:
    """国庆节前(9月25日), 年底前(12月20日前): the bracket names the day within what stands before it, and nothing else."""
    if (
        text[bracketed.token.end : bracketed.token.end + 1] != ")"
        or bracketed.due > node.due
        or not _DAY.search(bracketed.token.text)
    ):
        return False
    if node.token.match["holiday"]:
        return (node.due - bracketed.due).days < _NEAR
    return not _DAY.search(node.token.text) and (bracketed.due.year, bracketed.due.month) == (node.due.year, node.due.month)


def _drop_moved(text: str, found: Found) -> None:
    """由2023年底调整至2024年底 leaves one day; 可延长至 leaves both, and of a day that is only asked for the first."""
    kept: list[Node] = []
    for node in found.nodes:
        moved = bool(kept and _MOVED.search(text, kept[-1].token.end, node.token.start))
        if moved and _is_asked(text, kept[-1], node):
            kept[-1].others.append(node.due)
            found.reasons.append("extension-requested")
            continue
        if moved or (kept and _is_former(text, kept[-1], node)):
            kept.pop()
        if not (kept and _FORMER.search(text, kept[-1].token.end, node.token.start)):
            kept.append(node)
    found.nodes[:] = kept


def _is_asked(text: str, node: Node, following: Node) -> bool:
    asked = _ASKED.search(text, node.token.end, following.token.start)
    return bool(asked) and not _GRANTED.match(text, following.token.end)


def _is_former(text: str, node: Node, following: Node) -> bool:
    before = text[max(0, node.token.start - _LEAD) : node.token.start]
    return bool(_WAS.search(before) and _NOW.search(text, node.token.end, following.token.start))


def _drop_told(text: str, found: Found, anchor: date | None) -> None:
    """2026年3月10日会议明确9月底前完成: a day that had passed, and of which the text tells, beside one to come."""
    if anchor is None or not any(node.due >= anchor for node in found.nodes):
        return
    found.nodes[:] = [node for node in found.nodes if node.due >= anchor or not _TOLD.match(text, node.token.end)]


def _drop_missed(text: str, found: Found) -> None:
    """2020年底前未完成的项目,2021年6月底前销号: the day that was missed is no day of the task."""
    kept = [node for node in found.nodes if not _MISSED.match(text, node.token.end)]
    found.nodes[:] = kept or found.nodes


def _drop_completed(text: str, done: list[Token], found: Found) -> None:
    """2020年5月底已完成: the day of completion, not a deadline."""
    ends = {token.start for token in done}
    kept = []
    for node in found.nodes:
        after = node.token.end + (text[node.token.end : node.token.end + 1] in {",", "("})
        apart = after > node.token.end
        reported = after in ends and not (apart and "前" in node.token.text) and text[node.token.end : after] != "("
        last = max((token.end for token in done if token.end <= node.token.start), default=None)
        bracket = last is not None and _DONE_ON.fullmatch(text, last, node.token.start)
        labelled = _COMPLETED_ON.search(text, 0, node.token.start)
        if not (reported or (bracket and "前" not in node.token.text) or labelled):
            kept.append(node)
    if all(node.start for node in kept) and any(text[token.end : token.end + 1] in _CLAUSE_ENDS for token in done):
        kept.clear()  # 2025年3月开工,已于11月完工: nothing is due any more
    found.nodes[:] = kept


def _note_extension(text: str, groups: dict[str, list[Token]], found: Found) -> None:
    """2026年6月底前,延期三个月: nobody says whether the day is the one before the extension; 已延期 says that it is not."""
    last = max(node.token.end for node in found.nodes)
    if any(token.start >= last and _EXTENDED.match(text, token.start) for token in groups.get("strong", ())):
        found.reasons.append("extension-undated")


def _drop_service_periods(found: Found) -> None:
    """Beside a written date, a few days are a service standard; 用三个月时间 then restates the range."""
    if any(not node.duration for node in found.nodes):
        found.nodes[:] = [node for node in found.nodes if not (node.duration and (node.short or "用" in node.token.text[:2]))]
