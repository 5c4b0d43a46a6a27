"""Trailing text: where the deadline ends in a cell into which the text of the next item ran."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    from rectify_xl.language.deadline.tokens import Token

#: Words that belong to a deadline without saying when.
_FILLER: Final = HanPattern(
    r"(?:完成|整改|整治|到位|任务|所有|全部|全面|基本|并|且|和|及|于|在|到|至|前|底|内|要|须|应|的|问题|时限|期限|时间|日期|截止|务必|确保|力争|原则上|最迟|不晚于|取得|明显|阶段性|成效|销号|验收"
    r"|工作|进行|推进|落实|达到|实现|[,、:;()“” -])*"
)
_NUMBERED: Final = HanPattern(
    r"[。;,]?(?:[0-9]{1,2}[.、](?![0-9])|\([一二三四五六七八九十0-9]{1,3}\)|[一二三四五六七八九十]{1,3}、)(?=[\u4e00-\u9fff]{4})"
)
_SENTENCE: Final = HanPattern("。(?=.)")
_SHORTEST: Final = 8
_TIMED: Final = {"date", "duration", "cycle", "event", "regular", "done"}


def _pure(text: str, tokens: list[Token], end: int) -> bool:
    """Tell whether the text up to ``end`` is nothing but deadline words."""
    place, timed = 0, False
    for token in tokens:
        if token.start >= end:
            break
        if _FILLER.fullmatch(text, place, token.start) is None:
            return False
        if token.kind == "block" and _FILLER.fullmatch(token.text) is None:
            return False
        place, timed = token.end, timed or token.kind != "block"
    return timed and _FILLER.fullmatch(text, min(place, end), end) is not None


def find_rest(text: str, tokens: list[Token]) -> int:
    """Return where text of another item begins; ``len(text)`` where there is none."""
    if not tokens or len(text) - tokens[0].end < _SHORTEST:
        return len(text)
    for match in _SENTENCE.finditer(text):
        timed_after = any(token.start >= match.end() and token.kind in _TIMED for token in tokens)
        if len(text) - match.end() >= _SHORTEST and not timed_after and _pure(text, tokens, match.start()):
            return match.end()
    for match in _NUMBERED.finditer(text, tokens[0].end):
        if len(text) - match.start() >= _SHORTEST and _pure(text, tokens, match.start()):
            return match.start() + (text[match.start()] in "。;,")
    return len(text)
