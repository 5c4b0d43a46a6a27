"""One spelling for many: width, script, dashes, inner spaces, pinyin noise; with a way back.

Every replacement is one character for one, so only deletions move offsets.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from rectify_xl.language.deadline.script import TRADITIONAL

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
_DROP: Final = re.compile(
    r"[\u200b-\u200f\u2060\ufeff\u00ad]+"
    r"|\([a-zà-öø-ÿāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňḿ]{1,7}\)"
    r"|(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])|(?<=(?<![0-9])[0-9])\s(?=[0-9](?![0-9]))"
)
_MAYBE_DROP: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]|\([a-zà-öø-ÿ\u0100-\u01ff\u1e3f]")


class Normal(NamedTuple):
    """Normalised text; ``offsets`` maps each of its characters to the original (``None``: the same)."""

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open span of the normal text to the original text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def normalize(text: str) -> Normal:
    """Normalise ``text``, remembering where every character came from."""
    plain = text.translate(_TABLE)
    if not _MAYBE_DROP.search(plain):
        return Normal(plain, None)
    keep: list[int] = []
    last = 0
    for match in _DROP.finditer(plain):
        keep.extend(range(last, match.start()))
        last = match.end()
    keep.extend(range(last, len(plain)))
    return Normal("".join([plain[index] for index in keep]), tuple(keep))
