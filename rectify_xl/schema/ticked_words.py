"""Words beside boxes in one cell (□未启动 ☑整改中 □已完成): which of them is ticked."""

from __future__ import annotations

import re

from rectify_xl.common.lazy_pattern import LazyPattern

TICK_SIGNS = "√✓✔☑✅■▇●◆★"
BOX_SIGNS = "□☐○◇☆"
_SIGN = f"[{TICK_SIGNS}{BOX_SIGNS}]"
_BRACKETED_TICK = LazyPattern(r"[(（]\s*[√✓✔]\s*[)）]")
_EMPTY_BRACKETS = LazyPattern(r"[(（]\s*[)）]")
_BEFORE = LazyPattern(rf"({_SIGN})\s*([^{TICK_SIGNS}{BOX_SIGNS}]*)")
_BEHIND = LazyPattern(rf"([^{TICK_SIGNS}{BOX_SIGNS}]*)({_SIGN})")
_MARKS = " \t\r\n\u3000、,，;；/"


def ticked_words(text: str) -> tuple[list[str], list[str]]:
    """The words of a cell that are ticked, and those that are not; none of either where the cell has no boxes.

    The boxes stand before their words or behind them; brackets count as boxes: 已完成（√） 整改中（ ）.
    """
    boxed = _EMPTY_BRACKETS.sub("□", _BRACKETED_TICK.sub("☑", text)).strip(_MARKS)
    if re.match(_SIGN, boxed):
        found = [(sign, word) for sign, word in _BEFORE.findall(boxed)]
    elif boxed and boxed[-1] in TICK_SIGNS + BOX_SIGNS:
        found = [(sign, word) for word, sign in _BEHIND.findall(boxed)]
    else:
        found = []
    words = [(sign in TICK_SIGNS, word.strip(_MARKS)) for sign, word in found]
    return [word for ticked, word in words if ticked], [word for ticked, word in words if not ticked]
