"""Local and moving events (汛期前): dated only where the campaign says when they begin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline.periods import before
from rectify_xl.language.deadline.state import Node
from rectify_xl.language.deadline.vocabulary import EVENTS
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    from rectify_xl.language.deadline.model import DeadlineOptions
    from rectify_xl.language.deadline.state import State
    from rectify_xl.language.deadline.tokens import Token

_BEFORE: Final = r"”?(?:到来|来临|开始)?(?:之前|以前|前后|前)夕?"
_NAMES: Final = {name: HanPattern(f"(?:{words}){_BEFORE}") for name, words in EVENTS.items()}


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


def add_event(state: State, token: Token) -> None:
    """汛期前: the day before, where the campaign says when it begins."""
    due = None
    if token.kind == "event" and state.cycle_end < 0:
        due = event_due(token.text, state.anchor, state.options, state.event_year)
    if due is None:
        state.add_event()
        # 2027年汛期前(6月1日前): the day behind the event is of the event's year
        state.year = state.event_year or state.year
        return
    reasons = ["rough"] if token.text.endswith("前后") else []
    state.found.nodes.append(Node(token, due, reasons=reasons, yearless=state.event_year is None))
    state.last, state.year = due, due.year
