"""Spaces before or after a text.

What it checks:
    A text begins or ends with spaces, tabs or line breaks of any width. Two ideographic spaces before a
    long text are the usual indent of a paragraph and are left alone.
Why:
    Excel's own filters and lookups treat "市水利局 " and "市水利局" as two units.
Wrong:
    市水利局␣
Right:
    市水利局
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Fix, Severity
from rectify_xl.common.text_keys import is_blank_text
from rectify_xl.rules import ANY_TEXT, at
from rectify_xl.rules.cell_texts import UNSEEN, damage, raw_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文字前后有多余空格。

查什么：
    文字的开头或结尾有空格（含全角）、制表符或换行。长文本开头空两个全角格属于正常的段首缩进，不报。
为什么：
    Excel 的筛选和查找会把“市水利局 ”和“市水利局”当成两个单位。
错例：
    市水利局␣
正例：
    市水利局
"""
CODE = "V207"
SEVERITY = Severity.INFO
FIELDS = ANY_TEXT
FIX = "safe"
MESSAGE = {
    "zh": "{label}的前后有多余的空格或换行；请删去",
    "en": "{label} has spaces or line breaks at its ends; delete them",
}
INDENT = "\u3000\u3000"


def check(collection: Collection) -> Iterator[Hit]:
    """Yield words and choices with white space at their ends."""
    schema = collection.campaign.schema
    keys = [known.key for known in schema.fields if known.is_text or known.kind == "choice"]
    for position, key, text in raw_texts(collection, keys):
        indented = schema[key].kind == "long_text" and text.startswith(INDENT)
        shown = text[len(INDENT) :] if indented else text
        if shown != shown.strip() and not is_blank_text(text) and not damage(text, UNSEEN):
            yield at(position, key, fix=Fix(text.strip(), safe=True))
