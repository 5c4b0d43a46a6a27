"""Whether a text says that the work keeps pace with its plan: 达到序时进度, 未达到序时进度, 超序时进度.

Only what is said of now counts: 确保达到序时进度 is a wish, 上月未达到序时进度 is past. A text that says two things says none.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from rectify_xl.language.han_pattern import HanPattern

Pace = Literal["ahead", "on", "behind"]

_PLAN = r"(?:序时|时序)(?:进度)?(?:计划|要求|安排)?|(?:计划|时间|目标)进度(?:要求)?"
_REACHES = r"达到?|符合|满足|跟上|完成|赶上|步入"
# The longest that can stand between a negation or a wish and what it is about.
_BETWEEN = r"[^,。;!?\n]{0,6}?"
_PATTERNS: tuple[tuple[Pace, HanPattern], ...] = (
    ("behind", HanPattern(
        rf"(?:达|跟|赶)不(?:到|上)(?:{_PLAN})|(?:未能?|没有?|尚未|还未|不能|无法|难以|不)(?:按期|如期|完全|全部|能够?|有效)?(?:{_REACHES})(?:到|了)?(?:{_PLAN})|未按(?:照)?(?:{_PLAN})"
        rf"|(?:滞后|落后|慢|迟缓|低)于?(?:{_PLAN})|(?:{_PLAN})(?:明显|较为|稍有|略有|严重|有所|已经?)?(?:滞后|落后|偏慢|未达到?)"
        rf"|与(?:{_PLAN}){_BETWEEN}(?:有|存在)(?:一定|较大|明显)?差距|(?:{_PLAN})(?:缓慢|迟缓)"
    )),
    ("ahead", HanPattern(
        rf"(?:超过?|超前于?|超额完成|快于|高于|领先于?|提前于?(?:完成)?)(?:{_PLAN})|(?:{_PLAN})(?:超前|提前)"
    )),
    ("on", HanPattern(
        rf"(?:已|均|全部)*(?:{_REACHES})(?:到|了)?(?:{_PLAN})"
        rf"|(?:按照?|与)(?:{_PLAN})(?:要求)?(?:正常|有序|稳步|同步|全面|正在)?(?:推进|整改|实施|开展|进行|同步|一致)"
        rf"|(?:{_PLAN})(?:已经?)?达到|(?:序时|时序)推进"
    )),
)  # fmt: skip
# Before it: what is wished for or ordered, was so at another time, or is so but nearly.
_NOT_NOW = HanPattern(
    r"(?:力争|确保|争取|保证|努力|尽快|尽早|加快|计划|预计|将|要求?|督促|推动|以便|直至|直到|才能?|如|若|是否|能否|上(?:个?月|季度?|期|周|半年|年)|前期|此前|原来?|一度|曾|基本|大体|大致|接近|部分|个别"
    r"|\d+月(?:份|底|末)?前?|年底前?|下(?:个?月|一?步|季度|期))[^,。;!?\n]{0,16}$"
)
# A status column says it in a word.
_SAID_IN_A_WORD: dict[Pace, str] = {
    "ahead": "提前 超前 超进度 提前推进 超前推进 进度超前 超前完成 超序时 超时序 快于序时",
    "on": "正常推进 按计划推进 按序时 达序时 达到序时 达时序 达到时序 达进度 达到进度 达标推进",
    "behind": "滞后 进度滞后 推进滞后 滞后推进 整改滞后 未达进度 未达到进度 未达序时 未达到序时 未达时序 未达到时序 推进缓慢",
}
_WORDS = {word: pace for pace, words in _SAID_IN_A_WORD.items() for word in words.split()}
_SEPARATORS = HanPattern(r"[\s,、;:/()\[\]【】]+")
_DEGREES = ("度", "\ufa01")  # the second is folded into the first
_LONGEST = 32767


def read_pace(text: str, *, is_status: bool = False) -> Pace | None:
    """What a text says of the pace; None where it says nothing, or two different things.

    Args:
        text: of a cell.
        is_status: whether the cell holds a state in so many words, so that 提前 or 滞后 alone say it too.
    """
    if not is_status and "序" not in text and not any(character in text for character in _DEGREES):  # as nearly all texts
        return None
    folded = unicodedata.normalize("NFKC", text[:_LONGEST])
    if is_status:
        words = {_WORDS[word] for word in _SEPARATORS.split(folded) if word in _WORDS}
        words |= _said(folded)
        return words.pop() if len(words) == 1 else None
    if "序" not in folded and "进度" not in folded:
        return None
    found = _said(folded)
    return found.pop() if len(found) == 1 else None


def _said(text: str) -> set[Pace]:
    """Everything that a text says of now. What one pattern has read the next one does not read again."""
    found: set[Pace] = set()
    for pace, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not _NOT_NOW.search(text[max(0, match.start() - 24) : match.start()]):
                found.add(pace)
        text = pattern.sub(lambda match: "\0" * len(match[0]), text)
    return found
