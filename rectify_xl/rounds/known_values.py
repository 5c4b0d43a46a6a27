"""What the last master knows of the tasks in a list: what a unit's own table leaves out there is missing nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.rounds.identity import matches_of, tasks_of_again

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.collection.base import BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported


def is_known(collection: Collection, position: int, *keys: str) -> bool:
    """Whether a row is a task of the last master that says something in one of the fields ``keys``."""
    task = task_of_rows(collection).get(position) if collection.base else None
    return task is not None and any(task.values.get(key) is not None for key in keys)


def is_decided(collection: Collection, reported: Reported, known: Field) -> bool:
    """Whether the office has decided on what a row says in a field: its unit has nothing to settle with anybody any more."""
    base, task = collection.base, task_of_rows(collection).get(reported.positions[0]) if collection.base else None
    if base is None or task is None or (task.key, known.key) in base.open:
        return False
    value = reported.values[known.key]
    said = (value, reported.words.get(known.key, value))
    return any(base.is_settled(task.key, reported.unit, known, one) for one in said)


def task_of_rows(collection: Collection) -> Mapping[int, BaseTask]:
    """Position -> the task of the last master that a row is, of files that were merged before as well."""
    return collection.once(_task_of_rows)


def _task_of_rows(collection: Collection) -> Mapping[int, BaseTask]:
    # Of rules of cells the comparison of values is none of the business; it takes ten times as long.
    found = (*matches_of(collection).found, *tasks_of_again(collection))
    return {position: task for task, reported in found for position in reported.positions}
