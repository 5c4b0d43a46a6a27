"""The public parser: one cell value or clause in, one Deadline out."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rectify_xl.common.days import parse_day
from rectify_xl.language import LONGEST_CELL
from rectify_xl.language.deadline.classify import classify, drop_partial
from rectify_xl.language.deadline.damaged_dates import repair_date
from rectify_xl.language.deadline.interpret import interpret
from rectify_xl.language.deadline.model import Deadline, DeadlineOptions, Problem
from rectify_xl.language.deadline.normalize import Normal, normalize
from rectify_xl.language.deadline.recurring import next_due
from rectify_xl.language.deadline.redundant import drop_redundant
from rectify_xl.language.deadline.short_forms import note, rewrite
from rectify_xl.language.deadline.tokens import Token, by_kind, tokenize
from rectify_xl.language.deadline.trailing_text import find_rest
from rectify_xl.language.deadline.values import YEARS, number_date, number_text, plain_number, typed_date
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    import re
    from datetime import date

    from rectify_xl.language.deadline.state import Found

_DEFAULTS: Final = DeadlineOptions()
#: a cell without a phrase: nothing, a reference to the row above, an error or a figure
_NO_PHRASE: Final = HanPattern(
    r"(?P<empty>[-/\\.。,、;:*…·()]*|暂?无|没有|空|不涉及|(?i:n/?a|none|null|nan|nil))"
    r"|(?P<above>[”〃]+|同[上前左](?:行|一行)?|[见同]上(?:行)?|如上|——?”|[〃々])[。;]?"
    r"|(?P<broken>#+|#[A-Z/0!?]+|[?�]+|[0-9.eE+%-]+)"
)
#: 202408
_YEAR_MONTH: Final = 6
_LONGEST_SURFACE: Final = 16
_CERTAIN: Final = frozenset({"event-relative", "other-text", "no-anchor", "impossible-date", "undated-period"})


def parse_deadline(value: object, *, anchor: date | str | None = None, options: DeadlineOptions = _DEFAULTS) -> Deadline:
    """Parse a deadline.

    :param value: ``None``, text (parsed up to :data:`~rectify_xl.language.LONGEST_CELL` characters), a number
        (Excel serial, or ``yyyymmdd``), a date or a datetime.
    :param anchor: the issue date of the list, as a date or as text; year-less and relative dates hang on it. No clock is read.
    :param options: the conventions of the campaign.
    :returns: always a :class:`Deadline`; nothing is raised for any value.
    :raises RectifyError: ``anchor`` is a text that names no day.
    """
    if isinstance(anchor, str):
        anchor = parse_day(anchor)
    if isinstance(value, str):
        return _text(value, anchor, options)
    day = typed_date(value)
    if day is not None:
        return _day(str(value), day)
    if isinstance(value, (int, float)):
        return _number(value, anchor, options)
    return _text("" if value is None else str(value), anchor, options)


def _day(text: str, day: date) -> Deadline:
    return Deadline(text, ("dated",), (day,), used=((0, len(text)),))


def _text(text: str, anchor: date | None, options: DeadlineOptions) -> Deadline:
    if len(text) > LONGEST_CELL:
        read = _text(text[:LONGEST_CELL], anchor, options)
        return replace(read, text=text, reasons=(*read.reasons, "text-cut"))
    normal = normalize(text)
    bare = _NO_PHRASE.fullmatch(normal.text)
    if bare is not None:
        whole = plain_number(normal.text)
        day = None if whole is None else number_date(whole)
        if day is not None:
            return _day(text, day)
        problem = _problem_of(bare, normal.text)
        if problem is not None:
            return _invalid(text, problem)
    return _phrase(text, normal, anchor, options)


def _number(value: float, anchor: date | None, options: DeadlineOptions) -> Deadline:
    text = str(value)
    if isinstance(value, bool) or not math.isfinite(value):
        return _invalid(text, "unreadable")
    shown = number_text(value)
    day = number_date(int(value))
    if day is not None:
        return _day(text, day)
    read = _phrase(text, normalize(shown), anchor, options)
    if not read.due or not (int(value) in YEARS or len(shown) == _YEAR_MONTH):
        return _invalid(text, "unreadable")
    if shown.endswith(".1"):
        october = read.due[-1].replace(month=10)
        return replace(read, ambiguous=True, alternatives=(october,), reasons=("decimal-month",))
    return read


def _problem_of(bare: re.Match[str], text: str) -> Problem | None:
    """Say what is wrong with a cell without a phrase; ``None`` lets the grammar look."""
    if bare["empty"] is not None:
        return "empty"
    if len(text) > _LONGEST_SURFACE:
        return None
    if bare["above"]:
        return "placeholder"
    return "unreadable" if rewrite(text) is text and not tokenize(text) else None


def _invalid(text: str, problem: Problem, likely: tuple[date, ...] = ()) -> Deadline:
    code = "impossible-date" if problem == "impossible" else problem
    codes = (code, "damaged-date") if likely and problem == "truncated" else (code,)
    return Deadline(text, ("invalid",), alternatives=likely, reasons=codes, problem=problem)


def _likely(tokens: list[Token], anchor: date | None, options: DeadlineOptions) -> list[date]:
    """The dates that the damaged dates of a phrase probably mean."""
    reads = (parse_deadline(repair_date(token.text), anchor=anchor, options=options) for token in tokens)
    return [day for read in reads for day in read.due]


def _phrase(text: str, normal: Normal, anchor: date | None, options: DeadlineOptions) -> Deadline:
    plain = rewrite(normal.text)
    tokens = tokenize(plain)
    short, rest = plain is not normal.text, ""
    if not short and (cut := find_rest(plain, tokens)) < len(plain):
        rest = text[normal.place(cut) :].strip()
        plain = plain[:cut]
        tokens = [token for token in tokens if token.start < cut]
    found = interpret(plain, tokens, anchor, options)
    groups = by_kind(tokens)
    if "done" in groups:
        tokens = drop_partial(plain, tokens)
        groups = by_kind(tokens)
    drop_redundant(plain, groups, found, anchor)
    if short and (code := note(normal.text)):
        found.reasons.append(code)
    if "damaged" in groups:
        found.likely += _likely(groups["damaged"], anchor, options)
        found.impossible |= not found.likely
        found.reasons.append("damaged-date" if found.likely else "impossible-date")
    kinds = classify(plain, groups, found, options)
    if kinds == ("invalid",):
        return _invalid(text, _problem(groups, found), tuple(sorted({*found.likely})))
    used = (
        ((0, len(text)),) if short else tuple([normal.span(token.start, token.end) for token in tokens if token.kind != "block"])
    )
    following = next_due(plain, groups["cycle"], found, anchor) if "cycle" in groups else None
    return _result(text, kinds, found, following, used, rest)


def _problem(groups: dict[str, list[Token]], found: Found) -> Problem:
    if found.impossible:
        return "impossible"
    if "placeholder" in groups:
        return "placeholder"
    return "not-a-deadline" if groups.keys().isdisjoint(("truncated", "damaged")) else "truncated"


def _result(
    text: str, kinds: tuple[str, ...], found: Found, following: date | None, used: tuple[tuple[int, int], ...], rest: str
) -> Deadline:
    nodes, codes = found.nodes, found.reasons
    due: tuple[date, ...] = ()
    others: set[date] = set()
    if nodes:
        due = tuple(sorted({node.due for node in nodes}))
        others = {day for node in nodes for day in node.others if day != due[-1]}
        codes = [code for node in nodes for code in node.reasons] + codes
    if found.impossible:
        codes.append("impossible-date")
    if found.no_anchor:
        codes.append("no-anchor")
    if rest:
        codes.append("other-text")
    return Deadline(
        text,
        kinds,
        due,
        vague="vague" in kinds,
        ambiguous=not _CERTAIN.issuperset(codes),
        alternatives=tuple(sorted({*others, *found.likely} - {*due})),
        reasons=tuple(dict.fromkeys(codes)),
        next_due=following,
        yearless=any(node.yearless for node in nodes),
        used=used,
        rest=rest,
    )
