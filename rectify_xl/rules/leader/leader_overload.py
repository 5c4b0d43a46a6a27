"""One leader for far more tasks than the others.

What it checks:
    Over a whole collection, one person is named for at least ten tasks, and these are more than half of
    all or more than twice the average per leader. Each task counts once, however many units report it.
Why:
    In one published plan a single leader holds 21 of 31 tasks. Whoever is responsible for everything can
    follow up nothing.
Wrong:
    One vice mayor for 21 of 31 tasks
Right:
    The tasks shared among the leaders of the fields concerned
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import Option, fields, overall
from rectify_xl.rules.task_identity import content_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """一名领导承担的任务过多。

查什么：
    汇总全部清单后，同一人负责的任务不少于 10 项，且超过总数的一半或超过人均的两倍。几个单位同报一项任
    务只算一次。
为什么：
    某市公开的方案中，一名领导负责 31 项任务中的 21 项。什么都由一个人负责，就难以逐项督办。
错例：
    一名副市长负责 31 项中的 21 项
正例：
    按分管领域由几位领导分担
"""
CODE = "L306"
SEVERITY = Severity.INFO
FIELDS = fields("leader")
SCOPE = "collection"
MESSAGE = {
    "zh": "{name}负责全部 {total} 项任务中的 {tasks} 项（人均 {mean} 项）；请考虑按分管领域分担",
    "en": (
        "{name} is responsible for {tasks} of {total} tasks ({mean} on average); consider sharing them among "
        "the leaders of each field"
    ),
}
OPTIONS = {
    "least": Option(10, "负责多少项任务起才提示", "tasks from which on a leader is reported", minimum=1),
    "percent_of_all": Option(
        50, "占全部任务的比例超过百分之几才提示", "percentage of all tasks above which a leader is reported", maximum=100
    ),
    "times_mean": Option(2.0, "超过人均任务数的几倍才提示", "multiple of the mean above which a leader is reported"),
}


def check(collection: Collection, *, least: int, percent_of_all: int, times_mean: float) -> Iterator[Hit]:
    """Yield one hit per leader with too many of the campaign's tasks."""
    held: dict[str, set[object]] = {}
    tasks: set[object] = set()
    for position, content in enumerate(content_keys(collection)):
        task = content or collection.places[position].root
        tasks.add(task)
        for leader in collection.leaders[position]:
            held.setdefault(leader.name, set()).add(task)
    held.pop("", None)
    mean = sum(map(len, held.values())) / max(1, len(held))
    for name, own in sorted(held.items()):
        if len(own) >= least and (len(own) * 100 > len(tasks) * percent_of_all or len(own) > mean * times_mean):
            yield overall(name=name, tasks=len(own), total=len(tasks), mean=round(mean, 1))
