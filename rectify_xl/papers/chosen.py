"""Which tasks of a master somebody means who names them by number or key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.nearest import nearest
from rectify_xl.common.text_keys import number_key
from rectify_xl.papers.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord


def tasks_named(master: Master, names: Iterable[str]) -> tuple[TaskRecord, ...]:
    """The tasks with these keys or numbers, in the order of the ledger, each once.

    Raises:
        RectifyError: no task is called so, or several have the number.
    """
    wanted = {id(task_named(master, name)) for name in names}
    return tuple(task for task in master.tasks if id(task) in wanted)


def task_named(master: Master, name: str) -> TaskRecord:
    """The task with this key (T0003) or number; for errors see :func:`tasks_named`."""
    text = plain(name)
    same = [task for task in master.tasks if text and text == task.key]
    same = same or [task for task in master.tasks if text and text == plain(task.values.get("task_id"))]
    same = same or [task for task in master.tasks if text and number_key(text) == number_key(plain(task.values.get("task_id")))]
    if not same:
        near = nearest(text, [plain(task.values.get("task_id")) or task.key for task in master.tasks])
        raise RectifyError(
            f"总台账中没有任务“{text}”{near.zh}；请写任务编号，或任务标识（如 T0001）",
            f"the master has no task {text}{near.en}; give its number, or its key (such as T0001)",
        )
    if len(same) > 1:
        keys = [task.key for task in same]
        raise RectifyError(
            f"总台账中有 {len(same)} 项任务编号为“{text}”；请改写任务标识：{'、'.join(keys)}",
            f"{len(same)} tasks of the master have the number {text}; give the key of one: {', '.join(keys)}",
        )
    return same[0]


def is_done(task: TaskRecord) -> bool:
    """Whether a task is done: by its state, without any by its day of completion."""
    return task.is_closed or (task.state is None and isinstance(task.values.get("completed_on"), date))
