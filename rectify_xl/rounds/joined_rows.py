"""Which rows of this round's lists are one task, as the last master tells: two of its tasks are never one, however alike."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.collection.absence import is_of_another_round
from rectify_xl.rounds.known_values import task_of_rows
from rectify_xl.tasks import join_tasks, joined, reported_tasks

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def is_said_beside(collection: Collection, position: int, *keys: str) -> bool:
    """Whether another list of the same unit says of a row's task something in one of the fields ``keys``."""
    beside = collection.once(_reports_beside).get(position, ())
    return any(report.values[key] is not None for report in beside for key in keys)


def _reports_beside(collection: Collection) -> Mapping[int, list[Reported]]:
    """Position -> what its unit reports on the task in other lists (清单 beside 进展); only of rows that have any."""
    found: dict[int, list[Reported]] = {}
    for task in joined_of_round(collection):
        reports = (*task.reports, *task.superseded)
        for own in reports if len(reports) > 1 else ():
            beside = [one for one in reports if one.sender == own.sender and one.place.table_key != own.place.table_key]
            if beside:
                found |= dict.fromkeys(own.positions, beside)
    return found
