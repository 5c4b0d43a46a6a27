"""Lines that a program broke at its margin, told from paragraphs: in a PDF by their places, in a text by their width."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_layout import units
from rectify_xl.plans.document import Line, fold
from rectify_xl.plans.labels import SHORT, hits_in
from rectify_xl.plans.numbering import enumerator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

# In a text that was copied from a PDF, or typed: — 2 —, 第2页 共9页.
PAGE_NUMBER = LazyPattern(r"\s*(?:[-—–]{1,2}\s*\d{1,3}\s*[-—–]{1,2}|第\s*\d{1,3}\s*页(?:[\s,/]*共\s*\d{1,3}\s*页)?)\s*$")
_ROLE = LazyPattern(r"\s*(?:牵头|主责|主办|责任|配合|协办|协同|参与)\s*[:：]")
SENTENCE_END = LazyPattern(r"[。；;：:！？”）)]\s*$")
_TORN = LazyPattern(r"(?:^|[。;,!\s])([\u4e00-\u9fff]{1,4})$")
_LONGEST_TORN = 6
_LISTING = ("、", "，", ",", "；", ";", "：", ":", "和", "及", "与")
_LEAST_TITLE = 8
_TAIL = 300
_LEAST_LINES, _LEAST_SHARE = 3, 0.08
_NARROWEST, _WIDEST = 36, 130  # columns, of which a Chinese character takes two
_ROOM = 3  # columns that may stay free, since no line begins with punctuation
_MOST_LINES = 200  # of a paragraph; keeps hostile input cheap


def begins_something(text: str) -> bool:
    """Whether a line begins with a number or a label."""
    return enumerator(fold(text)) is not None or any(not hit.start for hit in hits_in(0, Line(text, 0, 0)))


def begins_with_label(text: str) -> bool:
    """Whether a line begins with a label and a colon, as 配合单位： or 配合：."""
    return bool(_ROLE.match(text)) or any(not hit.start and hit.form == "colon" for hit in hits_in(0, Line(text, 0, 0)))


def stops(text: str, below: str) -> bool:
    """Whether a paragraph that fills its last line ends there: the next one begins with a number or a label, or repeats it.

    Without the end of a sentence a number is only one behind a field of one line, as behind 整改时限：5月底前.
    """
    if len(below) >= _LEAST_TITLE and text.startswith(below):  # a running head, and the title below it
        return True
    if _is_open(text) or not begins_something(below) or _tears_label(text, below):
        return False
    if SENTENCE_END.search(text) or begins_with_label(below):
        return True
    fields = [hit.field for hit in hits_in(0, Line(text, 0, 0))]
    return bool(fields) and fields[-1] in SHORT and not text.endswith(_LISTING)


def _tears_label(text: str, below: str) -> bool:
    """Whether a label is broken between two lines: 责任 and 单位：, of which the second looks like one of its own."""
    torn = _TORN.search(fold(text[-_LONGEST_TORN:]))
    if torn is None:
        return False
    whole = next(hits_in(0, Line(torn[1] + below, 0, 0)), None)
    return whole is not None and not whole.start and whole.form == "colon" and len(whole.label) > len(torn[1])


def _is_open(text: str) -> bool:
    """Whether a bracket is still open: then no paragraph ends."""
    tail = fold(text[-_TAIL:])
    return tail.count("(") > tail.count(")")


def broken_at(lines: Sequence[str]) -> int:
    """The width at which all lines of a text were broken, as when it was copied out of a PDF; 0 where they are paragraphs.

    Several lines are as wide, and most of them go on in a line that begins with neither a number nor a label.
    """
    shown = [line for line in lines if line.strip()]
    widest = round(max(map(units, shown), default=0))
    if not _NARROWEST <= widest <= _WIDEST:
        return 0
    full = [(line, below) for line, below in pairwise(shown) if units(line) >= widest - _ROOM]
    torn = sum(not SENTENCE_END.search(line) and not begins_something(below) for line, below in full)
    return widest if torn >= max(_LEAST_LINES, _LEAST_SHARE * len(shown)) and 2 * torn > len(full) else 0


def between_pages(lines: Sequence[str]) -> frozenset[int]:
    """Where lines stand that a text copied out of a PDF has between its pages: numbers, running heads beside them, blank lines.

    They part no paragraph. A running head is a line that stands beside several page numbers.
    """
    found = {at for at, line in enumerate(lines) if PAGE_NUMBER.match(line)}
    beside = [at for number in found for at in _neighbours(lines, number)]
    heads = Counter(lines[at].strip() for at in beside if not begins_something(lines[at]))
    found |= {at for at in beside if heads[lines[at].strip()] > 1}
    for step in (1, -1):
        for first in list(found):
            at = first + step
            while 0 <= at < len(lines) and at not in found and not lines[at].strip():
                found.add(at)
                at += step
    return frozenset(found)


def _neighbours(lines: Sequence[str], at: int) -> list[int]:
    """The lines with text directly above and below one."""
    above = next((one for one in range(at - 1, -1, -1) if lines[one].strip()), None)
    below = next((one for one in range(at + 1, len(lines)) if lines[one].strip()), None)
    return [one for one in (above, below) if one is not None]


def joined_lines(lines: Sequence[str], width: int, skipped: AbstractSet[int] = frozenset()) -> Iterator[tuple[str, int]]:
    """Paragraphs of lines that were broken at a width, and of how many lines each is; ``skipped`` are the places of no text."""
    text, count, last = "", 0, ""
    for at, line in enumerate(lines):
        if at in skipped and count:
            count += 1
            continue
        line = "" if at in skipped else line  # noqa: PLW2901 - before the first paragraph it keeps its number
        full = 0 < count < _MOST_LINES and width and units(last) >= width - _ROOM
        if full and line.strip() and line[0] not in " \u3000\t" and not stops(text, line):
            text, count = text + line, count + 1
        else:
            if count:
                yield text, count
            text, count = line, 1
        last = line
    if count:
        yield text, count
