"""Radicals in the place of characters.

What it checks:
    A text holds radicals of the Unicode blocks Kangxi Radicals or CJK Radicals Supplement, which look exactly like
    characters: ⺠ for 民, ⻘ for 青. The text is read as if the characters stood there.
Why:
    They come out of PDF files. Searching and filtering miss such names, though nobody can see a difference.
Wrong:
    市⺠政局
Right:
    市民政局
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Fix, Severity
from rectify_xl.common.lookalikes import lookalikes, without_lookalikes
from rectify_xl.rules import ANY_TEXT, at
from rectify_xl.rules.cell_texts import odd_texts, text_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """部首代替了汉字。

查什么：
    文字里有 Unicode 部首字符，外形与汉字相同：⺠ 像民，⻘ 像青。读取时按汉字读。
为什么：
    多由 PDF 复制带来。看着一样，查找、筛选却找不到。
错例：
    市⺠政局
正例：
    市民政局
"""
CODE = "V222"
SEVERITY = Severity.WARNING
FIELDS = ANY_TEXT
FIX = "safe"
MESSAGE = {
    "zh": "{label}中有外形像汉字的部首字符（{found}），已按“{characters}”读取；请改成汉字",
    "en": "{label} holds radicals that look like characters ({found}) and were read as “{characters}”; type the characters",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield texts with radicals, and the text with the characters."""
    for position, key, text in odd_texts(collection, text_keys(collection)):
        found = lookalikes(text)
        if found:
            characters = without_lookalikes("".join(found))
            codes = tuple(f"{one} U+{ord(one):04X}" for one in found)
            yield at(position, key, fix=Fix(without_lookalikes(text), safe=True), found=codes[:5], characters=characters)
