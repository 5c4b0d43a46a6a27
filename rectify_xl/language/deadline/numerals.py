"""Chinese and Arabic numerals, as they occur in dates and durations."""

from __future__ import annotations

from typing import Final

from rectify_xl.language.deadline.vocabulary import DIGITS

#: A numeral of one to three figures, Arabic or Chinese.
N: Final = r"(?:[0-9]{1,3}|[一二两三四五六七八九十百〇零廿卅]{1,4})"
N2: Final = r"(?:[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})"
#: A year; normalised text writes it in figures.
YEAR4: Final = r"(?<![0-9.])[12][089][0-9]{2}(?![0-9])"

_VALUES: Final = {mark: value for value, marks in enumerate(DIGITS) for mark in marks}


def digits(text: str) -> int:
    """Read a numeral written digit by digit: ``二〇二0`` is 2020. Raises KeyError on other text."""
    value = 0
    for mark in text:
        value = value * 10 + _VALUES[mark]
    return value


def number(text: str) -> int:
    """Read ``12``, ``十二``, ``二十``, ``一百八十``, ``两`` or ``元`` (first month); 0 for what is no numeral (``十十``)."""
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text and "百" not in text:
        return digits(text)
    if text.count("十") > 1 or text.count("百") > 1 or "百" in text.partition("十")[2]:
        return 0
    hundreds, found, rest = text.partition("百")
    total = digits(hundreds or "一") * 100 if found else 0
    rest = rest if found else text
    tens, found, ones = rest.partition("十")
    if found:
        total += digits(tens.strip("零〇") or "一") * 10
        rest = ones
    return total + digits(rest)
