"""Local and moving events: dated only where the campaign says when they begin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline.calendar import before
from rectify_xl.language.deadline.words import EVENTS
from rectify_xl.language.lazy import Lazy

if TYPE_CHECKING:
    from rectify_xl.language.deadline.model import DeadlineOptions

_BEFORE: Final = r"”?(?:到来|来临|开始)?(?:之前|以前|前后|前)夕?"
_NAMES: Final = {name: Lazy(f"(?:{words}){_BEFORE}") for name, words in EVENTS.items()}


def canonical(text: str) -> str:
    """Return the canonical name of an event wording (汛前 is 汛期前), or the text itself."""
    return next((name for name, pattern in _NAMES.items() if pattern.fullmatch(text)), text)


def event_due(text: str, anchor: date | None, options: DeadlineOptions, year: int | None = None) -> date | None:
    """Return the day before the configured event: of the written year, else the next on or after the anchor."""
    floor = date(year, 1, 1) if year else anchor
    if floor is None or not options.events:
        return None
    name = canonical(text)
    for key in options.events:
        if key in text or canonical(key) == name or canonical(key + "前") == name:
            month, day = options.event_day(key)
            return _next(month, day, floor)
    return None


def _next(month: int, day: int, anchor: date) -> date | None:
    for year in range(anchor.year, min(anchor.year + 9, date.max.year)):
        try:
            due = before(date(year, month, day))
        except ValueError:
            continue
        if due >= anchor:
            return due
    return None
