"""Chinese and Arabic numerals, as they occur in dates and durations."""

from __future__ import annotations

from typing import Final

from rectify_xl.language.deadline.words import DIGITS

_VALUES: Final = {mark: value for value, marks in enumerate(DIGITS) for mark in marks}


def digits(text: str) -> int:
    """Read a numeral written digit by digit: ``二〇二0`` is 2020. Raises KeyError on other text."""
    value = 0
    for mark in text:
        value = value * 10 + _VALUES[mark]
    return value


def number(text: str) -> int:
    """Read ``12``, ``十二``, ``二十``, ``一百八十``, ``两`` or ``元`` (first month)."""
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    if "十" not in text and "百" not in text:
        return digits(text)
    hundreds, found, rest = text.partition("百")
    total = digits(hundreds or "一") * 100 if found else 0
    rest = rest if found else text
    tens, found, ones = rest.partition("十")
    if found:
        total += digits(tens.strip("零〇") or "一") * 10
        rest = ones
    return total + digits(rest)
