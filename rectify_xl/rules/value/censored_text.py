"""Words replaced by stars or crosses.

What it checks:
    A text holds *, **** or ×× where words were taken out. Bullets, multiplication and masked telephone or
    identity numbers are none.
Why:
    Web platforms blank out words in published plans. What is left cannot be reported upwards as it
    stands.
Wrong:
    认真学习****重要讲话精神
Right:
    认真学习上级重要讲话精神
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import ANY_TEXT, at
from rectify_xl.rules.cell_texts import damage, found_words, odd_texts, text_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文字被星号或叉号代替。

查什么：
    文字里有代替内容的“*”“****”“××”。项目符号、乘号以及隐去中段的电话、证件号不算。
为什么：
    网站会自动屏蔽部分词语，剩下的句子不能原样上报。
错例：
    认真学习****重要讲话精神
正例：
    认真学习上级重要讲话精神
"""
CODE = "V211"
SEVERITY = Severity.WARNING
FIELDS = ANY_TEXT
MESSAGE = {
    "zh": "{label}中有内容被“{found}”代替，文字不完整；请按原文补全",
    "en": "{label} has words replaced by “{found}”; complete it from the original",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield texts in which stars or crosses stand for words."""
    for position, key, text in odd_texts(collection, text_keys(collection)):
        found = damage(text, {"censored"})
        if found:
            yield at(position, key, found=found_words(found))
