"""Signatures and notes below a list: who filled it in, checked and sealed it, and what is said of it as a whole."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.intake.tables.lines import Line

_WHO = (
    r"(?:填表|填报|制表|审核|审批|审签|复核|签收|签批|接收|报送|经办|编制|校对|签发|联系|(?:单位)?(?:主要|分管)?(?:负责|领导)|日期|电话|传真)"
    r"(?:人|单位|日期|时间|领导|电话|员|同志|方式|意见|及|、|和){0,4}"
)
_SIGNED_BY = rf"{_WHO}\s*+(?:[((]?(?:签字|签名|盖章|公章|签章|签批)[))]?)?\s*+[::]"
_FOOTER = LazyPattern(
    rf"\s*{_SIGNED_BY}"
    r"|\s*(?![^::]*[未没无不])[\u4e00-\u9fff、()]{2,18}[((]?(?:签字|签名|签章|盖章)[))]?\s*[::]"
)
# Of a row of blanks to sign the first may name any post (镇长：), where another names who filled in or checked the list.
_SIGNS = LazyPattern(r"\s*[\u4e00-\u9fff、]{2,14}\s*[::]")
_SIGNS_TOO = LazyPattern(rf"(?:^|\s){_SIGNED_BY}")
_SEAL = r"(?:单位|部门|加盖|此处)?(?:盖章|公章|签章|印章)处?"
_FOOTER_LABEL = LazyPattern(rf"{_WHO}(?:[((]?(?:签字|签名|盖章|公章|签章)[))]?)?|[((]?{_SEAL}[))]?")
_SEALED = LazyPattern(rf".{{0,30}}[((](?:{_SEAL}|章)[))]\s*")
_STATEMENT = LazyPattern(
    r"\s*(?:(?:以上|上述|所[报填]|本表|我[单局县区市镇乡]|本[单局]).{0,20}(?:属实|真实|无误|准确)(?:性|可靠|有效|完整|负责)*"
    r"|情况属实|特此(?:说明|报告|报送|上报|证明))\s*[。.!]?\s*"
)
_NOTE = LazyPattern(r"\s*+[*※★]?\s*+(?:注|备注|说明|附注|注意事项|填[表写报]说明|填[表写报]要求|指标解释)\s*\d*\s*[::]")
_NOTE_LABELS = frozenset({"注", "备注", "说明", "附注", "填表说明", "填写说明", "填报说明", "填写要求", "填报要求", "注意事项"})
_SIGNED_DAY = LazyPattern(
    r"(?:20\d\d|二[〇○0]二.|20|_+)?\s*年\s*[\d一二三四五六七八九十]{0,3}\s*月\s*[\d一二三四五六七八九十]{0,3}\s*日"
)
_LONGEST_SIGNATURE = 30


def signature_rows(lines: list[Line], header: Header) -> set[int]:
    """The last rows where a list ends in a day standing alone, perhaps under the name of the unit that signs."""
    if not lines or not _is_day(lines[-1]):
        return set()
    last, above = lines[-1], lines[-2] if len(lines) > 1 else None
    ((_, column),) = last.own
    signed = above is not None and len(above.own) == 1 and not above.numbered and len(above.first) <= _LONGEST_SIGNATURE
    if signed and above is not None and next(iter(above.own))[1] == column:
        return {above.row, last.row}
    # A day alone in the column of deadlines, right below a task, may be that task's second deadline.
    below_task = above is not None and above.row == last.row - 1 and not is_footer(above)
    is_deadline = column == header.columns.get("deadline") and below_task
    return set() if is_deadline else {last.row}


def _is_day(line: Line) -> bool:
    value = next(iter(line.own.values()))
    dated = isinstance(value, date) or _SIGNED_DAY.fullmatch(unicodedata.normalize("NFKC", shown(value)).strip())
    return len(line.own) == 1 and not line.numbered and bool(dated)


def is_footer(line: Line) -> bool:
    """Who filled in, checked or signed the list, or a note about it."""
    if line.numbered:
        return False
    first = line.first
    alone = len(line.own) == 1
    labelled = _FOOTER_LABEL.fullmatch(first) or text_key(first) in _NOTE_LABELS
    return bool(
        _FOOTER.match(first)
        or _NOTE.match(first)
        or labelled
        or (_SIGNS.match(first) and _signs_too(line))
        or (alone and (_SEALED.fullmatch(first) or _STATEMENT.fullmatch(first)))
    )


def _signs_too(line: Line) -> bool:
    """Whether a row that begins with a label is for signatures: all labels stand behind the first, one of them of this kind."""
    first, *others = line.texts()
    short = all(len(text) <= _LONGEST_SIGNATURE for text in others)
    beside = first.partition(":")[2]
    return short and (any(map(_SIGNS_TOO.match, others)) or bool(_SIGNS_TOO.search(beside)))


def is_note(line: Line) -> bool:
    """Whether notes begin here, which go on over the single cells below."""
    return bool(_NOTE.match(line.first)) or text_key(line.first) in _NOTE_LABELS


def is_worded_as_note(line: Line, header: Header, least: int) -> bool:
    """Whether a row that fills as many columns as a task begins with 说明: where problems stand; nobody can tell which it is."""
    words = (header.columns.get("problem"), header.columns.get("measures"))
    return is_note(line) and len(line.own) >= least and next(iter(line.own))[1] in words
