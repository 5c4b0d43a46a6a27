"""How much room a wrapped text takes, measured with the glyphs of a real Chinese font."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from PIL import ImageFont

_PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "C:/Windows/Fonts/simfang.ttf",
    "C:/Windows/Fonts/simsun.ttc",
)
_SIZE = 1000  # measured large, so that no rounding to pixels comes in
_DIGIT = 7.0  # pixels of a column's unit, Excel's at 96 dpi
_EDGES = 5.0  # pixels that a cell keeps free beside its text
_INDENT = 9.0


def font_or_skip() -> ImageFont.FreeTypeFont:
    """A Chinese font of this machine."""
    place = next((place for place in _PLACES if Path(place).exists()), None)
    if place is None:
        pytest.skip("no Chinese font to measure with")
    return ImageFont.truetype(place, _SIZE)


class Extents:
    """Lines and heights of 10 pt text."""

    def __init__(self, font: ImageFont.FreeTypeFont, points: float = 10) -> None:
        self._font = font
        self._scale = points * 96 / 72 / _SIZE
        ascent, descent = font.getmetrics()
        self.line_height = (ascent + descent) / _SIZE * points
        self._advance = lru_cache(maxsize=None)(self._measured)

    def _measured(self, character: str) -> float:
        return self._font.getlength(character) * self._scale

    def height(self, text: str, width: float, *, indented: bool) -> float:
        """Points that a text takes in a column of ``width`` (as the file says it)."""
        room = width * _DIGIT - _EDGES - (_INDENT if indented else 0)
        return sum(self._lines(line, room) for line in text.split("\n")) * self.line_height

    def _lines(self, line: str, room: float) -> int:
        """Breaks before a Latin word that does not fit, and anywhere between Chinese characters."""
        lines, used = 1, 0.0
        for word in _words(line):
            wide = sum(map(self._advance, word))
            if used + wide > room and used:
                lines, used = lines + 1, 0.0
            while wide > room:  # longer than a line: broken inside
                lines, wide = lines + 1, wide - room
            used += wide
        return lines

    def fits(self, text: str, width: float) -> bool:
        """Whether a text stands on one line."""
        return sum(map(self._advance, text)) <= width * _DIGIT - _EDGES


def _words(line: str) -> list[str]:
    words: list[str] = []
    for character in line:
        if words and character.isascii() and character != " " and words[-1][-1].isascii() and words[-1][-1] != " ":
            words[-1] += character
        else:
            words.append(character)
    return words
