"""How official papers write numbers, days, names and titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rectify_xl.schema.conversion import shown
from rectify_xl.workbook.cells import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_DIGITS = "零一二三四五六七八九"
_TEN = 10
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_NAME_BYTES = 180  # file systems take 255; the ending and a number have to fit
_MOST_NUMBERS = 8


def day(value: date | None) -> str:
    """2026年11月21日; nothing for no day."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def cycle(round_id: str) -> str:
    """A round as people call it: 2026年11月 for ``2026-11``, else as it is written."""
    match = _MONTH.fullmatch(round_id)
    return f"{match[1]}年{int(match[2])}月" if match else plain(round_id)


def plain(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A value as one line that XML can hold; what cannot be shown is replaced visibly, never dropped."""
    return " ".join(clean(shown(value)).split())


def short(value: Any, most: int) -> str:  # noqa: ANN401
    """A value as one line of at most so many characters; a row of a table must fit on a page."""
    text = plain(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def percent(part: int, whole: int) -> str:
    """A share with one decimal; 0% of nothing."""
    return f"{part / whole * 100:.1f}%" if whole else "0%"


def numeral(number: int) -> str:
    """一, 十二, 二十: the number of a section."""
    tens, ones = divmod(number, _TEN)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def numbers(ids: Iterable[Any]) -> str:
    """任务3、8 of task numbers, 任务3、8…等12项 of many; how many where some have none."""
    listed = [plain(number) for number in ids]
    if not all(listed):
        return f"{len(listed)}项任务"
    if len(listed) > _MOST_NUMBERS:
        return f"任务{'、'.join(listed[:_MOST_NUMBERS])}等{len(listed)}项"
    return f"任务{'、'.join(listed)}"


def counted(ids: Iterable[Any]) -> str:
    """2项(任务3、8): how many, and their numbers where all have one."""
    listed = [plain(number) for number in ids]
    count = f"{len(listed)}项"
    if not all(listed):
        return count
    return f"{count}\uff08任务{'、'.join(listed[:_MOST_NUMBERS])}{'等' if len(listed) > _MOST_NUMBERS else ''}\uff09"


def file_name(text: str) -> str:
    """A name that every file system takes and no folder hides in."""
    name = _FORBIDDEN.sub("_", text).strip(" .")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name.encode()[:_NAME_BYTES].decode("utf-8", "ignore") or "_"


# Words that a title may be broken before and after.
_WORDS = re.compile(
    "贯彻落实|省委|市委|中央|国家|省级|市级|生态|环境|保护|专项|督察|巡视|巡察|审计|反馈|意见|问题|整改|治理|进展|情况|工作|任务|方案|办理|有关|事项"
)
_TIED = frozenset("的和及、。,.;:!?)]”’》】\uff0c\uff1b\uff1a\uff09")  # never begin a line
_OPENING = frozenset("([“‘《【\uff08")  # never end one
_SPLIT_WORD = 40


def title_lines(title: str, most: int = 20) -> str:
    """A title broken into lines of even length at words, as few as can be; a title that is short enough stays whole."""
    count = -(-len(title) // most)
    if count <= 1:
        return title
    seams = {place for match in _WORDS.finditer(title) for place in match.span()}
    ideal = len(title) / count
    # The best way to break the first n characters into k lines: (cost, where the lines end).
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in range(count):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            for end in range(start + 1, min(start + most, len(title)) + 1):
                price = cost + (end - start - ideal) ** 2 + _seam(title, end, seams)
                if end not in following or price < following[end][0]:
                    following[end] = (price, (*ends, end))
        best = following
    ends = best[len(title)][1]
    return "\n".join(title[start:end] for start, end in zip((0, *ends), ends, strict=False))


def _seam(title: str, end: int, seams: set[int]) -> float:
    """What it costs to end a line here."""
    if end == len(title):
        return 0
    if title[end] in _TIED or title[end - 1] in _OPENING:
        return 10 * _SPLIT_WORD
    return 0 if end in seams else _SPLIT_WORD
