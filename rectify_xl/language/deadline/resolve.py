"""Resolve a period to its due date: infer the missing year, apply 前 and 底."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline.periods import before
from rectify_xl.language.deadline.state import Node
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.language.deadline.periods import Period
    from rectify_xl.language.deadline.state import State
    from rectify_xl.language.deadline.tokens import Token

#: 2026年12月底前(力争11月底前): a date within the one before it, and not a later node
_SUBORDINATE: Final = HanPattern(r"(?:力争|争取|其中|(?<=.)\()[^()。;]{0,12}$")
#: A year-less day this many days before the anchor is worth a question.
_ASK_AFTER: Final = 30
#: Years outside are figures, not years.
_YEARS: Final = range(1000, 9000)
_MIDDLE: Final = 2
_LONGEST_MONTH: Final = 31


def resolve(state: State, token: Token, period: Period, start: Period | None) -> Node | None:
    """Return the due day of a period; ``None`` if it has no year or there is no such day."""
    reasons: list[str] = []
    others: list[date] = []
    year = period.year if period.year is not None else _range_year(period, start)
    if year is None:
        year = _year_for(state, token, period, start, reasons, others)
    if year is None:
        state.found.no_anchor = True
        return None
    span = period.span(year) if year in _YEARS else None
    if span is None:
        state.found.impossible = True
        state.found.likely += _last_of_month(year, period)
        return None
    node = Node(token, span[1], others, reasons, yearless=period.year is None or period.relative)
    if period.before and not period.closed:
        node.due = _xun_before(state, period, span, node) if period.unit == "xun" else _before(state, span, node)
    if period.rough:
        _rough(period, span, node)
    return node


def _last_of_month(year: int, period: Period) -> list[date]:
    """6月31日 most likely means the end of June; offered and never taken."""
    if period.unit != "day" or period.part > _LONGEST_MONTH or year not in _YEARS:
        return []
    month = replace(period, unit="month").span(year)
    return [month[1]] if month else []


def _range_year(period: Period, start: Period | None) -> int | None:
    """A range that begins in a written year ends in that year, or in the next."""
    if start is None or start.year is None:
        return None
    first, span = start.span(start.year), period.span(start.year)
    return start.year + (first is not None and span is not None and span[1] < first[0])


def _year_for(
    state: State, token: Token, period: Period, start: Period | None, reasons: list[str], others: list[date]
) -> int | None:
    """Inherit the year and never go backwards, else take the anchor's, else roll forward."""
    if state.year is not None:
        span = period.span(state.year)
        earlier = span is not None and state.last is not None and span[1] < state.last
        return state.year + (earlier and not _SUBORDINATE.search(state.lead(token)))
    if state.anchor is None:
        return None
    base = state.anchor.year
    span, later = period.span(base), period.span(base + 1)
    if span is None or later is None:
        return base + (span is None and later is not None)
    if start is not None:
        first = start.span(base)
        return base + (first is not None and first[0] > span[1] and span[1] < state.anchor)
    late = (state.anchor - span[1]).days
    if late > state.options.roll_after_days:
        reasons.append("yearless-rolled")
        others.append(span[1])
        return base + 1
    if late > _ASK_AFTER:
        reasons.append("yearless-past")
        others.append(later[1])
    return base


def _before(state: State, span: tuple[date, date], node: Node) -> date:
    """9月前: before September begins; by its end where the beginning has passed and the end has not."""
    literal, end = before(span[0]), span[1]
    if state.options.period_before is not None:
        return end if state.options.period_before == "end" else literal
    node.reasons.append("period-before")
    if state.anchor is not None and literal < state.anchor <= end and state.last is None:
        node.others.append(literal)
        return end
    node.others.append(end)
    return literal


def _xun_before(state: State, period: Period, span: tuple[date, date], node: Node) -> date:
    if state.options.xun_before is not None:
        return span[1] if state.options.xun_before == "end" else before(span[0])
    node.reasons.append("xun-before")
    node.others.append(before(span[0]))
    if period.part == _MIDDLE:
        node.others.append(span[0].replace(day=15))
    return span[1]


def _rough(period: Period, span: tuple[date, date], node: Node) -> None:
    """月初, 月中, 年初 and 前后 have no certain day."""
    node.reasons.append(period.rough)
    if period.rough == "year-start":
        node.others.append(span[1].replace(month=3, day=31))
    elif period.rough == "month-part":
        node.others.append(span[0].replace(day=15 if period.part == _MIDDLE else 5))
