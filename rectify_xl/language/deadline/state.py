"""What the fold over the tokens has found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from rectify_xl.language.deadline.calendar import Form
from rectify_xl.language.deadline.tokens import Token


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
    #: counted from the anchor in days or less
    short: bool = False
    duration: bool = False


@dataclass(slots=True)
class Found:
    """The result of folding: due nodes, starts, cycles and what was said about problems."""

    nodes: list[Node] = field(default_factory=list)
    #: forms inside a recurring duty (每年6月底前)
    nested: list[Form] = field(default_factory=list)
    #: first day a recurring or standing duty runs from
    start: date | None = None
    started: bool = False
    events: bool = False
    impossible: bool = False
    no_anchor: bool = False
    ignored: list[Token] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
