"""How official papers write numbers, days, names and titles, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text, listed, localise
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.technical_text import spoken_lines
from rectify_xl.common.unreadable import CellError, Uncached
from rectify_xl.common.visible import without_hidden
from rectify_xl.schema.conversion import shown
from rectify_xl.workbook.cells import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

#: What stands where something is left to be filled in by hand.
BLANK = Text("（待填写）", "(to be filled in)")
_DIGITS = "零一二三四五六七八九"
_TEN = 10
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = LazyPattern(r"(\d{4})-(\d{1,2})")
_MOST_NUMBERS = 8


def day(value: date | None, lang: str = "zh") -> str:
    """2026年11月21日 or 21 November 2026; nothing for no day."""
    if not value:
        return ""
    return localise(lang, f"{value.year}年{value.month}月{value.day}日", f"{value.day} {_MONTHS[value.month - 1]} {value.year}")


def cycle(round_id: str, lang: str = "zh") -> str:
    """A round as people call it: 2026年11月 or November 2026 for ``2026-11``, else as it is written."""
    match = _MONTH.fullmatch(round_id)
    if not match or not 1 <= int(match[2]) <= len(_MONTHS):
        return plain(round_id)
    return localise(lang, f"{match[1]}年{int(match[2])}月", f"{_MONTHS[int(match[2]) - 1]} {match[1]}")


def plain(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A value as one line that XML can hold, in which nothing hides or turns the direction of reading.

    Without error values and formulas that were never calculated: they are no text of anybody's, and have findings.
    """
    if isinstance(value, CellError | Uncached):
        return ""
    return " ".join(" ".join(map(_visible, spoken_lines(shown(value)))).split())


def is_broken(value: Any) -> bool:  # noqa: ANN401
    """Whether a cell holds something, and nothing but error values and formulas, so that :func:`plain` leaves nothing of it."""
    return bool(shown(value).strip()) and not plain(value)


def paragraphs(value: Any) -> list[str]:  # noqa: ANN401 - a cell holds anything
    """The lines of a value that say something, each as :func:`plain` has it."""
    lines = [] if isinstance(value, CellError | Uncached) else spoken_lines(shown(value))
    return [line for line in (" ".join(_visible(line).split()) for line in lines) if line]


def _visible(line: str) -> str:
    return without_hidden(clean(line))


def short(value: Any, most: int) -> str:  # noqa: ANN401
    """A value as one line of at most so many characters; a row of a table must fit on a page."""
    text = plain(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def plural(count: int, noun: str) -> str:
    """1 day, 2 days: a count with its English noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def percent(part: int, whole: int) -> str:
    """A share with one decimal; 0% of nothing."""
    return f"{part / whole * 100:.1f}%" if whole else "0%"


def numeral(number: int, lang: str = "zh") -> str:
    """The number of a section: 一, 十二, 二十, or 1, 12, 20."""
    if lang == "en":
        return str(number)
    tens, ones = divmod(number, _TEN)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def numbers(ids: Iterable[Any], lang: str = "zh") -> str:
    """任务3、8 of task numbers, 任务3、8…等12项 of many; how many where some have none."""
    found = [plain(number) for number in ids]
    count = len(found)
    if not all(found):
        return localise(lang, f"{count}项任务", plural(count, "task"))
    first = listed(lang, found[:_MOST_NUMBERS])
    if count > _MOST_NUMBERS:
        return localise(lang, f"任务{first}等{count}项", f"tasks {first} and others, {count} in all,")
    return localise(lang, f"任务{first}", f"task {first}" if count == 1 else f"tasks {first}")


def counted(ids: Iterable[Any], lang: str = "zh") -> str:
    """2项(任务3、8) or 2 (tasks 3, 8): how many, and their numbers where all have one."""
    found = [plain(number) for number in ids]
    count = len(found)
    if not all(found):
        return localise(lang, f"{count}项", str(count))
    first, more = listed(lang, found[:_MOST_NUMBERS]), count > _MOST_NUMBERS
    word = "task" if count == 1 else "tasks"
    return localise(
        lang, f"{count}项（任务{first}{'等' if more else ''}）", f"{count} ({word} {first}{' and others' if more else ''})"
    )


# Words that a title may be broken before and after.
_WORDS = LazyPattern(
    "贯彻落实|省委|市委|中央|国家|省级|市级|生态|环境|保护|专项|督察|巡视|巡察|审计|反馈|意见|问题|整改|治理|进展|情况|工作|任务|方案|办理|有关|事项"
)
_TIED = frozenset("的和及、。,.;:!?)]”’》】\uff0c\uff1b\uff1a\uff09")  # never begin a line
_OPENING = frozenset("([“‘《【\uff08")  # never end one
_SPLIT_WORD = 40


def title_lines(title: str, lang: str = "zh", most: int = 20) -> str:
    """A title broken into lines of even length at words, as few as can be; a title that is short enough stays whole.

    A title in English is broken by whatever shows it.
    """
    if lang == "en":
        return title
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
