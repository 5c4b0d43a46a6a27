"""When two texts are two wordings of one task, and when they name two objects.

A text that says more contradicts nothing: a cut-off tail, added words. A text that says *something else* at one place
is a typo only where that place is neither a name nor a number; 甲村 and 乙村, 一期 and 二期 are two objects.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import joined_spaces, number_key, words_alone
from rectify_xl.language.deadline.numerals import number

Change = Literal["more", "count", "typo", "other"]

_CHINESE = "一二三四五六七八九十"
_ENUMERATOR = LazyPattern(
    rf"(^|[\n。;])\s*(?:\((?:\d{{1,3}}|[{_CHINESE}百]{{1,4}})\)|\d{{1,3}}[.、:](?!\d)|[{_CHINESE}百]{{1,4}}[.、:](?![{_CHINESE}]))\s*"
)
_CIRCLED = LazyPattern(r"[\u2460-\u2473]")
_CHINESE_NUMBER = LazyPattern(rf"[{_CHINESE}百零]{{1,5}}")
_LEVEL = LazyPattern(rf"\d++|[{_CHINESE}百零]++")
# Possessive: figures closely behind one another must not be tried in every division.
_LEVELLED = LazyPattern(rf"(?:{_LEVEL.pattern})(?:[\s.、()\-—]*+(?:{_LEVEL.pattern}))*+[\s.、()]*+")
_LONGEST_LEVEL = 10
_TAIL = LazyPattern(r"(?:等?问题|等情况|等)$")
# The shortest beginning that stands for a whole text.
_LEAST_BEGINNING = 8
# Two wordings differ in one place, and by little.
_SAME_WORDING = 0.85
_LONGEST_TYPO = 2
_TOKEN = LazyPattern(r"\d+|[零〇两一二三四五六七八九十百千万]+|[a-z]+|.", re.DOTALL)
_NUMERAL = LazyPattern(r"\d+|[零〇两一二三四五六七八九十百千万]+|[a-z]+")
_COUNTERS = (
    r"[余多]?(?:处|家|个|座|台|辆|起|件|次|户|人|吨|亩|公里|千米|米|平方米|立方米|公顷|万元|元|项|条|口|眼|根|套|名|天|小时)"
)
_COUNTED = LazyPattern(rf"^{_COUNTERS}")
_COUNT = LazyPattern(rf"(?<![零〇两一二三四五六七八九十百])[零〇两一二三四五六七八九十百]++(?={_COUNTERS})")
# What ends a name: where it stands closely behind a difference, the difference is in the name.
_NAME_END = LazyPattern(
    r"^.{0,3}?(?:村|庄|屯|寨|镇|乡|县|区|市|州|旗|街|路|巷|桥|河|江|湖|渠|沟|溪|塘|库|坝|港|岛|山|岭|坡|湾|矿|井|厂|站|场|园|院|校|局|公司|集团|"
    r"企业|干线|支线|泵房|闸)"
)
_SIDES = frozenset("大小东西南北上下前后左右新老旧内外中甲乙丙丁戊")


def unnumbered(text: str) -> str:
    """A text without the numbers before it and before its items: 18.甲渠淤积 and (一)甲渠淤积 are 甲渠淤积."""
    folded = joined_spaces(unicodedata.normalize("NFKC", _CIRCLED.sub("\n1、", text)))
    return _ENUMERATOR.sub(r"\1", folded)


@lru_cache(maxsize=65536)  # several rules and the ledger ask about the same texts
def wording_key(text: str) -> str:
    """A text as it is compared: its words, without numbering unless that is all there is; 十二处 and 12处 are one count."""
    key = words_alone(unnumbered(text)) or words_alone(text)
    return _COUNT.sub(lambda found: str(number(found[0]) or found[0]), key)


def plain_number(text: str) -> str:
    """A task number as it is compared, 十八 as 18."""
    key = number_key(text)
    if not _CHINESE_NUMBER.fullmatch(key):
        return key
    return str(number(key) or key)  # 十百 is no number


def number_levels(text: str) -> tuple[int, ...]:
    """A task number as what it counts, level by level: 六(一)2 is 6, 1, 2; nothing where it is more than numbers."""
    key = number_key(text)
    if key.isdecimal() and len(key) < _LONGEST_LEVEL:
        return (int(key),)
    if not _LEVELLED.fullmatch(key):
        return ()
    try:
        levels = [(level, number(level)) for level in _LEVEL.findall(key)]
    except ValueError:  # thousands of digits
        return ()
    # 十百 is no number and reads as 0.
    return () if any(count == 0 and not level.isdecimal() for level, count in levels) else tuple(count for _, count in levels)


def change(mine: str, theirs: str) -> Change:
    """How two wording keys differ: one says more, another count, a typo, or it is another thing altogether."""
    one, other = _TOKEN.findall(mine), _TOKEN.findall(theirs)
    if _begins(one, other) or _begins(other, one):
        return "more"
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    if head + tail < _SAME_WORDING * max(len(one), len(other)):
        return "other"
    left, right, behind = one[head : len(one) - tail], other[head : len(other) - tail], "".join(one[len(one) - tail :])
    if any(_NUMERAL.fullmatch(token) for token in (*left, *right)):
        counted = left and right and all(token.isdigit() or token[0] in "两" + _CHINESE for token in (*left, *right))
        ordinal = bool(head) and (one[head - 1] == "第" or one[head - 1].isascii())
        return "count" if counted and not ordinal and _COUNTED.match(behind) else "other"
    return _of_words("".join(left), "".join(right), behind)


def _of_words(left: str, right: str, behind: str) -> Change:
    if _SIDES.issuperset(left + right) or (left and right and max(len(left), len(right)) > _LONGEST_TYPO):
        return "other"
    named = any(_NAME_END.match(text + behind) for text in (left, right) if text)
    if left and right:
        return "other" if named else "typo"
    return "other" if named and len(left + right) == 1 else "more"


def _begins(part: list[str], whole: list[str]) -> bool:
    """Whether a text is the beginning of another, long enough to tell which."""
    kept = _TOKEN.findall(_TAIL.sub("", "".join(part)))
    return sum(map(len, kept)) >= _LEAST_BEGINNING and whole[: len(kept)] == kept


def _common(left: list[str], right: list[str]) -> int:
    """Length of the common beginning."""
    for at, (mine, theirs) in enumerate(zip(left, right, strict=False)):
        if mine != theirs:
            return at
    return min(len(left), len(right))
