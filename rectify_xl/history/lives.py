"""One task's life: each report with its cell, each change with what it was before."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from rectify_xl.history.entry import Entry, KeptChange, KeptReport, KeptTask
    from rectify_xl.history.past import Past


NOTHING_KEPT = Text("还没有存过任何一轮；用 merge --campaign 汇总后就有", "nothing is kept yet; merge --campaign does it")


@dataclass(frozen=True)
class Moment:
    """One merge in a task's life: how 总台账 had it then, what was reported, changed or disputed, what the office wrote."""

    entry: Entry
    task: KeptTask | None
    reports: tuple[KeptReport, ...]
    changes: tuple[KeptChange, ...]
    disputes: tuple[KeptChange, ...] = ()
    edits: tuple[KeptChange, ...] = ()


@dataclass(frozen=True)
class Life:
    """A task with its moments, the oldest first; number and words are the last ones.

    ``others``: the tasks that bear the number by which it was asked for beside it; units number their own lists.
    """

    key: str
    task_id: str
    text: str
    moments: tuple[Moment, ...]
    others: tuple[KeptTask, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready (docs/json-output.md)."""
        return {
            "version": 1, "key": self.key, "task_id": self.task_id, "text": self.text,
            "life": [
                {
                    "serial": moment.entry.serial, "round": moment.entry.round_id, "as_of": moment.entry.as_of,
                    "status": moment.task.status if moment.task else None,
                    "deadline": moment.task.deadline if moment.task else None,
                    "reports": [_without_task(report) for report in moment.reports],
                    "changes": [_without_task(change) for change in moment.changes],
                    "disputes": [_without_task(change) for change in moment.disputes],
                    "edits": [_without_task(change) for change in moment.edits],
                }
                for moment in self.moments
            ],
        }  # fmt: skip


def life_of(past: Past, wanted: str) -> Life:
    """The life of the task with this key or number; a number that was given to several tasks means its last holder.

    Raises:
        RectifyError: no task was ever called so, or nothing was kept yet.
    """
    if not past.entries:
        raise RectifyError(*NOTHING_KEPT)
    key, *others = _named(past, wanted.strip())
    moments = []
    last: KeptTask | None = None
    for entry in past.entries:
        task = next((task for task in entry.tasks if task.key == key), None)
        reports = tuple(report for report in entry.reports if report.key == key)
        changes, disputes, edits = (
            tuple(one for one in several if one.key == key) for several in (entry.changes, entry.disputes, entry.edits)
        )
        if task or reports or changes or disputes or edits:
            moments.append(Moment(entry, task, reports, changes, disputes, edits))
        last = task or last
    return Life(key, last.task_id if last else "", last.text if last else "", tuple(moments), tuple(others))


def _named(past: Past, wanted: str) -> tuple[str, *tuple[KeptTask, ...]]:
    """The key of the task that was called so last, and the others that were called so beside it."""
    for by_key in (True, False):
        for entry in reversed(past.entries):
            found = [task for task in entry.tasks if wanted and wanted == (task.key if by_key else task.task_id)]
            if found:
                return found[0].key, *found[1:]
    raise RectifyError(
        f"历史中没有任务“{wanted}”；请给出任务编号，或任务标识（如 T0001）",
        f"the history has no task {wanted}; give its number, or its key (such as T0001)",
    )


def _without_task(one: KeptReport | KeptChange) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name not in ("key", "task_id")}
