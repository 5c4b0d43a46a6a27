"""The deadlines of a task's parts, as 总台账 shows them: one cell, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks import UNSTATED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class RecordedDue:
    """What stands beside the deadline in 总台账.

    ``due``: the effective due date, with its ``reason``, which counts where the cell names no day; ``next_due``: the day of
    the first part that is not done, where that is another day.
    """

    due: date | None = None
    reason: str = ""
    next_due: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a task in a unit's list: its deadline, when that is due and why, and whether it still has to be done."""

    deadline: Any
    due: date | None
    reason: str
    is_open: bool


def parts_shown(parts: Sequence[Part]) -> tuple[Any, RecordedDue]:
    """What 总台账 shows of the deadlines of several parts: the cell, and what stands beside it.

    The task is due when the last of its parts is; a part that still has to be done and has no date leaves it without one.
    """
    distinct = {text_key(shown(part.deadline)): part.deadline for part in reversed(parts)}
    values = [distinct[key] for key in dict.fromkeys(text_key(shown(part.deadline)) for part in parts)]
    cell = values[0] if len(values) == 1 else "\n".join(_one_line(value) for value in values)
    waiting = [part for part in parts if part.is_open]
    dated = [part for part in parts if part.due]
    if not dated or any(part.due is None for part in waiting):
        due, reason = None, ""
    else:
        last = max(dated, key=lambda part: str(part.due))
        due, reason = last.due, last.reason
    return cell, RecordedDue(due, reason, min(filter(None, (part.due for part in waiting)), default=None))


def _one_line(deadline: Any) -> str:  # noqa: ANN401 - a cell holds anything
    return "；".join(filter(None, (line.strip() for line in shown(deadline).split("\n")))) or UNSTATED
