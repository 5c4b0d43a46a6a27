"""The day a task is due for the ledger: the cell's own, else the campaign's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.language.deadline.model import Deadline


def effective_due(deadline: Deadline, immediate: date | None = None, long_term: date | None = None) -> tuple[date | None, str]:
    """Return the effective due date and the reason code (see ``reason_text``).

    The last date written in the cell wins; else the campaign's day for 立行立改; else its review day
    for 长期坚持; else ``None`` with the code ``undated``.
    """
    if deadline.due:
        return deadline.due[-1], "written"
    if immediate is not None and "immediate" in deadline.kinds:
        return immediate, f"immediate-rule:{immediate.isoformat()}"
    if long_term is not None and "long_term" in deadline.kinds:
        return long_term, f"long-term-rule:{long_term.isoformat()}"
    return None, "undated"
