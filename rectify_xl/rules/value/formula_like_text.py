"""Text that a program could take for a formula.

What it checks:
    A text begins like a formula: = before anything, or + - @ before a function, a cell address or a DDE
    call. Bullets, signed numbers and a lone dash are none.
Why:
    Saved as CSV or pasted elsewhere, such a text runs as a formula on the next person's machine. The
    master always writes it as text.
Wrong:
    =HYPERLINK("http://example.invalid","点此查看")
Right:
    - 已完成河道清淤
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.rules import ANY_TEXT, at
from rectify_xl.rules.cell_texts import raw_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文字像公式。

查什么：
    文字以公式的样子开头：“=”后接内容，或“+”“-”“@”后接函数、单元格地址或外部调用。项目符号、带正负号的
    数字和单独的短横不算。
为什么：
    这样的文字存成 CSV 或粘到别处，会在下一个人的电脑上当公式执行。总台账一律按文本写入。
错例：
    =HYPERLINK("http://example.invalid","点此查看")
正例：
    - 已完成河道清淤
"""
CODE = "V212"
SEVERITY = Severity.WARNING
FIELDS = ANY_TEXT
MESSAGE = {
    "zh": "{label}“{value}”像公式，可能被误当公式执行；请去掉开头的符号，改写成文字",
    "en": "{label} “{value}” looks like a formula; write it as plain text without the leading sign",
}
EQUALS = LazyPattern(r"=\s*[^\s=]")
# Half-width and full-width; no other text can begin like a formula.
_STARTS = frozenset("=+-@" + "".join(chr(ord(mark) + 0xFEE0) for mark in "=+-@"))
# A call, a DDE command, or arithmetic with cell addresses; the whole text is ASCII, as a bullet's never is.
CALL = LazyPattern(
    r"[+\-@](?=[\x20-\x7e\s]*$)[^A-Za-z$]*"
    r"(?:[A-Za-z][\w.]*[(|]|[A-Za-z]\w*!|\$?[A-Z]{1,3}\$?\d+\s*[-+*/&:]\s*\$?(?:[A-Z]{1,3}\$?)?\d+(?![\w.]))"
)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield texts that begin like a formula."""
    for position, key, text in raw_texts(collection):
        if text.lstrip()[:1] not in _STARTS:
            continue
        folded = unicodedata.normalize("NFKC", text.strip())
        if EQUALS.match(folded) or CALL.match(folded):
            yield at(position, key)
