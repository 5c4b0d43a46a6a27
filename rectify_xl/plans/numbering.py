"""Numbers at the beginning of a line: 一、 (一) 1. 1.2 (1) ① and 第3项, with their rank."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from rectify_xl.common.lazy_pattern import LazyPattern

_HAN = "〇零一二三四五六七八九十百"
_ITEM_WORDS = (
    "(?:督察|巡察|检查|考核)?(?:反馈|整改|存在|交办|移交)?(?:的)?(?:问题|任务|事项|案件|隐患)(?:编号|序号)?|"
    "省?序号|编号|清单编号|交办单编号"
)
# 2.2026年底前完成 begins with a year, 2.2026 alone is a figure.
YEAR = r"(?:19|20)\d\d年"
# Kind -> pattern; the order is the rank in an official document, an item beside them stands for itself.
_PATTERNS = {
    "item": LazyPattern(
        rf"\s*[【〔「『]?(?:第\s*(?P<a>\d{{1,3}}|[{_HAN}]{{1,4}})\s*[项号条个](?:(?:整改)?(?:任务|问题))?|"
        rf"(?:{_ITEM_WORDS})\s*:?\s*(?:(?P<b>\d{{1,3}}|[{_HAN}]{{1,4}})(?![\d年月日个项条类种批次])(?:号)?|"
        rf"\((?P<c>\d{{1,3}}|[{_HAN}]{{1,4}})\)))[】〕」』]?\s*(?:[:、.。]|(?=\s)|$)?\s*"
    ),
    "han": LazyPattern(rf"\s*(?P<a>[{_HAN}]{{1,4}})\s*(?:、|\.(?!\d)|(?=[ ]{{1,4}}\S))\s*"),
    "han-bracket": LazyPattern(rf"\s*(?:\((?P<a>[{_HAN}]{{1,4}})\)|(?P<b>[\u3220-\u3229]))\s*[、.:]?\s*"),
    # 1.2万亩 is a figure.
    "level": LazyPattern(
        r"\s*(?P<a>\d{1,2}(?:\.\d{1,2}){1,3})(?:[、.]\s*|\s{1,4}|(?![万亿千百亩公米平吨元个倍厘毫小天年月级立升]))(?=[\u4e00-\u9fff“《])"
        r"|\s*(?P<b>\d{1,2}-\d{1,2})(?:、\s*|\s{1,4})(?![年月日天个项条])(?=[\u4e00-\u9fff“《])"
    ),
    "digit": LazyPattern(
        rf"\s*(?P<a>\d{{1,3}})\s*(?:、|\.(?!\d)|\.(?={YEAR})|,(?=[\u4e00-\u9fff])|(?=[ ]{{1,4}}[\u4e00-\u9fff“《]))\s*"
        r"|\s*(?P<b>[\u2488-\u249b])\s*"
    ),
    "digit-bracket": LazyPattern(
        r"\s*\((?P<a>\d{1,3})\)\s*[、.:]?\s*|\s*(?P<b>\d{1,3})\)\s*[、.]?\s*|\s*(?P<c>[\u2474-\u2487])\s*[、.:]?\s*"
    ),
    "circle": LazyPattern(r"\s*(?P<a>[\u2460-\u2473\u2776-\u2793])\s*[、.]?\s*"),
}
RANK = {"han": 1, "han-bracket": 2, "digit": 3, "level": 4, "digit-bracket": 5, "circle": 6, "item": 3}
_DIGITS = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}


# Numbers of one character: ①, ⑴, ⒈, ㈠, and the white and black circles of fonts of symbols.
_SIGNS = {
    chr(first + at): at + 1
    for first, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10), (0x2776, 10), (0x2780, 10), (0x278A, 10))
    for at in range(count)
}


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A number before a text: its kind, its sign as written, its value, how many characters it takes with blanks."""

    kind: str
    sign: str
    value: int
    width: int

    @property
    def rank(self) -> int:
        """1 for the highest."""
        return RANK[self.kind]


@lru_cache(maxsize=4096)
def enumerator(folded: str) -> Enumerator | None:
    """The number that a line begins with."""
    head = folded[:40]
    for kind, pattern in _PATTERNS.items():
        found = pattern.match(head)
        if not found:
            continue
        sign = next(filter(None, found.groupdict().values()))
        value = number_of(sign)
        if value is not None:
            # ⑴ and ㈠ are (1) and (一) in one character
            return Enumerator(kind, sign if kind == "circle" else normalize("NFKC", sign).strip("()."), value, found.end())
    return None


def number_of(sign: str) -> int | None:
    """The value of a number in digits, in Chinese or in a circle; of 1.2 and 1-2 that of its last level."""
    sign = sign.rpartition("." if "." in sign else "-")[2]
    if sign.isdecimal():
        return int(sign)
    if sign in _SIGNS:
        return _SIGNS[sign]
    if not sign or any(one not in _HAN for one in sign):
        return None
    total, digit = 0, 0
    for one in sign:
        if one in "十百":
            total += (digit or 1) * (10 if one == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[one]
    return total + digit
