"""A decision of the office that cannot be applied.

What it checks:
    In the last master: a row of 冲突 or 待确认 on which somebody decided, while the decision is incomplete (以核定值为准
    without a value, a value without a decision), is none of those offered, or contradicts its value or another
    row; a row of 延期 whose answer is neither 同意 nor 不同意, or that bears no key and a number of no task or of several.
    Nothing is applied; the row stays until it is completed.
Why:
    The office believes that it has decided, while the ledger still shows the old value.
Wrong:
    处理意见 以核定值为准, 核定值 empty
Right:
    处理意见 以核定值为准, 核定值 2027年3月底前
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, Hit, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection

ZH = """处理意见没有写全或互相矛盾。

查什么：
    对照上期总台账：“冲突”“待确认”中已经动手处理的行，处理意见没有写全（选了“以核定值为准”没填核定值，或只填了核定值）、
    不在可选项之内，或者与核定值、与其他行互相矛盾；“延期”中的处理意见既不是同意也不是不同意，或者同意了却没有任务标识、
    按编号找不到唯一的任务。这样的意见不执行，原行保留，等补齐或改正。
为什么：
    整改办以为已经核定，台账上其实还是原来的内容。
错例：
    处理意见“以核定值为准”，核定值空着
正例：
    处理意见“以核定值为准”，核定值“2027年3月底前”
"""
CODE = "X721"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
SCOPE = "collection"
MESSAGE = {
    "zh": "{place}：{why}，没有处理，仍保留在表中；请补齐或改正",
    "en": "{place_en}: {why_en}; it was not applied and stays in the sheet: please complete it",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the decisions of the last master that were left."""
    for left in collection.base.left if collection.base else ():
        words = {"place": left.place.zh, "place_en": left.place.en, "why": left.why.zh, "why_en": left.why.en}
        yield Hit(sheet=left.sheet, cell=left.cell or None, facts={name: Phrase(text) for name, text in words.items()})
