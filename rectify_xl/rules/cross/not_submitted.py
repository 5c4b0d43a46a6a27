"""A unit that has not reported.

What it checks:
    Over a whole collection: a roster unit with `reports` = yes has sent no file. Where units.csv has no
    such column, the units that lead a task in somebody's list are expected. A file counts for every unit
    that it or its name names, and 各县区 for all its members; a unit that merely cooperates need not report.
    A file that could not be read counts too.
Why:
    Units that do not report on time are named in the bulletin, so the list must be right in both
    directions.
Wrong:
    市审计局 leads task 4, and no file of it is there
Right:
    市审计局.xlsx, or a file whose 填报单位 is 各县区 for a county
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.absence import absences
from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, about, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """单位没有报送。

查什么：
    汇总全部清单时：名录中 reports 为 yes 的单位没有文件。units.csv 没有这一列的，凡在别的清单中被写明
    牵头的单位都应报送。文件内容或文件名提到的单位都算已报送，“各县区”代表其全部成员；只是配合的单位不
    要求报送；打不开的文件也算已报送。
为什么：
    没有按时报送的单位要在通报中点名，所以这份名单多一个、少一个都不行。
错例：
    市审计局牵头第 4 项，却没有它的文件
正例：
    有“市审计局.xlsx”；县区由填报单位为“各县区”的文件代报
"""
CODE = "X707"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
SCOPE = "collection"
MESSAGE = {
    "zh": "{name}没有报送{led}；请催报",
    "en": "{name} has not reported{led_en}; remind it",
}
MOST_NAMED = 12


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the roster units that should have reported and did not."""
    for absence in absences(collection):
        if absence.kind == "missing":
            tasks = tuple(filter(None, absence.tasks))
            named, more = "、".join(tasks[:MOST_NAMED]), len(tasks) > MOST_NAMED
            zh = f"（由其牵头的任务编号：{named}{'等' if more else ''}）" if tasks else ""
            en = f" (tasks it leads: {named}{' and more' if more else ''})" if tasks else ""
            yield about(absence.unit, name=absence.unit, tasks=tasks, **phrases("led", zh, en))
