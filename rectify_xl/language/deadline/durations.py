"""Durations and staged years (30日内, 为期三个月, 分三年): days counted from the anchor or from a written start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline import patterns
from rectify_xl.language.deadline.numerals import number
from rectify_xl.language.deadline.periods import before, shift
from rectify_xl.language.deadline.state import Node
from rectify_xl.language.deadline.vocabulary import UNITS
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    import re

    from rectify_xl.language.deadline.state import State
    from rectify_xl.language.deadline.tokens import Token

#: 集中整治3个月: how long the work lasts
_WORK: Final = HanPattern("(?:整治|攻坚|治理|排查|整改|清理)$")
_CONTINUES: Final = HanPattern(r"(?:起|开始|始|之日起|后)?,?(?:计划|力争|将|在|利)?")
EVENT_CONTEXT: Final = HanPattern(patterns.EVENT_CONTEXT)
#: 自即日起一个月内: the day of the paper is meant
_TODAY: Final = HanPattern(r"(?:即日|今[日天]|本日)起?,?$")
_COUNTS_FROM: Final = HanPattern(r"[,(]?(?:均|统一|期限)?(?:自|从)")
_COUNTED: Final = HanPattern(r"起(?:开始)?(?:计算|算起?|计)|起?算起|起[)。;]|起$")
_ISSUE: Final = HanPattern(r"(?:发文|印发|下发|发布|公布|公告)(?:之日|之后|后|日)?(?:起|算起)?(?:计算)?,?$")
_STAGED_YEARS: Final = HanPattern(r"分(?:类)?([一二两三四五六七八九十0-9]{1,2})个?年度?")
_SENTENCE_END: Final = HanPattern("[。;]")
_SHORT: Final = {"day", "hour", "workday", "minute"}


@dataclass(frozen=True, slots=True)
class Duration:
    """``high`` units of time (``low`` is the inner bound of ``3-5年``); a half is 0.5."""

    unit: str
    low: float
    high: float

    @property
    def short(self) -> bool:
        """Whether it is counted in days or less."""
        return self.unit in _SHORT

    def after(self, start: date) -> date | None:
        """Return the last day, the start day not counted; ``None`` beyond the calendar."""
        return shift(start, self.unit, self.high)

    def others(self, start: date, *, years: bool) -> list[date]:
        """Return other days a reader could mean: the inner bound, and the end of the calendar year."""
        days = [shift(start, self.unit, self.low)] if self.low != self.high else []
        if years:
            days.append(self.year_end(start.year))
        return [day for day in days if day is not None]

    @property
    def years(self) -> bool:
        """Whether it is a whole number of years."""
        return self.unit == "month" and self.high >= 12 and self.high % 12 == 0  # noqa: PLR2004

    def year_end(self, first: int) -> date | None:
        """Return the end of the last of the calendar years that begin with ``first``."""
        year = first + int(self.high) // 12 - 1
        return date(year, 12, 31) if year <= date.max.year else None


def _count(text: str) -> list[float]:
    """Read a count; ``两三`` (two or three) gives both bounds."""
    if len(text) == 2 and not text.isdecimal() and not set(text) & set("十百〇零"):  # noqa: PLR2004
        return [float(number(text[0])), float(number(text[1]))]
    return [float(number(text))]


def read_duration(group: re.Match[str]) -> Duration:
    """Read one match of ``patterns.DURATION``."""
    unit, factor = UNITS[(group["unit"] or "").removeprefix("个") if group["unit"] != "个月" else "个月"]
    if group["n5"]:
        low = high = 0.5
    else:
        counts = _count(group["lo"] or "")[:1] if group["lo"] else []
        counts += _count(group["n"] or "")
        extra = 0.5 if group["mid"] or group["half"] else 0.0
        low, high = min(counts), max(counts) + extra
        if len(counts) == 1:
            low = high
    if unit == "year":
        unit, factor = "month", 12
    return Duration(unit, low * factor, high * factor)


def add_duration(state: State, token: Token) -> None:
    """30日内: from the start just written, from an event (then no day), else from the anchor."""
    duration = read_duration(token.match)
    if not duration.high:
        state.found.impossible = True
        return
    start, state.open = state.open, None
    if (token.match["lead"] or " ")[0] in "为历有试" or _is_work(state, token):
        _add_validity(state, token, duration)
        return
    if start is not None and _CONTINUES.fullmatch(state.text, start.end, token.start):
        due = duration.year_end(start.period.year) if start.period.bare_year and start.period.year and duration.years else None
        later = duration.after(start.first) if start.first else None
        _add(state, token, due or later)
        return
    lead = state.lead(token)
    decided = _TODAY.search(lead) or (state.options.issue_is_anchor and _ISSUE.search(lead))
    if duration.unit == "minute" or ((EVENT_CONTEXT.search(lead) or _same_event(state, token)) and not decided):
        state.add_event()
        state.event_base = token.end
    elif state.anchor is None:
        state.found.no_anchor = True
    else:
        _from_anchor(state, token, duration, state.anchor)


def _same_event(state: State, token: Token) -> bool:
    """反馈后两个月内…,六个月内…: within one sentence the second period counts from the same event as the first."""
    return state.event_base >= 0 and not _SENTENCE_END.search(state.text, state.event_base, token.start)


def _from_anchor(state: State, token: Token, duration: Duration, anchor: date) -> None:
    exact = duration.low == duration.high
    reasons = [] if state.options.durations_decided and exact else ["duration-base"]
    if duration.unit == "workday":
        reasons.append("working-days")
    others = duration.others(anchor, years=duration.years and not exact)
    _add(state, token, duration.after(anchor), others, reasons, short=duration.short)


def _is_work(state: State, token: Token) -> bool:
    """Tell whether a duration without 内 only says how long the work before it lasts."""
    return token.match["lead"] == "" and not token.match["within"] and bool(_WORK.search(state.lead(token)))


def _add_validity(state: State, token: Token, duration: Duration) -> None:
    """为期三个月, 有效期5年: a day only from a written start; the start day counts."""
    due = duration.after(state.found.start) if state.found.start and state.found.started else None
    if due is not None:
        _add(state, token, before(due), [due], ["duration-base"])
    elif (token.text[0] == "为" or token.match["lead"] == "") and not state.found.nodes:
        state.found.undated = True
        state.found.reasons.append("undated-period")
        likely = duration.after(state.anchor) if state.anchor else None
        state.found.likely += [likely] if likely else []


def count_again(state: State, token: Token, first: date | None) -> bool:
    """限期30天,自3月15日起计算: the day from which the period before it counts; whether it is one."""
    node = state.found.nodes[-1] if state.found.nodes else None
    if node is None or first is None or not node.duration or not _COUNTS_FROM.fullmatch(state.text, node.token.end, token.start):
        return False
    due = read_duration(node.token.match).after(first) if _COUNTED.match(state.text, token.end) else None
    if due is None:
        return False
    node.due, node.others, node.reasons = due, [], [code for code in node.reasons if code != "duration-base"]
    state.last = due
    return True


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


def add_stage(state: State, token: Token) -> None:
    """分三年 is a duration too: calendar years from a written start, else from the anchor."""
    match = _STAGED_YEARS.match(token.text)
    start, state.open = state.open, None
    if match is None:
        return
    count = number(match[1])
    span = Duration("month", 12 * count, 12 * count)
    if start is not None and start.period.bare_year and start.period.year:
        _add(state, token, span.year_end(start.period.year))
    elif state.anchor is None:
        state.found.no_anchor = True
    elif not state.found.nodes:
        end = span.year_end(state.anchor.year)
        _add(state, token, span.after(state.anchor), [end] if end else [], ["duration-base"])
