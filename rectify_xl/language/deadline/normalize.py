"""One spelling for many: width, script, dashes, inner spaces, pinyin noise; with a way back.

Every replacement is one character for one, so only deletions move offsets.
"""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

from rectify_xl.language.deadline.script import TRADITIONAL
from rectify_xl.language.lazy import Lazy

_DASHES: Final = "—–−―‐‑﹣－～〜~─━"
_ZEROS: Final = "○◯Ο"
_QUOTES: Final = {"「": "“", "」": "”", "『": "“", "』": "”", '"': "”", "＂": "”", "＇": "”", "'": "”"}
_COMPATIBILITY: Final = ((0xFF01, 0xFF5F), (0x2F00, 0x2FD6), (0xF900, 0xFADA))


def _table() -> dict[int, str]:
    """Build the one-to-one map; NFKC only where it keeps the length, so that offsets stay simple."""
    table: dict[int, str] = {}
    for start, stop in _COMPATIBILITY:
        for code in range(start, stop):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and ord(plain) != code:
                table[code] = plain
    table.update({ord(mark): "-" for mark in _DASHES})
    table.update({ord(mark): "〇" for mark in _ZEROS})
    table.update({ord(mark): plain for mark, plain in _QUOTES.items()})
    table.update({ord(old): new for old, new in zip(TRADITIONAL[::2], TRADITIONAL[1::2], strict=True)})
    return table


_TABLE: Final = _table()
#: What is dropped: invisible characters, pinyin glosses after a character, and white space unless it
#: separates two Latin words or numbers ("2020-08-31 00:00"); "2 0 2 0 年" is one number.
_DROP: Final = Lazy(
    r"[\u200b-\u200f\u2060\ufeff\u00ad]+"
    r"|\([a-zà-öø-ÿāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňḿ]{1,7}\)"
    r"|(?<![0-9A-Za-z\s])\s+|\s+(?![0-9A-Za-z\s])|(?<=(?<![0-9])[0-9])\s(?=[0-9](?![0-9]))"
)
#: a line break between two clauses, and not within a word or a date
_NEW_CLAUSE: Final = Lazy(
    r"(?<=完成|到位|完工|开工|启动|动工|开展|结束|坚持|推进|销号|验收|运行|印发|清零|达标|见效|竣工|建成|方案|工程|任务|整改|整治|编制|长期)\n"
    r"(?=\s*(?:(?:19|20)[0-9]{2}[年./-]|[0-9]{1,2}月|[0-9]{1,2}[、.](?![0-9])|[一二三四五六七八九十]{1,3}[月季期、]"
    r"|[今明次翌本]年|年[底内]|预计|力争|剩余|其余))"
    r"|(?<=[年月日底末前内旬度])\n(?=\s*(?:19|20)[0-9]{2}[年./-])"
    r"|(?<=[底末前])\n(?=\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?!初))"
)
_GLOSS: Final = Lazy(r"\([a-zà-öø-ÿ\u0100-\u01ff\u1e3f]")
_SPACES: Final = Lazy(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]")
#: any character that the map replaces or that may be dropped, or begin what is dropped
_ODD: Final = Lazy(rf"[({''.join(map(chr, _TABLE))}壹贰叁肆伍陆柒捌玖拾\s\u200b-\u200f\u2060\ufeff\u00ad]")
#: A year with figures that are words (二〇二五, 2O25); later ones see figures only.
_YEAR_IN_WORDS: Final = Lazy("[12一二](?<![0-9.].)(?![0-9]{3})[089八九〇零Oo][0-9Oo〇零一二三四五六七八九]{2}(?![0-9])")
_FIGURES: Final = str.maketrans("〇零Oo一二三四五六七八九", "0000123456789")


#: figures as on a cheque (贰零贰伍年陆月叁拾日); elsewhere 陆 and 伍 are words
_FORMAL: Final = Lazy("[壹贰叁肆伍陆柒捌玖拾零〇]+(?=[年月日号])")
_PLAIN_FIGURES: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")


class Normal(NamedTuple):
    """Normalised text; ``offsets`` maps each of its characters to the original (``None``: the same)."""

    text: str
    offsets: tuple[int, ...] | None

    def place(self, index: int) -> int:
        """Map a place of the normal text to the original text."""
        return index if self.offsets is None else self.offsets[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open span of the normal text to the original text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def normalize(text: str) -> Normal:
    """Normalise ``text``, remembering where every character came from."""
    if not _ODD.search(text):
        return Normal(_years_in_figures(text), None)
    plain = _FORMAL.sub(lambda figures: figures[0].translate(_PLAIN_FIGURES), text.translate(_TABLE))
    if "\n" in plain:
        plain = _NEW_CLAUSE.sub(",", plain)
    if not (_SPACES.search(plain) or _GLOSS.search(plain)):
        return Normal(_years_in_figures(plain), None)
    keep: list[int] = []
    last = 0
    for match in _DROP.finditer(plain):
        keep.extend(range(last, match.start()))
        last = match.end()
    keep.extend(range(last, len(plain)))
    return Normal(_years_in_figures("".join([plain[index] for index in keep])), tuple(keep))


def _years_in_figures(text: str) -> str:
    return _YEAR_IN_WORDS.sub(lambda year: year[0].translate(_FIGURES), text)
