"""Durations, staged years and events: days that hang on another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline import patterns
from rectify_xl.language.deadline.calendar import before
from rectify_xl.language.deadline.durations import Duration, read_duration
from rectify_xl.language.deadline.events import event_due
from rectify_xl.language.deadline.numerals import number
from rectify_xl.language.deadline.state import Node
from rectify_xl.language.lazy import Lazy

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.language.deadline.state import State
    from rectify_xl.language.deadline.tokens import Token

_CONTINUES: Final = Lazy(r"(?:起|开始|始|之日起|后)?,?(?:计划|力争|将|在|利)?")
_EVENT_CONTEXT: Final = Lazy(patterns.EVENT_CONTEXT)
_ISSUE: Final = Lazy(r"(?:发文|印发|下发|发布|公布|公告)(?:之日|之后|后|日)?(?:起|算起)?(?:计算)?,?$")
_STAGED_YEARS: Final = Lazy(r"分(?:类)?([一二两三四五六七八九十0-9]{1,2})个?年度?")


def fold_duration(state: State, token: Token) -> None:
    """30日内: from the start just written, from an event (then no day), else from the anchor."""
    duration = read_duration(token.match)
    if not duration.high:
        state.found.impossible = True
        return
    start, state.open = state.open, None
    if (token.match["lead"] or " ")[0] in "为历有试":
        _fold_validity(state, token, duration)
        return
    if start is not None and _CONTINUES.fullmatch(state.text, start.end, token.start):
        due = duration.year_end(start.form.year) if start.form.bare_year and start.form.year and duration.years else None
        _add(state, token, due or (duration.after(start.first) if start.first else None))
        return
    lead = state.lead(token)
    decided = state.options.issue_is_anchor and _ISSUE.search(lead)
    if duration.unit == "minute" or (_EVENT_CONTEXT.search(lead) and not decided):
        state.add_event()
    elif state.anchor is None:
        state.found.no_anchor = True
    else:
        _from_anchor(state, token, duration, state.anchor)


def _from_anchor(state: State, token: Token, duration: Duration, anchor: date) -> None:
    exact = duration.low == duration.high
    reasons = [] if state.options.durations_decided and exact else ["duration-base"]
    if duration.unit == "workday":
        reasons.append("working-days")
    others = duration.others(anchor, years=duration.years and not exact)
    _add(state, token, duration.after(anchor), others, reasons, short=duration.short)


def _fold_validity(state: State, token: Token, duration: Duration) -> None:
    """为期三个月, 有效期5年: a day only from a written start; the start day counts."""
    due = duration.after(state.found.start) if state.found.start and state.found.started else None
    if due is not None:
        _add(state, token, before(due), [due], ["duration-base"])


def _add(
    state: State,
    token: Token,
    due: date | None,
    others: list[date] | None = None,
    reasons: list[str] | None = None,
    *,
    short: bool = False,
) -> None:
    if due is None:
        state.found.impossible = True
        return
    state.found.started = False
    state.found.nodes.append(Node(token, due, others or [], reasons or [], short=short, duration=True))
    state.last = due


def fold_stage(state: State, token: Token) -> None:
    """分三年 is a duration too: calendar years from a written start, else from the anchor."""
    match = _STAGED_YEARS.match(token.text)
    start, state.open = state.open, None
    if match is None:
        return
    count = number(match[1])
    span = Duration("month", 12 * count, 12 * count)
    if start is not None and start.form.bare_year and start.form.year:
        _add(state, token, span.year_end(start.form.year))
    elif state.anchor is None:
        state.found.no_anchor = True
    elif not state.found.nodes:
        end = span.year_end(state.anchor.year)
        _add(state, token, span.after(state.anchor), [end] if end else [], ["duration-base"])


def fold_event(state: State, token: Token) -> None:
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
