"""Evidence without a document number.

What it checks:
    The evidence is named, without a document number such as 〔2026〕18号.
Why:
    Our archive files by document number; without one the paper cannot be found again.
Wrong:
    南河清淤验收单
Right:
    南河清淤验收单（云水函〔2026〕18号）
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.rules import Option, Severity, at, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """佐证材料没有写文号。

查什么：
    佐证材料写了名称，没有写〔2026〕18号这样的文号。
为什么：
    我办按文号归档，没有文号就查不到原件。
错例：
    南河清淤验收单
正例：
    南河清淤验收单（云水函〔2026〕18号）
"""
CODE = "ZG101"
SEVERITY = Severity.WARNING
FIELDS = fields("evidence")
MESSAGE = {
    "zh": "{label}“{value}”没有文号；请补写文号",
    "en": "The evidence “{value}” has no document number; add it",
}
OPTIONS = {"enough": Option(("现场照片",), "哪些材料不需要文号", "what needs no document number")}
NUMBER = re.compile(r"[〔\[(（]\s*(?:19|20)\d{2}\s*[〕\])）]\s*\d+\s*号")


def check(collection: Collection, *, enough: tuple[str, ...]) -> Iterator[Hit]:
    """Yield rows whose evidence has no document number and none of the words in ``enough``."""
    for position, text in collection.texts("evidence"):
        if not NUMBER.search(text) and not any(word in text for word in enough):
            yield at(position, "evidence")
