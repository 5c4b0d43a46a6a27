"""Characters nobody sees, and marks that stand for removed words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.visible import hidden_runs
from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.text.damage import Damage

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_CONTROL = HanPattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_BREAKS = frozenset("\u2028\u2029")
_STARS = HanPattern(r"[*\uff0a]+")
_ONLY_STARS = HanPattern(r"[*\uff0a]{2,}")
_CROSSES = HanPattern(r"[×✕]{2,}|[Xx\uff38\uff58]{2,}|[■█▇]{2,}|□{2,}")
_BOLD = HanPattern(r"(?m)(?:^|(?<=[\s,,。;;:、]))(\*{1,2})(?![\s*])[^*\n]+?(?<!\s)\1(?!\*)")
_HAN = HanPattern(r"[\u3400-\u9fff]")
# 总次数*一百万, 长*宽: a star between two quantities multiplies them
_FACTOR = HanPattern(
    r"(?:数|量|率|额|值|单价|费|面积|体积|容积|长度?|宽度?|高度?|厚度?|系数|比例|基数|频次|次|天数?|工时|人次|吨|米|元)[)\uff09]?\s*\Z"
)
_FAR = 8
_WORD = HanPattern(r"[0-9A-Za-z]")


def find_unseen(text: str) -> Iterator[Damage]:
    """Control characters (line breaks and tabs are none), and whatever else shows nothing or steers what is shown.

    A separator of lines or paragraphs shows as a line break, and becomes one.
    """
    for match in _CONTROL.finditer(text):
        yield Damage("control", match.start(), match.end(), match[0], "")
    for start, end in hidden_runs(text):
        run = text[start:end]
        yield Damage("invisible", start, end, run, "" if _BREAKS.isdisjoint(run) else "\n")


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    return text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]


def find_censored(text: str) -> Iterator[Damage]:
    """Runs of * or ×× or XX that stand for removed words.

    Bullets, bold marks, multiplication and masked numbers (138****5678) are not removed words.
    """
    if _ONLY_STARS.fullmatch(text.strip()):
        yield Damage("censored", text.index(text.strip()), len(text.rstrip()), text.strip(), None)
        return
    bold = {mark for found in _BOLD.finditer(text) for mark in range(*found.span())}
    for match in _STARS.finditer(text):
        before, after = _around(text, match)
        if before in ("", "\n") and len(match[0]) == 1:
            continue
        if match.start() in bold or _WORD.match(before) or _WORD.match(after):
            continue
        if len(match[0]) == 1 and _FACTOR.search(text, max(0, match.start() - _FAR), match.start()) and _HAN.match(after):
            continue
        if _HAN.match(before) or _HAN.match(after):
            yield Damage("censored", match.start(), match.end(), match[0], None)
    for match in _CROSSES.finditer(text):
        before, after = _around(text, match)
        latin = match[0][0].isalpha()
        if before == "第" or (latin and (_WORD.match(before) or _WORD.match(after))):
            continue
        if _HAN.match(before) or _HAN.match(after):
            yield Damage("censored", match.start(), match.end(), match[0], None)
