"""The role of a date in its sentence: due date, start, frame for the next date, or no deadline at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from rectify_xl.language.deadline import patterns
from rectify_xl.language.deadline.numerals import N2, number
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    from rectify_xl.language.deadline.periods import Period
    from rectify_xl.language.deadline.state import State
    from rectify_xl.language.deadline.tokens import Token

Role = Literal["due", "start", "context", "ignore"]

RANGE: Final = HanPattern(rf"(?:起|开始)?,?(?:{patterns.TO}|延续至|延续到|持续到|持续至|截止到?|结束)")
_STARTS: Final = HanPattern(patterns.STARTS)
_FROM: Final = HanPattern(r"(?:^|[^来出源不])(?:自|从)(?:即日起?)?$")
_START_CLAUSE: Final = HanPattern(rf"(?:(?!、[0-9])[^,。;]){{0,12}}?{patterns.START_VERBS}")
_START_LEAD: Final = HanPattern(r"(?:开工|启动|开始|动工|起始)(?:时间|日期)?(?::|为|于)?$")
_FINISH: Final = HanPattern(patterns.FINISH_VERBS)
#: 制定方案并启动整改, 印发启动方案: what is finished by then stands before the word of a start
_FIRST: Final = HanPattern("制[定订]|印发|出台|编制|报批|签订|招标")
_OVER_NEW_YEAR: Final = HanPattern("采暖|供暖|取暖|供热|冬")
_CLAUSE_END: Final = HanPattern(r"[,。;]|、(?=[0-9年明今次])")
_CLAUSE_ENDS: Final = {"", ",", "。", ";"}
_AS_OF: Final = HanPattern(r"(?:(?:截至|截止)(?:到|至|于)?|(?:^|[,。;])至)$")
_DUTY: Final = HanPattern(patterns.DUTY_AFTER)
_REPORTED: Final = HanPattern(r",?[^,。;]{0,16}?(?:已|共|累计|仅|仍|尚|还有|总计)")
_ALREADY: Final = HanPattern(patterns.ALREADY)
_STATISTIC: Final = HanPattern(patterns.STATISTIC)
#: 11月17日,督察组反馈了…: a story, whatever the year
_NARRATED: Final = HanPattern(r",[^。;]{2,60}?(?<!为)了(?!解)")
#: 2027年烟叶收购结束前: the year only says which one
_EVENT_OF_YEAR: Final = HanPattern(patterns.EVENT_OF_YEAR)
_LABEL: Final = HanPattern(patterns.OTHER_DATES)
_AND_AFTER: Final = HanPattern("(?=.)[,、]?(?:以?及|和|并|与)?(?:之后|其后|以后|今后|此后|往后)?(?:的)?")
_MONTH: Final = HanPattern(N2)
_MONTHS: Final = 12
_BROKEN_RANGE: Final = HanPattern(r"(?:至|到)[,。]")


def role_of(state: State, token: Token, following: Token | None, periods: list[Period]) -> Role:
    """Decide what a date does, from the words around it and the token after it."""
    if following is not None:
        between = state.text[token.end : following.start]
        ranged = following.kind in {"date", "unread"} and RANGE.fullmatch(between)
        if ranged or _adjoins(between, periods, following) or _recurs(between, periods[0], following):
            return "start"
        # 1月至3月枯水期: the range has its end
        if (
            following.kind in {"event", "after"}
            and len(between) <= 1
            and _is_open(token, periods[-1])
            and not state.found.started
        ):
            state.event_year = _event_year(token, following) or periods[-1].year
            return "ignore"
    if periods[0].bare_year and _only_frames(state, token, following, periods[0]):
        return "context"
    if periods[0].before:  # 前 always makes a duty
        return "due"
    after, lead = state.after(token), state.lead(token)
    if (after and _STARTS.match(after)) or (lead and _FROM.search(lead)):
        return "start"
    return "ignore" if _is_no_duty(state, lead, after, periods[-1]) else "due"


def _adjoins(between: str, periods: list[Period], following: Token) -> bool:
    """8月底9月初 and 今年底明年初 are one stretch of time; 6月底12月底, a blank or a line apart, are two days."""
    if following.kind != "date" or between or periods[-1].before or periods[-1].unit == "day":
        return False
    group = following.match
    if not group["m"]:
        return (group["ye"] or "").endswith("初")
    if periods[-1].unit not in {"month", "xun"}:
        return True
    first = _MONTH.match(group["m"])
    ahead = (number(first[0]) - periods[-1].index) % _MONTHS if first else 0
    return ahead == 0 or (ahead == 1 and not (group["mp"] or "").endswith(("底", "末")))


def _recurs(between: str, period: Period, following: Token) -> bool:
    """2026年及每年汛前: the year of the first of many days."""
    return following.kind == "cycle" and period.bare_year and not period.before and bool(_AND_AFTER.fullmatch(between))


def _event_year(token: Token, following: Token) -> int | None:
    """The heating season of 2024-2025年 begins in 2024."""
    return int(token.match["y"][:4]) if token.match["yr"] and _OVER_NEW_YEAR.search(following.text) else None


def _is_open(token: Token, period: Period) -> bool:
    """2025年, 2024年9月 and 2024-2025年 only say which 春节前 or 开学前 is meant; 2025年底 does not."""
    return period.unit != "day" and not period.before and (not period.closed or bool(token.match["yr"]))


def _only_frames(state: State, token: Token, following: Token | None, period: Period) -> bool:
    """Tell whether a bare year only frames a later date, or says in which year something happens (2027年换届前)."""
    if following is not None and _frames(state.text[token.end : following.start], following, period.year):
        return True
    if period.before or "(" in token.text or not _EVENT_OF_YEAR.match(state.text, token.end):
        return False
    state.add_event()
    return True


def _frames(between: str, following: Token, year: int | None) -> bool:
    """Tell whether a bare year only frames what follows (2020年,6月底前…)."""
    if following.kind != "date":
        return False
    group = following.match
    dated = group["ny"] or group["plan"] or group["holiday"] or group["year"]
    again = group["y"] == str(year)  # 2026年浓度下降12%,2026年12月底前完成
    return (again or not dated) and "。" not in between and not _FINISH.search(between)


def _is_no_duty(state: State, lead: str, after: str, period: Period) -> bool:
    """Tell a report (截至2022年底,已完成…) from a duty."""
    if not after:
        return _LABEL.search(lead) is not None
    if _LABEL.search(lead) or _BROKEN_RANGE.match(after):
        return True
    if period.unit == "day" and not period.monthless and _NARRATED.match(after):
        return True
    span = period.span(period.year or state.year or (state.anchor.year if state.anchor else 1))
    past = state.anchor is not None and span is not None and span[1] <= state.anchor
    if _AS_OF.search(lead):
        rest = after.strip(",。;)")
        return bool(rest) and ((past and not _DUTY.match(after)) or _REPORTED.match(after) is not None)
    return _ALREADY.match(after) is not None or (past and _STATISTIC.match(after) is not None)


def is_start_milestone(state: State, token: Token) -> bool:
    """Tell whether the clause after the date starts work (6月开工) instead of finishing it."""
    if state.text[token.end : token.end + 1] in _CLAUSE_ENDS:
        starts = _START_LEAD.search(state.lead(token)) if token.start else None
    else:
        starts = _START_CLAUSE.match(state.text, token.end)
    if not starts:
        return False
    clause = _CLAUSE_END.split(state.after(token), maxsplit=1)[0]
    return not _FINISH.search(clause) and not _FIRST.search(starts[0])
