"""How wide columns and how tall rows must be, reckoned without any program's help.

Excel, WPS and LibreOffice do not agree on the height of wrapped Chinese text, and Excel never fits rows of a file it
has not edited; so heights are computed here, a little on the generous side. Widths are in Excel's unit, one Latin
digit; a Chinese character takes two.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil

LINE = 14.5  # points per line of 10 pt text, enough for the tallest of the usual Chinese fonts
PADDING = 7.0
MIN_HEIGHT = 22.0
MAX_HEIGHT = 409.0  # Excel's limit
MOST_LINES = int((MAX_HEIGHT - PADDING) // LINE)  # of 10 pt text in the tallest row
_EDGE = 2.4  # what margins, indent and a Chinese line's ragged end take
_HARD_LIMIT = 255  # Excel's limit of a column
# Texts mainly of Latin letters: their share, how much wider than a digit of the column's unit a letter is (not every
# program has a font as narrow as 仿宋), and what a line loses at its end.
_LATIN, _LATIN_WIDER, _RAGGED = 0.5, 0.15, 8.0


def units(text: str) -> float:
    """Display width of a text without line breaks. One UTF-8 byte is one unit, three bytes are two."""
    return (len(text.encode("utf-8", "replace")) + len(text)) / 2


def natural_width(text: str) -> float:
    """Width of the longest line."""
    return max(map(units, text.split("\n"))) if "\n" in text else units(text)


@lru_cache(maxsize=1 << 17)  # most texts stand in two or three lists, in columns of one width
def line_count(text: str, width: float) -> int:
    """Lines that a wrapped text takes in a column of ``width``."""
    room = max(width - _EDGE, 2.0)
    if "\n" not in text:
        # Most texts are short: twice the length is never less than the width.
        return 1 if len(text) * 2 <= room else _lines(text, room)
    return sum(_lines(line, room) for line in text.split("\n"))


def _lines(line: str, room: float) -> int:
    """Lines of a text without line breaks. Chinese breaks anywhere; Latin words stay whole and leave room at line ends."""
    wide = units(line)
    latin = 2 * len(line) - wide  # characters of one byte
    if latin > _LATIN * len(line):
        wide += latin * _LATIN_WIDER
        if wide > room:
            room -= min(_RAGGED, room / 4)
    return max(1, ceil(wide / room))


def fitted(text: str, width: float) -> str:
    """A text on one line of a column of ``width``: what does not fit gives way to ``…``."""
    room = width - _EDGE
    text = " ".join(text.split())
    if units(text) <= room:
        return text
    text = text[: ceil(room)]
    while text and units(text) + 2 > room:
        text = text[:-1]
    return f"{text}…"


def row_height(lines: int, scale: float = 1.0) -> float:
    """Points for so many lines; ``scale`` is the font's size against 10 pt."""
    return min(MAX_HEIGHT, max(MIN_HEIGHT, lines * LINE * scale + PADDING))


def head_width(label: str) -> float:
    """The narrowest column under which a heading still reads well on two lines beside the filter's button."""
    longest_word = max((len(word) for word in label.split() if word.isascii()), default=0)
    return max(7.0, units(label) / 2 + 3, longest_word + 3)


def column_width(label: str, declared: float, longest: float) -> float:
    """Width for a column: its declared width, less where its heading and contents need less."""
    narrowest = head_width(label)
    return min(max(narrowest, min(declared, longest + 3)), _HARD_LIMIT)
