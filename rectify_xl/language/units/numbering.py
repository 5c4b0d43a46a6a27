"""Numbers in a cell of units: those of a list, and those of the measures that a body answers for."""

from __future__ import annotations

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units import vocabulary as v

_NUMBERED = HanPattern(
    r"(?:(?<=^)|(?<=[\s;,。:]))(?:\d{1,2}[.、)]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}[、.])\s*(?=[^\d\s])"
)
_COUNTED_LIST = HanPattern(r"^(?:1[.、)]|\(1\))")
_ANY_NUMBER = HanPattern(r"\d{1,2}[.、)](?=[\u4e00-\u9fff])|\(\d{1,2}\)(?=[\u4e00-\u9fff])")
# 市水利局:1、2;市住建局:3
_NUMBERS_BEHIND = HanPattern(
    rf"(?<={v.LAST_OF_BODY}):((?:措施|任务|问题|第)?\d{{1,2}}(?:[、,和及至~-]\d{{1,2}})*(?:项|条|号)?)(?=$|[;。\s]|[、,](?!\d))"
)


def read_numbers(text: str) -> str:
    """A text in which the numbers of a list are separators, and those behind a body and a colon stand in brackets."""
    numbered = _ANY_NUMBER if _COUNTED_LIST.match(text) else _NUMBERED
    return _NUMBERS_BEHIND.sub(r"(\1)", numbered.sub(";", text))
