"""The public types: the options of a campaign, the result of parsing one deadline, and its effective due date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping

Problem = Literal["empty", "impossible", "truncated", "placeholder", "not-a-deadline", "unreadable"]

#: Canonical order of the kinds.
KINDS: Final = (
    "immediate",
    "dated",
    "phased",
    "recurring",
    "long_term",
    "done",
    "vague",
    "invalid",
)

#: What the kinds are called.
KIND_LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "dated": {"zh": "有日期", "en": "dated"},
    "immediate": {"zh": "立行立改", "en": "immediate"},
    "long_term": {"zh": "长期坚持", "en": "long-term"},
    "phased": {"zh": "分阶段", "en": "phased"},
    "recurring": {"zh": "定期", "en": "recurring"},
    "done": {"zh": "已完成", "en": "done"},
    "vague": {"zh": "含糊", "en": "vague"},
    "invalid": {"zh": "无法识别", "en": "unreadable"},
}

_NO_EVENTS: Final[Mapping[str, str]] = MappingProxyType({})


def _month_day(value: str) -> tuple[int, int]:
    """Read ``MM-DD``; 02-29 is allowed, because some years have it."""
    month, dash, day = value.partition("-")
    if not (dash and month.isdecimal() and day.isdecimal()):
        message = f"an event date must be MM-DD, not {value!r}"
        raise ValueError(message)
    try:
        date(2000, int(month), int(day))
    except ValueError as error:
        message = f"no such day: {value!r}"
        raise ValueError(message) from error
    return int(month), int(day)


@dataclass(frozen=True, slots=True, repr=False)
class DeadlineOptions(ShortRepr):
    """The reading conventions a campaign may decide; every default is that of docs/reading-conventions.md.

    :param period_before: how ``9月前`` is read. ``None``: before September begins, and reported as
        ambiguous; ``"start"`` the same, decided; ``"end"`` by 30 September, decided.
    :param xun_before: how ``9月中旬前`` is read. ``None``: by the 20th, ambiguous; ``"end"`` the same,
        decided; ``"start"`` by the 10th, decided.
    :param open_ended: ``"long_term"`` lets 持续推进 (a process without end) be a standing task;
        ``"vague"`` counts it as no commitment at all.
    :param durations_decided: the anchor is the known issue date, so ``30日内`` is not ambiguous.
    :param issue_is_anchor: ``自印发之日起30日内`` counts from the anchor instead of being undatable.
    :param roll_after_days: a year-less date more than this many days before the anchor means next year.
    :param events: the day an event begins, ``{"采暖季前": "11-15"}``; due is the day before, the next one
        on or after the anchor. Anything but ``MM-DD`` raises :class:`ValueError`.
    """

    period_before: Literal["start", "end"] | None = None
    xun_before: Literal["start", "end"] | None = None
    open_ended: Literal["long_term", "vague"] = "long_term"
    durations_decided: bool = False
    issue_is_anchor: bool = False
    roll_after_days: int = 183
    events: Mapping[str, str] = field(default_factory=lambda: _NO_EVENTS)

    def __post_init__(self) -> None:
        """Refuse unknown choices and events that are not a day of the year."""
        for name in ("period_before", "xun_before"):
            if getattr(self, name) not in {None, "start", "end"}:
                message = f"{name} must be 'start', 'end' or None"
                raise ValueError(message)
        if self.open_ended not in {"long_term", "vague"}:
            message = "open_ended must be 'long_term' or 'vague'"
            raise ValueError(message)
        for value in self.events.values():
            _month_day(value)

    def event_day(self, key: str) -> tuple[int, int]:
        """Return (month, day) on which the configured event ``key`` begins."""
        return _month_day(self.events[key])


@dataclass(frozen=True, slots=True, repr=False)
class Deadline(ShortRepr):
    """One deadline phrase, read.

    ``due`` is ascending without repeats, each the last day allowed; ``dated`` is in ``kinds`` exactly
    when ``due`` is not empty. ``used`` are half-open spans of ``text``, ascending, without overlap.
    """

    text: str
    kinds: tuple[str, ...]
    due: tuple[date, ...] = ()
    vague: bool = False
    ambiguous: bool = False
    alternatives: tuple[date, ...] = ()
    reasons: tuple[str, ...] = ()
    next_due: date | None = None
    problem: Problem | None = None
    yearless: bool = False
    used: tuple[tuple[int, int], ...] = ()
    rest: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return plain data for JSON: dates as ISO strings, tuples as lists."""
        return {
            "text": self.text,
            "kinds": list(self.kinds),
            "due": [day.isoformat() for day in self.due],
            "vague": self.vague,
            "ambiguous": self.ambiguous,
            "alternatives": [day.isoformat() for day in self.alternatives],
            "reasons": list(self.reasons),
            "next_due": self.next_due.isoformat() if self.next_due else None,
            "problem": self.problem,
            "yearless": self.yearless,
            "used": [list(span) for span in self.used],
            "rest": self.rest,
        }


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
