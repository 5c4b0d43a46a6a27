"""When a task is due on the as-of date, and what that means: the 预警 of the ledger and the rules overdue and due-soon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.campaign.settings import DeadlineRules
    from rectify_xl.language.deadline import Deadline
    from rectify_xl.schema.states import State

Flag = Literal["overdue", "done-late", "due-soon", "on-time", "undated"]
# What 预警 says: a flag, or that a task is overdue by a date in doubt alone.
Warned = Literal[Flag, "in-doubt"]
WARNING_LABELS: dict[Warned, dict[str, str]] = {
    "overdue": {"zh": "逾期", "en": "overdue"},
    "in-doubt": {"zh": "逾期（存疑）", "en": "overdue (in doubt)"},
    "done-late": {"zh": "逾期完成", "en": "done late"},
    "due-soon": {"zh": "即将到期", "en": "due soon"},
    "on-time": {"zh": "正常", "en": "on time"},
    "undated": {"zh": "无明确时限", "en": "no clear deadline"},
}


@dataclass(frozen=True, slots=True, repr=False)
class Timing(ShortRepr):
    """When a task is due and what that means.

    ``due``: the effective due date; ``next_due``: the node it is judged by when it is near; ``days``: days past
    ``due`` when overdue, days left until ``next_due`` when due soon, else 0.
    """

    flag: Flag
    due: date | None
    next_due: date | None = None
    days: int = 0


# How pressing a flag is, the worst first: a task with several parts is as late as its latest unfinished part.
_PRESSING: tuple[Flag, ...] = ("overdue", "due-soon", "undated", "on-time", "done-late")


def most_pressing(timings: Iterable[Timing]) -> Timing:
    """The most pressing of several timings: the longest overdue, else the soonest due.

    Where one without a date is the most pressing, the next day of the others is kept as ``next_due``.
    """
    several = list(timings)
    worst = min(several, key=_urgency)
    if worst.flag != "undated":
        return worst
    return replace(worst, next_due=min((judged.next_due for judged in several if judged.next_due), default=None))


def _urgency(judged: Timing) -> tuple[int, int]:
    if judged.flag == "overdue":
        return _PRESSING.index(judged.flag), -judged.days
    return _PRESSING.index(judged.flag), judged.next_due.toordinal() if judged.next_due else 0


def date_or_none(value: object) -> date | None:
    """The value where it is a date; an unreadable one says nothing about when."""
    return value if isinstance(value, date) else None


def is_closed(state: State | None, deadline: Deadline, completed_on: object) -> bool:
    """Whether a task is done: by its state, or, where it has none, by a date of completion or a deadline cell that says so."""
    return state.closed if state else "done" in deadline.kinds or isinstance(completed_on, date)


def timing(
    deadline: Deadline,
    due: date | None,
    *,
    state: State | None,
    closed: bool,
    completed_on: date | None,
    as_of: date,
    rules: DeadlineRules,
) -> Timing:
    """Judge one task. ``due`` is its effective due date; overdue goes by the last node, due soon by the next one.

    A task in a standing state is reviewed and not closed: it is late only past the campaign's ``long_term`` date.
    """
    standing = state is not None and state.standing
    if standing:
        due = rules.long_term
    if closed:
        late = due is not None and completed_on is not None and completed_on > due
        return Timing("done-late" if late else "on-time", due)
    if due is None:
        return Timing("undated", None)
    if due < as_of:
        return Timing("overdue", due, days=(as_of - due).days)
    nodes = [due] if standing else [*deadline.due, due]
    coming = min(node for node in nodes if node >= as_of)
    left = (coming - as_of).days
    if left <= rules.due_soon_days:
        return Timing("due-soon", due, coming, left)
    return Timing("on-time", due, coming)
