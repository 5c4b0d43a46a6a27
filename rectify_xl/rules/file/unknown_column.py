"""A column that the list's schema does not know.

What it checks:
    A heading is neither the label nor a known alias of any column. Its content is kept with the row but
    takes no part in checks or summaries.
Why:
    Units add columns of their own. Usually that is harmless; sometimes a known column hides under a new
    name, and then the office should see it.
Wrong:
    整改时限 renamed to 大概什么时候
Right:
    The heading of the template: 整改时限
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """清单里有不认识的列。

查什么：
    列名既不是规定的列名，也不是已知的别名。内容随行保留，但不参与检查和汇总。
为什么：
    单位常自己加列，多数无妨；但有时是规定的列换了名字，整改办应当知道。
错例：
    把“整改时限”改成“大概什么时候”
正例：
    使用模板的列名“整改时限”
"""
CODE = "S108"
SEVERITY = Severity.INFO
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "“{heading}”不是清单规定的列，内容不参与检查和汇总；如属规定的某一列，请改回模板的列名",
    "en": (
        "“{heading}” is no column of this list, so its content is not checked; if it is one under another name, "
        "use the template's heading"
    ),
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "unknown-column")
