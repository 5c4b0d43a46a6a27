"""Radicals that look like characters: 段⻘禾 copied out of a PDF reads 段青禾 and equals no name in any list.

The Kangxi radicals (U+2F00-2FD5) fold under NFKC; those of the CJK Radicals Supplement mostly do not. The table follows
Unicode's EquivalentUnifiedIdeograph.txt, forms that stand for no character of their own left out.
"""

from __future__ import annotations

import unicodedata

from rectify_xl.common.lazy_pattern import LazyPattern

_SUPPLEMENT = dict(
    zip(
        "⺎⺏⺑⺓⺔⺝⺟⺠⺫⺬⺮⺯⺶⺷⺹⺺⺻⺼⺽⺿⻁⻃⻄⻅⻆⻇⻈⻉⻋⻌⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻯⻰⻲⻳",
        "兀尣尢幺彐月母民罒示竹糸羊羊老肀聿肉臼艹虎覀西见角覀讠贝车辶長镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿竜龙龟龟",
        strict=True,
    )
)
_RADICAL = LazyPattern("[\u2e80-\u2fd5]")


def lookalikes(text: str) -> tuple[str, ...]:
    """The radicals in a text that stand for a character, each once."""
    return tuple(dict.fromkeys(one for one in _RADICAL.findall(text) if _character(one) != one))


def without_lookalikes(text: str) -> str:
    """A text in which every radical is the character that it looks like."""
    return _RADICAL.sub(lambda match: _character(match[0]), text) if _RADICAL.search(text) else text


def _character(radical: str) -> str:
    return _SUPPLEMENT.get(radical) or unicodedata.normalize("NFKC", radical)
