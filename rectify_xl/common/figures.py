"""Numbers written by other people, turned into numbers of ours."""

from __future__ import annotations

_MOST_DIGITS = 15


def whole_number(text: str) -> int | None:
    """The number that a text of plain digits writes; None for any other text, and for one that counts nothing any more.

    ``str.isdigit`` is true of ² and of five thousand digits, of which ``int`` makes no number.
    """
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdecimal() else None
