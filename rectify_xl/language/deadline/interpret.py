"""Interpret the tokens from left to right: each date takes its missing year from the dates before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline.date_role import RANGE, is_start_milestone, role_of
from rectify_xl.language.deadline.dates import read_date
from rectify_xl.language.deadline.durations import EVENT_CONTEXT, add_duration, add_stage, count_again
from rectify_xl.language.deadline.events import add_event
from rectify_xl.language.deadline.resolve import resolve
from rectify_xl.language.deadline.state import Found, Open, State
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.language.deadline.model import DeadlineOptions
    from rectify_xl.language.deadline.periods import Period
    from rectify_xl.language.deadline.tokens import Token

_WITHOUT_A_YEAR: Final = frozenset({"unread", "damaged"})
#: the day after something, most often unsaid
_NEXT_DAY: Final = frozenset({"次日", "翌日", "第二天", "第二日"})
_NESTED: Final = HanPattern(r"(?!.*(?:完成|调度|通报|报送))[^,。;:]{0,8}")


def interpret(text: str, tokens: list[Token], anchor: date | None, options: DeadlineOptions) -> Found:
    """Interpret all tokens of ``text``; later ones inherit from earlier ones."""
    state = State(text, anchor, options)
    read = [token for token in tokens if token.kind != "block"]
    for index, token in enumerate(read):
        if token.kind == "date":
            _add_date(state, token, read[index + 1] if index + 1 < len(read) else None)
        elif token.kind == "duration":
            add_duration(state, token)
        elif token.kind == "stage":
            add_stage(state, token)
        elif token.kind in {"event", "after"}:
            add_event(state, token)
        elif token.kind == "cycle":
            state.cycle_end = token.end
            state.in_cycle = False
    if any(token.kind in _WITHOUT_A_YEAR or (token.kind == "placeholder" and token.text[-1] == "年") for token in tokens):
        _forget_yearless(state.found)
        state.found.impossible |= any(token.kind == "unread" for token in tokens)
    return state.found


def _forget_yearless(found: Found) -> None:
    """2226年6月底前, 20259月底前, 20__年6月底前: something stands where the year belongs, so no other year is put there."""
    found.nodes[:] = [node for node in found.nodes if not node.yearless]
    found.no_anchor, found.started = False, False


def _add_date(state: State, token: Token, following: Token | None) -> None:
    start = state.open
    if start is not None and start.end != token.start and not RANGE.fullmatch(state.text, start.end, token.start):
        start = None
    periods = read_date(token.match, state)
    if token.match["plan"] and not periods:  # “十五五”中期: some time within the plan's years
        state.add_event()
    state.open = None
    if (state.in_cycle or state.cycle_end >= 0) and _is_nested(state, token, periods):
        state.found.nested.extend(periods)
        state.open = Open(token.end, periods[0], None) if periods else None
        return
    role = role_of(state, token, following, periods) if periods else "ignore"
    if role == "start":
        _add_start(state, token, periods[0])
    elif role == "ignore":
        state.found.started = state.found.started and start is None
    elif role == "context":
        state.year = periods[0].year or state.year
    elif role == "due":
        for period in periods:
            _add_due(state, token, period, start.period if start else None)


def _is_nested(state: State, token: Token, periods: list[Period]) -> bool:
    """Tell whether the date stands inside 每年…, directly or in a later clause without a year."""
    if state.cycle_end >= 0 and _NESTED.fullmatch(state.text, state.cycle_end, token.start):
        state.in_cycle = True
    state.cycle_end = -1
    if state.in_cycle and not token.match["ry"] and any(period.year is not None and not period.monthless for period in periods):
        state.in_cycle = False
    return state.in_cycle


def _add_start(state: State, token: Token, period: Period) -> None:
    year = period.year or state.year or (state.anchor.year if state.anchor else None)
    span = period.span(year) if year else None
    if period.year is not None or state.year is not None:
        state.year = year
    state.month = period.index if period.unit in {"day", "xun", "month"} else None
    state.found.impossible = state.found.impossible or (span is None and year is not None)
    if count_again(state, token, span[0] if span else None):
        return
    state.found.started = True
    state.found.start = span[0] if span else None
    state.open = Open(token.end, period, state.found.start)


def _add_due(state: State, token: Token, period: Period, start: Period | None) -> None:
    if period.needs_anchor:
        state.found.no_anchor = True
        return
    if token.match["rday"] in _NEXT_DAY and EVENT_CONTEXT.search(state.lead(token)):
        state.add_event()  # 接到转办件后第二天
        return
    node = resolve(state, token, period, start)
    if node is None:
        return
    if token.match["rday"] in _NEXT_DAY:
        node.reasons.append("duration-base")
    # 2020年前 is due in 2019 but refers to 2020, and so do the year-less dates after it
    state.year = period.year if period.year is not None else node.due.year
    state.month, state.last = node.due.month, node.due
    state.found.nodes.append(node)
    if start is not None:
        state.found.started = False
    elif is_start_milestone(state, token):
        node.start = True
        node.reasons.append("start-milestone")
