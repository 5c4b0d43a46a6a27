"""Left to right over the tokens: which dates are due, which are starts, statistics or repetitions."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from rectify_xl.language.deadline import patterns
from rectify_xl.language.deadline.calendar import Form, before
from rectify_xl.language.deadline.dates import Context, read_date
from rectify_xl.language.deadline.durations import Duration, read_duration
from rectify_xl.language.deadline.events import event_due
from rectify_xl.language.deadline.model import DeadlineOptions
from rectify_xl.language.deadline.numerals import number
from rectify_xl.language.deadline.state import Found, Node
from rectify_xl.language.deadline.tokens import Token

_RANGE: Final = re.compile(rf"(?:起|开始)?,?(?:{patterns.TO}|延续至|延续到|持续到|持续至|截止到?|结束)")
_STARTS: Final = re.compile(patterns.STARTS)
_FROM: Final = re.compile(r"(?:^|[^来出源不])(?:自|从)(?:即日起?)?$")
_START_CLAUSE: Final = re.compile(rf"[^,。;]{{0,12}}?{patterns.START_VERBS}")
_START_LEAD: Final = re.compile(r"(?:开工|启动|开始|动工|起始)(?:时间|日期)?(?::|为|于)?$")
_FINISH: Final = re.compile(patterns.FINISH_VERBS)
_AS_OF: Final = re.compile(r"(?:(?:截至|截止)(?:到|至|于)?|(?:^|[,。;])至)$")
_DUTY: Final = re.compile(
    r",?(?:务必|必须|要|须|应|全面|全部|基本|力争|确保)*(?:完成|整改|实现|报送|上报|提交|办结|销号|前|止|为止|清理|达到)"
)
_REPORTED: Final = re.compile(r",?[^,。;]{0,16}?(?:已|共|累计|仍|尚|还有|总计)")
_STATISTIC: Final = re.compile(
    r"[^。;]{0,40}?(?:同比|环比|共(?:计|查|建|有|受|办|发|投|排|收|检|完)|累计|曾|仍然?[有未存]|查处|不降反升|居高不下|超标|发现|指出|反映|被|违规|违法|擅自|未(?!来)|没有|会议上|[施行展查]过(?!程)|存在|出现|发生|滞后|下滑|恶化|造成|导致|仅|屡|多次|先后|一度|(?<!为)了(?![解]))"
)
#: 11月17日,督察组反馈了…: a story, whatever the year
_NARRATED: Final = re.compile(r",[^。;]{2,60}?(?<!为)了(?!解)")
_LABEL: Final = re.compile(
    r"(?:填报|填表|填写|制表|发布|更新|印发|成文|签发|发文|受理|收文|登记|录入|打印|公布|检查|交办|反馈|进驻|发现|统计|数据)(?:日期|时间):?$"
)
_BROKEN_RANGE: Final = re.compile("(?:至|到)[,。]")
_EVENT_CONTEXT: Final = re.compile(
    r"(?:收到|接到|接报|接|受理|自|从)[^。;]{0,24}$|(?:之日|当日|后|之后|以后|日起|起|时起)(?:起|算起|计算)?,?(?:的)?(?:在|须在|应在|应当在|必须在)?$"
)
_ISSUE: Final = re.compile(r"(?:发文|印发|下发|发布|公布|公告)(?:之日|之后|后|日)?(?:起|算起)?,?$")
_STAGED_YEARS: Final = re.compile(r"分(?:类)?([一二两三四五六七八九十0-9]{1,2})个?年度?")
_NESTED: Final = re.compile(r"(?!.*(?:完成|调度|通报|报送))[^,。;:]{0,8}")
_RESTATED: Final = re.compile(r"[,(]?(?:即|也就是|至|到)?[(]?")
_SHOW_PAST_AFTER: Final = 30
_WINDOW: Final = 80


class Folder:
    """One walk over the tokens of one text."""

    def __init__(self, text: str, anchor: date | None, options: DeadlineOptions) -> None:
        """Start with nothing found."""
        self.text = text
        self.anchor = anchor
        self.options = options
        self.found = Found()
        self.year: int | None = None
        self.month: int | None = None
        self.last: date | None = None
        #: the token before, if it was a start of something: (end of token, form, first day)
        self.open: tuple[int, Form, date | None] | None = None
        self.in_cycle = False
        self.cycle_end = -1
        #: the year written before an event (2025年春节前)
        self.event_year: int | None = None

    def fold(self, tokens: list[Token]) -> Found:
        """Fold all tokens; later ones see what earlier ones left behind."""
        for index, token in enumerate(tokens):
            if token.kind == "date":
                self._date(token, tokens[index + 1] if index + 1 < len(tokens) else None)
            elif token.kind == "duration":
                self._duration(token)
            elif token.kind == "stage":
                self._stage(token)
            elif token.kind in {"event", "after"}:
                self._event(token)
            elif token.kind == "cycle":
                self.cycle_end = token.end
                self.in_cycle = False
        return self.found

    def _lead(self, token: Token) -> str:
        """Return what stands before a token, as far as it can matter; a window keeps long texts linear."""
        return self.text[max(0, token.start - _WINDOW) : token.start]

    def _after(self, token: Token) -> str:
        return self.text[token.end : token.end + _WINDOW]

    # -- dates ---------------------------------------------------------------------------------

    def _date(self, token: Token, following: Token | None) -> None:
        ranged = self.open is not None and (
            self.open[0] == token.start or _RANGE.fullmatch(self.text, self.open[0], token.start) is not None
        )
        forms = read_date(token.match, Context(self.anchor, self.year, self.month))
        if self._is_nested(token, forms):
            self.found.nested.extend(forms)
            self.open = (token.end, forms[0], None) if forms else None
            return
        start = self.open if ranged else None
        self.open = None
        role = self._role(token, following, forms)
        if role == "ignore":
            self.found.ignored.append(token)
            return
        if role == "start":
            self._start(token, forms[0])
            return
        for form in forms:
            self._node(token, form, start[1] if start else None, context=role == "context")

    def _is_nested(self, token: Token, forms: list[Form]) -> bool:
        """Tell whether the date stands inside 每年…, directly or in a later clause without a year."""
        if self.cycle_end >= 0 and _NESTED.fullmatch(self.text, self.cycle_end, token.start):
            self.in_cycle = True
        self.cycle_end = -1
        if self.in_cycle and any(form.year is not None and not form.monthless for form in forms) and not token.match["ry"]:
            self.in_cycle = False
        return self.in_cycle

    def _role(self, token: Token, following: Token | None, forms: list[Form]) -> str:
        if not forms:
            return "ignore"
        after = self._after(token)
        if following is not None and following.kind in {"event", "after"} and forms[0].bare_year and following.start - token.end <= 1:
            self.event_year = forms[0].year
            return "ignore"
        if following is not None and following.kind in {"date", "duration"}:
            between = self.text[token.end : following.start]
            if following.kind == "date" and (_RANGE.fullmatch(between) or self._adjoins(between, forms, following)):
                return "start"
            if forms[0].bare_year and following.kind == "date" and self._only_context(between, following):
                return "context"
        if _STARTS.match(after) and not forms[0].before:
            return "start"
        lead = self._lead(token)
        if _FROM.search(lead) and not forms[0].before:
            return "start"
        return "ignore" if self._is_statistic(lead, after, forms[-1]) else "due"

    @staticmethod
    def _adjoins(between: str, forms: list[Form], following: Token) -> bool:
        """8月底9月初 is one stretch of time."""
        return not between and bool(following.match["m"]) and forms[-1].unit in {"month", "xun"} and not forms[-1].before

    @staticmethod
    def _only_context(between: str, following: Token) -> bool:
        """Tell whether a bare year only frames the next date (2020年,6月底前…)."""
        groups = following.match
        dated = groups["ny"] or groups["year"] or groups["plan"] or groups["hy"] or groups["holiday"]
        return not dated and "。" not in between and not _FINISH.search(between)

    def _is_statistic(self, lead: str, after: str, form: Form) -> bool:
        """Tell a report (截至2022年底,已完成…) from a duty; only a day that has passed can be reported."""
        if form.before:
            return False
        span = form.span(form.year or self.year or (self.anchor.year if self.anchor else 1))
        if _LABEL.search(lead) or _BROKEN_RANGE.match(after):
            return True
        if form.unit == "day" and not form.monthless and _NARRATED.match(after):
            return True
        past = self.anchor is not None and span is not None and span[1] <= self.anchor
        if _AS_OF.search(lead):
            told = after.strip(",。;)")
            return bool(told) and ((past and not _DUTY.match(after)) or _REPORTED.match(after) is not None)
        return past and not form.relative and _STATISTIC.match(after) is not None

    def _start(self, token: Token, form: Form) -> None:
        year = form.year or self.year or (self.anchor.year if self.anchor else None)
        span = form.span(year) if year else None
        if form.year is not None or self.year is not None:
            self.year = year
        self.month = form.index if form.unit in {"day", "xun", "month"} else None
        if span is None and year is not None:
            self.found.impossible = True
        self.found.started = True
        self.found.start = span[0] if span else None
        self.open = (token.end, form, span[0] if span else None)

    def _node(self, token: Token, form: Form, start: Form | None, *, context: bool) -> None:
        if form.needs_anchor:
            self.found.no_anchor = True
            return
        node = self._resolve(token, form, start)
        if node is None:
            return
        self.year, self.month = self._written_year(node, form), node.due.month
        if context:
            return
        self.found.nodes.append(node)
        self.last = node.due
        if start is None:
            self._milestone(node)
        else:
            self.found.started = False

    @staticmethod
    def _written_year(node: Node, form: Form) -> int:
        """Return the year later year-less dates inherit; 2020年前 speaks of 2020."""
        return form.year if form.year is not None else node.due.year

    def _milestone(self, node: Node) -> None:
        after = self._after(node.token)
        clause = re.split("[,。;]", after, maxsplit=1)[0]
        starts = _START_CLAUSE.match(clause) or (_START_LEAD.search(self._lead(node.token)) and not clause)
        if starts and not _FINISH.search(clause):
            node.start = True
            node.reasons.append("start-milestone")

    def _resolve(self, token: Token, form: Form, start: Form | None) -> Node | None:
        """Give a form its year; ``None`` when it has none or there is no such day."""
        year, reasons, others = form.year, [], []
        if year is None:
            year = self._year_for(form, start, reasons, others)
            if year is None:
                self.found.no_anchor = True
                return None
        span = form.span(year)
        if span is None or not 1000 <= year <= 9000:  # noqa: PLR2004 - a year of four figures
            self.found.impossible = True
            return None
        due, node = span[1], Node(token, span[1], others, reasons, yearless=form.year is None or form.relative)
        if form.before and not form.closed:
            due = self._before(form, span, node)
        if form.rough:
            self._rough(form, span, node)
        node.due = due
        return node

    def _year_for(self, form: Form, start: Form | None, reasons: list[str], others: list[date]) -> int | None:
        """Rule 9: inherit the year and never go backwards, else the anchor's, else roll forward."""
        base = self.year if self.year is not None else (self.anchor.year if self.anchor else None)
        if base is None:
            return None
        span = form.span(base)
        if span is None:
            return base
        if start is not None and self.year is None:
            return base + self._wraps(form, start, span[1])
        if self.year is not None:
            return base + (self.last is not None and span[1] < self.last)
        assert self.anchor is not None  # noqa: S101 - no inherited year, so the base came from it
        late = (self.anchor - span[1]).days
        later = form.span(base + 1)
        if late > self.options.roll_after_days and later is not None:
            reasons.append("yearless-rolled")
            others.append(span[1])
            return base + 1
        if late > _SHOW_PAST_AFTER and later is not None:
            reasons.append("yearless-past")
            others.append(later[1])
        return base

    def _wraps(self, form: Form, start: Form, end: date) -> int:
        """Tell whether a year-less range (11月至3月) ends in the next year."""
        first = start.span(end.year)
        wraps = first is not None and first[0] > end and form.year is None
        return int(wraps and self.anchor is not None and end < self.anchor)

    def _before(self, form: Form, span: tuple[date, date], node: Node) -> date:
        """9月前: before September begins, by the guide; by its end where that has already passed."""
        literal, end = before(span[0]), span[1]
        if form.unit == "xun":
            return self._xun_before(form, span, node)
        if self.options.period_before == "end":
            return end
        if self.options.period_before == "start":
            return literal
        node.reasons.append("period-before")
        if self.anchor is not None and literal < self.anchor <= end and self.last is None:
            node.others.append(literal)
            return end
        node.others.append(end)
        return literal

    def _xun_before(self, form: Form, span: tuple[date, date], node: Node) -> date:
        if self.options.xun_before == "end":
            return span[1]
        if self.options.xun_before == "start":
            return before(span[0])
        node.reasons.append("xun-before")
        node.others.append(before(span[0]))
        if form.part == 2:  # noqa: PLR2004 - 中旬 may also mean the middle
            node.others.append(span[0].replace(day=15))
        return span[1]

    @staticmethod
    def _rough(form: Form, span: tuple[date, date], node: Node) -> None:
        node.reasons.append(form.rough)
        if form.rough == "year-start":
            node.others.append(span[1].replace(month=3, day=31))
        elif form.rough == "month-part" and form.part == 2:  # noqa: PLR2004
            node.others.append(span[0].replace(day=15))

    # -- durations and events ------------------------------------------------------------------

    def _duration(self, token: Token) -> None:
        duration = read_duration(token.match)
        start, self.open = self.open, None
        lead = self._lead(token)
        if start is not None and re.fullmatch(r"(?:起|开始|始|之日起|后)?,?(?:计划|力争|将|在|利)?", self.text[start[0] : token.start]):
            due = duration.year_end(start[1].year) if start[1].bare_year and duration.years and start[1].year else None
            due = due or (duration.after(start[2]) if start[2] else None)
            self._add_duration(token, due, [], [])
            return
        if token.match["lead"] and token.match["lead"][0] in "为历有":
            self._validity(token, duration)
            return
        if _EVENT_CONTEXT.search(lead) and not (self.options.issue_is_anchor and _ISSUE.search(lead)):
            self.found.events = True
            self.found.reasons.append("event-relative")
            return
        if self.anchor is None:
            self.found.no_anchor = True
            return
        reasons = [] if self.options.durations_decided and duration.low == duration.high else ["duration-base"]
        if duration.unit == "workday":
            reasons = ["working-days"]
        if duration.unit == "minute":
            self.found.events = True
            return
        others = duration.others(self.anchor, years=duration.years and duration.low != duration.high)
        self._add_duration(token, duration.after(self.anchor), others, reasons, short=duration.short)

    def _validity(self, token: Token, duration: Duration) -> None:
        """为期三个月, 有效期5年: a day only from a written start; the start day counts."""
        due = duration.after(self.found.start) if self.found.start and self.found.started else None
        if due is None:
            self.found.ignored.append(token)
            return
        self._add_duration(token, before(due), [due], ["duration-base"])

    def _add_duration(
        self, token: Token, due: date | None, others: list[date], reasons: list[str], *, short: bool = False
    ) -> None:
        if due is None:
            self.found.impossible = True
            return
        self.found.started = False
        self.found.nodes.append(Node(token, due, others, reasons, short=short, duration=True))
        self.last = due

    def _stage(self, token: Token) -> None:
        """分三年 is a duration too: calendar years from a written start, else from the anchor."""
        match = _STAGED_YEARS.match(token.text)
        start, self.open = self.open, None
        if match is None:
            return
        count = number(match[1])
        if start is not None and start[1].bare_year and start[1].year:
            self._add_duration(token, date(start[1].year + count - 1, 12, 31), [], [])
        elif self.anchor is not None and not self.found.nodes:
            ends = Duration("month", 12 * count, 12 * count)
            others = [day for day in (ends.year_end(self.anchor.year),) if day is not None]
            self._add_duration(token, ends.after(self.anchor), others, ["duration-base"])

    def _event(self, token: Token) -> None:
        due = None
        if token.kind == "event" and self.cycle_end < 0:
            due = event_due(token.text, self.anchor, self.options, self.event_year)
        if due is None:
            self.found.events = True
            self.found.reasons.append("event-relative")
            return
        self.found.nodes.append(Node(token, due, yearless=True))
        self.last, self.year = due, due.year
