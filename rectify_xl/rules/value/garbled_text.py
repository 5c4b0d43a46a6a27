"""Text damaged on its way.

What it checks:
    A text holds mojibake (wrong encoding), pinyin inserted after characters, or Traditional characters in
    a Simplified list. Chemical and technical abbreviations are none.
Why:
    Two of the five published plans came as damaged copies, half converted to Traditional and with pinyin
    in brackets: names in them match nothing.
Wrong:
    縣環（huán）境攻堅辦
Right:
    县环境攻坚办
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.language.text import clean_text
from rectify_xl.rules import ANY_TEXT, Option, at
from rectify_xl.rules.cell_texts import damage, found_words, odd_texts, text_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.language.text import DamageKind
    from rectify_xl.rules import Hit

ZH = """文字在传递中损坏。

查什么：
    文字里有编码错误造成的乱码、字后夹注的拼音，或简体清单中混入繁体字。化学式、技术缩写不算。
为什么：
    五份公开方案中有两份是损坏的副本，一半变成繁体并夹有拼音，其中的名称什么都对不上。
错例：
    縣環（huán）境攻堅辦
正例：
    县环境攻坚办
"""
CODE = "V210"
SEVERITY = Severity.ERROR
FIELDS = ANY_TEXT
MESSAGE = {
    "zh": "{label}中有乱码、夹注拼音或繁体字（{found}）；请改回规范的简体中文",
    "en": "{label} holds garbled text, inserted pinyin or Traditional characters ({found}); restore plain Simplified Chinese",
}
GARBLED: frozenset[DamageKind] = frozenset({"mojibake", "pinyin", "traditional"})
OPTIONS = {"traditional": Option(True, "是否检查繁体字", "whether Traditional characters are reported")}  # noqa: FBT003


def check(collection: Collection, *, traditional: bool) -> Iterator[Hit]:
    """Yield texts with mojibake, inserted pinyin or Traditional characters, and how they would read repaired."""
    for position, key, text in odd_texts(collection, text_keys(collection)):
        found = damage(text, GARBLED if traditional else GARBLED - {"traditional"})
        if found:
            yield at(position, key, found=found_words(found), repaired=clean_text(text).cleaned)
