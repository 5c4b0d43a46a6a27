"""A leader without a post.

What it checks:
    A person is named in the leader cell without any post. A column headed 责任人 may hold foremen: it is reported once.
    A heading that is a post itself (科主任, 校长) says it for the whole column.
Why:
    The lists of the plans give every leader with the post held; names alone cannot be told apart, and
    letters need a form of address.
Wrong:
    林知远
Right:
    林知远 市政府副市长
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.text import clean_text
from rectify_xl.rules import at, fields, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.place import TableKey
    from rectify_xl.intake.submission import Table
    from rectify_xl.language.leaders import Leader
    from rectify_xl.rules import Hit

ZH = """责任领导没有写职务。

查什么：
    责任领导一格写了姓名，没有写职务。列名为“责任人”的，可能本来就填班组长等，整列只提示一次；列名本身就是
    职务的（科主任、校长），不算没写。
为什么：
    整改方案的清单对每位领导都写明职务；只有姓名容易重名，发函时也不便称呼。
错例：
    林知远
正例：
    林知远 市政府副市长
"""
CODE = "L303"
SEVERITY = Severity.WARNING
FIELDS = fields("leader")
MESSAGE = {
    "zh": "{label}{names}没有写职务{rows}；请在姓名后补写职务",
    "en": "No title is given for the leader {names}{rows_en}; add it after the name",
}

# A heading that is a post: 科主任, 校长. 河长 and 组长 are duties of people who hold a post besides.
_POST = LazyPattern(r"(?:主任|经理|[校园院厂站部科处室所局镇乡村县市区]长)$")
_HERE = phrases("rows", "", "")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows that name a person without a post; the first of them for a whole column of 责任人."""
    persons: dict[TableKey, list[tuple[int, tuple[str, ...]]]] = {}
    for position, text in collection.texts("leader"):
        if _POST.search(_heading(collection.places[position].table)):
            continue
        names = tuple(name for name in _untitled(collection.leaders[position]) if not _has_duty(text, name))
        place = collection.places[position]
        # Some lists give the post in a column of its own, which is no field of the schema.
        beside = any("职务" in heading or "职位" in heading for heading in place.task.extras)
        if not names or beside:
            continue
        if _is_of_persons(place.table):
            persons.setdefault(place.table_key, []).append((position, names))
        else:
            yield at(position, "leader", names=names, **_HERE)
    for untitled in persons.values():
        (position, names), count = untitled[0], len(untitled)
        also = _HERE if count == 1 else phrases("rows", f"（本列共 {count} 行如此）", f" (so in {count} rows of this column)")
        yield at(position, "leader", names=names, **also)


def _has_duty(text: str, name: str) -> bool:
    """Whether the name stands behind 河长, 林长 and the like: no post of its own, but a duty that only a leader holds."""
    return re.search(rf"[河湖林田路链山]长\s*[:：]?\s*{re.escape(name)}", text) is not None


def _is_of_persons(table: Table) -> bool:
    """Whether a column may name foremen: 责任人, 负责人, 责任, Owner; 责任领导 and Leader hold an office."""
    heading = _heading(table)
    return heading.endswith(("人", "责任")) or (heading.isascii() and "leader" not in heading.lower())


def _heading(table: Table) -> str:
    heading = clean_text(table.headings.get("leader", "")).cleaned.removesuffix("（姓名）")
    return heading.strip(" :\uff1a\n")


def _untitled(leaders: tuple[Leader, ...]) -> tuple[str, ...]:
    """The names without a post; a line of posts above or below a bare name is taken for its own."""
    posts = [not leader.name and bool(leader.titles) for leader in leaders]
    return tuple(
        leader.name
        for at, leader in enumerate(leaders)
        if leader.name and not leader.titles and not any(posts[max(0, at - 1) : at + 2])
    )
