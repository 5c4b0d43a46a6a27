"""A column that the list's schema does not know.

What it checks:
    A heading is neither the label nor a known alias of any column, and its words do not say either which one it
    is. Its content is kept with the row but takes no part in checks or summaries; where the content itself is
    unmistakable, the column is read as what it holds, and the finding says as what.
Why:
    Units add columns of their own. Usually that is harmless; sometimes a known column hides under a new
    name, and then the office should see it.
Wrong:
    整改时限 renamed to 大概什么时候
Right:
    The heading of the template: 整改时限
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.rules import NO_FIELD, faults, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """清单里有不认识的列。

查什么：
    列名既不是规定的列名，也不是已知的别名，从字面上也认不出是哪一列。内容随行保留，但不参与检查和汇总；内容
    本身不会认错的，按内容读取，并在提示中写明读作哪一列。
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
MESSAGE = {"zh": "“{heading}”{said}", "en": "“{heading}” {said_en}"}
_QUOTED = LazyPattern(r"[\[\]{},:#&*!|>'\"%@`?]|^-|^\s|\s$")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the headings that no field knows, with the field that a column was read as."""
    for hit in faults(collection, "unknown-column"):
        said = _read_as(hit.facts) if "key" in hit.facts else _UNREAD
        yield replace(hit, facts={**hit.facts, **phrases("said", *said)})


_UNREAD = (
    "不是清单规定的列，内容不参与检查和汇总；如属规定的某一列，请改回模板的列名，或由整改办在 campaign.yaml 的 headings 中指明",
    (
        "is no column of this list, so its content is not checked; if it is one under another name, use the template's heading, "
        "or let the office name the field under headings in campaign.yaml"
    ),
)


def _read_as(facts: Mapping[str, Any]) -> tuple[str, str]:
    heading, key, labels = facts["heading"], facts["key"], facts["labels"]
    if not facts.get("named"):  # the column has no heading that could be written down
        return (
            f"没有规定的列名，按内容读作“{labels['zh']}”；请写上模板的列名",
            f"has no heading of this list and was read as {labels['en']} by its content; write the template's heading above it",
        )
    entry = f'"{heading}"' if _QUOTED.search(heading) else heading
    line = f"headings: {{{entry}: {key}}}"
    return (
        f"不是清单规定的列名，按内容读作“{labels['zh']}”；请改为模板的列名，或由整改办在 campaign.yaml 中写明 {line}",
        (
            f"is no heading of this list and was read as {labels['en']} by its content; use the template's heading, or let the "
            f"office write {line} into campaign.yaml"
        ),
    )
