"""What differs between two masters, task by task: joined by key, compared as read, told as written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.assembly import make_collection
from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.schema.conversion import shown, shown_in
from rectify_xl.tasks import meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord


@dataclass(frozen=True, slots=True, repr=False)
class DifferingTask(ShortRepr):
    """A task that only one of two masters has: its key and number, and what it is about."""

    key: str
    task_id: str
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class DifferingValue(ShortRepr):
    """A value that differs, as both masters show it; ``field`` is a key, or the heading of a column of the office's own."""

    key: str
    task_id: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, repr=False)
class Difference(ShortRepr):
    """What differs between two masters.

    Attributes:
        campaign: the settings with which the new one was read.
        as_of: the day of the new one.
        added: the tasks that only the new one has, in its order.
        removed: the tasks that only the old one has, in its order.
        changed: the values that differ, in the order of the new one.
        unchanged: how many tasks are the same in both.
    """

    campaign: Campaign
    as_of: date
    added: tuple[DifferingTask, ...]
    removed: tuple[DifferingTask, ...]
    changed: tuple[DifferingValue, ...]
    unchanged: int

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed)

    @property
    def changed_tasks(self) -> int:
        """How many tasks have values that differ."""
        return len({value.key for value in self.changed})

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready (docs/json-output.md)."""
        return {
            "version": 1,
            "added": [asdict(task) for task in self.added],
            "removed": [asdict(task) for task in self.removed],
            "changed": [asdict(value) for value in self.changed],
            "unchanged": self.unchanged,
        }


def difference_of(old: Master, new: Master) -> Difference:
    """What differs in 总台账."""
    collection = make_collection((), new.campaign, new.as_of)
    before = {task.key: task for task in old.tasks}
    after = {task.key: task for task in new.tasks}
    changed: list[DifferingValue] = []
    unchanged = 0
    for key, task in after.items():
        if key in before:
            values = list(_differing(collection, before[key], task))
            unchanged += not values
            changed += values
    return Difference(
        new.campaign,
        new.as_of,
        added=tuple(_task(task) for key, task in after.items() if key not in before),
        removed=tuple(_task(task) for key, task in before.items() if key not in after),
        changed=tuple(changed),
        unchanged=unchanged,
    )


def _differing(collection: Collection, old: TaskRecord, new: TaskRecord) -> Iterator[DifferingValue]:
    number = shown(new.values.get("task_id"))
    for known in collection.campaign.schema.fields:
        one, other = old.values.get(known.key), new.values.get(known.key)
        # A text that means nothing to us may still have been changed.
        same = one == other or (
            bool(shown(one)) == bool(shown(other)) and meaning_of(collection, known, one) == meaning_of(collection, known, other)
        )
        if not same and shown(one) != shown(other):
            yield DifferingValue(new.key, number, known.key, shown_in(known, one), shown_in(known, other))
    for heading in dict.fromkeys((*old.extras, *new.extras)):
        one, other = shown(old.extras.get(heading)), shown(new.extras.get(heading))
        if one != other:
            yield DifferingValue(new.key, number, heading, one, other)


def _task(task: TaskRecord) -> DifferingTask:
    return DifferingTask(task.key, shown(task.values.get("task_id")), shown(task.subject))
