"""Left to right over the tokens: each date gets its year from what stands before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline.dates import read_date
from rectify_xl.language.deadline.resolve import resolve
from rectify_xl.language.deadline.roles import RANGE, is_start_milestone, role_of
from rectify_xl.language.deadline.state import Found, Open, State
from rectify_xl.language.deadline.terms import fold_duration, fold_event, fold_stage
from rectify_xl.language.lazy import Lazy

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.language.deadline.calendar import Form
    from rectify_xl.language.deadline.model import DeadlineOptions
    from rectify_xl.language.deadline.tokens import Token

_NESTED: Final = Lazy(r"(?!.*(?:完成|调度|通报|报送))[^,。;:]{0,8}")


def fold(text: str, tokens: list[Token], anchor: date | None, options: DeadlineOptions) -> Found:
    """Fold all tokens of ``text``; later ones see what earlier ones left behind."""
    state = State(text, anchor, options)
    for index, token in enumerate(tokens):
        if token.kind == "date":
            _fold_date(state, token, tokens[index + 1] if index + 1 < len(tokens) else None)
        elif token.kind == "duration":
            fold_duration(state, token)
        elif token.kind == "stage":
            fold_stage(state, token)
        elif token.kind in {"event", "after"}:
            fold_event(state, token)
        elif token.kind == "cycle":
            state.cycle_end = token.end
            state.in_cycle = False
    if any(token.kind == "unread" for token in tokens):
        _forget_yearless(state.found)
    return state.found


def _forget_yearless(found: Found) -> None:
    """2226年6月底前: figures were written where the year belongs, so no other year is put in their place."""
    found.nodes[:] = [node for node in found.nodes if not node.yearless]
    found.impossible, found.no_anchor, found.started = True, False, False


def _fold_date(state: State, token: Token, following: Token | None) -> None:
    start = state.open
    if start is not None and start.end != token.start and not RANGE.fullmatch(state.text, start.end, token.start):
        start = None
    forms = read_date(token.match, state)
    state.open = None
    if (state.in_cycle or state.cycle_end >= 0) and _is_nested(state, token, forms):
        state.found.nested.extend(forms)
        state.open = Open(token.end, forms[0], None) if forms else None
        return
    role = role_of(state, token, following, forms) if forms else "ignore"
    if role == "start":
        _fold_start(state, token, forms[0])
    elif role == "ignore":
        state.found.started = state.found.started and start is None
    elif role == "context":
        state.year = forms[0].year or state.year
    elif role == "due":
        for form in forms:
            _fold_due(state, token, form, start.form if start else None)


def _is_nested(state: State, token: Token, forms: list[Form]) -> bool:
    """Tell whether the date stands inside 每年…, directly or in a later clause without a year."""
    if state.cycle_end >= 0 and _NESTED.fullmatch(state.text, state.cycle_end, token.start):
        state.in_cycle = True
    state.cycle_end = -1
    if state.in_cycle and not token.match["ry"] and any(form.year is not None and not form.monthless for form in forms):
        state.in_cycle = False
    return state.in_cycle


def _fold_start(state: State, token: Token, form: Form) -> None:
    year = form.year or state.year or (state.anchor.year if state.anchor else None)
    span = form.span(year) if year else None
    if form.year is not None or state.year is not None:
        state.year = year
    state.month = form.index if form.unit in {"day", "xun", "month"} else None
    state.found.impossible = state.found.impossible or (span is None and year is not None)
    state.found.started = True
    state.found.start = span[0] if span else None
    state.open = Open(token.end, form, state.found.start)


def _fold_due(state: State, token: Token, form: Form, start: Form | None) -> None:
    if form.needs_anchor:
        state.found.no_anchor = True
        return
    node = resolve(state, token, form, start)
    if node is None:
        return
    # 2020年前 is due in 2019 but speaks of 2020, and so do the year-less dates after it
    state.year = form.year if form.year is not None else node.due.year
    state.month, state.last = node.due.month, node.due
    state.found.nodes.append(node)
    if start is not None:
        state.found.started = False
    elif is_start_milestone(state, token):
        node.start = True
        node.reasons.append("start-milestone")
