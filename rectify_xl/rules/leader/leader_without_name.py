"""A leader who is only a post.

What it checks:
    The leader cell names posts or groups (主要负责同志, 分管领导, 各县区长) and no person.
Why:
    The plans ask for one named responsible person per problem. Posts change hands; a reminder, and later
    an assessment, goes to a person.
Wrong:
    市水利局主要负责同志
Right:
    林知远 市水利局局长
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields, phrases
from rectify_xl.rules.cell_texts import is_mojibake, says_same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """责任领导只有职务、没有姓名。

查什么：
    责任领导一格只写职务或群体（“主要负责同志”“分管领导”“各县区长”），没有写到人。
为什么：
    整改方案要求每个问题明确一名责任人。职务会换人，督办和考核都要落到具体的人。
错例：
    市水利局主要负责同志
正例：
    林知远 市水利局局长
"""
CODE = "L302"
SEVERITY = Severity.ERROR
FIELDS = fields("leader")
MESSAGE = {
    "zh": "{label}“{value}”没有写到人；{ask}",
    "en": "The leader “{value}” names no person; {ask_en}",
}
_ASK = phrases("ask", "请填写姓名和职务", "fill in name and title")
_SAME = phrases(
    "ask",
    "清单拆分、排序后看不出指的是谁，请逐行写出姓名和职务",
    "once the list is split or sorted nobody can tell who is meant, so write name and title in every row",
)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose leader cell has words but no name."""
    for position, text in collection.texts("leader"):
        named = any(leader.name for leader in collection.leaders[position])
        if not named and not is_mojibake(collection, position, "leader"):
            yield at(position, "leader", **(_SAME if says_same(text) else _ASK))
