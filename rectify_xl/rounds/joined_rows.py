"""Which rows of this round's lists are one task, as the last master tells: two of its tasks are never one, however alike."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.collection.absence import is_of_another_round
from rectify_xl.rounds.known_values import task_of_rows
from rectify_xl.tasks import join_tasks, joined, reported_tasks

if TYPE_CHECKING:
    from rectify_xl.collection.collection import Collection
    from rectify_xl.tasks import Reported, Task


def joined_of_round(collection: Collection) -> tuple[Task, ...]:
    """The tasks that stand in several places of the lists, joined once; without a last master all tasks.

    Lists that an earlier round has merged, or that wait as those of another one, are left out: what they say contradicts
    nothing that is said now.
    """
    return collection.once(_joined_of_round)


def _joined_of_round(collection: Collection) -> tuple[Task, ...]:
    if collection.base is None:
        return joined(collection)
    others = {one.path for one in collection.submissions if is_of_another_round(collection, one)}
    known = task_of_rows(collection)
    by_task: dict[str, list[Reported]] = defaultdict(list)
    for report in reported_tasks(collection):
        if report.place.submission.path not in others:
            task = known.get(report.positions[0])
            by_task[task.key if task else ""].append(report)
    return tuple(task for several in by_task.values() if len(several) > 1 for task in join_tasks(several))
