"""The state of the interpreter: what it has inherited and found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.language.deadline.model import DeadlineOptions
    from rectify_xl.language.deadline.periods import Period
    from rectify_xl.language.deadline.tokens import Token

#: How far around a token the text can matter, in characters; a window keeps long texts linear.
_WINDOW: Final = 80


@dataclass(slots=True)
class Node:
    """One due day: where it stands, what else it could be, and why."""

    token: Token
    due: date
    others: list[date] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    yearless: bool = False
    #: the milestone is a start (开工)
    start: bool = False
    #: counted from a day, and in days or less
    duration: bool = False
    short: bool = False


class Open(NamedTuple):
    """A start that the next token may continue (4月1日 … 至4月30日, 从2020年起 … 用三年时间)."""

    end: int
    period: Period
    first: date | None


@dataclass(slots=True)
class Found:
    """What the interpreter found: due nodes, starts, what recurs, and what went wrong."""

    nodes: list[Node] = field(default_factory=list)
    #: periods inside a recurring duty (每年6月底前)
    nested: list[Period] = field(default_factory=list)
    #: the first day a recurring or standing duty runs from; ``started`` while no end was found
    start: date | None = None
    started: bool = False
    events: bool = False
    #: a period whose first day is not said (为期三个月)
    undated: bool = False
    impossible: bool = False
    no_anchor: bool = False
    reasons: list[str] = field(default_factory=list)
    #: dates that a damaged or incomplete text probably means; offered and never taken
    likely: list[date] = field(default_factory=list)


@dataclass(slots=True)
class State:
    """The interpreter's state within one text: the inherited year and month, the last day, the open start."""

    text: str
    anchor: date | None
    options: DeadlineOptions
    found: Found = field(default_factory=Found)
    year: int | None = None
    month: int | None = None
    last: date | None = None
    open: Open | None = None
    #: inside 每年…, and where the word that opened it ends (-1: no such word just before)
    in_cycle: bool = False
    cycle_end: int = -1
    #: the year written before an event (2025年春节前)
    event_year: int | None = None
    #: where the last duration that counts from an event ends (-1: none)
    event_base: int = -1

    def lead(self, token: Token) -> str:
        """Return what stands before a token, as far as it can matter."""
        return self.text[max(0, token.start - _WINDOW) : token.start]

    def after(self, token: Token) -> str:
        """Return what follows a token, as far as it can matter."""
        return self.text[token.end : token.end + _WINDOW]

    def add_event(self) -> None:
        """Note that the phrase hangs on something without a known day."""
        self.found.events = True
        self.found.reasons.append("event-relative")
