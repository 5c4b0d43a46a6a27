"""Progress in stock phrases.

What it checks:
    The progress consists of phrases such as 高度重视, 有序推进, 取得阶段性成效, of 同上 or of a sign (√), and nothing else. One
    clause with a fact in it is enough to pass.
Why:
    Such a report can be copied from month to month; plans warn of 敷衍整改, and leaders cannot learn anything
    from it.
Wrong:
    高度重视，有序推进。
Right:
    两座泵站已改造完成一座，第二座 10 月开工。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.text_keys import has_words
from rectify_xl.rules import Option, at, fields
from rectify_xl.rules.cell_texts import says_same
from rectify_xl.rules.stock_phrases import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """整改进展只有套话。

查什么：
    整改进展全是“高度重视”“有序推进”“取得阶段性成效”一类说法，或只写“同上”、只打一个“√”，没有别的内容。只要有一处写了实事就不报。
为什么：
    这样的进展可以月月照抄；方案要求防止敷衍整改，领导也看不出实情。
错例：
    高度重视，有序推进。
正例：
    两座泵站已改造完成一座，第二座 10 月开工。
"""
CODE = "P609"
SEVERITY = Severity.WARNING
FIELDS = fields("progress")
MESSAGE = {
    "zh": "整改进展“{value}”没有实际内容；请写明做了哪些事、完成多少、还差什么",
    "en": "The progress “{value}” says nothing; write what was done, how much is finished and what is left",
}
OPTIONS = {"also": Option((), "另外哪些说法也算空话", "further phrases that say nothing")}


def check(collection: Collection, *, also: tuple[str, ...]) -> Iterator[Hit]:
    """Yield rows whose progress holds stock phrases only."""
    for position, text in collection.texts("progress"):
        if says_nothing(text, also) or says_same(text) or not has_words(text):
            yield at(position, "progress")
