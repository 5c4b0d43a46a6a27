"""Characters that nobody can see.

What it checks:
    A text holds control characters, zero-width, direction or soft-hyphen marks, fillers that show nothing, or
    codes that are no characters. Line breaks and tabs are none.
Why:
    They come with text pasted from web pages and PDF. Two names that look alike are then different names,
    and searches miss them.
Wrong:
    市水<U+200B>利局
Right:
    市水利局
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Fix, Severity
from rectify_xl.language.text.damage import repaired
from rectify_xl.rules import ANY_TEXT, at
from rectify_xl.rules.cell_texts import UNSEEN, damage, odd_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文字中有看不见的字符。

查什么：
    文字里有控制字符、零宽字符、方向符、软连字符、不显示的填充符，或不是字符的编码。换行和制表符不算。
为什么：
    多由网页、PDF 粘贴带来。看着一样的两个名称其实不同，查找、匹配都会漏掉。
错例：
    市水<U+200B>利局
正例：
    市水利局
"""
CODE = "V206"
SEVERITY = Severity.WARNING
FIELDS = ANY_TEXT
FIX = "safe"
MESSAGE = {
    "zh": "{label}中有看不见的字符（{found}）；请清除后重新录入",
    "en": "{label} holds invisible characters ({found}); type the text in again",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield texts with control or invisible characters, and the text without them."""
    for position, key, text in odd_texts(collection):
        unseen = damage(text, UNSEEN)
        if unseen:
            found = tuple(dict.fromkeys(f"U+{ord(one):04X}" for part in unseen for one in part.found))
            yield at(position, key, fix=Fix(repaired(text, unseen).strip(), safe=True), found=found[:5])
